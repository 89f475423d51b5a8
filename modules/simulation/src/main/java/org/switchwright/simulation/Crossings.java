package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.site.SiteEvent;

/**
 * The books of both sides about each call that one site sent to another: what it was sent as, and
 * what came. Neither is made from the other, so they can be compared when all links are whole.
 */
final class Crossings {
  /** How long two who know nothing of each other's ends may talk: an answer crossed a CANCEL. */
  private static final Duration CROSSED = Duration.ofSeconds(40);

  /** The whole of a crossing's name: a call is sent by each number once. */
  record Crossing(SiteId home, CallId call, int number) implements Comparable<Crossing> {
    @Override
    public int compareTo(Crossing other) {
      int bySite = home.compareTo(other.home);
      int byCall = bySite == 0 ? call.compareTo(other.call) : bySite;
      return byCall == 0 ? Integer.compare(number, other.number) : byCall;
    }
  }

  private static final class Sending {
    private final SiteId to;
    private final boolean unasked;
    private boolean answered;

    /** Somebody there has said no, or nobody there has said anything for a minute. */
    private boolean declined;

    private @Nullable Instant from;
    private @Nullable Instant until;

    Sending(SiteId to, boolean unasked) {
      this.to = to;
      this.unasked = unasked;
    }
  }

  private static final class Coming {
    private final SiteId at;
    private final CallId as;
    private boolean answered;
    private @Nullable Instant from;
    private @Nullable Instant until;

    Coming(SiteId at, CallId as) {
      this.at = at;
      this.as = as;
    }
  }

  /** A call in whatever site, or an offer of one. */
  private record At<T>(SiteId site, T what) {}

  private final Map<Crossing, Sending> sent = new TreeMap<>();
  private final Map<Crossing, Coming> came = new TreeMap<>();
  private final Set<Crossing> arrived = new TreeSet<>();
  private final Map<At<OfferId>, Crossing> offers = new HashMap<>();
  private final Map<At<CallId>, Crossing> calls = new HashMap<>();

  /** Whose agent is reserved by the next event, in the same decision. */
  private @Nullable Crossing lending;

  /**
   * @param sent how many calls one site sent to another
   * @param unasked those of them that were sent to a site that could not be asked
   * @param answered those of all that were answered there, as both say
   * @param crossed those that were answered there when nobody wanted that any more
   */
  record Totals(int sent, int unasked, int answered, int crossed) {}

  /** A call has come to a site that was not asked, which may have no place for it. */
  void arrived(Origin origin) {
    Crossing crossing = new Crossing(origin.home(), origin.call(), origin.number());
    promise(arrived.add(crossing), "a call comes once for each time it is sent", origin);
  }

  /**
   * What a site has written.
   *
   * @param now by a clock that all have in common
   */
  void happened(SiteId site, SiteEvent event, Instant now) {
    switch (event) {
      case SiteEvent.AgentLent it -> {
        Crossing crossing = new Crossing(site, it.call(), it.number());
        Sending before = sent.put(crossing, new Sending(it.site(), it.theirs().isEmpty()));
        promise(before == null, "a call is sent once by each number", it, before);
        lending = crossing;
      }
      case SiteEvent.AgentReserved it when lending != null -> {
        offers.put(new At<>(site, it.offer()), lending);
        lending = null;
      }
      case SiteEvent.CallEntered it when it.origin().isPresent() -> {
        Origin origin = it.origin().get();
        Crossing crossing = new Crossing(origin.home(), origin.call(), origin.number());
        Coming before = came.put(crossing, new Coming(site, it.call()));
        promise(before == null, "a call comes once for each time it is sent", it);
        calls.put(new At<>(site, it.call()), crossing);
      }
      // From here on nothing of it is in the books of its home.
      case SiteEvent.CallTakenOver it -> {
        Crossing coming = Objects.requireNonNull(calls.remove(new At<>(site, it.call())));
        came.remove(coming);
      }
      case SiteEvent.OfferAccepted it -> accepted(site, it.offer(), now);
      case SiteEvent.OfferEnded it -> {
        Crossing sending = offers.get(new At<>(site, it.offer()));
        if (sending != null) {
          Objects.requireNonNull(sent.get(sending)).declined =
              switch (it.outcome()) {
                case REJECTED, BUSY, MISSED -> true;
                case ACCEPTED, UNREACHABLE, WITHDRAWN -> false;
              };
        }
      }
      case SiteEvent.ConversationEnded it -> {
        Crossing sending = offers.get(new At<>(site, it.offer()));
        if (sending != null) {
          Objects.requireNonNull(sent.get(sending)).until = now;
        }
      }
      // Not when its first agent is done: the caller may be sent on there.
      case SiteEvent.CallLeft it -> {
        Crossing coming = calls.get(new At<>(site, it.call()));
        if (coming != null) {
          Objects.requireNonNull(came.get(coming)).until = now;
        }
      }
      default -> {}
    }
  }

  private void accepted(SiteId site, OfferId offer, Instant now) {
    Crossing sending = offers.get(new At<>(site, offer));
    if (sending != null) {
      Sending it = Objects.requireNonNull(sent.get(sending));
      it.answered = true;
      it.from = now;
    }
    Crossing coming = calls.get(new At<>(site, offer.call()));
    if (coming != null) {
      Coming it = Objects.requireNonNull(came.get(coming));
      it.answered = true;
      it.from = it.from == null ? now : it.from;
    }
  }

  /**
   * When all is over: whatever one side has in its books the other one has too.
   *
   * @param sound whether no site failed by itself
   */
  void compare(boolean sound) {
    sent.forEach((crossing, it) -> {
      Coming other = came.get(crossing);
      promise(
          !it.answered || (other != null && other.answered && other.at.equals(it.to)),
          "what is answered here was answered there",
          crossing,
          it.to);
      promise(
          !sound || !it.unasked || !it.declined || arrived.contains(crossing),
          "what was declined there had come there",
          crossing,
          it.to);
    });
    came.forEach((crossing, it) -> {
      Sending other = sent.get(crossing);
      promise(
          !it.answered || other != null,
          "what was answered there was sent from here",
          crossing,
          it.as);
      if (it.answered && other != null && !other.answered) {
        promise(
            !sound || lasted(it.from, it.until).compareTo(CROSSED) <= 0,
            "what was answered there is answered here",
            crossing,
            it.as);
      }
      if (sound && it.answered && other != null && other.answered) {
        Duration difference = lasted(it.from, it.until).minus(lasted(other.from, other.until));
        promise(
            difference.abs().compareTo(CROSSED) <= 0,
            "both sides count the same talk",
            crossing,
            difference);
      }
    });
  }

  private static Duration lasted(@Nullable Instant from, @Nullable Instant until) {
    return from == null || until == null ? Duration.ZERO : Duration.between(from, until);
  }

  Totals totals() {
    return new Totals(
        sent.size(),
        (int) sent.values().stream().filter(it -> it.unasked).count(),
        (int) answered().count(),
        (int)
            came.entrySet().stream()
                .filter(it -> it.getValue().answered)
                .filter(it -> sent.containsKey(it.getKey()))
                .filter(it -> !Objects.requireNonNull(sent.get(it.getKey())).answered)
                .count());
  }

  private Stream<Sending> answered() {
    return sent.values().stream().filter(it -> it.answered);
  }
}
