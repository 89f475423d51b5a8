package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Refusal;

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
 * @param front whether it comes before all others, because an agent sent it back
 * @param tried whom it was last offered to
 * @param caller who calls, where the queue keeps places for callers who call back
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
    boolean front,
    Optional<AgentId> tried,
    Optional<Personal> caller,
    Optional<AgentId> directedTo) {
  public SiteCall {
    been = List.copyOf(been);
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
        false,
        Optional.empty(),
        it.caller(),
        Optional.empty());
  }

  /** How a call stands. */
  public sealed interface Stand {
    record Waiting() implements Stand {}

    /**
     * @param overdue whether the call has been asked to end the offer; then {@code due} is when it
     *     is asked again
     */
    record Offered(OfferId offer, AgentId agent, Instant due, boolean overdue) implements Stand {}

    /**
     * @param checkAt when the call is asked whether it still talks
     */
    record Talking(OfferId offer, AgentId agent, Instant checkAt) implements Stand {}

    /** Told that it will not be served, and not heard from since. */
    record Released(Refusal why, Instant remindAt) implements Stand {}
  }

  boolean waiting() {
    return stand instanceof Stand.Waiting;
  }

  /** The offer that is out or was accepted, and to whom. */
  Optional<Stand.Offered> offered(OfferId offer) {
    return stand instanceof Stand.Offered it && it.offer().equals(offer)
        ? Optional.of(it)
        : Optional.empty();
  }

  OfferId nextOffer() {
    return new OfferId(id, offers + 1);
  }

  SiteCall standing(Stand next) {
    int count = next instanceof Stand.Offered it ? it.offer().number() : offers;
    Optional<AgentId> to = next instanceof Stand.Offered it ? Optional.of(it.agent()) : tried;
    return new SiteCall(
        id,
        interaction,
        queue,
        priority,
        arrivedAt,
        enteredQueueAt,
        next,
        count,
        been,
        widened,
        front,
        to,
        caller,
        directedTo);
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
        front,
        Optional.empty(),
        caller,
        directedTo);
  }

  /** Waits again, after a conversation, as if it had come to that queue at first. */
  SiteCall sentOn(
      QueueId to, int withPriority, Instant place, Instant at, Optional<AgentId> onlyTo) {
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
        false,
        Optional.empty(),
        caller,
        onlyTo);
  }

  /** Waits again, after a conversation, before all others. */
  SiteCall requeued(Instant at) {
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
        true,
        Optional.empty(),
        caller,
        Optional.empty());
  }

  /** Anybody's. */
  SiteCall undirected() {
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
        front,
        tried,
        caller,
        Optional.empty());
  }

  SiteCall widenedTo(Duration waited) {
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
        front,
        tried,
        caller,
        directedTo);
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
        front,
        tried,
        caller,
        directedTo);
  }
}
