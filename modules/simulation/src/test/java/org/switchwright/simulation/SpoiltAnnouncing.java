package org.switchwright.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.switchwright.domain.Decision;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.site.Told;

/** Sites that tell waiting callers the wrong thing, or at the wrong time. */
final class SpoiltAnnouncing {
  private SpoiltAnnouncing() {}

  private static class Forgetful extends SpoiltSite.Rules {
    private final Function<Told, Told> memory;

    Forgetful(Function<Told, Told> memory) {
      this.memory = memory;
    }

    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      return event instanceof SiteEvent.CallAnnounced it
          ? next.with(remembering(next.calls().get(it.call()), memory))
          : next;
    }
  }

  /** Believes that it told some seconds earlier than it did. */
  static final class TellsTooOften extends Forgetful {
    TellsTooOften() {
      super(told ->
          new Told(told.at().map(at -> at.minusSeconds(8)), told.position(), told.expectedWait()));
    }
  }

  /** Forgets which place it has told. */
  static final class TellsWorsePlaces extends Forgetful {
    TellsWorsePlaces() {
      super(told -> new Told(told.at(), 0, told.expectedWait()));
    }
  }

  /** Forgets which wait it has told. */
  static final class TellsLongerWaits extends Forgetful {
    TellsLongerWaits() {
      super(told -> new Told(told.at(), told.position(), Optional.empty()));
    }
  }

  /** Counts from nought. */
  static final class CountsFromNought extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      if (!(real instanceof Decision.Accepted<SiteEvent> yes)) {
        return real;
      }
      List<SiteEvent> events = yes.events().stream().map(CountsFromNought::spoilt).toList();
      return new Decision.Accepted<>(events, yes.answers());
    }

    private static SiteEvent spoilt(SiteEvent event) {
      return event instanceof SiteEvent.CallAnnounced it && it.position() > 1
          ? new SiteEvent.CallAnnounced(
              it.at(), it.call(), it.queue(), it.position() - 1, it.expectedWait())
          : event;
    }
  }

  private static SiteCall remembering(SiteCall call, Function<Told, Told> memory) {
    return new SiteCall(
        call.id(),
        call.interaction(),
        call.queue(),
        call.priority(),
        call.arrivedAt(),
        call.enteredQueueAt(),
        call.stand(),
        call.offers(),
        call.been(),
        call.widened(),
        memory.apply(call.told()),
        call.front(),
        call.tried(),
        call.caller(),
        call.directedTo(),
        call.out(),
        call.talked(),
        call.routing(),
        call.consults(),
        call.abroad());
  }
}
