package org.switchwright.journal.store;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** The smallest persistent entity: counts what was written to it. */
final class Tally extends EventSourcedBehavior<Tally.Write, String, Integer> {
  record Write(int events, ActorRef<Written> replyTo) {}

  record Written(String id, int total) {}

  private final String id;
  private final AtomicInteger recoveries;

  private Tally(String id) {
    super(PersistenceId.ofUniqueId(id));
    this.id = id;
    this.recoveries = new AtomicInteger();
  }

  private Tally(String id, AtomicInteger recoveries) {
    super(
        PersistenceId.ofUniqueId(id),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(50), Duration.ofMillis(200), 0.1));
    this.id = id;
    this.recoveries = recoveries;
  }

  /** Stops when a write fails. */
  static Behavior<Write> create(String id) {
    return new Tally(id);
  }

  /** Recovers when a write fails, as the product's entities do; counts its recoveries. */
  static Behavior<Write> restarting(String id, AtomicInteger recoveries) {
    return new Tally(id, recoveries);
  }

  @Override
  public SignalHandler<Integer> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), total -> recoveries.incrementAndGet())
        .build();
  }

  @Override
  public Integer emptyState() {
    return 0;
  }

  @Override
  public CommandHandler<Write, String, Integer> commandHandler() {
    return (total, write) ->
        (write.events() == 0
                ? Effect().none()
                : Effect().persist(Collections.nCopies(write.events(), "counted")))
            .thenRun(now -> write.replyTo().tell(new Written(id, now)));
  }

  @Override
  public EventHandler<Integer, String> eventHandler() {
    return (total, event) -> total + 1;
  }
}
