package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.AgentChoice;

/**
 * The order in which one call's queue takes free agents, by the rule of its {@link AgentChoice}.
 *
 * <p>Chance is the call's and the agent's: nobody can tell who comes next, but whoever replays the
 * journal sees the same one come.
 */
final class AgentOrder {
  private final SiteCall call;
  private final Choosing choosing;
  private final SortedSet<Skill> counted;
  private final @Nullable AgentId last;
  private final Instant now;

  /**
   * @param counted the skills whose levels make somebody the most skilled
   * @param last whom the queue offered a call last; null where it never did
   */
  AgentOrder(
      SiteState state,
      SiteCall call,
      SortedSet<Skill> counted,
      @Nullable AgentId last,
      Instant now) {
    this.last = last;
    this.call = call;
    this.choosing = state.queue(call.queue()).choosing();
    this.counted = counted;
    this.now = now;
  }

  Comparator<SiteAgent> comparator() {
    Comparator<SiteAgent> rule =
        switch (choosing.by()) {
          case LONGEST_IDLE, RING_ALL -> SiteAgent.LONGEST_IDLE;
          case FEWEST_CALLS, LEAST_TALK_TIME, LEAST_OCCUPIED, RANDOM, WEIGHTED_RANDOM ->
              Comparator.comparingLong(this::figure);
          case MOST_SKILLED -> Comparator.comparingLong(this::figure).reversed();
          case ROUND_ROBIN -> after(last);
          case TOP_DOWN -> after(call.tried().orElse(null));
          case IN_ORDER, RING_PROGRESSIVELY -> byPosition();
        };
    Comparator<SiteAgent> whole = rule.thenComparing(SiteAgent.LONGEST_IDLE);
    return choosing.by() == AgentChoice.WEIGHTED_RANDOM
        ? whole
        : Comparator.<SiteAgent>comparingInt(it -> tier(it.id())).thenComparing(whole);
  }

  private int tier(AgentId agent) {
    return choosing.member(agent).tier();
  }

  private Comparator<SiteAgent> byPosition() {
    return Comparator.<SiteAgent>comparingInt(it -> choosing.member(it.id()).position())
        .thenComparing(SiteAgent::id);
  }

  /** Those who follow this one come first, then the others from the beginning. */
  private Comparator<SiteAgent> after(@Nullable AgentId one) {
    if (one == null) {
      return byPosition();
    }
    Choosing.Member member = choosing.member(one);
    ToLongFunction<SiteAgent> round =
        it -> {
          Choosing.Member other = choosing.member(it.id());
          boolean sameTier = other.tier() == member.tier();
          int order =
              other.position() != member.position()
                  ? Integer.compare(other.position(), member.position())
                  : it.id().compareTo(one);
          return sameTier && order > 0 ? 0 : 1;
        };
    return Comparator.comparingLong(round).thenComparing(byPosition());
  }

  /** What the rule compares, in {@link org.switchwright.domain.routing.RoutingDecision}'s units. */
  long figure(SiteAgent agent) {
    return switch (choosing.by()) {
      case LONGEST_IDLE, RING_ALL -> agent.idleSince().until(now).toSeconds();
      case FEWEST_CALLS -> agent.workload().calls();
      case LEAST_TALK_TIME -> agent.workload().talked().toSeconds();
      case LEAST_OCCUPIED -> agent.workload().occupancyPermille(now);
      case MOST_SKILLED -> skill(agent);
      case RANDOM -> chance(agent) >>> 44;
      case WEIGHTED_RANDOM -> (chance(agent) >>> 44) * (1 + tier(agent.id()));
      case ROUND_ROBIN, TOP_DOWN, IN_ORDER, RING_PROGRESSIVELY ->
          choosing.member(agent.id()).position();
    };
  }

  private long skill(SiteAgent agent) {
    long sum = 0;
    for (Skill skill : counted) {
      sum += agent.skills().getOrDefault(skill, 0);
    }
    return sum;
  }

  /** A number of 64 bits that looks like chance: the finaliser of SplitMix64. */
  private long chance(SiteAgent agent) {
    long mixed =
        31L * call.id().value().hashCode()
            + call.nextOffer().number()
            + agent.id().value().hashCode() * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
