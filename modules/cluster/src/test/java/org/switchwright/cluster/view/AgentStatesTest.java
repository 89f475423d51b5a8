package org.switchwright.cluster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.cluster.view.AgentStates.AgentNow;
import org.switchwright.cluster.view.AgentStates.Stint;
import org.switchwright.cluster.view.AgentStates.WishKind;
import org.switchwright.cluster.view.AgentStates.Work;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.journal.testing.House;

class AgentStatesTest {
  private static final AgentId AGENT = new AgentId("a1");
  private CallCenter center;
  private AgentStates states;

  @BeforeEach
  void open() throws SQLException {
    center = new CallCenter();
    center.house.configure(CallCenter.configuration());
    states = new AgentStates(center.database.dataSource());
  }

  @AfterEach
  void close() throws SQLException {
    center.close();
  }

  @Test
  void shouldFollowAnAgentThroughACall() throws SQLException {
    List<Work> seen = new ArrayList<>();
    center.house.ready("a1", Map.of("selling", 7), House.Phone.ANSWERS);
    seen.add(now().work());
    center.house.pass(Duration.ofSeconds(1));
    CallId call = center.house.arrive("sales", CallCenter.LONG, Duration.ofSeconds(30));
    seen.add(now().work());
    center.house.pass(Duration.ofSeconds(1));
    AgentNow ringing = now();
    seen.add(ringing.work());
    center.house.pass(Duration.ofSeconds(10));
    seen.add(now().work());
    center.house.pass(Duration.ofSeconds(25));
    seen.add(now().work());
    center.house.pass(Duration.ofSeconds(10));
    seen.add(now().work());

    assertThat(seen)
        .containsExactly(
            Work.FREE, Work.RESERVED, Work.RINGING, Work.TALKING, Work.WRAP_UP, Work.FREE);
    assertThat(ringing.call()).contains(call);
    assertThat(ringing.routable()).isFalse();
    assertThat(now().routable()).isTrue();
    assertThat(stints())
        .extracting(Stint::work)
        .containsExactly(
            Work.FREE, Work.WRAP_UP, Work.TALKING, Work.RINGING, Work.RESERVED, Work.FREE);
    assertThat(stints().get(1).to().orElseThrow())
        .isEqualTo(stints().get(1).from().plus(Duration.ofSeconds(8)));
  }

  @Test
  void shouldShowAMissedOfferAndItsConsequence() throws SQLException {
    center.house.ready("a1", Map.of("selling", 7), House.Phone.SILENT);
    center.house.pass(Duration.ofSeconds(1));
    center.house.arrive("sales", Duration.ofMinutes(1), Duration.ofSeconds(30));
    center.house.pass(Duration.ofSeconds(30));

    assertThat(now().wish()).isEqualTo(WishKind.NOT_READY);
    assertThat(now().reason()).contains("missed");
    assertThat(now().work()).isEqualTo(Work.FREE);
    assertThat(now().routable()).isFalse();
  }

  @Test
  void shouldRestAfterARejectionAndLoseTheStationWhenUnreachable() throws SQLException {
    center.house.ready("a1", Map.of("selling", 7), House.Phone.REJECTS);
    center.house.ready("a2", Map.of("selling", 7), House.Phone.UNREACHABLE);
    center.house.pass(Duration.ofSeconds(1));
    center.house.arrive("sales", Duration.ofSeconds(5), Duration.ofSeconds(30));
    center.house.pass(Duration.ofSeconds(3));

    assertThat(now().work()).isEqualTo(Work.RESTING);
    AgentNow unreachable = states.find(new AgentId("a2")).orElseThrow();
    assertThat(unreachable.station()).isFalse();
    assertThat(unreachable.work()).isEqualTo(Work.FREE);
    assertThat(unreachable.wish()).isEqualTo(WishKind.READY);
  }

  @Test
  void shouldKeepWishesWithTheirReasonsAndTimes() throws SQLException {
    center.house.ready("a1", Map.of("selling", 7), House.Phone.ANSWERS);
    center.house.pass(Duration.ofMinutes(1));
    center.house.tell(AGENT, new Agent.BeNotReady(center.house.uttered(), "lunch"));
    center.house.pass(Duration.ofMinutes(30));
    center.house.tell(AGENT, new Agent.LogOut(center.house.uttered()));
    now();

    assertThat(stints())
        .extracting(Stint::wish)
        .containsExactly(WishKind.LOGGED_OUT, WishKind.NOT_READY, WishKind.READY);
    Stint lunch = stints().get(1);
    assertThat(lunch.reason()).contains("lunch");
    assertThat(lunch.to().orElseThrow()).isEqualTo(lunch.from().plus(Duration.ofMinutes(30)));
  }

  @Test
  void shouldPageThroughAgentsAndStints() throws SQLException {
    for (int n = 0; n < 7; n++) {
      center.house.ready("b" + n, Map.of("selling", n), House.Phone.ANSWERS);
    }
    for (int n = 0; n < 7; n++) {
      center.house.pass(Duration.ofMinutes(1));
      center.house.tell(new AgentId("b0"), new Agent.BeNotReady(center.house.uttered(), "lunch"));
      center.house.pass(Duration.ofMinutes(1));
      center.house.tell(new AgentId("b0"), new Agent.BeReady(center.house.uttered()));
    }
    project();

    List<AgentId> agents = new ArrayList<>();
    List<java.time.Instant> stints = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page<AgentNow> page = states.page(next, 3);
      page.rows().forEach(row -> agents.add(row.agent()));
      next = page.next();
    } while (next.isPresent());
    do {
      Page<Stint> page = states.history(new AgentId("b0"), next, 4);
      page.rows().forEach(row -> stints.add(row.from()));
      next = page.next();
    } while (next.isPresent());

    assertThat(agents).hasSize(7).isSorted().doesNotHaveDuplicates();
    assertThat(stints).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void shouldNameAgentsWhoseReportIsNotAcknowledged() throws SQLException {
    OpenDeadlines deadlines = new OpenDeadlines(center.database.dataSource());
    center.house.ready("a1", Map.of("selling", 7), House.Phone.ANSWERS);
    List<House.Row> rows = center.house.take();
    House.Row last = rows.getLast();
    assertThat(last.name()).isEqualTo("agent.report-acknowledged/1");
    org.switchwright.journal.testing.JournalRows.insert(
        center.writer, rows.subList(0, rows.size() - 1));
    center.project(100);

    assertThat(deadlines.unacknowledged(10)).containsExactly(AGENT);
    org.switchwright.journal.testing.JournalRows.insert(center.writer, List.of(last));
    center.project(100);
    assertThat(deadlines.unacknowledged(10)).isEmpty();
  }

  private AgentNow now() throws SQLException {
    project();
    return states.find(AGENT).orElseThrow();
  }

  private List<Stint> stints() throws SQLException {
    return states.history(AGENT, Optional.empty(), 100).rows();
  }

  private void project() throws SQLException {
    center.write();
    center.project(400);
  }
}
