package org.switchwright.sip;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.switchwright.domain.CallId;

/** One timer thread that only hands over to lanes. */
final class Timers implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;
  private final Lanes lanes;

  Timers(String name, Lanes lanes) {
    this.lanes = lanes;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name(name + "-timer").daemon().unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
    // It rejects only once it is closed, and what comes then is nobody's concern any more.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Runs the task on the timer's own thread, so it must be short. */
  void after(Duration delay, Runnable task) {
    var _ = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs the task in the call's lane, unless the edge is closed before. */
  void after(Duration delay, CallId call, Runnable task) {
    var _ = timer.schedule(() -> lanes.run(call, task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void every(Duration period, Runnable task) {
    var _ =
        timer.scheduleAtFixedRate(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  ScheduledExecutorService service() {
    return timer;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
