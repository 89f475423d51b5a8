package org.switchwright.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads with bounded queues; whatever concerns one subject (a call, an agent) runs on the
 * same thread, in order, so that nothing about it needs a lock.
 */
final class Lanes implements AutoCloseable {
  private final List<ThreadPoolExecutor> lanes = new ArrayList<>();
  private final EdgeMetrics metrics;
  private final Failures failures;

  Lanes(String name, int count, int tasks, EdgeMetrics metrics, Failures failures) {
    this.metrics = metrics;
    this.failures = failures;
    for (int i = 0; i < count; i++) {
      String thread = name + "-lane-" + i;
      lanes.add(
          new ThreadPoolExecutor(
              1,
              1,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(tasks),
              task -> Thread.ofPlatform().name(thread).daemon().unstarted(task)));
    }
  }

  /** False when the lane is full or closed: the task will not run. */
  boolean run(Object subject, Runnable task) {
    ThreadPoolExecutor lane = lanes.get(Math.floorMod(subject.hashCode(), lanes.size()));
    try {
      lane.execute(() -> {
        try {
          task.run();
        } catch (Throwable e) {
          failures.unexpected("handling a call's message or signal", e);
        }
      });
      return true;
    } catch (RejectedExecutionException e) {
      metrics.failed(EdgeMetrics.Failure.LANE_FULL);
      return false;
    }
  }

  @Override
  public void close() {
    lanes.forEach(ThreadPoolExecutor::shutdownNow);
  }
}
