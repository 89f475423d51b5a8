package org.switchwright.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.statistics.Ledger;
import org.switchwright.domain.statistics.Offering;
import org.switchwright.domain.statistics.Stint;
import org.switchwright.domain.statistics.Visit;

/**
 * Ten minutes without a word from the site that has all the agents, at five calls a second: both
 * sides' ledgers are compared when the link is back.
 */
class LongCutTest {
  private static final SiteId HOME = new SiteId("home");
  private static final SiteId BERLIN = new SiteId("berlin");
  private static final Duration CUT = Duration.ofMinutes(10);

  /** Books that keep everything. */
  private static final class Books implements Ledger.Books {
    private final Map<CallId, List<Visit>> visits = new HashMap<>();
    private final Map<OfferId, Offering> offerings = new HashMap<>();
    private final Map<AgentId, List<Stint>> stints = new HashMap<>();

    static Books of(SiteId site, List<SiteEvent> events) {
      Books books = new Books();
      Ledger ledger = new Ledger(site, books);
      events.forEach(ledger::note);
      return books;
    }

    List<Offering> answered() {
      return offerings.values().stream()
          .filter(it -> it.outcome() == OfferOutcome.ACCEPTED)
          .toList();
    }

    long left(Predicate<Visit.Left> how) {
      return visits.values().stream()
          .map(List::getLast)
          .filter(it -> it.left() != null && how.test(it.left()))
          .count();
    }

    @Override
    public void configured(SiteId site, SiteConfiguration configuration) {}

    @Override
    public List<Skill> skills(SiteId site, QueueId queue) {
      return List.of();
    }

    @Override
    public Optional<Visit> visit(CallId call) {
      return Optional.ofNullable(visits.get(call)).map(List::getLast);
    }

    @Override
    public Optional<Offering> offering(OfferId offer) {
      return Optional.ofNullable(offerings.get(offer));
    }

    @Override
    public Optional<Offering> accepted(AgentId agent) {
      return offerings.values().stream()
          .filter(it -> it.agent().equals(agent) && it.outcome() == OfferOutcome.ACCEPTED)
          .filter(it -> it.handledUntil() == null)
          .findFirst();
    }

    @Override
    public Optional<Stint> stint(AgentId agent) {
      return Optional.ofNullable(stints.get(agent)).map(List::getLast);
    }

    @Override
    public void put(Visit visit) {
      List<Visit> all = visits.computeIfAbsent(visit.call(), _ -> new ArrayList<>());
      all.removeIf(it -> it.number() == visit.number());
      all.add(visit);
    }

    @Override
    public void put(Offering offering) {
      offerings.put(offering.offer(), offering);
    }

    @Override
    public void put(Stint stint) {
      List<Stint> all = stints.computeIfAbsent(stint.agent(), _ -> new ArrayList<>());
      all.removeIf(it -> it.number() == stint.number());
      all.add(stint);
    }
  }

  private static List<SiteEvent> history(NetworkSimulation network, SiteId site) {
    var actor = network.site(site).host().site();
    List<SiteEvent> events = new ArrayList<>();
    for (int number = 1; number <= actor.writes(); number++) {
      events.add(actor.written(number));
    }
    return events;
  }

  /** What berlin told its controller, before the cut and after it. */
  private static List<SiteEvent> reported(NetworkSimulation network) {
    Actor<SiteMonitor.Command, MonitorEvent, MonitorState> monitor =
        network.site(HOME).host().monitor(BERLIN);
    List<SiteEvent> events = new ArrayList<>();
    for (int number = 1; number <= monitor.writes(); number++) {
      if (monitor.written(number) instanceof MonitorEvent.Reported it) {
        it.reports().stream().map(Report::event).forEach(events::add);
      }
    }
    return events;
  }

  private static Duration talked(List<Offering> offerings) {
    return offerings.stream()
        .filter(it -> it.talkedUntil() != null)
        .map(it -> Duration.between(it.endedAt(), it.talkedUntil()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** By this seed nobody has an estimate, which by lot would be of a much smaller site. */
  @Test
  void shouldAgreeAfterTenMinutesOfCutAtFiveCallsASecond() {
    NetworkSimulation network = new NetworkSimulation(11, Cast.REAL, NetworkScenario.busy(), null);
    network.cutAll(Duration.ofMinutes(1), CUT);

    NetworkSimulation.Report report = network.play();

    Crossings.Totals crossings = network.crossings();
    Books home = Books.of(HOME, history(network, HOME));
    Books berlin = Books.of(BERLIN, history(network, BERLIN));
    Books told = Books.of(BERLIN, reported(network));
    System.out.printf(
        "%d calls in %s with a cut of %s: %s, abandoned or sent away %d, home says %d answered and"
            + " talked for %s, berlin %d and %s%n",
        report.calls(),
        report.simulated(),
        CUT,
        crossings,
        home.left(it -> it != Visit.Left.ANSWERED),
        home.answered().size(),
        talked(home.answered()),
        berlin.answered().size(),
        talked(berlin.answered()));
    assertThat(report.met()).doesNotContainKey(Met.SENT_BY_ESTIMATE);
    assertThat(crossings.unasked()).isGreaterThan(2_500);
    assertThat(home.visits).hasSize((int) report.calls());
    assertThat(home.left(_ -> true)).isEqualTo(report.calls());
    assertThat(home.left(it -> it == Visit.Left.ANSWERED)).isEqualTo(home.answered().size());
    assertThat(berlin.visits).as("callers are counted where their place is").isEmpty();
    assertThat(berlin.answered().size()).isEqualTo(home.answered().size() + crossings.crossed());
    assertThat(crossings.answered()).isEqualTo(home.answered().size());
    assertThat(talked(home.answered()).minus(talked(berlin.answered())).abs())
        .as("the same talks, by two clocks")
        .isLessThan(Duration.ofMillis(100).multipliedBy(report.calls()));
    assertThat(told.offerings)
        .as("nothing is lost, and nothing doubled")
        .isEqualTo(berlin.offerings);
    assertThat(told.stints).isEqualTo(berlin.stints);
    assertThat(network.site(HOME).host().monitor(BERLIN).state().sequence())
        .isEqualTo(network.site(BERLIN).host().site().writes());
  }
}
