package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;

/**
 * An agent as the site knows it: the wishes and means as last reported, and the work, which is the
 * site's own knowledge. A wish that crosses work takes effect after it.
 *
 * @param version of the last report
 * @param station the phone's Contact; empty while none is registered
 * @param idleSince since when the agent could have been given work; its place in the line of agents
 */
public record SiteAgent(
    AgentId id,
    long version,
    Wish wish,
    SortedMap<Skill, Integer> skills,
    Optional<Personal> station,
    Work work,
    Instant idleSince) {
  /** Longest idle first. */
  static final Comparator<SiteAgent> LONGEST_IDLE =
      (one, other) -> {
        int longer = one.idleSince.compareTo(other.idleSince);
        return longer != 0 ? longer : one.id.compareTo(other.id);
      };

  /** What the agent does for the site; each but {@link Free} ends by itself in time. */
  public sealed interface Work {
    record Free() implements Work {}

    /** Left alone after a rejected or busy offer. */
    record Resting(Instant until) implements Work {}

    /** Missed an offer or did not answer; waits for the agent's record to take note. */
    record Judged(Judgement judgement, long version, Instant until) implements Work {}

    /** Reserved for an offer, whose call's deadline is this one's too. */
    record Reserved(OfferId offer) implements Work {}

    /** In a conversation, whose call's deadline is this one's too. */
    record Talking(OfferId offer, Instant since) implements Work {}

    record WrappingUp(Instant until) implements Work {}
  }

  public enum Judgement {
    MISSED,
    UNREACHABLE
  }

  boolean free() {
    return work instanceof Work.Free && wish instanceof Wish.Ready && station.isPresent();
  }

  /** The first required skill that the agent lacks or has too low; null if there is none. */
  @Nullable Skill missing(SortedMap<Skill, Integer> required) {
    for (var need : required.entrySet()) {
      if (skills.getOrDefault(need.getKey(), -1) < need.getValue()) {
        return need.getKey();
      }
    }
    return null;
  }

  SiteAgent working(Work next) {
    return new SiteAgent(id, version, wish, skills, station, next, idleSince);
  }

  SiteAgent idle(Instant since) {
    return new SiteAgent(id, version, wish, skills, station, work, since);
  }
}
