package org.switchwright.domain.estimate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Lent;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * What the controller sees of its calls at a site whose reports do not come, by the events of the
 * controller's own site. Not for several threads.
 */
public final class Lookout {
  private final SiteId site;
  private final SiteState own;
  private final SiteState there;
  private final SortedMap<AgentId, Out> out = new TreeMap<>();

  /**
   * @param queue at the other site; empty before an agent is reserved for the call
   */
  private record Out(SentCall call, Optional<String> queue) {}

  /**
   * @param own the controller's site, as it was at the cut
   * @param there the other site, by its reports
   */
  public Lookout(SiteId site, SiteState own, SiteState there) {
    this.site = site;
    this.own = own;
    this.there = there;
  }

  /**
   * What the controller's own site knew of its calls there at the cut, and the other one's last
   * reports did not tell: some of them came after these.
   *
   * @param reported the other site as its last reports told it
   */
  public List<Sighting> begin(SiteAtCut reported) {
    Instant cutAt = reported.at();
    List<Sighting> seen = new ArrayList<>();
    SortedMap<SentCall, String> talking = new TreeMap<>();
    for (SiteAtCut.Talking it : reported.talking()) {
      it.ours().ifPresent(call -> talking.put(call, it.queue()));
    }
    for (Lent lent : own.lent().values()) {
      if (!lent.from().equals(site)) {
        continue;
      }
      switch (lent.agent().work()) {
        case SiteAgent.Work.Reserved it -> {
          SentCall call = new SentCall(it.offer().call(), lent.number());
          String queue = queueOf(it.offer().call());
          out.put(lent.agent().id(), new Out(call, Optional.of(queue)));
          talking.remove(call);
          seen.add(new Sighting(cutAt, Sighting.Kind.SENT, call, queue));
        }
        case SiteAgent.Work.Talking it -> {
          SentCall call = new SentCall(it.offer().call(), lent.number());
          Optional<String> known = Optional.ofNullable(talking.remove(call));
          String queue = known.orElseGet(() -> queueOf(it.offer().call()));
          out.put(lent.agent().id(), new Out(call, Optional.of(queue)));
          if (known.isEmpty()) {
            seen.add(new Sighting(cutAt, Sighting.Kind.SENT, call, queue));
            seen.add(new Sighting(cutAt, Sighting.Kind.ANSWERED, call, queue));
          }
        }
        case SiteAgent.Work.Free _,
            SiteAgent.Work.Resting _,
            SiteAgent.Work.Judged _,
            SiteAgent.Work.WrappingUp _ -> {}
      }
    }
    talking.forEach(
        (call, queue) -> seen.add(new Sighting(cutAt, Sighting.Kind.ENDED, call, queue)));
    return seen;
  }

  private String queueOf(CallId call) {
    return own.call(call).map(known -> queueThere(known.queue())).orElse("");
  }

  /** Of the next event of the controller's own site. */
  public List<Sighting> see(SiteEvent event) {
    return switch (event) {
      case SiteEvent.AgentLent it when it.site().equals(site) -> {
        out.put(it.agent(), new Out(new SentCall(it.call(), it.number()), Optional.empty()));
        yield List.of();
      }
      case SiteEvent.AgentReserved it -> {
        Out known = out.get(it.agent());
        if (known == null || known.queue().isPresent()) {
          yield List.of();
        }
        String queue = queueThere(it.decision().queue());
        out.put(it.agent(), new Out(known.call(), Optional.of(queue)));
        yield List.of(new Sighting(it.at(), Sighting.Kind.SENT, known.call(), queue));
      }
      case SiteEvent.OfferAccepted it -> seen(it.agent(), it.at(), Sighting.Kind.ANSWERED, false);
      case SiteEvent.ConsultAnswered it -> seen(it.agent(), it.at(), Sighting.Kind.ANSWERED, false);
      case SiteEvent.ConversationEnded it -> seen(it.agent(), it.at(), Sighting.Kind.ENDED, true);
      case SiteEvent.OfferEnded it when it.outcome() != OfferOutcome.ACCEPTED ->
          seen(it.agent(), it.at(), Sighting.Kind.GONE, true);
      default -> List.of();
    };
  }

  private List<Sighting> seen(AgentId agent, Instant at, Sighting.Kind kind, boolean over) {
    Out known = over ? out.remove(agent) : out.get(agent);
    return known == null || known.queue().isEmpty()
        ? List.of()
        : List.of(new Sighting(at, kind, known.call(), known.queue().get()));
  }

  /** What the queue is called there; by its own name where the configurations do not tell. */
  private String queueThere(QueueId queue) {
    return own.configuration()
        .flatMap(it -> it.queue(queue))
        .flatMap(it -> Optional.ofNullable(it.elsewhere().get(site)))
        .flatMap(point -> there.configuration().flatMap(it -> it.point(point)))
        .map(point -> point.queue().value())
        .orElseGet(queue::value);
  }
}
