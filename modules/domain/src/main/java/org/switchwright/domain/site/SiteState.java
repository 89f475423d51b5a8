package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.OrderedPSet;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.domain.statistics.Paces;
import org.switchwright.domain.statistics.QueueLoad;

/**
 * The work of a site, folded from its events.
 *
 * @param calls every call that has entered and not left
 * @param agents every agent that has ever reported
 * @param lately the last {@value #MAX_LATELY} calls that left, so that a late message does not let
 *     them in again
 * @param tally how many came, and how they ended, since the site's first event
 * @param paces how fast the queues have moved lately
 * @param turns whom each queue offered a call last
 * @param deserted queues in which nobody is, and when those who wait there are let go
 * @param departures whose place is kept in case they call back
 * @param strategies the routing strategies that were published, with the versions that are kept
 */
public record SiteState(
    SiteId id,
    Optional<SiteConfiguration> configuration,
    PSortedMap<CallId, SiteCall> calls,
    PSortedMap<AgentId, SiteAgent> agents,
    OrderedPSet<CallId> lately,
    Tally tally,
    Paces paces,
    PSortedMap<QueueId, AgentId> turns,
    PSortedMap<QueueId, Instant> deserted,
    Departures departures,
    PSortedMap<StrategyId, Published> strategies) {
  static final int MAX_LATELY = 1_024;

  /** Arrived equals the sum of the others and of the calls that are here. */
  public record Tally(
      long arrived, long served, long abandoned, long overflowed, long refused, long failed) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    Tally arrival() {
      return new Tally(arrived + 1, served, abandoned, overflowed, refused, failed);
    }

    Tally ending(CallOutcome outcome) {
      return switch (outcome) {
        case SERVED -> new Tally(arrived, served + 1, abandoned, overflowed, refused, failed);
        case ABANDONED -> new Tally(arrived, served, abandoned + 1, overflowed, refused, failed);
        case OVERFLOWED -> new Tally(arrived, served, abandoned, overflowed + 1, refused, failed);
        case REFUSED -> new Tally(arrived, served, abandoned, overflowed, refused + 1, failed);
        case FAILED -> new Tally(arrived, served, abandoned, overflowed, refused, failed + 1);
      };
    }

    public long ended() {
      return served + abandoned + overflowed + refused + failed;
    }
  }

  static SiteState empty(SiteId id) {
    return new SiteState(
        id,
        Optional.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        OrderedPSet.empty(),
        Tally.NONE,
        Paces.NONE,
        TreePMap.empty(),
        TreePMap.empty(),
        Departures.NONE,
        TreePMap.empty());
  }

  SiteConfiguration configured() {
    return configuration.orElseThrow(() ->
        new IllegalStateException("Expected site " + id + " to be configured, but it is not"));
  }

  SiteConfiguration.Queue queue(QueueId queue) {
    return configured()
        .queue(queue)
        .orElseThrow(
            () -> new IllegalStateException("Expected queue " + queue + ", but there is none"));
  }

  Optional<SiteCall> call(CallId call) {
    return Optional.ofNullable(calls.get(call));
  }

  Optional<SiteAgent> agent(AgentId agent) {
    return Optional.ofNullable(agents.get(agent));
  }

  /**
   * Who is served first: whoever was sent back to the front, then by priority, then by place. Where
   * priority is worth a time of waiting, it moves the place forward by as much, so that the order
   * of two calls never changes while they wait.
   */
  Comparator<SiteCall> order() {
    Duration worth = configured().rules().priorityWorth();
    Comparator<SiteCall> front = Comparator.comparing(call -> !call.front());
    Comparator<SiteCall> rank =
        worth.isZero()
            ? Comparator.<SiteCall>comparingInt(this::points)
                .reversed()
                .thenComparing(SiteCall::arrivedAt)
            : Comparator.comparing(
                call -> call.arrivedAt().minus(worth.multipliedBy(points(call))));
    return front.thenComparing(rank).thenComparing(SiteCall::id);
  }

  private int points(SiteCall call) {
    return call.priority()
        + configured().queue(call.queue()).map(SiteConfiguration.Queue::weight).orElse(0);
  }

  boolean hasRoom(SiteAgent agent, Medium medium) {
    return agent.hasRoomFor(medium, configured().rules().capacity());
  }

  int count(Predicate<SiteAgent> which) {
    int count = 0;
    for (SiteAgent agent : agents.values()) {
      if (which.test(agent)) {
        count++;
      }
    }
    return count;
  }

  /** Calls for which agents ring and more may, in no order. */
  List<SiteCall> ringingForMore() {
    List<SiteCall> ringing = new ArrayList<>();
    for (SiteCall call : calls.values()) {
      if (call.stand() instanceof SiteCall.Stand.Offered && wanted(call) > 0) {
        ringing.add(call);
      }
    }
    return ringing;
  }

  /** Who waits, in no order. */
  List<SiteCall> waiting() {
    List<SiteCall> waiting = new ArrayList<>();
    for (SiteCall call : calls.values()) {
      if (call.waiting()) {
        waiting.add(call);
      }
    }
    return waiting;
  }

  long waitingIn(QueueId queue) {
    int waiting = 0;
    for (SiteCall call : calls.values()) {
      if (call.waiting() && call.queue().equals(queue)) {
        waiting++;
      }
    }
    return waiting;
  }

  /** The call's place in its queue, 1 for the next. */
  int position(SiteCall call) {
    Comparator<SiteCall> order = order();
    int ahead = 0;
    for (SiteCall other : calls.values()) {
      if (other.waiting() && other.queue().equals(call.queue()) && order.compare(other, call) < 0) {
        ahead++;
      }
    }
    return 1 + ahead;
  }

  /**
   * How much longer a call that waits will wait.
   *
   * @param formula which of the named ones
   */
  public Estimate estimatedWait(CallId call, EstimatedWait formula, Instant now) {
    return call(call)
        .filter(SiteCall::waiting)
        .filter(it -> configured().queue(it.queue()).isPresent())
        .map(it -> formula.of(new Loads(this, now).of(it)))
        .orElse(new Estimate.Unknown(Estimate.Why.NOT_WAITING));
  }

  /** How long a call would wait that came to the end of a queue now. */
  public Estimate estimatedWait(QueueId queue, EstimatedWait formula, Instant now) {
    return configured().queue(queue).isEmpty()
        ? new Estimate.Unknown(Estimate.Why.NOT_WAITING)
        : formula.of(new Loads(this, now).of(queue));
  }

  /** The same by every formula. */
  public SortedMap<EstimatedWait, Estimate> estimatedWaits(QueueId queue, Instant now) {
    SortedMap<EstimatedWait, Estimate> estimates = new TreeMap<>();
    QueueLoad load = new Loads(this, now).of(queue);
    for (EstimatedWait formula : EstimatedWait.values()) {
      estimates.put(formula, formula.of(load));
    }
    return estimates;
  }

  /** Who waits in a queue, in the order in which they are served. */
  public List<SiteCall> line(QueueId queue) {
    return waiting().stream().filter(it -> it.queue().equals(queue)).sorted(order()).toList();
  }

  /** Asked after every event, so it makes nothing of each call and agent. */
  Optional<Instant> due() {
    @Nullable Instant first = null;
    for (SiteCall call : calls.values()) {
      first = earlier(first, due(call));
    }
    for (SiteAgent agent : agents.values()) {
      Instant due = due(agent);
      if (due != null) {
        first = earlier(first, due);
      }
    }
    for (Instant leaving : deserted.values()) {
      first = earlier(first, leaving);
    }
    return Optional.ofNullable(first);
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }

  /** A queue that a new configuration no longer has keeps nobody: its calls are due at once. */
  Duration maxWait(QueueId queue) {
    return configured().queue(queue).map(SiteConfiguration.Queue::maxWait).orElse(Duration.ZERO);
  }

  Instant overflowsAt(SiteCall call) {
    return call.enteredQueueAt().plus(maxWait(call.queue()));
  }

  /** When more agents will do for it, or it overflows. */
  Instant widensAt(SiteCall call) {
    return call.enteredQueueAt().plus(nextWait(call));
  }

  private Duration nextWait(SiteCall call) {
    Duration longest = maxWait(call.queue());
    @Nullable Duration next =
        configured()
            .queue(call.queue())
            .map(queue -> Need.next(queue, call.widened()))
            .orElse(null);
    return next != null && next.compareTo(longest) < 0 ? next : longest;
  }

  Instant due(SiteCall call) {
    Instant first = ownDue(call);
    for (SiteCall.Ring ring : call.out().values()) {
      first = earlier(first, ring.due());
    }
    return first;
  }

  /** Without the deadlines of the offers that are out. */
  Instant ownDue(SiteCall call) {
    return switch (call.stand()) {
      case SiteCall.Stand.Waiting _ when call.consult().isPresent() -> Consults.due(this, call);
      // For one agent a call is kept half of that time; then the others of the queue have the rest.
      case SiteCall.Stand.Waiting _ when call.directedTo().isPresent() ->
          call.enteredQueueAt().plus(maxWait(call.queue()).dividedBy(2));
      case SiteCall.Stand.Waiting _ -> {
        Instant due = earlier(Announcing.due(configured(), call), widensAt(call));
        yield call.routing().flatMap(Routing::nextStepAt).map(it -> earlier(it, due)).orElse(due);
      }
      case SiteCall.Stand.Offered it -> nextStep(call, it);
      case SiteCall.Stand.Talking it -> it.checkAt();
      case SiteCall.Stand.Released it -> it.remindAt();
    };
  }

  /** When one more agent may ring; never where the queue does not ring one after the other. */
  Instant nextStep(SiteCall call, SiteCall.Stand.Offered offered) {
    return configured()
        .queue(call.queue())
        .map(SiteConfiguration.Queue::choosing)
        .filter(it -> it.by() == AgentChoice.RING_PROGRESSIVELY)
        .filter(_ -> offered.steps() + 1 < Call.MAX_RINGING)
        .map(it -> offered.steppedAt().plus(it.ringStep()))
        .orElse(Instant.MAX);
  }

  /**
   * How many agents more may ring for this call now. Where a caller comes back from one agent while
   * others that rang with that one have not stopped, those count against the most there can be, not
   * against the rule.
   */
  int wanted(SiteCall call) {
    int most =
        configured()
            .queue(call.queue())
            .map(it ->
                switch (it.choosing().by()) {
                  case RING_ALL -> Call.MAX_RINGING;
                  case RING_PROGRESSIVELY ->
                      call.stand() instanceof SiteCall.Stand.Offered rings ? rings.steps() + 1 : 1;
                  case LONGEST_IDLE,
                      FEWEST_CALLS,
                      LEAST_TALK_TIME,
                      LEAST_OCCUPIED,
                      MOST_SKILLED,
                      RANDOM,
                      WEIGHTED_RANDOM,
                      ROUND_ROBIN,
                      TOP_DOWN,
                      IN_ORDER ->
                      1;
                })
            .orElse(0);
    return switch (call.stand()) {
      case SiteCall.Stand.Waiting _ -> Math.min(most, Call.MAX_RINGING - call.out().size());
      case SiteCall.Stand.Offered _ -> most - call.out().size();
      case SiteCall.Stand.Talking _, SiteCall.Stand.Released _ -> 0;
    };
  }

  /** Null where the agent has no deadline of its own. */
  @Nullable Instant due(SiteAgent agent) {
    return switch (agent.work()) {
      case SiteAgent.Work.Resting it -> it.until();
      case SiteAgent.Work.Judged it -> it.until();
      case SiteAgent.Work.WrappingUp it -> it.until();
      case SiteAgent.Work.Free _, SiteAgent.Work.Reserved _, SiteAgent.Work.Talking _ -> null;
    };
  }

  private SiteState of(
      Optional<SiteConfiguration> nextConfiguration,
      PSortedMap<CallId, SiteCall> nextCalls,
      PSortedMap<AgentId, SiteAgent> nextAgents,
      OrderedPSet<CallId> nextLately,
      Tally nextTally) {
    return new SiteState(
        id,
        nextConfiguration,
        nextCalls,
        nextAgents,
        nextLately,
        nextTally,
        paces,
        turns,
        deserted,
        departures,
        strategies);
  }

  public SiteState with(SiteCall call) {
    return of(configuration, calls.plus(call.id(), call), agents, lately, tally);
  }

  public SiteState with(SiteAgent agent) {
    return of(configuration, calls, agents.plus(agent.id(), agent), lately, tally);
  }

  public SiteState with(Tally next) {
    return of(configuration, calls, agents, lately, next);
  }

  SiteState with(Paces next) {
    return new SiteState(
        id,
        configuration,
        calls,
        agents,
        lately,
        tally,
        next,
        turns,
        deserted,
        departures,
        strategies);
  }

  SiteState configuredAs(SiteConfiguration next) {
    return of(Optional.of(next), calls, agents, lately, tally);
  }

  SiteState without(CallId call) {
    OrderedPSet<CallId> shorter =
        lately.size() < MAX_LATELY ? lately : lately.minus(lately.iterator().next());
    return of(configuration, calls.minus(call), agents, shorter.plus(call), tally);
  }

  SiteState turned(QueueId queue, AgentId to) {
    return new SiteState(
        id,
        configuration,
        calls,
        agents,
        lately,
        tally,
        paces,
        turns.plus(queue, to),
        deserted,
        departures,
        strategies);
  }

  SiteState deserting(QueueId queue, Instant until) {
    return new SiteState(
        id,
        configuration,
        calls,
        agents,
        lately,
        tally,
        paces,
        turns,
        deserted.plus(queue, until),
        departures,
        strategies);
  }

  SiteState attended(QueueId queue) {
    return new SiteState(
        id,
        configuration,
        calls,
        agents,
        lately,
        tally,
        paces,
        turns,
        deserted.minus(queue),
        departures,
        strategies);
  }

  SiteState with(Departures next) {
    return new SiteState(
        id, configuration, calls, agents, lately, tally, paces, turns, deserted, next, strategies);
  }

  SiteState published(StrategyId strategy, Published next) {
    return new SiteState(
        id,
        configuration,
        calls,
        agents,
        lately,
        tally,
        paces,
        turns,
        deserted,
        departures,
        strategies.plus(strategy, next));
  }

  /** Whether calls that are here may yet be told something by this version. */
  boolean inUse(StrategyId strategy, int version) {
    for (SiteCall call : calls.values()) {
      if (call.callersRouting()
          .filter(Routing::goesOn)
          .filter(it -> it.version() == version && it.strategy().equals(strategy))
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  boolean lately(CallId call) {
    return lately.contains(call);
  }
}
