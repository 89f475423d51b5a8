package org.switchwright.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.switchwright.cluster.AggregateEntity.Keeper;
import org.switchwright.cluster.AggregateEntity.Surroundings;
import org.switchwright.cluster.EntityMessage.Batch;
import org.switchwright.cluster.EntityMessage.Deliver;

/**
 * Smart batching for a busy aggregate: collects what arrives while its writer writes, and hands it
 * over as one batch: one journal write, many events. Where more than {@value #MAX_WAITING} commands
 * wait, further ones are dropped; their senders repeat them.
 */
final class BatchingFront<C> extends AbstractBehavior<EntityMessage<C>> {
  static final int MAX_WAITING = 10_000;
  static final int MAX_BATCH = 500;

  private final ActorRef<EntityMessage<C>> writer;
  private final List<Deliver<C>> waiting = new ArrayList<>();
  private boolean writing = true;
  private long dropped;

  private <E, S> BatchingFront(
      ActorContext<EntityMessage<C>> context,
      Kind<C, E, S> kind,
      String id,
      Surroundings surroundings) {
    super(context);
    ActorRef<EntityMessage<C>> self = context.getSelf();
    Keeper<C> keeper =
        new Keeper<>() {
          @Override
          public void mayStop(ActorRef<EntityMessage<C>> entity) {
            // A site is kept as long as its front is.
          }

          @Override
          public void recovered() {
            self.tell(new EntityMessage.Written<>());
          }
        };
    this.writer = context.spawn(AggregateEntity.create(kind, id, surroundings, keeper), "writer");
    context.watch(writer);
  }

  static <C, E, S> Behavior<EntityMessage<C>> create(
      Kind<C, E, S> kind, String id, Surroundings surroundings) {
    return Behaviors.setup(context -> new BatchingFront<>(context, kind, id, surroundings));
  }

  @Override
  public Receive<EntityMessage<C>> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<EntityMessage<C>> onMessage(EntityMessage<C> message) {
    return switch (message) {
      case Deliver<C> deliver -> onDeliver(deliver);
      case EntityMessage.Written<C> _ -> onWritten();
      case EntityMessage.Stop<C> _ -> Behaviors.stopped();
      case Batch<C> _, EntityMessage.Wake<C> _, EntityMessage.Due<C> _, EntityMessage.Tick<C> _ ->
          this;
    };
  }

  private Behavior<EntityMessage<C>> onDeliver(Deliver<C> deliver) {
    if (waiting.size() >= MAX_WAITING) {
      dropped++;
      if (Long.bitCount(dropped) == 1) {
        getContext().getLog().warn("Too much at once: {} commands dropped so far", dropped);
      }
      return this;
    }
    waiting.add(deliver);
    if (!writing) {
      hand();
    }
    return this;
  }

  private Behavior<EntityMessage<C>> onWritten() {
    writing = false;
    if (!waiting.isEmpty()) {
      hand();
    }
    return this;
  }

  private void hand() {
    List<Deliver<C>> head = waiting.subList(0, Math.min(MAX_BATCH, waiting.size()));
    writer.tell(new Batch<>(List.copyOf(head), getContext().getSelf()));
    head.clear();
    writing = true;
  }
}
