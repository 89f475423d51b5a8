package org.switchwright.domain.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Effect;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.DataCommand;
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
  private final Optional<SiteId> controller;

  /**
   * @param controller whose calls these are, since others see to theirs; empty: everybody's
   */
  Lendings(Optional<SiteId> controller) {
    this.controller = controller;
  }

  private boolean ours(Origin origin) {
    return controller.isEmpty() || controller.get().equals(origin.home());
  }

  List<Effect> react(MonitorState state, MonitorEvent.Reported reported) {
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
        case SiteEvent.CallDataChanged it ->
            state.mirror().call(it.call()).ifPresent(call -> effects.addAll(changed(state, call)));
        case SiteEvent.CallReleased it ->
            state
                .mirror()
                .call(it.call())
                .flatMap(call -> call.abroad().origin())
                .filter(this::ours)
                .ifPresent(origin -> effects.add(refused(state, origin)));
        // By its id, since it has gone from what the reports fold to.
        case SiteEvent.CallLeft it when it.outcome() == CallOutcome.ELSEWHERE ->
            controller
                .flatMap(home -> Origin.of(home, it.call()))
                .ifPresent(origin -> effects.add(refused(state, origin)));
        default -> {}
      }
    }
    return effects;
  }

  /** Until the site says what became of it. */
  List<Effect> owed(MonitorState state) {
    List<Effect> effects = new ArrayList<>();
    for (SiteCall call : state.mirror().calls().values()) {
      effects.addAll(changed(state, call));
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

  /** What is attached to a call was changed there, and its home has not asked for it yet. */
  private List<Effect> changed(MonitorState state, SiteCall call) {
    return call.abroad().origin().stream()
        .filter(_ -> call.abroad().changed())
        .filter(this::ours)
        .<Effect>map(origin ->
            new Effect.TellCall(
                origin.call(),
                new DataCommand.ChangedElsewhere(state.site(), origin.number(), call.id())))
        .toList();
  }

  /**
   * Not where the caller has come: who is sent on to there, or asked, is the other site's matter;
   * nor where it came unasked.
   */
  private List<Effect> lend(MonitorState state, SiteCall call, SiteCall.Ring ring) {
    boolean expected =
        call.abroad().origin().filter(it -> it.expected().equals(call.id())).isPresent();
    if (!expected || !call.held()) {
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
        .filter(this::ours)
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
