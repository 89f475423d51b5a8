package org.switchwright.sip;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchwright.domain.CallId;

/** The bounded table of live calls. Entries are used in their call's lane only. */
final class LiveCalls {
  private final ConcurrentHashMap<CallId, LiveCall> calls = new ConcurrentHashMap<>();
  private final AtomicInteger inSetUp = new AtomicInteger();
  private final int capacity;
  private final Duration linger;
  private final Duration longestSilence;
  private final InstantSource clock;

  /**
   * Makes an empty table.
   *
   * @param capacity of calls that arrive; what belongs to a call of old is always taken
   * @param linger how long a call that is done is kept for repeated messages
   * @param longestSilence after which a call that nobody spoke of is forgotten
   */
  LiveCalls(int capacity, Duration linger, Duration longestSilence, InstantSource clock) {
    this.capacity = capacity;
    this.linger = linger;
    this.longestSilence = longestSilence;
    this.clock = clock;
  }

  /** Looks without counting as a sign of life. */
  Optional<LiveCall> peek(CallId id) {
    return Optional.ofNullable(calls.get(id));
  }

  Optional<LiveCall> find(CallId id) {
    LiveCall call = calls.get(id);
    if (call != null) {
      call.touched = clock.instant();
    }
    return Optional.ofNullable(call);
  }

  LiveCall get(CallId id) {
    LiveCall call = calls.computeIfAbsent(id, it -> new LiveCall(it, clock.instant()));
    call.touched = clock.instant();
    return call;
  }

  boolean full() {
    return calls.size() >= capacity;
  }

  int size() {
    return calls.size();
  }

  void enterSetUp(LiveCall.IncomingInvite invite) {
    invite.inSetUp = true;
    inSetUp.incrementAndGet();
  }

  void leaveSetUp(LiveCall.IncomingInvite invite) {
    if (invite.inSetUp) {
      invite.inSetUp = false;
      inSetUp.decrementAndGet();
    }
  }

  int inSetUp() {
    return inSetUp.get();
  }

  Iterable<CallId> ids() {
    return calls.keySet();
  }

  /** Forgets the call if it is done, or was silent for too long. Runs in its lane. */
  void forgetIfDone(CallId id) {
    LiveCall call = calls.get(id);
    if (call == null) {
      return;
    }
    Instant now = clock.instant();
    boolean done = call.done() && call.touched.plus(linger).isBefore(now);
    if (done || call.touched.plus(longestSilence).isBefore(now)) {
      if (call.invite != null) {
        leaveSetUp(call.invite);
      }
      if (call.treatment != null) {
        call.treatment.stream.stop();
      }
      calls.remove(id);
    }
  }
}
