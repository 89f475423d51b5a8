package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Refusal;

/**
 * A call as its site knows it.
 *
 * @param arrivedAt its place: never changes, whatever queue it is in and however often it was
 *     offered
 * @param enteredQueueAt from when the queue's longest wait counts
 * @param offers how many offers there were
 * @param been the queues that it has been in, this one last: it overflows to none of them again
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
    List<QueueId> been) {
  public SiteCall {
    been = List.copyOf(been);
  }

  /** Who is served first: the higher priority, then who came first, then any fixed order. */
  static final Comparator<SiteCall> PLACE =
      Comparator.comparingInt(SiteCall::priority)
          .reversed()
          .thenComparing(SiteCall::arrivedAt)
          .thenComparing(SiteCall::id);

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
    return new SiteCall(
        id, interaction, queue, priority, arrivedAt, enteredQueueAt, next, count, been);
  }

  SiteCall movedTo(QueueId next, Instant at) {
    List<QueueId> all = Stream.concat(been.stream(), Stream.of(next)).toList();
    return new SiteCall(id, interaction, next, priority, arrivedAt, at, stand, offers, all);
  }
}
