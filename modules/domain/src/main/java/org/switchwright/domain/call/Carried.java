package org.switchwright.domain.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;

/**
 * What a call says of itself that comes to a site which was not asked, in the parameters of the
 * address that it comes to (RFC 3261, section 19.1.1).
 *
 * @param waited how long the caller has waited: clocks differ
 * @param point at which a call waits whose home has let go of it, if nobody is held for it any
 *     more; empty where its home keeps its place
 */
public record Carried(
    Origin origin, InteractionId interaction, Duration waited, Optional<RoutingPointId> point) {
  private static final String HOME = "sw-home";
  private static final String CALL = "sw-call";
  private static final String NUMBER = "sw-number";
  private static final String INTERACTION = "sw-interaction";
  private static final String WAITED = "sw-waited";
  private static final String POINT = "sw-point";

  /** Whose home keeps its place. */
  public Carried(Origin origin, InteractionId interaction, Duration waited) {
    this(origin, interaction, waited, Optional.empty());
  }

  /** Whether its home has let go of it. */
  public boolean handedOn() {
    return point.isPresent();
  }

  /** What is longer is told as so long. */
  public static final Duration LONGEST_WAIT = Duration.ofHours(24);

  /** How long a caller has waited, as it is told to another site. */
  public static Duration waited(Instant place, Instant now) {
    Duration waited = Duration.between(place, now);
    return waited.isNegative()
        ? Duration.ZERO
        : waited.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : waited;
  }

  /** The address with these parameters and no others; empty where it was erased. */
  public Optional<Personal> at(Personal address) {
    StringBuilder parameters = new StringBuilder();
    written()
        .forEach((name, value) -> parameters.append(';').append(name).append('=').append(value));
    return address
        .text()
        .map(text -> Personal.of(address.key(), text.split(";", 2)[0] + parameters));
  }

  private SortedMap<String, String> written() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put(HOME, origin.home().value());
    parameters.put(CALL, origin.call().value());
    parameters.put(NUMBER, Integer.toString(origin.number()));
    parameters.put(INTERACTION, interaction.value());
    parameters.put(WAITED, Long.toString(waited.toMillis()));
    point.ifPresent(it -> parameters.put(POINT, it.value()));
    return parameters;
  }

  /** Empty where the parameters of an address do not say all of it. */
  public static Optional<Carried> read(SortedMap<String, String> parameters) {
    try {
      long waited = Long.parseLong(parameters.getOrDefault(WAITED, ""));
      return waited < 0 || waited > LONGEST_WAIT.toMillis()
          ? Optional.empty()
          : Optional.of(
              new Carried(
                  new Origin(
                      new SiteId(parameters.getOrDefault(HOME, "")),
                      new CallId(parameters.getOrDefault(CALL, "")),
                      Integer.parseInt(parameters.getOrDefault(NUMBER, ""))),
                  new InteractionId(parameters.getOrDefault(INTERACTION, "")),
                  Duration.ofMillis(waited),
                  Optional.ofNullable(parameters.get(POINT)).map(RoutingPointId::new)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
