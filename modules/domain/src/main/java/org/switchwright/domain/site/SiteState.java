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
 * @param lent agents of other sites who have calls of this one, by their names here
 * @param neighbours the other sites of which anything is known
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
    PSortedMap<StrategyId, Published> strategies,
    PSortedMap<AgentId, Lent> lent,
    PSortedMap<SiteId, Neighbour> neighbours) {
  static final int MAX_LATELY = 1_024;

  /** Arrived equals the sum of the others and of the calls that are here. */
  public record Tally(
      long arrived,
      long served,
      long abandoned,
      long overflowed,
      long refused,
      long failed,
      long handedOn) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally arrival() {
      return new Tally(arrived + 1, served, abandoned, overflowed, refused, failed, handedOn);
    }

    Tally ending(CallOutcome outcome) {
      return switch (outcome) {
        case SERVED ->
            new Tally(arrived, served + 1, abandoned, overflowed, refused, failed, handedOn);
        case ABANDONED ->
            new Tally(arrived, served, abandoned + 1, overflowed, refused, failed, handedOn);
        case OVERFLOWED ->
            new Tally(arrived, served, abandoned, overflowed + 1, refused, failed, handedOn);
        case REFUSED ->
            new Tally(arrived, served, abandoned, overflowed, refused + 1, failed, handedOn);
        case FAILED ->
            new Tally(arrived, served, abandoned, overflowed, refused, failed + 1, handedOn);
        case HANDED_ON ->
            new Tally(arrived, served, abandoned, overflowed, refused, failed, handedOn + 1);
        case ELSEWHERE ->
            throw new IllegalStateException(
                "Expected the outcome of a call that has its place here, but it has not");
      };
    }

    public long ended() {
      return served + abandoned + overflowed + refused + failed + handedOn;
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
        TreePMap.empty(),
        TreePMap.empty(),
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

  public Optional<SiteCall> call(CallId call) {
    return Optional.ofNullable(calls.get(call));
  }

  /** One of its own, or one who is lent to it. */
  Optional<SiteAgent> agent(AgentId agent) {
    return Optional.ofNullable(agents.get(agent))
        .or(() -> Optional.ofNullable(lent.get(agent)).map(Lent::agent));
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

  /** Of those that have their place here. */
  long waitingIn(QueueId queue) {
    return waitingIn(queue, false);
  }

  /** Of those that are only expected. */
  long expectedIn(QueueId queue) {
    return waitingIn(queue, true);
  }

  private long waitingIn(QueueId queue, boolean expected) {
    int waiting = 0;
    for (SiteCall call : calls.values()) {
      if (call.waiting()
          && call.queue().equals(queue)
          && call.abroad().origin().isPresent() == expected) {
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

  /** What this site has sent to another one, and what it believes of that. */
  public Sent sentTo(SiteId other) {
    return Neighbours.sent(this, other);
  }

  /** Who waits in a queue, in the order in which they are served. */
  public List<SiteCall> line(QueueId queue) {
    return waiting().stream().filter(it -> it.queue().equals(queue)).sorted(order()).toList();
  }

  Optional<Instant> due() {
    return dues().first();
  }

  /** When each is due. */
  Dues dues() {
    return new Dues(this);
  }

  /**
   * How many agents more may ring for this call now. Where a caller comes back from one agent while
   * others that rang with that one have not stopped, those count against the most there can be, not
   * against the rule. One whose caller has to come from another site has one agent at a time: the
   * others could only be held in vain.
   */
  int wanted(SiteCall call) {
    if (call.abroad().origin().isPresent()) {
      return call.waiting() ? 1 : 0;
    }
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

  private SiteState of(PSortedMap<CallId, SiteCall> nextCalls, OrderedPSet<CallId> nextLately) {
    Change change = new Change(this);
    change.calls = nextCalls;
    change.lately = nextLately;
    return change.done();
  }

  public SiteState with(SiteCall call) {
    return of(calls.plus(call.id(), call), lately);
  }

  public SiteState with(SiteAgent agent) {
    Change change = new Change(this);
    Lent known = lent.get(agent.id());
    if (known == null) {
      change.agents = agents.plus(agent.id(), agent);
    } else {
      change.lent =
          lent.plus(agent.id(), new Lent(known.from(), known.number(), known.theirs(), agent));
    }
    return change.done();
  }

  SiteState lending(Lent agent) {
    Change change = new Change(this);
    change.lent = lent.plus(agent.agent().id(), agent);
    return change.done();
  }

  /** Back to the agent's own site. */
  SiteState returning(AgentId agent) {
    Change change = new Change(this);
    change.lent = lent.minus(agent);
    change.neighbours = Neighbours.returned(neighbours, lent.get(agent));
    return change.done();
  }

  SiteState with(SiteId site, Neighbour next) {
    Change change = new Change(this);
    change.neighbours = neighbours.plus(site, next);
    return change.done();
  }

  public SiteState with(Tally next) {
    Change change = new Change(this);
    change.tally = next;
    return change.done();
  }

  SiteState with(Paces next) {
    Change change = new Change(this);
    change.paces = next;
    return change.done();
  }

  SiteState configuredAs(SiteConfiguration next) {
    Change change = new Change(this);
    change.configuration = Optional.of(next);
    return change.done();
  }

  SiteState without(CallId call) {
    OrderedPSet<CallId> shorter =
        lately.size() < MAX_LATELY ? lately : lately.minus(lately.iterator().next());
    return of(calls.minus(call), shorter.plus(call));
  }

  SiteState turned(QueueId queue, AgentId to) {
    Change change = new Change(this);
    change.turns = turns.plus(queue, to);
    return change.done();
  }

  SiteState deserting(QueueId queue, Instant until) {
    Change change = new Change(this);
    change.deserted = deserted.plus(queue, until);
    return change.done();
  }

  SiteState attended(QueueId queue) {
    Change change = new Change(this);
    change.deserted = deserted.minus(queue);
    return change.done();
  }

  SiteState with(Departures next) {
    Change change = new Change(this);
    change.departures = next;
    return change.done();
  }

  SiteState published(StrategyId strategy, Published next) {
    Change change = new Change(this);
    change.strategies = strategies.plus(strategy, next);
    return change.done();
  }

  /** What will be otherwise about a site. */
  private static final class Change {
    private final SiteId id;
    private Optional<SiteConfiguration> configuration;
    private PSortedMap<CallId, SiteCall> calls;
    private PSortedMap<AgentId, SiteAgent> agents;
    private OrderedPSet<CallId> lately;
    private Tally tally;
    private Paces paces;
    private PSortedMap<QueueId, AgentId> turns;
    private PSortedMap<QueueId, Instant> deserted;
    private Departures departures;
    private PSortedMap<StrategyId, Published> strategies;
    private PSortedMap<AgentId, Lent> lent;
    private PSortedMap<SiteId, Neighbour> neighbours;

    Change(SiteState before) {
      this.id = before.id;
      this.configuration = before.configuration;
      this.calls = before.calls;
      this.agents = before.agents;
      this.lately = before.lately;
      this.tally = before.tally;
      this.paces = before.paces;
      this.turns = before.turns;
      this.deserted = before.deserted;
      this.departures = before.departures;
      this.strategies = before.strategies;
      this.lent = before.lent;
      this.neighbours = before.neighbours;
    }

    SiteState done() {
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
          strategies,
          lent,
          neighbours);
    }
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
