package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.Route;

/**
 * A decision in the making: the events so far, and the site as it will be after them. Everything
 * that frees an agent or lets a call wait ends with {@link #matched}, so that no call waits beside
 * an agent who could serve it.
 */
final class Draft {
  private final Instant now;
  private final List<SiteEvent> events = new ArrayList<>();
  private SiteState state;

  Draft(SiteState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  SiteState state() {
    return state;
  }

  void add(SiteEvent event) {
    events.add(event);
    state = SiteFold.evolve(state, event);
  }

  List<SiteEvent> events() {
    return List.copyOf(events);
  }

  void accept(OfferId offer, AgentId agent) {
    Instant checkAt = now.plus(Site.CHECK_AFTER);
    boolean consulted = state.call(offer.call()).flatMap(SiteCall::consult).isPresent();
    add(
        consulted
            ? new SiteEvent.ConsultAnswered(now, offer, agent, checkAt)
            : new SiteEvent.OfferAccepted(now, offer, agent, checkAt));
  }

  /** Nobody was found who can be asked: the caller is for the agent who asked, again. */
  void consultForNothing(CallId id) {
    SiteCall call = state.call(id).orElseThrow();
    call.consult().ifPresent(it -> consultEnded(call.consults().number(), it.offer(), it.agent()));
  }

  void consultEnded(int number, OfferId offer, AgentId agent) {
    add(new SiteEvent.ConsultEnded(now, number, offer, agent, now.plus(Site.CHECK_AFTER)));
  }

  /** Whoever was asked has nothing to do with the caller any more. */
  void consultRetrieved(SiteCall call) {
    if (call.stand() instanceof SiteCall.Stand.Talking asked) {
      endConversation(asked.offer(), call.queue(), asked.agent());
    }
    consultForNothing(call.id());
  }

  /** Whoever asked has nothing to do with the caller any more. */
  void consultCompleted(SiteCall call, OfferId offer, AgentId agent) {
    SiteCall.Consult asked = call.consult().orElseThrow();
    endConversation(asked.offer(), asked.from(), asked.agent());
    consultEnded(call.consults().number(), offer, agent);
  }

  void release(CallId call, Refusal why) {
    if (state.call(call).flatMap(SiteCall::consult).isPresent()) {
      consultForNothing(call);
      return;
    }
    add(new SiteEvent.CallReleased(now, call, why, now.plus(Site.REMIND_AFTER)));
  }

  /**
   * Moves a call on from a queue that cannot keep it, to one that it has not been in, so that
   * queues that overflow into each other do not keep it for ever; where none can, the call is
   * released.
   */
  void overflow(SiteCall call, Refusal why) {
    if (call.consult().isPresent()) {
      consultForNothing(call.id());
      return;
    }
    Set<QueueId> full = new HashSet<>(call.been());
    QueueId from = call.queue();
    Optional<QueueId> next = state.queue(from).overflowTo();
    while (next.isPresent() && full.add(next.get())) {
      QueueId to = next.get();
      Optional<SiteConfiguration.Queue> queue = state.configured().queue(to);
      if (queue.filter(it -> state.waitingIn(to) < it.maxWaiting() && admits(it)).isPresent()) {
        add(new SiteEvent.CallOverflowed(now, call.id(), from, to));
        return;
      }
      next = queue.flatMap(SiteConfiguration.Queue::overflowTo);
    }
    release(call.id(), why);
  }

  /** Whether somebody is there for a call that wants to come in. */
  boolean admits(SiteConfiguration.Queue queue) {
    return queue.presence().join().isEmpty() || attended(queue, queue.presence().join());
  }

  /** Where other sites look for agents too, who is there is theirs to say. */
  private boolean attended(SiteConfiguration.Queue queue, List<Absence> causes) {
    if (!queue.elsewhere().isEmpty()) {
      return true;
    }
    for (SiteAgent agent : state.agents().values()) {
      if (queue.choosing().knows(agent.id())
          && Collections.disjoint(agent.absences(), causes)
          && (agent.has(queue.required())
              || queue.widenings().stream().anyMatch(it -> agent.has(it.required())))) {
        return true;
      }
    }
    return false;
  }

  void endOffer(SiteCall.Ring offered, OfferOutcome outcome) {
    Lent lent = state.lent().get(offered.agent());
    if (lent != null) {
      add(new SiteEvent.OfferEnded(now, offered.offer(), offered.agent(), outcome, null, false));
      Neighbours.learn(this, outcome, lent.from(), now);
      Enlisting.rest(this, outcome, offered.offer().call(), lent, now);
      return;
    }
    SiteConfiguration.Delays delays = state.configured().delays();
    Workload workload = state.agent(offered.agent()).orElseThrow().workload();
    boolean spared =
        switch (outcome) {
          case MISSED -> workload.missed() + 1 < delays.missesToNotReady();
          case UNREACHABLE -> workload.unreachable() + 1 < delays.failuresToLost();
          case REJECTED, BUSY, WITHDRAWN, ACCEPTED -> false;
        };
    @Nullable Instant until =
        switch (outcome) {
          case REJECTED -> now.plus(delays.rejected());
          case BUSY -> now.plus(delays.busy());
          case MISSED -> now.plus(spared ? delays.missed() : Site.JUDGEMENT_LASTS);
          case UNREACHABLE -> now.plus(spared ? delays.unreachable() : Site.JUDGEMENT_LASTS);
          case WITHDRAWN -> null;
          case ACCEPTED ->
              throw new IllegalStateException(
                  "Expected an offer that ended otherwise, but " + offered + " was accepted");
        };
    add(new SiteEvent.OfferEnded(now, offered.offer(), offered.agent(), outcome, until, spared));
  }

  /** Where the call was kept for one agent, it is so no more. */
  void undirect(CallId id) {
    Optional<SiteCall> asked =
        state.call(id).filter(call -> call.consult().isPresent() && call.waiting());
    if (asked.flatMap(SiteCall::directedTo).isPresent()) {
      consultForNothing(id);
      return;
    }
    state
        .call(id)
        .flatMap(SiteCall::directedTo)
        .ifPresent(agent -> add(new SiteEvent.CallUndirected(now, id, agent)));
  }

  void undirectAll(AgentId agent) {
    state.waiting().stream()
        .filter(call -> call.directedTo().filter(agent::equals).isPresent())
        .sorted(state.order())
        .forEach(call -> undirect(call.id()));
  }

  void endConversation(OfferId offer, QueueId queue, AgentId agent) {
    Duration wrapUp =
        state.configured().queue(queue).map(SiteConfiguration.Queue::wrapUp).orElse(Duration.ZERO);
    boolean none = wrapUp.isZero() || state.lent().containsKey(agent);
    @Nullable Instant until = none ? null : now.plus(wrapUp);
    add(new SiteEvent.ConversationEnded(now, offer, agent, until));
  }

  /**
   * Releases calls that come back from an offer to a queue that the configuration no longer has;
   * reserves an agent (or several, where the queue rings several) for every waiting call that one
   * can be found for, oldest place first, and tells those that have come to wait in this decision
   * that they do.
   *
   * @param network how other sites stand, where calls wait that they may serve
   */
  List<SiteEvent> matched(NetworkFigures network) {
    newcomers().stream()
        .flatMap(id -> state.call(id).filter(SiteCall::waiting).stream())
        .filter(call -> state.configured().queue(call.queue()).isEmpty())
        .forEach(call -> release(call.id(), Refusal.NOT_FOUND));
    widen();
    match();
    for (CallId id : newcomers()) {
      state.call(id).filter(SiteCall::waiting).ifPresent(this::queue);
    }
    boolean reconfigured = events.stream().anyMatch(SiteEvent.SiteConfigured.class::isInstance);
    if (state.configured().index().elsewhere() || reconfigured) {
      Enlisting.enlist(this, network, now);
    }
    noteAbsences();
    return events();
  }

  /**
   * For what frees nobody and lets nobody wait: whether somebody is there may depend on whether an
   * agent rings or talks.
   */
  List<SiteEvent> noted() {
    noteAbsences();
    return events();
  }

  /**
   * Each match may turn the figures over that a widening looks at. Where one does, calls are taken
   * one by one, so that each is judged by what is true after the one before.
   */
  private void match() {
    boolean oneByOne = state.configured().index().conditional();
    List<Matching.Match> matches = new Matching(state, now).matches();
    while (!matches.isEmpty()) {
      CallId first = matches.getFirst().call().id();
      for (Matching.Match match : matches) {
        if (!oneByOne || match.call().id().equals(first)) {
          reserve(match);
        }
      }
      matches = oneByOne ? new Matching(state, now).matches() : List.of();
    }
  }

  private void reserve(Matching.Match match) {
    SiteCall call = state.call(match.call().id()).orElseThrow();
    Instant until = now.plus(state.queue(call.queue()).ringTimeout());
    add(new SiteEvent.AgentReserved(now, call.nextOffer(), match.agent(), until, match.decision()));
  }

  /**
   * Takes note of what else will do by now for those who wait: one who comes back from an offer
   * would otherwise be overtaken by whoever came later and was not offered meanwhile.
   */
  private void widen() {
    if (!state.configured().index().widening()) {
      return;
    }
    for (SiteCall call : state.waiting()) {
      Duration waited = Duration.between(call.enteredQueueAt(), now);
      boolean due =
          call.directedTo().isEmpty()
              && state
                  .configured()
                  .queue(call.queue())
                  .map(queue -> Need.next(queue, call.widened()))
                  .filter(next -> next.compareTo(waited) <= 0)
                  .isPresent();
      if (due) {
        add(new SiteEvent.CallWidened(now, call.id(), waited));
      }
    }
  }

  /** Begins and ends the time after which callers are let go because nobody is there. */
  private void noteAbsences() {
    if (!state.configured().index().leaving() && state.deserted().isEmpty()) {
      return;
    }
    Set<QueueId> waitedFor = new TreeSet<>();
    for (SiteCall call : state.calls().values()) {
      if (call.waiting()) {
        waitedFor.add(call.queue());
      }
    }
    for (QueueId id : waitedFor) {
      state
          .configured()
          .queue(id)
          .filter(queue -> !queue.presence().leave().isEmpty())
          .filter(queue -> !state.deserted().containsKey(id))
          .filter(queue -> !attended(queue, queue.presence().leave()))
          .ifPresent(queue ->
              add(new SiteEvent.QueueDeserted(now, id, now.plus(queue.presence().leaveAfter()))));
    }
    for (QueueId id : state.deserted().keySet()) {
      boolean still =
          waitedFor.contains(id)
              && state
                  .configured()
                  .queue(id)
                  .filter(queue -> !attended(queue, queue.presence().leave()))
                  .isPresent();
      if (!still) {
        add(new SiteEvent.QueueAttended(now, id));
      }
    }
  }

  private void queue(SiteCall call) {
    Instant askAgainAt = Site.askAgainAt(state, call, now);
    add(new SiteEvent.CallQueued(now, call.id(), call.queue(), state.position(call), askAgainAt));
  }

  private Set<CallId> newcomers() {
    Set<CallId> newcomers = new LinkedHashSet<>();
    for (SiteEvent event : events) {
      if (event instanceof SiteEvent.CallEntered entered) {
        newcomers.add(entered.call());
      } else if (event instanceof SiteEvent.CallOverflowed overflowed) {
        newcomers.add(overflowed.call());
      } else if (event instanceof SiteEvent.CallTransferred transferred) {
        newcomers.add(transferred.offer().call());
      } else if (event instanceof SiteEvent.ConsultBegan began) {
        newcomers.add(began.offer().call());
      } else if (event instanceof SiteEvent.CallRequeued requeued) {
        newcomers.add(requeued.offer().call());
      } else if (event instanceof SiteEvent.CallStepped stepped
          && stepped.aim().flatMap(Route.Aim::target).isPresent()) {
        newcomers.add(stepped.call());
      } else if (event instanceof SiteEvent.OfferEnded ended) {
        newcomers.add(ended.offer().call());
      }
    }
    return newcomers;
  }
}
