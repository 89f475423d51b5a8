package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.statistics.ServiceCounts.Thresholds;
import org.switchwright.domain.statistics.Stint.Activity;

/**
 * The statistics of a site in one interval, a pure function of what was noted down: the same
 * whenever it is computed, as long as the journal says nothing more of the interval.
 *
 * @param site calls once each, through however many queues they came
 */
public record Statistics(
    Interval interval,
    Thresholds thresholds,
    CallFigures site,
    SortedMap<QueueId, CallFigures> queues,
    SortedMap<Skill, CallFigures> skills,
    SortedMap<AgentId, AgentFigures> agents) {

  /** What was noted down of an interval at least. */
  public record Facts(List<Visit> visits, List<Offering> offerings, List<Stint> stints) {
    public Facts {
      visits = List.copyOf(visits);
      offerings = List.copyOf(offerings);
      stints = List.copyOf(stints);
    }
  }

  /**
   * @param offered came
   * @param overflowed moved on to another queue, or sent away
   * @param answeredWaits how long those waited who were answered, from their arrival
   * @param abandonedWaits the same of those who left
   * @param talkTimes of conversations whose wrap-up ended in the interval
   * @param consultTimes of the same conversations, those that were not with the caller but with
   *     another agent about the caller; talk times do not contain them
   * @param handleTimes of the same, with both and with the wrap-up
   * @param offers that ended, by how
   */
  public record CallFigures(
      long offered,
      long answered,
      long abandoned,
      long overflowed,
      long refused,
      long failed,
      Spans answeredWaits,
      Spans abandonedWaits,
      Spans talkTimes,
      Spans consultTimes,
      Spans handleTimes,
      SortedMap<OfferOutcome, Long> offers,
      ServiceCounts service) {}

  /**
   * @param times how long the agent spent in what
   * @param notReady of that not ready, by reason
   */
  public record AgentFigures(
      Spans talkTimes,
      Spans consultTimes,
      Spans handleTimes,
      SortedMap<OfferOutcome, Long> offers,
      SortedMap<Activity, Duration> times,
      SortedMap<String, Duration> notReady) {}

  public static Statistics of(Facts facts, Interval interval, Thresholds thresholds) {
    Figures figures = new Figures(interval, thresholds);
    List<Visit> visits = touching(facts.visits(), interval);
    SortedMap<AgentId, List<Offering>> byAgent =
        grouped(facts.offerings(), it -> Stream.of(it.agent()));
    SortedMap<AgentId, List<Stint>> stints = grouped(facts.stints(), it -> Stream.of(it.agent()));
    stints.keySet().forEach(agent -> byAgent.putIfAbsent(agent, List.of()));
    SortedMap<AgentId, AgentFigures> agents = new TreeMap<>();
    byAgent.forEach((agent, offerings) ->
        agents.put(agent, figures.agent(offerings, stints.getOrDefault(agent, List.of()))));
    agents.values().removeIf(it -> it.times().isEmpty() && it.offers().isEmpty());
    return new Statistics(
        interval,
        thresholds,
        figures.site(visits, facts.offerings()),
        figures.by(
            visits, facts.offerings(), it -> Stream.of(it.queue()), it -> Stream.of(it.queue())),
        figures.by(
            visits, facts.offerings(), it -> it.skills().stream(), it -> it.skills().stream()),
        agents);
  }

  private static List<Visit> touching(List<Visit> visits, Interval interval) {
    return visits.stream().filter(it -> interval.touches(it.enteredAt(), it.leftAt())).toList();
  }

  static <K, F> SortedMap<K, List<F>> grouped(List<F> facts, Function<F, Stream<K>> keys) {
    SortedMap<K, List<F>> groups = new TreeMap<>();
    for (F fact : facts) {
      keys.apply(fact)
          .forEach(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(fact));
    }
    return groups;
  }

  private record Figures(Interval interval, Thresholds thresholds) {
    <K> SortedMap<K, CallFigures> by(
        List<Visit> visits,
        List<Offering> offerings,
        Function<Visit, Stream<K>> ofVisit,
        Function<Offering, Stream<K>> ofOffering) {
      SortedMap<K, List<Visit>> byVisit = grouped(visits, ofVisit);
      SortedMap<K, List<Offering>> byOffering =
          grouped(offerings.stream().filter(this::counts).toList(), ofOffering);
      byOffering.keySet().forEach(key -> byVisit.putIfAbsent(key, List.of()));
      SortedMap<K, CallFigures> figures = new TreeMap<>();
      byVisit.forEach((key, those) ->
          figures.put(key, figures(those, byOffering.getOrDefault(key, List.of()), false)));
      return figures;
    }

    /** What an agent has answered counts no second time, whomever it is sent on to. */
    CallFigures site(List<Visit> visits, List<Offering> offerings) {
      return figures(visits.stream().filter(it -> !it.sentOn()).toList(), offerings, true);
    }

    private boolean counts(Offering offering) {
      return holds(offering.endedAt()) || holds(offering.handledUntil());
    }

    private boolean holds(@Nullable Instant at) {
      return at != null && interval.holds(at);
    }

    private CallFigures figures(List<Visit> visits, List<Offering> offerings, boolean wholeCalls) {
      long offered =
          visits.stream()
              .filter(it -> interval.holds(it.enteredAt()))
              .filter(it -> !wholeCalls || it.number() == 1)
              .count();
      List<Visit> over = visits.stream().filter(it -> it.leftIn(interval)).toList();
      long movedOn = wholeCalls ? 0 : left(over, Visit.Left.MOVED_ON);
      return new CallFigures(
          offered,
          left(over, Visit.Left.ANSWERED),
          left(over, Visit.Left.ABANDONED),
          movedOn + left(over, Visit.Left.OVERFLOWED),
          left(over, Visit.Left.REFUSED),
          left(over, Visit.Left.FAILED),
          waits(over, Visit.Left.ANSWERED),
          waits(over, Visit.Left.ABANDONED),
          talkTimes(offerings),
          consultTimes(offerings),
          handleTimes(offerings),
          outcomes(offerings),
          ServiceCounts.of(visits, interval, thresholds, wholeCalls));
    }

    private static long left(List<Visit> over, Visit.Left how) {
      return over.stream().filter(it -> it.left() == how).count();
    }

    private static Spans waits(List<Visit> over, Visit.Left how) {
      List<Long> waits = new ArrayList<>();
      for (Visit visit : over) {
        Instant leftAt = visit.leftAt();
        if (visit.left() == how && leftAt != null) {
          waits.add(visit.waitedUntil(leftAt).toMillis());
        }
      }
      return new Spans(waits);
    }

    private Spans talkTimes(List<Offering> offerings) {
      List<Long> times = new ArrayList<>();
      for (Offering offering : offerings) {
        if (holds(offering.handledUntil())) {
          add(times, offering.endedAt(), offering.talkedUntil(), offering.consultedMs());
        }
      }
      return new Spans(times);
    }

    /** One for each conversation in which there was such a time. */
    private Spans consultTimes(List<Offering> offerings) {
      return new Spans(
          offerings.stream()
              .filter(it -> holds(it.handledUntil()) && it.consultedMs() > 0)
              .map(Offering::consultedMs)
              .toList());
    }

    private Spans handleTimes(List<Offering> offerings) {
      List<Long> times = new ArrayList<>();
      for (Offering offering : offerings) {
        if (holds(offering.handledUntil())) {
          add(times, offering.endedAt(), offering.handledUntil(), 0);
        }
      }
      return new Spans(times);
    }

    private static void add(
        List<Long> times, @Nullable Instant from, @Nullable Instant to, long lessMs) {
      if (from != null && to != null) {
        times.add(Math.max(0, Duration.between(from, to).toMillis() - lessMs));
      }
    }

    private SortedMap<OfferOutcome, Long> outcomes(List<Offering> offerings) {
      SortedMap<OfferOutcome, Long> outcomes = new TreeMap<>();
      for (Offering offering : offerings) {
        OfferOutcome outcome = offering.outcome();
        if (outcome != null && holds(offering.endedAt())) {
          outcomes.merge(outcome, 1L, Long::sum);
        }
      }
      return outcomes;
    }

    AgentFigures agent(List<Offering> offerings, List<Stint> stints) {
      SortedMap<Activity, Duration> times = new TreeMap<>();
      SortedMap<String, Duration> notReady = new TreeMap<>();
      for (Stint stint : stints) {
        Duration share = interval.share(stint.from(), stint.to());
        if (share.isZero()) {
          continue;
        }
        Activity activity = stint.standing().activity();
        times.merge(activity, share, Duration::plus);
        Optional<String> reason = stint.standing().reason();
        if (activity == Activity.NOT_READY && reason.isPresent()) {
          notReady.merge(reason.get(), share, Duration::plus);
        }
      }
      return new AgentFigures(
          talkTimes(offerings),
          consultTimes(offerings),
          handleTimes(offerings),
          outcomes(offerings),
          times,
          notReady);
    }
  }
}
