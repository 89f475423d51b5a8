package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteCall.Stand;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteState;

/** No state but Ready, NotReady and LoggedOut is without a deadline. */
final class Deadlines {
  private static final String PROMISE = "no state without a deadline";

  private Deadlines() {}

  static void check(Object state, Optional<Instant> due) {
    Optional<Instant> latest =
        switch (state) {
          case SiteState it -> of(it);
          case CallState it ->
              Stream.concat(
                      of(it).stream(), it.book().losing().values().stream().map(Phase.Ring::due))
                  .min(Instant::compareTo);
          case AgentState it when it.station() != null -> Optional.of(it.station().expiresAt());
          case AgentState it -> Optional.ofNullable(it.lapse()).map(AgentState.Lapse::at);
          // Reports keep coming, or do not.
          case MonitorState _ -> Optional.empty();
          default -> throw new IllegalStateException("Expected a known state, but got " + state);
        };
    if (latest.isPresent()) {
      boolean kept = due.isPresent() && !due.get().isAfter(latest.get());
      promise(kept, PROMISE, "due", due, "but expected by", latest, "in", state);
    }
  }

  /** Asked after each write of a site, so without a stream. */
  private static Optional<Instant> of(SiteState state) {
    Instant first = null;
    for (SiteCall call : state.calls().values()) {
      first = earlier(first, of(state, call));
    }
    for (SiteAgent agent : state.agents().values()) {
      first = earlier(first, of(agent.work()));
    }
    return Optional.ofNullable(first);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private static Instant of(SiteState state, SiteCall call) {
    Instant first = ofStand(state, call);
    for (SiteCall.Ring ring : call.out().values()) {
      first = ring.due().isBefore(first) ? ring.due() : first;
    }
    return first;
  }

  /** A further ring is nobody's right: the step to it is asked for elsewhere. */
  private static Instant ofStand(SiteState state, SiteCall call) {
    return switch (call.stand()) {
      case Stand.Waiting _ -> call.enteredQueueAt().plus(maxWait(state, call));
      case Stand.Offered _ -> Instant.MAX;
      case Stand.Talking it -> it.checkAt();
      case Stand.Released it -> it.remindAt();
    };
  }

  private static Duration maxWait(SiteState state, SiteCall call) {
    for (Queue queue : state.configuration().orElseThrow().queues()) {
      if (queue.id().equals(call.queue())) {
        return queue.maxWait();
      }
    }
    throw new IllegalStateException("Expected the queue of " + call + ", but there is none");
  }

  private static @Nullable Instant of(Work work) {
    return switch (work) {
      case Work.Resting it -> it.until();
      case Work.Judged it -> it.until();
      case Work.WrappingUp it -> it.until();
      case Work.Free _, Work.Reserved _, Work.Talking _ -> null;
    };
  }

  private static Optional<Instant> of(CallState state) {
    return switch (state.phase()) {
      case Phase.Unborn _ -> Optional.empty();
      case Phase.Expected it ->
          Optional.of(
              it.patience().isBefore(it.expectation().until())
                  ? it.patience()
                  : it.expectation().until());
      case Phase.Unneeded it -> it.settled() ? Optional.empty() : Optional.of(it.due());
      case Phase.Greeting it -> Optional.of(it.due());
      case Phase.Seeking it -> Optional.of(it.due());
      case Phase.Waiting it -> Optional.of(it.due());
      case Phase.Ringing it ->
          it.rings().values().stream().map(Phase.Ring::due).min(Instant::compareTo);
      case Phase.Joining it -> Optional.of(it.due());
      case Phase.Connected it ->
          Stream.concat(Stream.of(it.agent()), Stream.ofNullable(state.caller()))
              .map(leg -> leg.pending() == null ? leg.timerAt() : leg.pending().due())
              .min(Instant::compareTo);
      case Phase.Over it ->
          it.settled() && it.releasing().isEmpty() ? Optional.empty() : Optional.of(it.due());
    };
  }
}
