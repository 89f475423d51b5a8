package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.AgentChoice;

/** When something becomes of the calls and agents of a site, if nothing else happens. */
record Dues(SiteState state) {
  /** Asked after every event, so it makes nothing of each call and agent. */
  Optional<Instant> first() {
    @Nullable Instant first = null;
    for (SiteCall call : state.calls().values()) {
      first = earlier(first, due(call));
    }
    for (SiteAgent agent : state.agents().values()) {
      Instant due = due(agent);
      if (due != null) {
        first = earlier(first, due);
      }
    }
    for (Instant leaving : state.deserted().values()) {
      first = earlier(first, leaving);
    }
    for (Neighbour neighbour : state.neighbours().values()) {
      Instant rests = neighbour.restsUntil();
      if (rests != null) {
        first = earlier(first, rests);
      }
      Instant looks = neighbour.looksAt();
      if (looks != null) {
        first = earlier(first, looks);
      }
    }
    return Optional.ofNullable(first);
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }

  /** A queue that a new configuration no longer has keeps nobody: its calls are due at once. */
  Duration maxWait(QueueId queue) {
    return state
        .configured()
        .queue(queue)
        .map(SiteConfiguration.Queue::maxWait)
        .orElse(Duration.ZERO);
  }

  Instant overflowsAt(SiteCall call) {
    return call.enteredQueueAt().plus(maxWait(call.queue()));
  }

  /** When more agents will do for it, or it overflows. */
  Instant widensAt(SiteCall call) {
    return call.enteredQueueAt().plus(nextWait(call));
  }

  private Duration nextWait(SiteCall call) {
    Duration longest = maxWait(call.queue());
    @Nullable Duration next =
        state
            .configured()
            .queue(call.queue())
            .map(queue -> Need.next(queue, call.widened()))
            .orElse(null);
    return next != null && next.compareTo(longest) < 0 ? next : longest;
  }

  Instant due(SiteCall call) {
    Instant first = ownDue(call);
    for (SiteCall.Ring ring : call.out().values()) {
      first = earlier(first, ring.due());
    }
    if (call.waiting()) {
      for (Abroad.Enlistment it : call.abroad().enlisted().values()) {
        first = earlier(first, it.due());
      }
    }
    return first;
  }

  /** Without the deadlines of the offers that are out. */
  Instant ownDue(SiteCall call) {
    return switch (call.stand()) {
      case SiteCall.Stand.Waiting _ when call.consult().isPresent() -> Consults.due(state, call);
      // For one agent a call is kept half of that time; then the others of the queue have the rest.
      case SiteCall.Stand.Waiting _ when call.directedTo().isPresent() ->
          call.enteredQueueAt().plus(maxWait(call.queue()).dividedBy(2));
      case SiteCall.Stand.Waiting _ -> {
        boolean here = call.abroad().origin().isEmpty();
        Instant due =
            here
                ? earlier(Announcing.due(state.configured(), call), widensAt(call))
                : widensAt(call);
        yield call.routing().flatMap(Routing::nextStepAt).map(it -> earlier(it, due)).orElse(due);
      }
      case SiteCall.Stand.Offered it -> nextStep(call, it);
      case SiteCall.Stand.Talking it -> it.checkAt();
      case SiteCall.Stand.Released it -> it.remindAt();
    };
  }

  /** When one more agent may ring; never where the queue does not ring one after the other. */
  Instant nextStep(SiteCall call, SiteCall.Stand.Offered offered) {
    return state
        .configured()
        .queue(call.queue())
        .map(SiteConfiguration.Queue::choosing)
        .filter(it -> it.by() == AgentChoice.RING_PROGRESSIVELY)
        .filter(_ -> call.abroad().origin().isEmpty())
        .filter(_ -> offered.steps() + 1 < Call.MAX_RINGING)
        .map(it -> offered.steppedAt().plus(it.ringStep()))
        .orElse(Instant.MAX);
  }

  /** Null where the agent has no deadline of its own. */
  @Nullable Instant due(SiteAgent agent) {
    return switch (agent.work()) {
      case SiteAgent.Work.Resting it -> it.until();
      case SiteAgent.Work.Judged it -> it.until();
      case SiteAgent.Work.WrappingUp it -> it.until();
      case SiteAgent.Work.Free _, SiteAgent.Work.Reserved _, SiteAgent.Work.Talking _ -> null;
    };
  }
}
