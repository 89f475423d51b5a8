package org.switchwright.journal.store;

import java.util.Collections;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/** The smallest persistent entity: counts what was written to it. */
final class Tally extends EventSourcedBehavior<Tally.Write, String, Integer> {
  record Write(int events, ActorRef<Written> replyTo) {}

  record Written(String id, int total) {}

  private final String id;

  private Tally(String id) {
    super(PersistenceId.ofUniqueId(id));
    this.id = id;
  }

  static Behavior<Write> create(String id) {
    return new Tally(id);
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
