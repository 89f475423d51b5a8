package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
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
 * @param mixed how many legs there were to rooms of conferences
 */
public record Consultation(
    int number,
    @Nullable String request,
    @Nullable Aside now,
    @Nullable Unheard unheard,
    int mixed) {
  /** Numbers of legs that agents dialled; below are those of offers. */
  public static final int FIRST_DIALLED = 9_000;

  public static final int LAST_DIALLED = 9_999;

  static final Consultation NONE = new Consultation(0, null, null, null, 0);

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
   * @param leg in which the agent talked to the caller
   * @param dialled another one of the same phone, in which the agent asks; null where the agent
   *     asks in the first
   * @param invite by which it was dialled
   * @param conference into which the caller is let; null where it is not
   * @param attendance of the caller in conferences, until now
   */
  public record Aside(
      Offer offer,
      Leg leg,
      Destination to,
      @Nullable Leg dialled,
      @Nullable ServerTransaction invite,
      @Nullable Conference conference,
      Attendance attendance) {
    /** In which the agent asks. */
    public Leg asking() {
      return dialled == null ? leg : dialled;
    }

    public Stream<Leg> legs() {
      return Stream.concat(
          Stream.concat(Stream.of(leg), Stream.ofNullable(dialled)),
          Stream.ofNullable(conference).flatMap(Conference::up));
    }

    Aside conferring(@Nullable Conference next) {
      boolean attends = next != null && next.has(0);
      return new Aside(offer, leg, to, dialled, invite, next, attendance.now(attends));
    }

    Aside noted(int change) {
      Attendance heard = attendance.noted(change);
      return new Aside(offer, leg, to, dialled, invite, conference, heard);
    }

    Aside with(Leg next) {
      if (dialled != null && dialled.number() == next.number()) {
        return new Aside(offer, leg, to, next, invite, conference, attendance);
      }
      return leg.number() == next.number() || conference == null
          ? new Aside(offer, next, to, dialled, invite, conference, attendance)
          : conferring(conference.with(next));
    }
  }

  /**
   * How often the caller has begun or ceased to take part in conferences of this consultation: an
   * odd number while taking part.
   *
   * @param noted how much of that the site has taken note of
   */
  public record Attendance(int changes, int noted) {
    static final Attendance NONE = new Attendance(0, 0);

    boolean attends() {
      return changes % 2 == 1;
    }

    boolean unheard() {
      return noted < changes;
    }

    Attendance now(boolean attending) {
      return attending == attends() ? this : new Attendance(changes + 1, noted);
    }

    Attendance noted(int change) {
      return new Attendance(changes, Math.max(noted, change));
    }
  }

  /**
   * A second dialog of an agent's phone, which the agent dialled to ask another one.
   *
   * @param leg {@value #FIRST_DIALLED} to {@value #LAST_DIALLED}, by the INVITE
   * @param offered the phone's session description
   */
  public record Dialled(int leg, ServerTransaction invite, Dialog dialog, Personal offered) {}

  /**
   * @param asked the offer of the conversation that the consultation was
   * @param talks the offer of whoever has the caller now
   * @param answered the offer of whoever was asked; null where nobody answered
   */
  public record Unheard(OfferId asked, int number, OfferId talks, @Nullable OfferId answered) {}

  Optional<Aside> aside() {
    return Optional.ofNullable(now);
  }

  /** The leg in which the agent asks. */
  Optional<Leg> asking() {
    return aside().map(Aside::asking);
  }

  Optional<Conference> conference() {
    return aside().flatMap(it -> Optional.ofNullable(it.conference()));
  }

  /** Those of the agent who asks, and those to a conference's room. */
  Stream<Leg> legs() {
    return aside().stream().flatMap(Aside::legs);
  }

  Optional<Instant> due() {
    Stream<Instant> rooms =
        conference().stream().flatMap(Conference::legs).map(Conference.Mixed::deadline);
    return Stream.concat(legs().map(Leg::due), rooms).min(Instant::compareTo);
  }

  /** The number of the one that goes on; 0 where there is none. */
  int running() {
    return now == null ? 0 : number;
  }

  Consultation begun(int next, String asked, Aside aside) {
    return new Consultation(next, asked, aside, unheard, mixed);
  }

  Consultation with(Leg leg) {
    return now == null ? this : new Consultation(number, request, now.with(leg), unheard, mixed);
  }

  Consultation conferring(@Nullable Conference next) {
    int first = next == null ? mixed : next.mixed().values().iterator().next().leg();
    int legs = Math.max(mixed, first - Conference.FIRST_MIXED + Conference.SIZE);
    return now == null
        ? this
        : new Consultation(
            number, request, now.conferring(next), unheard, next == null ? mixed : legs);
  }

  Consultation over(Unheard what) {
    return new Consultation(number, request, null, what, mixed);
  }

  Consultation noted(int change) {
    return now == null
        ? this
        : new Consultation(number, request, now.noted(change), unheard, mixed);
  }

  Consultation heard() {
    return new Consultation(number, request, now, null, mixed);
  }
}
