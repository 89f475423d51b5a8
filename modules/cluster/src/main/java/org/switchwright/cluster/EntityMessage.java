package org.switchwright.cluster;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.switchwright.domain.CallIntake.Receipt;

/**
 * What an aggregate's actor is sent.
 *
 * @param <C> the aggregate's commands
 */
public sealed interface EntityMessage<C> {
  /** A command, and who wants to know what became of it once that is journaled. */
  record Deliver<C>(C command, Optional<ActorRef<Receipt>> replyTo) implements EntityMessage<C> {}

  /** Come alive, recover, and see what is owed. */
  record Wake<C>() implements EntityMessage<C> {}

  /** Everything that came while the last write was under way, in order. */
  record Batch<C>(List<Deliver<C>> deliveries, ActorRef<EntityMessage<C>> front)
      implements EntityMessage<C> {}

  /** The writer behind a front has written, or has recovered after a failure. */
  record Written<C>() implements EntityMessage<C> {}

  /** The deadline's timer rang. */
  record Due<C>() implements EntityMessage<C> {}

  /** A second has gone by while something was owed. */
  record Tick<C>() implements EntityMessage<C> {}

  /** Passivation's last message. */
  record Stop<C>() implements EntityMessage<C> {}
}
