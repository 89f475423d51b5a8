package org.switchwright.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Asks one writer after the other for a write whenever one is done, until the time is up. */
final class Pump extends AbstractBehavior<Writer.Written> {
  private final List<ActorRef<Writer.Write>> writers;
  private final CompletableFuture<Double> rate;
  private final long began = System.nanoTime();
  private final long end;
  private int inFlight;
  private long asked;
  private long written;

  private Pump(
      ActorContext<Writer.Written> context,
      List<ActorRef<Writer.Write>> writers,
      int inFlight,
      Duration time,
      CompletableFuture<Double> rate) {
    super(context);
    this.writers = writers;
    this.inFlight = inFlight;
    this.end = began + time.toNanos();
    this.rate = rate;
    for (int n = 0; n < inFlight; n++) {
      ask();
    }
  }

  static Behavior<Writer.Written> create(
      List<ActorRef<Writer.Write>> writers,
      int inFlight,
      Duration time,
      CompletableFuture<Double> rate) {
    return Behaviors.setup(context -> new Pump(context, writers, inFlight, time, rate));
  }

  @Override
  public Receive<Writer.Written> createReceive() {
    return newReceiveBuilder().onMessage(Writer.Written.class, _ -> onWritten()).build();
  }

  private void ask() {
    ActorRef<Writer.Write> next = writers.get((int) (asked % writers.size()));
    asked++;
    next.tell(new Writer.Write(getContext().getSelf()));
  }

  private Behavior<Writer.Written> onWritten() {
    written++;
    if (System.nanoTime() < end) {
      ask();
      return this;
    }
    inFlight--;
    if (inFlight > 0) {
      return this;
    }
    rate.complete(written * 1e9 / (System.nanoTime() - began));
    return Behaviors.stopped();
  }
}
