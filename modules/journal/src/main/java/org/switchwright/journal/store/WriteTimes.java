package org.switchwright.journal.store;

import java.util.function.LongConsumer;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/** Tells the metrics how long each successful write took, waiting for its batch included. */
public final class WriteTimes implements Extension {
  private static final Id ID = new Id();

  private volatile LongConsumer observer = _ -> {};

  private WriteTimes() {}

  public static WriteTimes of(ActorSystem system) {
    return ID.get(system);
  }

  /** From now on, told the nanoseconds of each write, on the threads that write; must not block. */
  public void observe(LongConsumer nanoseconds) {
    observer = nanoseconds;
  }

  void wrote(long nanoseconds) {
    observer.accept(nanoseconds);
  }

  private static final class Id extends AbstractExtensionId<WriteTimes> {
    @Override
    public WriteTimes createExtension(ExtendedActorSystem system) {
      return new WriteTimes();
    }
  }
}
