package org.switchwright.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.site.Routing;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Sites that go by strategies with one fault each. */
final class SpoiltRouting {
  private SpoiltRouting() {}

  /** Lets calls that are here go by whatever was published last. */
  static final class SwitchesTheVersion extends SpoiltSite.Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      if (event instanceof SiteEvent.StrategyPublished it) {
        for (SiteCall call : state.calls().values()) {
          if (call.routing().isPresent()) {
            Routing old = call.routing().get();
            Routing routing =
                new Routing(
                    old.strategy(),
                    it.version(),
                    old.number(),
                    old.point(),
                    old.since(),
                    old.steps(),
                    old.done(),
                    old.required(),
                    old.alternatives(),
                    old.treatment());
            next = SpoiltSite.with(next, routed(call, Optional.of(routing)));
          }
        }
      }
      return next;
    }
  }

  /** Goes on by the case of a routing point that a caller was sent away from. */
  static final class KeepsTheCase extends SpoiltSite.Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      if (!(event instanceof SiteEvent.CallTransferred it)) {
        return next;
      }
      CallId id = it.offer().call();
      return SpoiltSite.with(next, routed(next.calls().get(id), state.calls().get(id).routing()));
    }
  }

  /** Of several requirements of which any will do, it looks at the first only. */
  static final class LooksAtOneRequirement extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      SiteState strict = state;
      for (SiteCall call : state.calls().values()) {
        if (call.routing().isPresent()) {
          Routing old = call.routing().get();
          Routing routing =
              new Routing(
                  old.strategy(),
                  old.version(),
                  old.number(),
                  old.point(),
                  old.since(),
                  old.steps(),
                  old.done(),
                  old.required(),
                  List.of(),
                  old.treatment());
          strict = SpoiltSite.with(strict, routed(call, Optional.of(routing)));
        }
      }
      return super.decide(strict, command, now);
    }
  }

  /** Takes steps along that are due soon. */
  static final class StepsTooEarly extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      SiteState early = state;
      for (SiteCall call : state.calls().values()) {
        if (call.routing().isPresent()) {
          Routing old = call.routing().get();
          Routing routing =
              new Routing(
                  old.strategy(),
                  old.version(),
                  old.number(),
                  old.point(),
                  old.since().minusSeconds(4),
                  old.steps(),
                  old.done(),
                  old.required(),
                  old.alternatives(),
                  old.treatment());
          early = SpoiltSite.with(early, routed(call, Optional.of(routing)));
        }
      }
      return super.decide(early, command, now);
    }
  }

  private static SiteCall routed(SiteCall call, Optional<Routing> routing) {
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
        call.told(),
        call.front(),
        call.tried(),
        call.caller(),
        call.directedTo(),
        call.out(),
        call.talked(),
        routing,
        call.consults(),
        call.abroad());
  }
}
