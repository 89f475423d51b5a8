package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.Route;

/**
 * A call as its site knows it.
 *
 * @param arrivedAt its place: whatever queue it is in and however often it was offered, only an
 *     agent who sends the caller on may change it
 * @param enteredQueueAt from when the queue's longest wait counts
 * @param offers how many offers there were
 * @param directedTo the only agent who is to serve it
 * @param been the queues that it has been in, this one last: it overflows to none of them again
 * @param widened up to which time of waiting in its queue the call has taken note of what else will
 *     do
 * @param told what the caller was told of the place and the wait
 * @param front whether it comes before all others, because an agent sent it back
 * @param tried whom it was last offered to
 * @param consults the consultations of its agents
 * @param caller who calls, where the queue keeps places for callers who call back
 * @param out the offers that are out, at most {@value Call#MAX_RINGING}; once one is accepted,
 *     those that the call has not said of yet that they ended
 * @param talked the number of the offer by which the agent came who last sent the caller on; 0:
 *     none
 * @param routing what a strategy has said to it; empty where its routing point has none
 * @param abroad what other sites have to do with it
 */
public record SiteCall(
    CallId id,
    InteractionId interaction,
    QueueId queue,
    int priority,
    Instant arrivedAt,
    Instant enteredQueueAt,
    Stand stand,
    int offers,
    List<QueueId> been,
    Duration widened,
    Told told,
    boolean front,
    Optional<AgentId> tried,
    Optional<Personal> caller,
    Optional<AgentId> directedTo,
    SortedMap<OfferId, Ring> out,
    int talked,
    Optional<Routing> routing,
    Consults consults,
    Abroad abroad) {
  public SiteCall {
    been = List.copyOf(been);
    out = Collections.unmodifiableSortedMap(out);
  }

  static SiteCall entering(SiteEvent.CallEntered it) {
    return new SiteCall(
        it.call(),
        it.interaction(),
        it.queue(),
        it.priority(),
        it.arrivedAt(),
        it.at(),
        new Stand.Waiting(),
        0,
        List.of(it.queue()),
        Duration.ZERO,
        Told.NOTHING,
        false,
        Optional.empty(),
        it.caller(),
        Optional.empty(),
        Collections.emptySortedMap(),
        0,
        Optional.empty(),
        Consults.NONE,
        Abroad.of(it.origin()));
  }

  /**
   * @param number of the call's last consultation, 0 before the first
   * @param now the one that goes on
   */
  public record Consults(int number, Optional<Consult> now) {
    static final Consults NONE = new Consults(0, Optional.empty());
  }

  /**
   * An agent who talks to the caller asks another one: what waits, is offered or talked about is
   * the question.
   *
   * @param offer of the agent who asks
   * @param from the queue that the conversation with the caller is of
   * @param routing what the caller's strategy asks for, which the question does not
   * @param attendance how often the caller began or ceased to take part; odd: takes part
   */
  public record Consult(
      OfferId offer, AgentId agent, QueueId from, Optional<Routing> routing, int attendance) {
    public boolean attends() {
      return attendance % 2 == 1;
    }

    Consult attending(int change) {
      return new Consult(offer, agent, from, routing, change);
    }
  }

  /**
   * An offer that is out.
   *
   * @param overdue whether the call has been asked to end it; then {@code due} is when it is asked
   *     again
   */
  public record Ring(OfferId offer, AgentId agent, Instant due, boolean overdue) {
    Ring overdue(Instant askAgainAt) {
      return new Ring(offer, agent, askAgainAt, true);
    }
  }

  /** How a call stands. */
  public sealed interface Stand {
    record Waiting() implements Stand {}

    /**
     * Rings at one agent or at several.
     *
     * @param steps how often one more agent was allowed since it began to ring
     * @param steppedAt when it began to ring, or the last step was
     */
    record Offered(int steps, Instant steppedAt) implements Stand {}

    /**
     * @param checkAt when the call is asked whether it still talks
     */
    record Talking(OfferId offer, AgentId agent, Instant checkAt) implements Stand {}

    /** Told that it will not be served, and not heard from since. */
    record Released(Refusal why, Instant remindAt) implements Stand {}
  }

  Optional<Consult> consult() {
    return consults.now();
  }

  /** The number of the consultation that goes on; 0 where there is none. */
  int consulting() {
    return consults.now().isPresent() ? consults.number() : 0;
  }

  /** What an agent who takes it needs room for. */
  public Medium medium() {
    return Medium.VOICE;
  }

  boolean waiting() {
    return stand instanceof Stand.Waiting;
  }

  public Optional<Ring> ring(OfferId offer) {
    return Optional.ofNullable(out.get(offer));
  }

  /** Whether it rings at this agent. */
  boolean ringsAt(AgentId agent) {
    return out.values().stream().anyMatch(ring -> ring.agent().equals(agent));
  }

  /** Whether one agent at a time is held for a caller who is elsewhere. */
  public boolean held() {
    return abroad.origin().isPresent() && talked == 0 && consults.number() == 0;
  }

  OfferId nextOffer() {
    return new OfferId(id, offers + 1);
  }

  SiteCall standing(Stand next) {
    return with(next, offers, tried, out);
  }

  /** Rings at one more. */
  SiteCall offered(Ring ring, Instant at) {
    Stand next = stand instanceof Stand.Offered ? stand : new Stand.Offered(0, at);
    int highest = Math.max(offers, ring.offer().number());
    return with(next, highest, Optional.of(ring.agent()), plus(ring));
  }

  SiteCall with(Ring ring) {
    return with(stand, offers, tried, plus(ring));
  }

  /** Back at its place with the last that rang. */
  SiteCall without(OfferId offer) {
    TreeMap<OfferId, Ring> left = new TreeMap<>(out);
    left.remove(offer);
    boolean back = stand instanceof Stand.Offered && left.isEmpty();
    return with(back ? new Stand.Waiting() : stand, offers, tried, left);
  }

  /** One is accepted; of the others the call has to say that they ended. */
  SiteCall accepted(OfferId offer, AgentId agent, Instant at, Instant checkAt) {
    TreeMap<OfferId, Ring> left = new TreeMap<>(out);
    left.remove(offer);
    return with(new Stand.Talking(offer, agent, checkAt), offers, tried, losing(left, at));
  }

  private static TreeMap<OfferId, Ring> losing(SortedMap<OfferId, Ring> out, Instant at) {
    TreeMap<OfferId, Ring> losing = new TreeMap<>(out);
    losing.replaceAll((_, ring) -> ring.overdue(at.plus(Site.REMIND_AFTER)));
    return losing;
  }

  private TreeMap<OfferId, Ring> plus(Ring ring) {
    TreeMap<OfferId, Ring> more = new TreeMap<>(out);
    more.put(ring.offer(), ring);
    return more;
  }

  private SiteCall with(
      Stand nextStand, int highest, Optional<AgentId> last, SortedMap<OfferId, Ring> rings) {
    Change change = new Change(this);
    change.stand = nextStand;
    change.offers = highest;
    change.tried = last;
    change.out = rings;
    return change.done();
  }

  SiteCall movedTo(QueueId next, Instant at) {
    Change change = new Change(this);
    change.enter(next, at, Stream.concat(been.stream(), Stream.of(next)).toList());
    return change.done();
  }

  /** Waits again, after a conversation, as if it had come to that queue at first. */
  SiteCall sentOn(
      OfferId offer,
      QueueId to,
      int withPriority,
      Instant place,
      Instant at,
      Optional<AgentId> onlyTo) {
    Change change = new Change(this);
    change.enter(to, at, List.of(to));
    change.priority = withPriority;
    change.arrivedAt = place;
    change.stand = new Stand.Waiting();
    change.front = false;
    change.directedTo = onlyTo;
    change.talked = offer.number();
    change.routing = to.equals(queue) ? routing : Optional.empty();
    return change.done();
  }

  /** Waits again, after a conversation, before all others. */
  SiteCall requeued(OfferId offer, Instant at) {
    Change change = new Change(this);
    change.enter(queue, at, List.of(queue));
    change.stand = new Stand.Waiting();
    change.front = true;
    change.directedTo = Optional.empty();
    change.talked = offer.number();
    return change.done();
  }

  /** Anybody's. */
  SiteCall undirected() {
    Change change = new Change(this);
    change.directedTo = Optional.empty();
    return change.done();
  }

  SiteCall passedOn(QueueId next, Instant at) {
    return movedTo(next, at).routed(routing.map(Routing::passedOn));
  }

  SiteCall routed(Optional<Routing> next) {
    Change change = new Change(this);
    change.routing = next;
    return change.done();
  }

  SiteCall stepped(SiteEvent.CallStepped it) {
    SiteCall stepped = routed(routing.map(known -> known.stepped(it.aim())));
    Optional<QueueId> to = it.aim().flatMap(Route.Aim::queue).filter(next -> !next.equals(queue));
    SiteCall moved = to.map(next -> stepped.movedTo(next, it.at())).orElse(stepped);
    return it.aim().flatMap(Route.Aim::priority).map(moved::prioritised).orElse(moved);
  }

  /** What the caller's strategy asks for, whether or not an agent asks another one meanwhile. */
  public Optional<Routing> callersRouting() {
    return routing.or(() -> consult().flatMap(Consult::routing));
  }

  /** Any of these will do for it; empty: what its queue asks for. */
  List<SortedMap<Skill, Integer>> ownRequirements() {
    return routing.map(Routing::anyOf).orElse(List.of());
  }

  SiteCall widenedTo(Duration waited) {
    Change change = new Change(this);
    change.widened = waited;
    return change.done();
  }

  SiteCall announced(SiteEvent.CallAnnounced it) {
    Change change = new Change(this);
    change.told = told.with(it);
    return change.done();
  }

  SiteCall prioritised(int next) {
    Change change = new Change(this);
    change.priority = next;
    return change.done();
  }

  SiteCall with(Abroad next) {
    Change change = new Change(this);
    change.abroad = next;
    return change.done();
  }

  /** Waits for somebody who is asked, at the place of the caller. */
  SiteCall consulting(SiteEvent.ConsultBegan it) {
    Consult asking = new Consult(it.offer(), it.agent(), it.from(), routing, 0);
    Change change = new Change(this);
    change.enter(it.to(), it.at(), List.of(it.to()));
    change.stand = new Stand.Waiting();
    change.directedTo = it.directedTo();
    change.routing = Optional.empty();
    change.consults = new Consults(it.number(), Optional.of(asking));
    return change.done();
  }

  /** The caller begins to take part in the conversation of the two agents, or ceases to. */
  SiteCall conferring(int change) {
    Change next = new Change(this);
    next.consults = new Consults(consults.number(), consult().map(it -> it.attending(change)));
    return next.done();
  }

  /**
   * The caller talks to one agent again, and nobody is asked. What its strategy asks for is kept
   * unless it went to another queue, as where it is sent on.
   */
  SiteCall consulted(SiteEvent.ConsultEnded it) {
    QueueId of =
        consult().filter(now -> now.offer().equals(it.offer())).map(Consult::from).orElse(queue);
    Change change = new Change(this);
    change.routing =
        consult()
            .map(now -> of.equals(now.from()) ? now.routing() : Optional.<Routing>empty())
            .orElse(routing);
    change.queue = of;
    change.enteredQueueAt = it.at();
    change.been = List.of(of);
    change.stand = new Stand.Talking(it.offer(), it.agent(), it.checkAt());
    change.directedTo = Optional.empty();
    change.out = losing(out, it.at());
    change.consults = new Consults(Math.max(consults.number(), it.number()), Optional.empty());
    return change.done();
  }

  /** What will be otherwise about a call. */
  private static final class Change {
    private final SiteCall before;
    private QueueId queue;
    private int priority;
    private Instant arrivedAt;
    private Instant enteredQueueAt;
    private Stand stand;
    private int offers;
    private List<QueueId> been;
    private Duration widened;
    private Told told;
    private boolean front;
    private Optional<AgentId> tried;
    private Optional<AgentId> directedTo;
    private SortedMap<OfferId, Ring> out;
    private int talked;
    private Optional<Routing> routing;
    private Consults consults;
    private Abroad abroad;

    Change(SiteCall before) {
      this.before = before;
      this.queue = before.queue;
      this.priority = before.priority;
      this.arrivedAt = before.arrivedAt;
      this.enteredQueueAt = before.enteredQueueAt;
      this.stand = before.stand;
      this.offers = before.offers;
      this.been = before.been;
      this.widened = before.widened;
      this.told = before.told;
      this.front = before.front;
      this.tried = before.tried;
      this.directedTo = before.directedTo;
      this.out = before.out;
      this.talked = before.talked;
      this.routing = before.routing;
      this.consults = before.consults;
      this.abroad = before.abroad;
    }

    /** Waits in a queue as one that has come to it now. */
    void enter(QueueId next, Instant at, List<QueueId> all) {
      queue = next;
      enteredQueueAt = at;
      been = all;
      widened = Duration.ZERO;
      told = told.elsewhere();
      tried = Optional.empty();
    }

    SiteCall done() {
      return new SiteCall(
          before.id,
          before.interaction,
          queue,
          priority,
          arrivedAt,
          enteredQueueAt,
          stand,
          offers,
          been,
          widened,
          told,
          front,
          tried,
          before.caller,
          directedTo,
          out,
          talked,
          routing,
          consults,
          abroad);
    }
  }
}
