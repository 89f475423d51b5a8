package org.switchwright.sip;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where throwables end that nobody expected: counted, and told in one line without their text
 * (which may hold a message), at most once in {@link #LOG_EVERY}.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  private final EdgeMetrics metrics;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - LOG_EVERY.toNanos());

  Failures(EdgeMetrics metrics) {
    this.metrics = metrics;
  }

  void unexpected(String doing, Throwable cause) {
    metrics.failed(EdgeMetrics.Failure.UNEXPECTED);
    long so = count.incrementAndGet();
    long now = System.nanoTime();
    long last = lastLogged.get();
    if (now - last >= LOG_EVERY.toNanos() && lastLogged.compareAndSet(last, now)) {
      StackTraceElement[] trace = cause.getStackTrace();
      LOG.error(
          "Unexpected {} at {} while {} ({} so far, text withheld)",
          cause.getClass().getSimpleName(),
          trace.length == 0 ? "unknown" : trace[0],
          doing,
          so);
    }
  }

  long count() {
    return count.get();
  }
}
