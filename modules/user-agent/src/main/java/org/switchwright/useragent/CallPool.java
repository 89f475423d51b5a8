package org.switchwright.useragent;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Places many calls at a rate, holds each that is answered for a time, hangs up, and gathers what
 * became of all of them.
 */
public final class CallPool {
  /** More calls than these are not kept in one ledger. */
  public static final int MAX_CALLS = 1_000_000;

  private final UserAgents host;
  private final IntFunction<CallRequest> requests;
  private final int calls;
  private final double callsPerSecond;
  private final Optional<Duration> holdTime;
  private final int atMostAtOnce;

  private CallPool(
      UserAgents host,
      IntFunction<CallRequest> requests,
      int calls,
      double callsPerSecond,
      Optional<Duration> holdTime,
      int atMostAtOnce) {
    if (calls < 0 || calls > MAX_CALLS || callsPerSecond <= 0 || atMostAtOnce < 1) {
      throw new IllegalArgumentException(
          "Expected 0 to " + MAX_CALLS + " calls, a rate above 0 and room for one call");
    }
    this.host = host;
    this.requests = requests;
    this.calls = calls;
    this.callsPerSecond = callsPerSecond;
    this.holdTime = holdTime;
    this.atMostAtOnce = atMostAtOnce;
  }

  /**
   * So many calls at this rate.
   *
   * @param requests makes the call of a number counted from 0; called on the signalling thread
   */
  public static CallPool of(
      UserAgents host, int calls, double callsPerSecond, IntFunction<CallRequest> requests) {
    return new CallPool(
        host, requests, calls, callsPerSecond, Optional.empty(), UserAgents.MAX_CALLS / 2);
  }

  /** Hangs up after this; without it the other side ends the calls. */
  public CallPool holdFor(Duration time) {
    return new CallPool(host, requests, calls, callsPerSecond, Optional.of(time), atMostAtOnce);
  }

  /** A call that is due waits while so many are alive. */
  public CallPool atMostAtOnce(int alive) {
    return new CallPool(host, requests, calls, callsPerSecond, holdTime, alive);
  }

  /** Starts; completes when every call has ended. */
  public CompletableFuture<Ledger> run() {
    var run = new Run();
    host.loop().run(run::start);
    return run.done;
  }

  /** One run; confined to the signalling thread. */
  private final class Run {
    private final CompletableFuture<Ledger> done = new CompletableFuture<>();
    private final Ledger.Entry[] entries = new Ledger.Entry[calls];
    private final long startedAtNs = System.nanoTime();
    private int placed;
    private int ended;
    private boolean full;

    private void start() {
      if (calls == 0) {
        finish();
      }
      placeDue();
    }

    private void placeDue() {
      try {
        placeAllDue();
      } catch (RuntimeException failure) {
        done.completeExceptionally(failure);
      }
    }

    private void placeAllDue() {
      while (placed < calls) {
        long dueNs = startedAtNs + (long) (placed * 1e9 / callsPerSecond);
        long leftNs = dueNs - System.nanoTime();
        if (leftNs > 0) {
          host.loop().after(Duration.ofNanos(leftNs), this::placeDue);
          return;
        }
        if (placed - ended >= atMostAtOnce) {
          full = true;
          return;
        }
        place(placed++);
      }
    }

    private void place(int number) {
      Call call = requests.apply(number).place();
      var _ = call.established().thenRun(() -> hangUpLater(call));
      var _ = call.ended().thenAccept(over -> onEnded(number, call, over));
    }

    private void hangUpLater(Call call) {
      holdTime.ifPresent(time -> host.loop().after(time, () -> call.conversation().hangUp()));
    }

    private void onEnded(int number, Call call, CallEvent.Ended over) {
      entries[number] = Ledger.entry(number, call, over);
      ended++;
      if (ended == calls) {
        finish();
      } else if (full) {
        full = false;
        placeDue();
      }
    }

    private void finish() {
      done.complete(new Ledger(Arrays.asList(entries)));
    }
  }
}
