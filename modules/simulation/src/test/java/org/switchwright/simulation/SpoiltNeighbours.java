package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.switchwright.domain.Decision;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Lent;
import org.switchwright.domain.site.Neighbour;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Sites with one fault each in what they make of links that are cut and calls that do not come. */
final class SpoiltNeighbours {
  private SpoiltNeighbours() {}

  private static Decision<SiteEvent> with(Decision<SiteEvent> real, List<SiteEvent> more) {
    if (more.isEmpty() || !(real instanceof Decision.Accepted<SiteEvent> yes)) {
      return real;
    }
    List<SiteEvent> events = new ArrayList<>(yes.events());
    events.addAll(more);
    return new Decision.Accepted<>(events, yes.answers(), yes.named());
  }

  private static boolean unasked(SiteEvent event) {
    return event instanceof SiteEvent.AgentLent it && it.theirs().isEmpty();
  }

  /** Sends no calls to a site that cannot be asked. */
  static final class LeavesOutWhoIsCutOff extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      List<SiteEvent> sent = new ArrayList<>();
      if (real instanceof Decision.Accepted<SiteEvent> yes) {
        List<SiteEvent> events = yes.events();
        for (int at = 0; at + 1 < events.size(); at++) {
          if (unasked(events.get(at))) {
            sent.add(events.get(at));
            sent.add(events.get(at + 1));
          }
        }
      }
      return SpoiltEnlisting.keeping(real, event -> !sent.contains(event));
    }
  }

  /** Does not hear how links stand. */
  static final class IgnoresLinks extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return command instanceof Site.NoteLink
          ? Decision.rejected(Decision.Reason.ALREADY_DONE, "Expected no link")
          : super.decide(state, command, now);
    }
  }

  /** Leaves out for good where a call did not get to. */
  static final class TriesNobodyAgain extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return SpoiltEnlisting.keeping(
          super.decide(state, command, now), event -> !(event instanceof SiteEvent.PathTried));
    }
  }

  /** Leaves out a site whose link is cut. */
  static final class TakesTheLinkForThePath extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return command instanceof Site.NoteLink it && !it.linked()
          ? with(
              super.decide(state, command, now),
              List.of(new SiteEvent.PathFailed(now, it.site(), 1, now.plusSeconds(60))))
          : super.decide(state, command, now);
    }
  }

  /** Does not see that calls get there again. */
  static final class NeverFinds extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return SpoiltEnlisting.keeping(
          super.decide(state, command, now), event -> !(event instanceof SiteEvent.PathFound));
    }
  }

  /** Leaves a site out for longer with each call that was on the way when the first one failed. */
  static final class CountsEachFailure extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      if (!(real instanceof Decision.Accepted<SiteEvent> yes)) {
        return real;
      }
      List<SiteEvent> more = new ArrayList<>();
      for (SiteEvent event : yes.events()) {
        if (event instanceof SiteEvent.OfferEnded it
            && it.outcome() == OfferOutcome.UNREACHABLE
            && state.lent().get(it.agent()) instanceof Lent lent
            && state.neighbours().get(lent.from()) instanceof Neighbour there
            && there.restsUntil() != null) {
          more.add(
              new SiteEvent.PathFailed(
                  now, lent.from(), there.failures() + 1, now.plusSeconds(10)));
        }
      }
      return with(real, more);
    }
  }

  /** Sends whoever waits, however many agents there may be. */
  static final class SendsAll extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      PSortedMap<SiteId, Neighbour> neighbours = state.neighbours();
      for (var one : state.neighbours().entrySet()) {
        Neighbour it = one.getValue();
        Optional<Neighbour.Cut> cut = it.cut().map(was -> new Neighbour.Cut(was.at(), 100));
        neighbours =
            neighbours.plus(
                one.getKey(),
                new Neighbour(cut, it.failures(), it.restsUntil(), it.addresses(), it.looksAt()));
      }
      return super.decide(SpoiltEnlisting.knowing(state, neighbours), command, now);
    }
  }

  /** Sends whoever waits where a site is estimated, whatever the estimate says. */
  static final class BelievesMore extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      NetworkFigures figures = EstimatingSite.figures(state, now);
      return Site.routingBy(
              Strategist.COMPILER,
              (site, point) ->
                  figures
                      .of(site, point)
                      .map(it ->
                          new NetworkFigures.Remote(
                              it.basis(),
                              it.asOf(),
                              it.figures(),
                              it.believed().map(SpoiltNeighbours::upToNow))))
          .decide(state, command, now);
    }
  }

  /** Whoever was sent is taken for one of those who wait, however short a time ago. */
  private static NetworkFigures.Believed upToNow(NetworkFigures.Believed it) {
    return new NetworkFigures.Believed(
        it.told(), it.until().plus(Duration.ofMinutes(1)), it.ready(), it.waiting());
  }

  /** Does not look again whether there is room. */
  static final class LooksNoMore extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return SpoiltEnlisting.changing(
          super.decide(state, command, now),
          event ->
              event instanceof SiteEvent.RoomAwaited it
                  ? new SiteEvent.RoomAwaited(
                      it.at(), it.site(), it.looksAt().map(at -> at.plus(Duration.ofHours(1))))
                  : event);
    }
  }

  /** Writes down nothing of a site that it sends calls to. */
  static final class ForgetsWhatItKnew extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return SpoiltEnlisting.changing(
          super.decide(state, command, now),
          event ->
              event instanceof SiteEvent.AgentLent it && unasked(it)
                  ? new SiteEvent.AgentLent(
                      it.at(),
                      it.call(),
                      it.site(),
                      it.number(),
                      it.agent(),
                      it.theirs(),
                      it.station(),
                      Optional.empty())
                  : event);
    }
  }

  /** Lets whoever was sent unasked wait there for an hour. */
  static final class HasPatience extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      boolean sends =
          real instanceof Decision.Accepted<SiteEvent> yes
              && yes.events().stream().anyMatch(SpoiltNeighbours::unasked);
      return !sends
          ? real
          : SpoiltEnlisting.changing(
              real,
              event ->
                  event instanceof SiteEvent.AgentReserved it
                      ? new SiteEvent.AgentReserved(
                          it.at(),
                          it.offer(),
                          it.agent(),
                          it.until().plus(Duration.ofHours(1)),
                          it.decision())
                      : event);
    }
  }

  /** Notes what it hears of another site by that site's clock. */
  static final class BelievesAnotherClock extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Instant theirs = now.minus(Duration.ofMinutes(2));
      return SpoiltEnlisting.changing(
          super.decide(state, command, now),
          event ->
              event instanceof SiteEvent.SiteCutOff it
                  ? new SiteEvent.SiteCutOff(theirs, it.site(), it.free())
                  : event);
    }
  }

  /** Gives each call that it sends the same number. */
  static final class NumbersNothing extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return SpoiltEnlisting.changing(
          super.decide(state, command, now),
          event ->
              event instanceof SiteEvent.AgentLent it && unasked(it)
                  ? new SiteEvent.AgentLent(
                      it.at(),
                      it.call(),
                      it.site(),
                      1,
                      it.agent(),
                      it.theirs(),
                      it.station(),
                      it.seen())
                  : event);
    }
  }

  /** Tells its site how a link stands when that changes, and never again. */
  static final class TellsOnce extends Faulty<SiteMonitor.Command, MonitorEvent, MonitorState> {
    TellsOnce(SiteId home) {
      super(SiteMonitor.telling(home));
    }

    @Override
    public Decision<MonitorEvent> decide(
        MonitorState state, SiteMonitor.Command command, Instant now) {
      Decision<MonitorEvent> real = super.decide(state, command, now);
      return real instanceof Decision.Accepted<MonitorEvent> yes && yes.events().isEmpty()
          ? Decision.rejected(Decision.Reason.ALREADY_DONE, "Expected news")
          : real;
    }
  }

  private static Decision<CallEvent> coming(
      Decision<CallEvent> real, boolean keepsOrigin, Instant place) {
    return real instanceof Decision.Accepted<CallEvent> yes
        ? new Decision.Accepted<>(
            yes.events().stream()
                .map(event ->
                    event instanceof CallEvent.CallArrived it && it.place().isPresent()
                        ? new CallEvent.CallArrived(
                            it.at(),
                            it.interaction(),
                            it.site(),
                            it.edge(),
                            it.point(),
                            it.invite(),
                            it.dialog(),
                            it.caller(),
                            it.offered(),
                            it.attached(),
                            it.origin().filter(_ -> keepsOrigin),
                            keepsOrigin ? Optional.of(place) : Optional.empty(),
                            it.passage())
                        : event)
                .toList(),
            yes.answers(),
            yes.named())
        : real;
  }

  /** Lets whoever comes unasked come last. */
  static final class PutsLastWhoComesUnasked extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      return coming(super.decide(state, command, now), true, now);
    }
  }

  /** Takes whoever comes unasked for a caller of its own. */
  static final class KnowsNoOrigin extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      return coming(super.decide(state, command, now), false, now);
    }
  }
}
