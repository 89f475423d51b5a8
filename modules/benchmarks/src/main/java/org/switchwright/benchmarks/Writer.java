package org.switchwright.benchmarks;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.format.Journaled;

/** Writes one event a command, and decides nothing. */
final class Writer extends EventSourcedBehavior<Writer.Write, Journaled<SiteEvent>, Integer> {
  record Write(ActorRef<Written> replyTo) {}

  record Written() {}

  private static final Journaled<SiteEvent> EVENT = JournalWriters.event();

  private Writer(String id) {
    super(PersistenceId.ofUniqueId(id));
  }

  static Behavior<Write> create(String id) {
    return new Writer(id);
  }

  @Override
  public Integer emptyState() {
    return 0;
  }

  @Override
  public CommandHandler<Write, Journaled<SiteEvent>, Integer> commandHandler() {
    return (_, write) -> Effect().persist(EVENT).thenRun(_ -> write.replyTo().tell(new Written()));
  }

  @Override
  public EventHandler<Integer, Journaled<SiteEvent>> eventHandler() {
    return (count, _) -> count + 1;
  }
}
