package org.switchwright.journal.store;

import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/** Counts what the fence between writers did, one per actor system; read by the metrics. */
public final class WriteConflicts implements Extension {
  private static final Id ID = new Id();

  private final LongAdder retried = new LongAdder();
  private final LongAdder refused = new LongAdder();

  private WriteConflicts() {}

  public static WriteConflicts of(ActorSystem system) {
    return ID.get(system);
  }

  /** Writes tried alone because another member of their batch conflicted. */
  public long retried() {
    return retried.sum();
  }

  /** Writes refused for good: another writer has taken their sequence number. */
  public long refused() {
    return refused.sum();
  }

  void countRetried() {
    retried.increment();
  }

  void countRefused() {
    refused.increment();
  }

  private static final class Id extends AbstractExtensionId<WriteConflicts> {
    @Override
    public WriteConflicts createExtension(ExtendedActorSystem system) {
      return new WriteConflicts();
    }
  }
}
