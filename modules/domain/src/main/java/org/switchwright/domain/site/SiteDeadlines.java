package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.domain.statistics.QueueLoad;

/** What becomes of calls and agents when nothing else happens in time. */
final class SiteDeadlines {
  private SiteDeadlines() {}

  static Decision<SiteEvent> expire(SiteState state, Router router, Instant now) {
    Draft draft = new Draft(state, now);
    Loads loads = new Loads(state, now);
    for (SiteCall call : state.calls().values()) {
      if (!state.dues().due(call).isAfter(now)) {
        expire(draft, call, router, loads, now);
      }
    }
    for (SiteAgent agent : state.agents().values()) {
      Instant due = state.dues().due(agent);
      if (due != null && !due.isAfter(now)) {
        draft.add(
            agent.work() instanceof SiteAgent.Work.WrappingUp
                ? new SiteEvent.WrapUpEnded(now, agent.id(), false)
                : new SiteEvent.AgentRested(now, agent.id()));
      }
    }
    Neighbours.expire(draft, router.network(), now);
    state
        .deserted()
        .forEach((queue, until) -> {
          if (!until.isAfter(now)) {
            desert(draft, queue);
          }
        });
    if (draft.events().isEmpty()) {
      return rejected(
          Reason.OUT_OF_ORDER,
          "Expected a deadline of site " + state.id() + " to be past, but none is");
    }
    boolean onlyTold =
        draft.events().stream().allMatch(event -> event instanceof SiteEvent.CallAnnounced);
    return accepted(onlyTold ? draft.events() : draft.matched(router.network()));
  }

  private static void desert(Draft draft, QueueId queue) {
    for (SiteCall call : draft.state().waiting()) {
      if (call.queue().equals(queue)) {
        draft.overflow(call, Refusal.NOBODY_THERE);
      }
    }
  }

  private static void expire(Draft draft, SiteCall call, Router router, Loads loads, Instant now) {
    Instant again = now.plus(Site.REMIND_AFTER);
    for (SiteCall.Ring ring : call.out().values()) {
      if (!ring.due().isAfter(now)) {
        draft.add(new SiteEvent.OfferOverdue(now, ring.offer(), again));
      }
    }
    if (call.waiting()) {
      Enlisting.expire(draft, call, now);
    }
    if (draft.state().dues().ownDue(call).isAfter(now)) {
      return;
    }
    switch (call.stand()) {
      case SiteCall.Stand.Waiting _
          when call.consult().isPresent() && !Consults.until(draft.state(), call).isAfter(now) ->
          draft.consultForNothing(call.id());
      case SiteCall.Stand.Waiting _ when call.consult().isPresent() -> widen(draft, call, now);
      case SiteCall.Stand.Waiting _ when call.directedTo().isPresent() -> draft.undirect(call.id());
      case SiteCall.Stand.Waiting _ when stepDue(call, now) ->
          router.step(draft, call, call.routing().orElseThrow(), now);
      case SiteCall.Stand.Waiting _ when !draft.state().dues().overflowsAt(call).isAfter(now) ->
          draft.overflow(call, Refusal.WAITED_TOO_LONG);
      case SiteCall.Stand.Waiting _ when !draft.state().dues().widensAt(call).isAfter(now) ->
          widen(draft, call, now);
      case SiteCall.Stand.Waiting _ -> draft.add(announcement(draft.state(), call, loads, now));
      case SiteCall.Stand.Offered it ->
          draft.add(new SiteEvent.RingStepped(now, call.id(), it.steps() + 1));
      case SiteCall.Stand.Talking it ->
          draft.add(new SiteEvent.ConversationChecked(now, it.offer(), now.plus(Site.CHECK_AFTER)));
      case SiteCall.Stand.Released it ->
          draft.add(new SiteEvent.CallReleased(now, call.id(), it.why(), again));
    }
  }

  private static void widen(Draft draft, SiteCall call, Instant now) {
    draft.add(
        new SiteEvent.CallWidened(now, call.id(), Duration.between(call.enteredQueueAt(), now)));
  }

  private static SiteEvent announcement(SiteState state, SiteCall call, Loads loads, Instant now) {
    QueueLoad load = loads.of(call);
    Announcing.Said said =
        Announcing.now(
            state.queue(call.queue()).announcements(),
            call.told(),
            load.ahead() + 1,
            EstimatedWait.ERLANG_A.of(load).expectedIfAny());
    return new SiteEvent.CallAnnounced(
        now, call.id(), call.queue(), said.position(), said.expectedWait());
  }

  private static boolean stepDue(SiteCall call, Instant now) {
    return call.routing()
        .flatMap(Routing::nextStepAt)
        .filter(step -> !step.isAfter(now))
        .isPresent();
  }
}
