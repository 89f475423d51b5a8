package org.switchwright.sip;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Probing;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.sip.stack.Admission;
import org.switchwright.sip.token.EdgeSecret;

/**
 * All that tells one edge from another.
 *
 * @param address an IPv4 literal to bind, and the host of our Contact and our media
 * @param secret shared by all edges of the data center
 * @param times how long things may take
 * @param bounds how much there may be
 * @param attached which headers of a caller's INVITE are data for strategies
 * @param redirected addresses of callers who are told where to go on, rather than relayed, when an
 *     agent of another site is found for them before they were answered
 */
public record EdgeSettings(
    EdgeId edge,
    SiteId site,
    String address,
    int port,
    EdgeSecret secret,
    Times times,
    Bounds bounds,
    AttachedHeaders attached,
    Set<String> redirected) {
  public EdgeSettings {
    redirected = Set.copyOf(redirected);
  }

  /** Settings that redirect nobody. */
  public EdgeSettings(
      EdgeId edge,
      SiteId site,
      String address,
      int port,
      EdgeSecret secret,
      Times times,
      Bounds bounds,
      AttachedHeaders attached) {
    this(edge, site, address, port, secret, times, bounds, attached, Set.of());
  }

  /** Settings with the usual times and bounds. */
  public static EdgeSettings of(
      EdgeId edge, SiteId site, String address, int port, EdgeSecret secret) {
    return new EdgeSettings(
        edge, site, address, port, secret, Times.DEFAULT, Bounds.DEFAULT, AttachedHeaders.NONE);
  }

  /**
   * Headers of a caller's INVITE that are data for strategies: those that are there once, and are
   * neither blank nor longer than {@link RoutingFacts#MAX_ATTACHED_CHARS}.
   *
   * @param from addresses that are believed; whatever else sends such headers may be anybody
   * @param headers the name that strategies know, and the header's
   */
  public record AttachedHeaders(Set<String> from, SortedMap<String, String> headers) {
    public static final AttachedHeaders NONE = new AttachedHeaders(Set.of(), new TreeMap<>());

    public AttachedHeaders {
      from = Set.copyOf(from);
      headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }
  }

  /**
   * How long things may take.
   *
   * @param t1 first interval of what the edge itself repeats (RFC 3261 17.1.1.1)
   * @param firstSign how long a station may send nothing before it counts as unreachable
   * @param sessionInterval what we ask for (RFC 4028)
   * @param minSessionInterval the least that we accept, at least 90 s
   * @param minRegistration registrations below are refused with 423
   * @param maxRegistration longer ones are shortened
   * @param probing how registered phones are asked whether they are there
   */
  public record Times(
      Duration t1,
      Duration firstSign,
      Duration sessionInterval,
      Duration minSessionInterval,
      Duration minRegistration,
      Duration maxRegistration,
      Probing.Times probing) {
    public static final Times DEFAULT =
        new Times(
            Duration.ofMillis(500),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1800),
            Duration.ofSeconds(90),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            new Probing.Times(Duration.ofSeconds(15), Duration.ofSeconds(4)));

    public Times {
      if (minSessionInterval.toSeconds() < 90
          || sessionInterval.compareTo(minSessionInterval) < 0) {
        throw new IllegalArgumentException(
            "Expected session intervals of at least 90 s (RFC 4028), but got "
                + minSessionInterval
                + " and "
                + sessionInterval);
      }
    }

    /** Timer B, F, H and the life of an unacknowledged 2xx: 64*T1. */
    public Duration patience() {
      return t1.multipliedBy(64);
    }
  }

  /**
   * How much there may be at once.
   *
   * @param calls in the edge's table; one more is refused with 503
   * @param lanes threads that handle messages and signals, each call always on the same
   * @param laneTasks that may wait for one lane
   * @param firstMediaPort the first of the player's ports, even
   * @param lastMediaPort the last
   * @param probes of phones that may be out at once
   */
  public record Bounds(
      Admission.Limits admission,
      int calls,
      int lanes,
      int laneTasks,
      int firstMediaPort,
      int lastMediaPort,
      int probes) {
    public static final Bounds DEFAULT =
        new Bounds(Admission.Limits.DEFAULT, 20_000, 2, 20_000, 40_000, 43_999, 500);
  }
}
