package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.call.CallEvent.CallTransferred;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.routing.Destination;

/**
 * Decisions on sending a caller on. The caller's dialog stays, the agent's ends, and the site looks
 * for another agent; whether there is such a destination has been asked of the site before.
 */
final class TransferSide {
  private TransferSide() {}

  static Decision<CallEvent> transfer(CallState state, Call.Transfer it, Instant now) {
    if (it.request().equals(state.leaving().request())) {
      return Call.already(state, "been sent on by this request");
    }
    return sendOn(state, it.to(), it.placeKept(), it.request(), null, now);
  }

  /** RFC 3515; the edge has seen to it that the REFER names a destination of this site. */
  static Decision<CallEvent> referred(CallState state, LegReport.ReferArrived it, Instant now) {
    Leaving.Farewell left = state.leaving().legs().get(it.leg());
    if (left != null && it.refer().equals(left.refer())) {
      return answered(CallReaction.acceptRefer(state, it.leg(), left));
    }
    if (state.phase() instanceof Connected connected
        && !state.consulting()
        && connected.agent().number() == it.leg()) {
      return sendOn(
          state, it.to(), true, "refer-" + it.leg() + "-" + it.refer().cseq(), it.refer(), now);
    }
    return rejected(
        it.leg() != 0 && state.leg(it.leg()).isPresent() ? Reason.OUT_OF_ORDER : Reason.CALL_OVER,
        "Expected leg "
            + it.leg()
            + " of call "
            + state.id()
            + " to talk to the caller, but it does not");
  }

  private static Decision<CallEvent> sendOn(
      CallState state,
      Destination to,
      boolean placeKept,
      String request,
      @Nullable ServerTransaction refer,
      Instant now) {
    if (state.phase() instanceof Over) {
      return Call.tooLate(state);
    }
    if (!(state.phase() instanceof Connected connected) || state.consulting()) {
      return Call.outOfOrder(state, "to talk to an agent, but it does not");
    }
    if (to instanceof Destination.ToAgent(var agent) && agent.equals(connected.offer().agent())) {
      return rejected(
          Reason.OUT_OF_ORDER,
          "Expected another agent for call " + state.id() + ", but " + agent + " has it");
    }
    if (state.leaving().full(1)) {
      return Call.outOfOrder(state, "to be sent on now and then, but it is all the time");
    }
    List<CallEvent> events = new ArrayList<>();
    Sessions.disagree(state, Refusal.GLARE, now).ifPresent(events::add);
    events.add(
        new CallTransferred(
            now, connected.offer().id(), connected.offer().agent(), to, placeKept, request, refer));
    return accepted(events);
  }
}
