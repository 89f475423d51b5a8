package org.switchwright.domain.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Skill;
import org.switchwright.domain.site.SiteConfiguration.Queue;

/**
 * What will do for a call that has waited for so long: what its strategy asks for; else what its
 * queue asks for and the queue's widenings have added; and which of its queue's tiers are asked.
 */
final class Need {
  private final Queue queue;
  private final List<Alternative> alternatives;
  private final int highestTier;

  /**
   * One of the requirements that will do.
   *
   * @param number 0 for the strategy's or the queue's own, n for the queue's n-th widening's
   * @param counted the skills by which agents are compared who meet a requirement of this number
   */
  record Alternative(int number, SortedMap<Skill, Integer> required, SortedSet<Skill> counted) {
    static Alternative of(int number, SortedMap<Skill, Integer> required) {
      return new Alternative(number, required, new TreeSet<>(required.keySet()));
    }
  }

  private Need(Queue queue, List<Alternative> alternatives, int highestTier) {
    this.queue = queue;
    this.alternatives = alternatives;
    this.highestTier = highestTier;
  }

  static Need of(SiteState state, SiteCall call) {
    Queue queue = state.queue(call.queue());
    List<Alternative> alternatives = new ArrayList<>();
    List<SortedMap<Skill, Integer>> own = call.ownRequirements();
    if (!own.isEmpty()) {
      SortedSet<Skill> counted = new TreeSet<>();
      own.forEach(required -> counted.addAll(required.keySet()));
      own.forEach(required -> alternatives.add(new Alternative(0, required, counted)));
      return new Need(queue, alternatives, highestTier(state, queue.choosing(), call.widened()));
    }
    alternatives.add(Alternative.of(0, queue.required()));
    for (int i = 0; i < queue.widenings().size(); i++) {
      Widening widening = queue.widenings().get(i);
      if (widening.after().compareTo(call.widened()) <= 0 && holds(state, call, queue, widening)) {
        alternatives.add(Alternative.of(i + 1, widening.required()));
      }
    }
    return new Need(queue, alternatives, highestTier(state, queue.choosing(), call.widened()));
  }

  private static boolean holds(SiteState state, SiteCall call, Queue queue, Widening widening) {
    return widening
        .onlyIf()
        .map(it ->
            it.holds(
                switch (it.figure()) {
                  case WAITING -> state.waitingIn(queue.id());
                  case FREE_AGENTS ->
                      state.count(agent ->
                          state.hasRoom(agent, call.medium()) && agent.has(widening.required()));
                  case STAFFED ->
                      state.count(agent -> agent.staffed() && agent.has(queue.required()));
                }))
        .orElse(true);
  }

  /** A tier is asked once the call has waited for each lower one of which somebody is logged in. */
  private static int highestTier(SiteState state, Choosing choosing, Duration waited) {
    if (choosing.tierWait().isZero() || choosing.members().isEmpty()) {
      return Integer.MAX_VALUE;
    }
    long open = 1 + waited.dividedBy(choosing.tierWait());
    SortedSet<Integer> staffed = new TreeSet<>();
    choosing
        .members()
        .forEach((id, member) -> {
          if (state.agent(id).filter(SiteAgent::staffed).isPresent()) {
            staffed.add(member.tier());
          }
        });
    for (int tier : staffed) {
      if (--open == 0) {
        return tier;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** When something more will do, counted from the call's coming to the queue. */
  static List<Duration> moments(Queue queue) {
    if (queue.widenings().isEmpty() && queue.choosing().tierWait().isZero()) {
      return Collections.emptyList();
    }
    SortedSet<Duration> moments = new TreeSet<>();
    queue.widenings().forEach(it -> moments.add(it.after()));
    Choosing choosing = queue.choosing();
    if (!choosing.tierWait().isZero()) {
      long tiers = choosing.members().values().stream().map(it -> it.tier()).distinct().count();
      for (int i = 1; i < tiers; i++) {
        moments.add(choosing.tierWait().multipliedBy(i));
      }
    }
    return List.copyOf(moments);
  }

  /** The next of them for this call; null if there is none. */
  static @Nullable Duration next(Queue queue, Duration widened) {
    for (Duration moment : moments(queue)) {
      if (moment.compareTo(widened) > 0) {
        return moment;
      }
    }
    return null;
  }

  /** The strictest requirement that this agent meets; null for one who will not do. */
  @Nullable Alternative met(SiteAgent agent) {
    if (!queue.choosing().knows(agent.id()) || !asked(agent)) {
      return null;
    }
    for (Alternative alternative : alternatives) {
      if (agent.has(alternative.required())) {
        return alternative;
      }
    }
    return null;
  }

  boolean knows(SiteAgent agent) {
    return queue.choosing().knows(agent.id());
  }

  boolean asked(SiteAgent agent) {
    return queue.choosing().member(agent.id()).tier() <= highestTier;
  }

  /** The first skill of the last requirement that the agent does not have; null if it has all. */
  @Nullable Skill missing(SiteAgent agent) {
    Skill missing = null;
    for (Alternative alternative : alternatives) {
      missing = agent.missing(alternative.required());
      if (missing == null) {
        return null;
      }
    }
    return missing;
  }
}
