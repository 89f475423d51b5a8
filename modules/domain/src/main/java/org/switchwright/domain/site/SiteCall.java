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
    Consults consults) {
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
        Consults.NONE);
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

  Optional<Ring> ring(OfferId offer) {
    return Optional.ofNullable(out.get(offer));
  }

  /** Whether it rings at this agent. */
  boolean ringsAt(AgentId agent) {
    return out.values().stream().anyMatch(ring -> ring.agent().equals(agent));
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
      Stand stand, int offers, Optional<AgentId> tried, SortedMap<OfferId, Ring> out) {
    return new SiteCall(
        id,
        interaction,
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
        caller,
        directedTo,
        out,
        talked,
        routing,
        consults);
  }

  SiteCall movedTo(QueueId next, Instant at) {
    List<QueueId> all = Stream.concat(been.stream(), Stream.of(next)).toList();
    return new SiteCall(
        id,
        interaction,
        next,
        priority,
        arrivedAt,
        at,
        stand,
        offers,
        all,
        Duration.ZERO,
        told.elsewhere(),
        front,
        Optional.empty(),
        caller,
        directedTo,
        out,
        talked,
        routing,
        consults);
  }

  /** Waits again, after a conversation, as if it had come to that queue at first. */
  SiteCall sentOn(
      OfferId offer,
      QueueId to,
      int withPriority,
      Instant place,
      Instant at,
      Optional<AgentId> onlyTo) {
    return new SiteCall(
        id,
        interaction,
        to,
        withPriority,
        place,
        at,
        new Stand.Waiting(),
        offers,
        List.of(to),
        Duration.ZERO,
        told.elsewhere(),
        false,
        Optional.empty(),
        caller,
        onlyTo,
        out,
        offer.number(),
        to.equals(queue) ? routing : Optional.empty(),
        consults);
  }

  /** Waits again, after a conversation, before all others. */
  SiteCall requeued(OfferId offer, Instant at) {
    return new SiteCall(
        id,
        interaction,
        queue,
        priority,
        arrivedAt,
        at,
        new Stand.Waiting(),
        offers,
        List.of(queue),
        Duration.ZERO,
        told.elsewhere(),
        true,
        Optional.empty(),
        caller,
        Optional.empty(),
        out,
        offer.number(),
        routing,
        consults);
  }

  /** Anybody's. */
  SiteCall undirected() {
    return with(Optional.empty(), routing, consults);
  }

  SiteCall passedOn(QueueId next, Instant at) {
    return movedTo(next, at).routed(routing.map(Routing::passedOn));
  }

  SiteCall routed(Optional<Routing> next) {
    return with(directedTo, next, consults);
  }

  private SiteCall with(Optional<AgentId> onlyTo, Optional<Routing> asking, Consults asked) {
    return new SiteCall(
        id,
        interaction,
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
        caller,
        onlyTo,
        out,
        talked,
        asking,
        asked);
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
    return waiting(waited, told);
  }

  SiteCall announced(SiteEvent.CallAnnounced it) {
    return waiting(widened, told.with(it));
  }

  private SiteCall waiting(Duration waited, Told heard) {
    return new SiteCall(
        id,
        interaction,
        queue,
        priority,
        arrivedAt,
        enteredQueueAt,
        stand,
        offers,
        been,
        waited,
        heard,
        front,
        tried,
        caller,
        directedTo,
        out,
        talked,
        routing,
        consults);
  }

  SiteCall prioritised(int next) {
    return new SiteCall(
        id,
        interaction,
        queue,
        next,
        arrivedAt,
        enteredQueueAt,
        stand,
        offers,
        been,
        widened,
        told,
        front,
        tried,
        caller,
        directedTo,
        out,
        talked,
        routing,
        consults);
  }

  /** Waits for somebody who is asked, at the place of the caller. */
  SiteCall consulting(SiteEvent.ConsultBegan it) {
    Consult asking = new Consult(it.offer(), it.agent(), it.from(), routing, 0);
    return new SiteCall(
        id,
        interaction,
        it.to(),
        priority,
        arrivedAt,
        it.at(),
        new Stand.Waiting(),
        offers,
        List.of(it.to()),
        Duration.ZERO,
        told.elsewhere(),
        front,
        Optional.empty(),
        caller,
        it.directedTo(),
        out,
        talked,
        Optional.empty(),
        new Consults(it.number(), Optional.of(asking)));
  }

  /** The caller begins to take part in the conversation of the two agents, or ceases to. */
  SiteCall conferring(int change) {
    Consults next = new Consults(consults.number(), consult().map(it -> it.attending(change)));
    return with(directedTo, routing, next);
  }

  /**
   * The caller talks to one agent again, and nobody is asked. What its strategy asks for is kept
   * unless it went to another queue, as where it is sent on.
   */
  SiteCall consulted(SiteEvent.ConsultEnded it) {
    QueueId of =
        consult().filter(now -> now.offer().equals(it.offer())).map(Consult::from).orElse(queue);
    Optional<Routing> kept =
        consult()
            .map(now -> of.equals(now.from()) ? now.routing() : Optional.<Routing>empty())
            .orElse(routing);
    return new SiteCall(
        id,
        interaction,
        of,
        priority,
        arrivedAt,
        enteredQueueAt,
        new Stand.Talking(it.offer(), it.agent(), it.checkAt()),
        offers,
        List.of(of),
        widened,
        told,
        front,
        tried,
        caller,
        Optional.empty(),
        losing(out, it.at()),
        talked,
        kept,
        new Consults(Math.max(consults.number(), it.number()), Optional.empty()));
  }
}
