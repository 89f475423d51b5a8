package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.Phase.Offer;
import org.switchwright.domain.routing.Destination;

/**
 * What an agent asks another one about the caller, who hears treatment meanwhile. While it lasts,
 * the call's phase is that of the search for the other agent; once it is {@link Phase.Connected},
 * the two agents talk to each other.
 *
 * @param number of the call's last, 1 for its first
 * @param request what the last was asked by, so that it is begun once
 * @param now the one that goes on
 * @param unheard that the last is over, which the site may not know
 */
public record Consultation(
    int number, @Nullable String request, @Nullable Aside now, @Nullable Unheard unheard) {
  static final Consultation NONE = new Consultation(0, null, null, null);

  /** How a consultation ends. */
  public enum Ending {
    /** The caller talks to the agent who was asked. */
    COMPLETED,
    /** The caller talks to the agent who asked. */
    RETRIEVED,
    /** Whoever asked is gone before anybody answered: the caller goes back to the front. */
    LEFT
  }

  /**
   * The agent who asks.
   *
   * @param offer that the conversation with the caller began with
   */
  public record Aside(Offer offer, Leg leg, Destination to) {}

  /**
   * @param asked the offer of the conversation that the consultation was
   * @param talks the offer of whoever has the caller now
   * @param answered the offer of whoever was asked; null where nobody answered
   */
  public record Unheard(OfferId asked, int number, OfferId talks, @Nullable OfferId answered) {}

  Optional<Aside> aside() {
    return Optional.ofNullable(now);
  }

  Optional<Leg> leg() {
    return aside().map(Aside::leg);
  }

  Optional<Instant> due() {
    return leg().map(Leg::due);
  }

  /** The number of the one that goes on; 0 where there is none. */
  int running() {
    return now == null ? 0 : number;
  }

  Consultation begun(int next, String asked, Aside aside) {
    return new Consultation(next, asked, aside, unheard);
  }

  Consultation with(Leg leg) {
    return now == null
        ? this
        : new Consultation(number, request, new Aside(now.offer(), leg, now.to()), unheard);
  }

  Consultation over(Unheard what) {
    return new Consultation(number, request, null, what);
  }

  Consultation heard() {
    return new Consultation(number, request, now, null);
  }
}
