package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.OfferOutcome;

/**
 * An offer of a call to an agent, and the conversation if it came to one.
 *
 * @param skills what the queue required when the call came to it
 * @param endedAt when the offer ended, by an answer or otherwise; null while it is out
 * @param outcome null while it is out
 * @param talkedUntil null while they talk, and where they never did
 * @param handledUntil the same with wrap-up
 * @param consultingSince since when the agent has asked another one, or been asked; null while not
 * @param consultedMs how long that took before, within the conversation
 */
public record Offering(
    SiteId site,
    OfferId offer,
    QueueId queue,
    List<Skill> skills,
    AgentId agent,
    Instant offeredAt,
    @Nullable Instant endedAt,
    @Nullable OfferOutcome outcome,
    @Nullable Instant talkedUntil,
    @Nullable Instant handledUntil,
    @Nullable Instant consultingSince,
    long consultedMs) {
  public Offering {
    skills = List.copyOf(skills);
  }

  /** The clocks of two nodes may disagree; here time never runs backwards. */
  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  Offering ended(Instant at, OfferOutcome how) {
    Instant end = later(at, offeredAt);
    return new Offering(
        site,
        offer,
        queue,
        skills,
        agent,
        offeredAt,
        end,
        how,
        talkedUntil,
        handledUntil,
        consultingSince,
        consultedMs);
  }

  /** Talks not to the caller but to another agent from now on. */
  Offering consulting(Instant at) {
    return consultingSince == null ? consulted(later(at, begun()), consultedMs) : this;
  }

  /** Talks to the caller from now on, or to nobody. */
  Offering consultedUntil(Instant at) {
    if (consultingSince == null) {
      return this;
    }
    Duration took = Duration.between(consultingSince, later(at, consultingSince));
    return consulted(null, consultedMs + took.toMillis());
  }

  private Offering consulted(@Nullable Instant since, long ms) {
    return new Offering(
        site,
        offer,
        queue,
        skills,
        agent,
        offeredAt,
        endedAt,
        outcome,
        talkedUntil,
        handledUntil,
        since,
        ms);
  }

  /** Talked until then; and that is all, if no wrap-up follows. */
  Offering talkedUntil(Instant at, boolean wrapUp) {
    Instant end = later(at, begun());
    Offering asked = consultedUntil(at);
    return new Offering(
        site,
        offer,
        queue,
        skills,
        agent,
        offeredAt,
        endedAt,
        outcome,
        end,
        wrapUp ? null : end,
        null,
        asked.consultedMs);
  }

  Offering handledUntil(Instant at) {
    Instant end = later(at, talkedUntil == null ? begun() : talkedUntil);
    return new Offering(
        site,
        offer,
        queue,
        skills,
        agent,
        offeredAt,
        endedAt,
        outcome,
        talkedUntil,
        end,
        consultingSince,
        consultedMs);
  }

  private Instant begun() {
    return endedAt == null ? offeredAt : endedAt;
  }

  /** Whether nothing more is to come. */
  public boolean over() {
    return outcome == OfferOutcome.ACCEPTED ? handledUntil != null : outcome != null;
  }

  /** When it was over; null if it is not. */
  public @Nullable Instant overAt() {
    return outcome == OfferOutcome.ACCEPTED ? handledUntil : endedAt;
  }
}
