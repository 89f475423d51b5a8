package org.switchwright.domain.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.Effect;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;

/**
 * What a site's reports say about calls that have their place elsewhere: an agent is reserved for
 * one, or none will be.
 */
final class Lendings {
  private Lendings() {}

  static List<Effect> react(MonitorState state, MonitorEvent.Reported reported) {
    List<Effect> effects = new ArrayList<>();
    for (Report report : reported.reports()) {
      switch (report.event()) {
        case SiteEvent.AgentReserved it ->
            state
                .mirror()
                .call(it.offer().call())
                .ifPresent(call ->
                    call.ring(it.offer())
                        .filter(ring -> !ring.overdue())
                        .ifPresent(ring -> effects.addAll(lend(state, call, ring))));
        case SiteEvent.CallReleased it ->
            state
                .mirror()
                .call(it.call())
                .flatMap(call -> call.abroad().origin())
                .ifPresent(origin -> effects.add(refused(state, origin)));
        default -> {}
      }
    }
    return effects;
  }

  /** Until the site says what became of it. */
  static List<Effect> owed(MonitorState state) {
    List<Effect> effects = new ArrayList<>();
    for (SiteCall call : state.mirror().calls().values()) {
      if (call.stand() instanceof SiteCall.Stand.Offered) {
        for (SiteCall.Ring ring : call.out().values()) {
          if (!ring.overdue()) {
            effects.addAll(lend(state, call, ring));
          }
        }
      }
    }
    return effects;
  }

  /** Where a caller has come and was sent on, or is asked about, that is the other site's own. */
  private static List<Effect> lend(MonitorState state, SiteCall call, SiteCall.Ring ring) {
    if (call.talked() > 0 || call.consults().number() > 0) {
      return List.of();
    }
    Duration lasts =
        state
            .mirror()
            .configuration()
            .flatMap(it -> it.queue(call.queue()))
            .map(SiteConfiguration.Queue::ringTimeout)
            .orElse(Duration.ZERO);
    return call.abroad().origin().stream()
        .<Effect>map(origin ->
            new Effect.TellSite(
                origin.home(),
                new Site.Lend(
                    origin.call(),
                    state.site(),
                    origin.number(),
                    ring.agent(),
                    ring.offer(),
                    lasts)))
        .toList();
  }

  private static Effect refused(MonitorState state, Origin origin) {
    return new Effect.TellSite(
        origin.home(), new Site.NotEnlisted(origin.call(), state.site(), origin.number()));
  }
}
