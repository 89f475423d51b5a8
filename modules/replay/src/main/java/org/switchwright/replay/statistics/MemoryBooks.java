package org.switchwright.replay.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.domain.statistics.Ledger;
import org.switchwright.domain.statistics.Offering;
import org.switchwright.domain.statistics.Statistics.Facts;
import org.switchwright.domain.statistics.Stint;
import org.switchwright.domain.statistics.Visit;

/**
 * A ledger's books in memory, which keep what touches one interval. What is over and does not is
 * forgotten, save for the last {@value #MAX_CALLS} calls' latest visits, because a call may come to
 * a queue again.
 */
final class MemoryBooks implements Ledger.Books {
  static final int MAX_CALLS = 200_000;

  private final Interval interval;
  private final List<Visit> visits = new ArrayList<>();
  private final List<Offering> offerings = new ArrayList<>();
  private final List<Stint> stints = new ArrayList<>();
  private final Map<CallId, Visit> latest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallId, Visit> eldest) {
          return size() > MAX_CALLS && eldest.getValue().left() != null;
        }
      };
  private final Map<OfferId, Offering> open = new HashMap<>();
  private final Map<AgentId, OfferId> accepted = new HashMap<>();
  private final Map<AgentId, Stint> now = new HashMap<>();
  private final Map<QueueId, List<Skill>> skills = new HashMap<>();

  MemoryBooks(Interval interval) {
    this.interval = interval;
  }

  /** What touches the interval, the open ones too. */
  Facts facts() {
    List<Visit> allVisits = new ArrayList<>(visits);
    latest.values().stream().filter(it -> it.left() == null).forEach(allVisits::add);
    List<Offering> allOfferings = new ArrayList<>(offerings);
    allOfferings.addAll(open.values());
    List<Stint> allStints = new ArrayList<>(stints);
    allStints.addAll(now.values());
    return new Facts(allVisits, allOfferings, allStints);
  }

  @Override
  public void configured(SiteId site, SiteConfiguration configuration) {
    skills.clear();
    configuration
        .queues()
        .forEach(queue -> skills.put(queue.id(), List.copyOf(queue.required().keySet())));
  }

  @Override
  public List<Skill> skills(SiteId site, QueueId queue) {
    return skills.getOrDefault(queue, List.of());
  }

  @Override
  public Optional<Visit> visit(CallId call) {
    return Optional.ofNullable(latest.get(call));
  }

  @Override
  public Optional<Offering> offering(OfferId offer) {
    return Optional.ofNullable(open.get(offer));
  }

  @Override
  public Optional<Offering> accepted(AgentId agent) {
    return Optional.ofNullable(accepted.get(agent)).flatMap(this::offering);
  }

  @Override
  public Optional<Stint> stint(AgentId agent) {
    return Optional.ofNullable(now.get(agent));
  }

  @Override
  public void put(Visit visit) {
    latest.put(visit.call(), visit);
    if (visit.left() != null && interval.touches(visit.enteredAt(), visit.leftAt())) {
      visits.add(visit);
    }
  }

  @Override
  public void put(Offering offering) {
    if (offering.outcome() == OfferOutcome.ACCEPTED) {
      accepted.put(offering.agent(), offering.offer());
    }
    if (!offering.over()) {
      open.put(offering.offer(), offering);
      return;
    }
    open.remove(offering.offer());
    if (interval.touches(offering.offeredAt(), offering.overAt())) {
      offerings.add(offering);
    }
  }

  @Override
  public void put(Stint stint) {
    if (stint.to() == null) {
      now.put(stint.agent(), stint);
    } else if (interval.touches(stint.from(), stint.to())) {
      stints.add(stint);
    }
  }
}
