package org.switchwright.domain.estimate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.statistics.Offering;
import org.switchwright.domain.statistics.Statistics;
import org.switchwright.domain.statistics.Stint;
import org.switchwright.domain.statistics.Visit;

/**
 * A site's past calls by the books that the {@link org.switchwright.domain.statistics.Ledger} keeps
 * of its events, for estimates of that site.
 *
 * <ul>
 *   <li>A call waits from its coming on, through whatever queues, until somebody answers or it
 *       leaves. Sent on by an agent, it comes anew.
 *   <li>A call that has its place at another site is one of this site's from the moment on at which
 *       an agent was reserved who then answered it; where nobody here did, it is none.
 *   <li>A call that an agent of another site answered has left, as one that was given up.
 *   <li>Whoever is asked by another agent answers a call of their own.
 *   <li>A conversation that is not over yet is not told of, or ends when it is asked for; a wait
 *       that is not over is not told of.
 * </ul>
 *
 * <p>Priorities are not in the books, so no call has a head start. What takes longer than {@link
 * CallRecord#MAX_CALL_MS} ends then.
 */
public final class KeptBooks {
  private KeptBooks() {}

  /**
   * @param facts of an interval that holds all of the calls' times
   * @return in the order in which they entered
   */
  public static List<CallRecord> calls(Statistics.Facts facts) {
    return calls(facts, Optional.empty());
  }

  /**
   * The same.
   *
   * @param until when conversations that are not over are said to end; empty where they do not
   *     count
   */
  public static List<CallRecord> calls(Statistics.Facts facts, Optional<Instant> until) {
    SortedSet<AgentId> own = new TreeSet<>();
    facts.stints().forEach(it -> own.add(it.agent()));
    SortedMap<CallId, List<Visit>> visits = new TreeMap<>();
    facts.visits().forEach(it -> visits.computeIfAbsent(it.call(), _ -> new ArrayList<>()).add(it));
    List<CallRecord> calls = new ArrayList<>();
    SortedMap<CallId, List<Instant>> answers = new TreeMap<>();
    for (Offering each : facts.offerings()) {
      if (each.outcome() != OfferOutcome.ACCEPTED || !own.contains(each.agent())) {
        continue;
      }
      Instant answered = each.endedAt();
      if (answered == null) {
        continue;
      }
      CallId call = each.offer().call();
      answers.computeIfAbsent(call, _ -> new ArrayList<>()).add(answered);
      Instant ended = each.talkedUntil() == null ? until.orElse(null) : each.talkedUntil();
      if (ended != null && !ended.isBefore(answered)) {
        Instant entered =
            visits.getOrDefault(call, List.of()).stream()
                .filter(visit -> visit.left() == Visit.Left.ANSWERED)
                .filter(visit -> answered.equals(visit.leftAt()))
                .findFirst()
                .map(Visit::arrivedAt)
                .orElse(each.offeredAt());
        answered(entered, answered, ended, each).ifPresent(calls::add);
      }
    }
    visits.forEach((call, ofCall) ->
        ofCall.stream()
            .filter(visit -> unanswered(visit, ofCall, answers.getOrDefault(call, List.of())))
            .forEach(visit -> calls.add(left(visit))));
    calls.sort(
        Comparator.comparingLong(CallRecord::enteredMs)
            .thenComparingLong(CallRecord::endedMs)
            .thenComparing(CallRecord::agent)
            .thenComparing(CallRecord::queue));
    return calls;
  }

  /**
   * Who was there to take calls, or talked.
   *
   * @param until when those are said to have gone of whom nothing else is known
   */
  public static List<Presence> presences(Statistics.Facts facts, Instant until) {
    return facts.stints().stream()
        .filter(it -> there(it.standing()))
        .map(it -> presence(it, it.to() == null ? until : it.to()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean there(Stint.Standing standing) {
    return switch (standing.activity()) {
      case LOGGED_OUT, NOT_READY, NO_STATION -> false;
      case TALKING, CONSULTING -> true;
      case READY, RESERVED, WRAPPING_UP, RESTING, UNDER_JUDGEMENT ->
          standing.wanted() == Stint.Wanted.READY;
    };
  }

  private static Optional<Presence> presence(Stint of, Instant to) {
    return to.isAfter(of.from())
        ? Optional.of(new Presence(of.agent().value(), of.from().toEpochMilli(), to.toEpochMilli()))
        : Optional.empty();
  }

  private static boolean unanswered(Visit visit, List<Visit> ofCall, List<Instant> answers) {
    Visit.Left left = visit.left();
    if (left == null) {
      return false;
    }
    return switch (left) {
      case ABANDONED, OVERFLOWED, REFUSED, FAILED -> true;
      case ANSWERED -> answers.stream().noneMatch(at -> at.equals(visit.leftAt()));
      case MOVED_ON -> ofCall.stream().noneMatch(other -> other.number() > visit.number());
    };
  }

  private static Optional<CallRecord> answered(
      Instant entered, Instant answered, Instant ended, Offering of) {
    long from = Math.min(entered.toEpochMilli(), answered.toEpochMilli());
    long at = answered.toEpochMilli();
    if (at - from > CallRecord.MAX_CALL_MS) {
      return Optional.empty();
    }
    long to = Math.clamp(ended.toEpochMilli(), at, from + CallRecord.MAX_CALL_MS);
    return Optional.of(new CallRecord(from, at, to, of.agent().value(), of.queue().value(), 0));
  }

  private static CallRecord left(Visit visit) {
    long to = visit.leftAt() == null ? 0 : visit.leftAt().toEpochMilli();
    long from = Math.min(visit.arrivedAt().toEpochMilli(), to);
    return new CallRecord(
        from,
        CallRecord.NEVER,
        Math.min(to, from + CallRecord.MAX_CALL_MS),
        "",
        visit.queue().value(),
        0);
  }
}
