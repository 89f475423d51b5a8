package org.switchwright.sip.stack;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was refused, and says so in the log at most once per fault and {@link #LOG_EVERY}:
 * whoever floods us must not flood the log. Holds nothing of the messages themselves.
 */
public final class FaultCounts {
  static final Duration LOG_EVERY = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(FaultCounts.class);

  private final Map<Fault, LongAdder> counts = new EnumMap<>(Fault.class);
  private final Map<Fault, AtomicLong> lastLogged = new EnumMap<>(Fault.class);

  public FaultCounts() {
    for (Fault fault : Fault.values()) {
      counts.put(fault, new LongAdder());
      lastLogged.put(fault, new AtomicLong(System.nanoTime() - LOG_EVERY.toNanos()));
    }
  }

  public long of(Fault fault) {
    return adder(fault).sum();
  }

  /** All counts since the start, in the order of {@link Fault}. */
  public Map<Fault, Long> snapshot() {
    Map<Fault, Long> sums = new EnumMap<>(Fault.class);
    counts.forEach((fault, adder) -> sums.put(fault, adder.sum()));
    return sums;
  }

  void count(Fault fault) {
    adder(fault).increment();
    if (fault == Fault.KEEP_ALIVE) {
      return;
    }
    AtomicLong last = lastLogged.get(fault);
    long now = System.nanoTime();
    if (last != null) {
      long seen = last.get();
      if (now - seen >= LOG_EVERY.toNanos() && last.compareAndSet(seen, now)) {
        LOG.warn("Refused SIP datagrams: {} ({} so far)", fault, of(fault));
      }
    }
  }

  private LongAdder adder(Fault fault) {
    LongAdder adder = counts.get(fault);
    if (adder == null) {
      throw new IllegalStateException("Expected a counter for " + fault + ", but there is none");
    }
    return adder;
  }
}
