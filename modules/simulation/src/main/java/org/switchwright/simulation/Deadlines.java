package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Phase;
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
          case SiteState it ->
              Stream.concat(
                      it.calls().values().stream().map(call -> of(it, call)),
                      it.agents().values().stream().flatMap(agent -> of(agent.work())))
                  .min(Instant::compareTo);
          case CallState it ->
              Stream.concat(
                      of(it).stream(), it.book().losing().values().stream().map(Phase.Ring::due))
                  .min(Instant::compareTo);
          case AgentState it when it.station() != null -> Optional.of(it.station().expiresAt());
          case AgentState it -> Optional.ofNullable(it.lapse()).map(AgentState.Lapse::at);
          default -> throw new IllegalStateException("Expected a known state, but got " + state);
        };
    if (latest.isPresent()) {
      boolean kept = due.isPresent() && !due.get().isAfter(latest.get());
      promise(kept, PROMISE, "due", due, "but expected by", latest, "in", state);
    }
  }

  private static Instant of(SiteState state, SiteCall call) {
    return switch (call.stand()) {
      case Stand.Waiting _ ->
          call.enteredQueueAt()
              .plus(
                  state.configuration().orElseThrow().queues().stream()
                      .filter(queue -> queue.id().equals(call.queue()))
                      .map(Queue::maxWait)
                      .findFirst()
                      .orElseThrow());
      case Stand.Offered it -> it.due();
      case Stand.Talking it -> it.checkAt();
      case Stand.Released it -> it.remindAt();
    };
  }

  private static Stream<Instant> of(Work work) {
    return switch (work) {
      case Work.Resting it -> Stream.of(it.until());
      case Work.Judged it -> Stream.of(it.until());
      case Work.WrappingUp it -> Stream.of(it.until());
      case Work.Free _, Work.Reserved _, Work.Talking _ -> Stream.empty();
    };
  }

  private static Optional<Instant> of(CallState state) {
    return switch (state.phase()) {
      case Phase.Unborn _ -> Optional.empty();
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
