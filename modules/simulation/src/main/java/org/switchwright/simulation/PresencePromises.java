package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteCall.Stand;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * Who is refused or let go because nobody is there: told agent by agent from how each stands, with
 * a book of its own of since when nobody has been there for those who wait.
 *
 * <p>Nobody is refused or let go where somebody is there, and nobody comes in where nobody is,
 * whatever goes wrong. Whoever is to be let go may be late by what keeps a site from writing.
 */
final class PresencePromises {
  static final String REFUSED = "callers are refused where nobody is there, and only there";
  static final String LET_GO = "callers are let go where nobody has been there, and only there";

  private final Map<QueueId, Instant> nobodySince = new HashMap<>();

  /** Within one decision: who has come to which queue, and who may not stay. */
  private final Set<CallId> came = new HashSet<>();

  private final Set<CallId> mayNotStay = new HashSet<>();
  private final Set<CallId> refusedByStrategy = new HashSet<>();

  void written(List<?> states, List<?> events, SiteState after) {
    for (int at = 0; at < events.size(); at++) {
      check((SiteState) states.get(at), (SiteEvent) events.get(at));
    }
    promise(mayNotStay.isEmpty(), REFUSED, mayNotStay, "came in by", events);
    came.clear();
    refusedByStrategy.clear();
    if (!events.isEmpty()) {
      look(after, ((SiteEvent) events.getLast()).at());
    }
  }

  private void check(SiteState before, SiteEvent event) {
    switch (event) {
      case SiteEvent.CallEntered it -> comes(before, it.call(), it.queue());
      case SiteEvent.CallStepped it ->
          it.aim()
              .flatMap(Route.Aim::queue)
              .filter(to -> !to.equals(call(before, it.call()).queue()))
              .ifPresent(to -> comes(before, it.call(), to));
      case SiteEvent.CallRouted it -> {
        if (it.route().refused()) {
          refusedByStrategy.add(it.call());
        }
      }
      case SiteEvent.CallOverflowed it -> {
        goes(before, it.call(), it.at());
        Queue to = Needs.queue(before, it.to());
        promise(admits(before, to), REFUSED, it, "though nobody is there");
      }
      case SiteEvent.CallReleased it when it.why() == Refusal.NOBODY_THERE -> {
        if (!(call(before, it.call()).stand() instanceof Stand.Released)
            && !refusedByStrategy.contains(it.call())) {
          goes(before, it.call(), it.at());
        }
        mayNotStay.remove(it.call());
      }
      case SiteEvent.CallReleased it -> mayNotStay.remove(it.call());
      default -> {}
    }
  }

  private static SiteCall call(SiteState state, CallId id) {
    return Objects.requireNonNull(state.calls().get(id));
  }

  private void comes(SiteState before, CallId call, QueueId queue) {
    came.add(call);
    if (!admits(before, Needs.queue(before, queue))) {
      mayNotStay.add(call);
    }
  }

  /** Whoever leaves a queue may not come in, or has no room or no time left, or has nobody. */
  private void goes(SiteState before, CallId id, Instant at) {
    SiteCall call = call(before, id);
    if (mayNotStay.remove(id)) {
      return;
    }
    Queue queue = Needs.queue(before, call.queue());
    boolean full = came.contains(id) && waitingIn(before, queue.id()) > queue.maxWaiting();
    boolean late = !call.enteredQueueAt().plus(queue.maxWait()).isAfter(at);
    Instant since = nobodySince.get(queue.id());
    boolean deserted = since != null && !since.plus(queue.presence().leaveAfter()).isAfter(at);
    promise(full || late || deserted, LET_GO, call, "goes, but nobody is there since", since);
  }

  private static int waitingIn(SiteState state, QueueId queue) {
    int waiting = 0;
    for (SiteCall call : state.calls().values()) {
      if (call.queue().equals(queue) && call.stand() instanceof Stand.Waiting) {
        waiting++;
      }
    }
    return waiting;
  }

  /** Since when nobody is there for those who wait, after a decision. */
  private void look(SiteState state, Instant at) {
    for (Queue queue : state.configuration().orElseThrow().queues()) {
      List<Absence> causes = queue.presence().leave();
      if (causes.isEmpty() || waitingIn(state, queue.id()) == 0 || somebody(state, queue, causes)) {
        nobodySince.remove(queue.id());
      } else {
        nobodySince.putIfAbsent(queue.id(), at);
      }
    }
    nobodySince.keySet().removeIf(id -> Needs.known(state, id) == null);
  }

  /** By then everybody has been let go whom nobody has been there for. */
  void noLaterThan(SiteState state, Instant latest) {
    nobodySince.forEach((id, since) -> {
      Duration after = Needs.queue(state, id).presence().leaveAfter();
      promise(
          since.plus(after).isAfter(latest),
          LET_GO,
          "in",
          id,
          "some wait, though nobody is there since",
          since);
    });
  }

  private static boolean admits(SiteState state, Queue queue) {
    List<Absence> causes = queue.presence().join();
    return causes.isEmpty() || somebody(state, queue, causes);
  }

  private static boolean somebody(SiteState state, Queue queue, List<Absence> causes) {
    for (SiteAgent agent : state.agents().values()) {
      if (couldEver(queue, agent) && causes.stream().noneMatch(cause -> holds(cause, agent))) {
        return true;
      }
    }
    return false;
  }

  private static boolean couldEver(Queue queue, SiteAgent agent) {
    var members = queue.choosing().members();
    return (members.isEmpty() || members.containsKey(agent.id()))
        && (Needs.has(agent, queue.required())
            || queue.widenings().stream().anyMatch(it -> Needs.has(agent, it.required())));
  }

  private static boolean holds(Absence cause, SiteAgent agent) {
    return switch (cause) {
      case LOGGED_OUT -> agent.wish() instanceof Wish.LoggedOut;
      case NOT_READY -> agent.wish() instanceof Wish.NotReady;
      case NO_STATION -> agent.station().isEmpty();
      case RESERVED -> agent.work() instanceof Work.Reserved;
      case TALKING -> agent.work() instanceof Work.Talking;
      case WRAPPING_UP -> agent.work() instanceof Work.WrappingUp;
      case RESTING -> agent.work() instanceof Work.Resting;
      case UNDER_JUDGEMENT -> agent.work() instanceof Work.Judged;
    };
  }
}
