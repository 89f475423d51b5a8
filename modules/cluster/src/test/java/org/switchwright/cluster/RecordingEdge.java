package org.switchwright.cluster;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallSignaling;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.agent.StationWatch;
import org.switchwright.domain.call.Signal;

/** An edge that only keeps what it is asked. */
final class RecordingEdge implements CallSignaling {
  private final EdgeId id;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final BlockingQueue<StationWatch> watches = new LinkedBlockingQueue<>();

  RecordingEdge(String id) {
    this.id = new EdgeId(id);
  }

  @Override
  public EdgeId id() {
    return id;
  }

  @Override
  public void signal(CallId call, Signal signal) {
    signals.add(signal);
  }

  @Override
  public void watch(AgentId agent, StationWatch watch) {
    watches.add(watch);
  }

  /** The next phone that this edge is to watch; null where none comes in 20 s. */
  StationWatch nextWatch() throws InterruptedException {
    return watches.poll(20, TimeUnit.SECONDS);
  }

  /** How many phones it was told to watch and nobody has looked at. */
  int watches() {
    return watches.size();
  }

  /** The next signal of this kind; others before it are passed over. */
  <T extends Signal> T next(Class<T> kind) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      Signal signal = signals.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (signal == null) {
        throw new AssertionError("Expected a " + kind.getSimpleName() + ", but none came in 20 s");
      }
      if (kind.isInstance(signal)) {
        return kind.cast(signal);
      }
    }
  }

  /** Whether nothing was asked that nobody has looked at. */
  boolean isIdle() {
    return signals.isEmpty();
  }
}
