package org.switchwright.useragent;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which all signalling of a host happens, and its timers. After {@link #close}
 * whatever comes is dropped.
 */
final class Loop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Loop.class.getName());

  /** A timer that may be stopped; stopping it twice or after it fired does nothing. */
  interface Timer {
    Timer NONE = () -> {};

    void stop();
  }

  private final ScheduledThreadPoolExecutor executor;
  private volatile long threadId = -1;

  Loop(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var created = new Thread(task, name);
              created.setDaemon(true);
              threadId = created.threadId();
              return created;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.prestartAllCoreThreads();
  }

  boolean isCurrent() {
    return Thread.currentThread().threadId() == threadId;
  }

  void run(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException _) {
      LOG.log(Level.DEBUG, "Dropped a task after the host was closed");
    }
  }

  Timer after(Duration delay, Runnable task) {
    try {
      var future =
          executor.schedule(guarded(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException _) {
      return Timer.NONE;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  // One bad message must not end the host, and its text may name a person: only its kind is told.
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        LOG.log(
            Level.WARNING,
            "A user agent's task failed with {0} at {1}",
            failure.getClass().getName(),
            trace.length == 0 ? "?" : trace[0]);
      }
    };
  }
}
