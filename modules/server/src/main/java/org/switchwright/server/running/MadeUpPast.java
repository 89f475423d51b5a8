package org.switchwright.server.running;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;
import org.switchwright.server.configuration.Configuration;

/**
 * What the demonstration's network would have done on a day before it was first started: the same
 * callers dial the same site, and the same agents answer, those of other sites where nobody of that
 * one is free. Nothing of it has happened. Each day is a function of its date and of the sites.
 *
 * <p>Whoever is idle for longest takes the call of the highest priority that has waited for longest
 * of those that are for this agent. A day begins with nobody in a call, and a call that midnight
 * finds is none.
 */
public final class MadeUpPast {
  /** Eight like each day of the week, which is as many as an estimate looks at. */
  public static final int DAYS = 8 * 7;

  /** Talks are that much shorter or longer than the agent's usual one, at most. */
  private static final double UNEVEN = 0.15;

  /** Of the busiest day over the usual one. */
  private static final double BUSIER = 0.08;

  private final ZoneId zone;
  private final Configuration.Site dialled;
  private final List<Configuration.Site> sites;

  /**
   * @param sites the first is the one that callers dial
   */
  public MadeUpPast(List<Configuration.Site> sites) {
    this.dialled = sites.getFirst();
    this.zone = dialled.zone();
    this.sites = List.copyOf(sites);
  }

  /** Whose wall clocks its days go by. */
  public ZoneId zone() {
    return zone;
  }

  /** A caller who waits. */
  private record Caller(long at, long until, RoutingPoint point) {}

  private static final class Agent {
    private final Configuration.Site site;
    private final AgentId id;
    private final SortedMap<Skill, Integer> skills;
    private long freeAt;

    Agent(Configuration.Site site, AgentId id, SortedMap<Skill, Integer> skills, long freeAt) {
      this.site = site;
      this.id = id;
      this.skills = skills;
      this.freeAt = freeAt;
    }

    /** The queue of this agent's site in which that call waits; empty: it is not for them. */
    Optional<Queue> queue(Configuration.Site from, RoutingPoint point) {
      return from.rules()
          .queue(point.queue())
          .flatMap(queue ->
              site.id().equals(from.id())
                  ? Optional.of(queue)
                  : Optional.ofNullable(queue.elsewhere().get(site.id()))
                      .flatMap(site.rules()::point)
                      .flatMap(there -> site.rules().queue(there.queue())))
          .filter(queue ->
              queue.required().entrySet().stream()
                  .allMatch(it -> skills.getOrDefault(it.getKey(), -1) >= it.getValue()));
    }
  }

  /**
   * The calls that agents of each site answered on a day.
   *
   * @return of each site in the order in which its agents were reserved
   */
  public SortedMap<SiteId, List<CallRecord>> day(LocalDate day) {
    long from = day.atStartOfDay(zone).toInstant().toEpochMilli();
    long to = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    SplittableRandom chance = new SplittableRandom(day.toEpochDay());
    double level = 1 - BUSIER + 2 * BUSIER * chance.nextDouble();
    SortedMap<SiteId, List<CallRecord>> calls = new TreeMap<>();
    List<Agent> agents = new ArrayList<>();
    for (Configuration.Site site : sites) {
      calls.put(site.id(), new ArrayList<>());
      site.agents().forEach((id, it) -> agents.add(new Agent(site, id, it.skills(), from)));
    }
    List<Caller> line = new ArrayList<>();
    List<RoutingPoint> points = dialled.rules().points();
    long next = next(from, level, chance);
    for (long now = next; now < to; now = Math.min(next, soonest(agents, line, now))) {
      if (now == next) {
        long patience = DemonstrationPeople.patience(chance.nextDouble()).toMillis();
        RoutingPoint point = points.get(chance.nextInt(points.size()));
        line.add(new Caller(now, now + patience, point));
        line.sort(
            Comparator.<Caller>comparingInt(it -> -it.point().priority())
                .thenComparingLong(Caller::at));
        next = next(now, level, chance);
      }
      long moment = now;
      line.removeIf(it -> it.until() <= moment);
      line.removeIf(it -> answered(it, agents, moment, to, calls, chance));
    }
    return calls;
  }

  private long next(long now, double level, SplittableRandom chance) {
    LocalDateTime civil = LocalDateTime.ofInstant(Instant.ofEpochMilli(now), zone);
    double gap = DemonstrationPeople.untilNextCall(chance.nextDouble(), civil).toMillis();
    return now + Math.max(1, Math.round(gap / level));
  }

  /** When somebody is free again, if anybody waits for that. */
  private static long soonest(List<Agent> agents, List<Caller> line, long now) {
    return line.isEmpty()
        ? Long.MAX_VALUE
        : agents.stream()
            .mapToLong(it -> it.freeAt)
            .filter(it -> it > now)
            .min()
            .orElse(Long.MAX_VALUE);
  }

  private boolean answered(
      Caller caller,
      List<Agent> agents,
      long now,
      long end,
      SortedMap<SiteId, List<CallRecord>> calls,
      SplittableRandom chance) {
    Optional<Agent> found =
        agents.stream()
            .filter(it -> it.freeAt <= now && it.queue(dialled, caller.point()).isPresent())
            .min(
                Comparator.<Agent>comparingInt(it -> it.site.id().equals(dialled.id()) ? 0 : 1)
                    .thenComparingLong(it -> it.freeAt));
    if (found.isEmpty()) {
      return false;
    }
    Agent agent = found.get();
    Queue queue = agent.queue(dialled, caller.point()).orElseThrow();
    double uneven = 1 - UNEVEN + 2 * UNEVEN * chance.nextDouble();
    long answered = now + DemonstrationPeople.ring(agent.id).toMillis();
    long ended = answered + Math.round(uneven * DemonstrationPeople.talk(agent.id).toMillis());
    agent.freeAt = ended + queue.wrapUp().toMillis();
    List<CallRecord> there = calls.get(agent.site.id());
    if (there != null && ended < end) {
      there.add(new CallRecord(now, answered, ended, agent.id.value(), queue.id().value(), 0));
    }
    return true;
  }
}
