package org.switchwright.sip.stack;

import gov.nist.core.StackLogger;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells SLF4J that the stack complained, and where, but never its text: that holds whole messages,
 * and so persons' numbers and addresses. At most one line in {@link #LOG_EVERY}.
 *
 * <p>The stack makes it by its name, which is why it is public.
 */
public final class SilentStackLogger implements StackLogger {
  private static final Logger LOG = LoggerFactory.getLogger(SilentStackLogger.class);
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);
  private static final AtomicLong LAST = new AtomicLong(System.nanoTime() - LOG_EVERY.toNanos());
  private static final AtomicLong COUNT = new AtomicLong();

  private static void complain(String kind, Throwable cause) {
    long count = COUNT.incrementAndGet();
    long now = System.nanoTime();
    long last = LAST.get();
    if (now - last >= LOG_EVERY.toNanos() && LAST.compareAndSet(last, now)) {
      StackTraceElement[] trace = cause.getStackTrace();
      LOG.warn(
          "SIP stack: {} {} at {} ({} so far, text withheld)",
          kind,
          cause.getClass().getSimpleName(),
          trace.length == 0 ? "unknown" : trace[0],
          count);
    }
  }

  @Override
  public boolean isLoggingEnabled() {
    return false;
  }

  @Override
  public boolean isLoggingEnabled(int level) {
    return false;
  }

  @Override
  public void logException(Throwable cause) {
    complain("exception", cause);
  }

  @Override
  public void logError(String message, Exception cause) {
    complain("error", cause);
  }

  @Override
  public void logError(String message) {
    complain("error", new Throwable());
  }

  @Override
  public void logFatalError(String message) {
    complain("fatal error", new Throwable());
  }

  @Override
  public void logWarning(String message) {}

  @Override
  public void logInfo(String message) {}

  @Override
  public void logDebug(String message) {}

  @Override
  public void logDebug(String message, Exception cause) {}

  @Override
  public void logTrace(String message) {}

  @Override
  public void logStackTrace() {}

  @Override
  public void logStackTrace(int level) {}

  @Override
  public int getLineCount() {
    return 0;
  }

  @Override
  public void disableLogging() {}

  @Override
  public void enableLogging() {}

  @Override
  public void setBuildTimeStamp(String timeStamp) {}

  @Override
  public void setStackProperties(Properties properties) {}

  @Override
  public String getLoggerName() {
    return "sip-stack";
  }
}
