package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.Presence;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.site.Widening;

/** Sites that misread one thing of what their queues are configured to do. */
final class SpoiltQueues {
  private SpoiltQueues() {}

  /** Goes by another configuration than the one that it was given. */
  private static class Misreads extends SpoiltSite.Rules {
    private final UnaryOperator<Queue> reading;

    Misreads(UnaryOperator<Queue> reading) {
      this.reading = reading;
    }

    private SiteState read(SiteState state) {
      Optional<SiteConfiguration> configuration =
          state
              .configuration()
              .map(it ->
                  new SiteConfiguration(
                      it.queues().stream().map(reading).toList(),
                      it.points(),
                      it.delays(),
                      it.notReadyReasons(),
                      it.rules()));
      return new SiteState(
          state.id(),
          configuration,
          state.calls(),
          state.agents(),
          state.lately(),
          state.tally(),
          state.paces(),
          state.turns(),
          state.deserted(),
          state.departures(),
          state.strategies(),
          state.lent(),
          state.neighbours());
    }

    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return super.decide(command instanceof Site.Configure ? state : read(state), command, now);
    }

    @Override
    public Optional<Instant> due(SiteState state) {
      return super.due(read(state));
    }
  }

  /** Lets callers in wherever nobody is there. */
  static final class LetsAnybodyIn extends Misreads {
    LetsAnybodyIn() {
      super(it -> {
        Presence was = it.presence();
        return with(
            it,
            it.widenings(),
            new Presence(List.of(), was.leave(), was.leaveAfter()),
            it.keepPlace());
      });
    }
  }

  /** Takes agents who talk for absent when a call wants to come in. */
  static final class RefusesWhereAllTalk extends Misreads {
    RefusesWhereAllTalk() {
      super(it -> {
        Presence was = it.presence();
        List<Absence> join = new ArrayList<>(was.join());
        join.add(Absence.TALKING);
        return with(
            it,
            it.widenings(),
            was.join().isEmpty() ? was : new Presence(join, was.leave(), was.leaveAfter()),
            it.keepPlace());
      });
    }
  }

  /** Lets callers go as soon as nobody is there. */
  static final class LetsGoAtOnce extends Misreads {
    LetsGoAtOnce() {
      super(it -> {
        Presence was = it.presence();
        return with(
            it,
            it.widenings(),
            new Presence(was.join(), was.leave(), Duration.ZERO),
            it.keepPlace());
      });
    }
  }

  /** Lets nobody go, whoever is there. */
  static final class LetsNobodyGo extends Misreads {
    LetsNobodyGo() {
      super(it -> {
        Presence was = it.presence();
        return with(
            it,
            it.widenings(),
            new Presence(was.join(), List.of(), was.leaveAfter()),
            it.keepPlace());
      });
    }
  }

  /** Widens whatever the figures are, or where they are just not as they have to be. */
  static final class Misjudges extends Misreads {
    Misjudges(UnaryOperator<Optional<Widening.Condition>> judging) {
      super(it ->
          with(
              it,
              it.widenings().stream()
                  .map(wider ->
                      new Widening(wider.after(), wider.required(), judging.apply(wider.onlyIf())))
                  .toList(),
              it.presence(),
              it.keepPlace()));
    }

    static Optional<Widening.Condition> never(Optional<Widening.Condition> condition) {
      return Optional.empty();
    }

    static Optional<Widening.Condition> turned(Optional<Widening.Condition> condition) {
      return condition.map(it ->
          new Widening.Condition(
              it.figure(), !it.atLeast(), it.atLeast() ? it.limit() - 1 : it.limit() + 1));
    }
  }

  /** Widens some time after its time. */
  static final class WidensLate extends Misreads {
    WidensLate() {
      super(it ->
          with(
              it,
              it.widenings().stream()
                  .map(wider ->
                      new Widening(wider.after().plusSeconds(5), wider.required(), wider.onlyIf()))
                  .toList(),
              it.presence(),
              it.keepPlace()));
    }
  }

  /** Keeps places for longer than it was told to. */
  static final class KeepsPlacesForLong extends Misreads {
    KeepsPlacesForLong() {
      super(it -> with(it, it.widenings(), it.presence(), it.keepPlace().multipliedBy(2)));
    }
  }

  /** Forgets on the way to the next queue that its times begin anew. */
  static final class WidensByTheLastQueue extends SpoiltSite.Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      return event instanceof SiteEvent.CallOverflowed it
          ? noting(next, it.call(), state.calls().get(it.call()).widened())
          : next;
    }
  }

  /** Says of everybody that the queue's own need was met. */
  static final class SaysNothingOfWidenings extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      if (!(real instanceof Decision.Accepted<SiteEvent> yes)) {
        return real;
      }
      List<SiteEvent> events = yes.events().stream().map(SaysNothingOfWidenings::spoilt).toList();
      return new Decision.Accepted<>(events, yes.answers());
    }

    private static SiteEvent spoilt(SiteEvent event) {
      return event instanceof SiteEvent.AgentReserved it
          ? new SiteEvent.AgentReserved(
              it.at(), it.offer(), it.agent(), it.until(), silent(it.decision()))
          : event;
    }

    private static RoutingDecision silent(RoutingDecision it) {
      return new RoutingDecision(
          it.queue(), it.chosen(), it.rule(), it.waitingBefore(), it.considered(), it.unnamed(), 0);
    }
  }

  /** Gives whoever calls the place that somebody has left last. */
  static final class GivesPlacesToAnybody extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      var left = state.departures().all();
      return super.decide(
          state,
          command instanceof Site.Seek it && !left.isEmpty()
              ? new Site.Seek(
                  it.call(),
                  it.interaction(),
                  it.point(),
                  it.arrivedAt(),
                  left.getLast().caller(),
                  it.attached())
              : command,
          now);
    }
  }

  /** Keeps a place though its caller has come back to it already. */
  static final class GivesPlacesTwice extends SpoiltSite.Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      return event instanceof SiteEvent.CallEntered
          ? new SiteState(
              next.id(),
              next.configuration(),
              next.calls(),
              next.agents(),
              next.lately(),
              next.tally(),
              next.paces(),
              next.turns(),
              next.deserted(),
              state.departures(),
              next.strategies(),
              next.lent(),
              next.neighbours())
          : next;
    }
  }

  private static Queue with(
      Queue it, List<Widening> widenings, Presence presence, Duration keepPlace) {
    return new Queue(
        it.id(),
        it.required(),
        it.maxWaiting(),
        it.maxWait(),
        it.overflowTo(),
        it.ringTimeout(),
        it.wrapUp(),
        it.treatment(),
        it.weight(),
        it.choosing(),
        widenings,
        presence,
        keepPlace,
        it.announcements(),
        it.music(),
        it.elsewhere());
  }

  /** Whose call believes that it has taken note of so much. */
  private static SiteState noting(SiteState state, CallId id, Duration noted) {
    SiteCall it = state.calls().get(id);
    return SpoiltSite.with(
        state,
        new SiteCall(
            it.id(),
            it.interaction(),
            it.queue(),
            it.priority(),
            it.arrivedAt(),
            it.enteredQueueAt(),
            it.stand(),
            it.offers(),
            it.been(),
            noted,
            it.told(),
            it.front(),
            it.tried(),
            it.caller(),
            it.directedTo(),
            it.out(),
            it.talked(),
            it.routing(),
            it.consults(),
            it.abroad()));
  }
}
