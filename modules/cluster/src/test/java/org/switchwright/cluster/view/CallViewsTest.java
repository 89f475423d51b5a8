package org.switchwright.cluster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.cluster.view.CallHistory.Party;
import org.switchwright.cluster.view.LiveCalls.State;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.Destination;
import org.switchwright.journal.testing.House;

class CallViewsTest {
  private CallCenter center;
  private LiveCalls live;
  private CallHistory history;

  @BeforeEach
  void open() throws SQLException {
    center = new CallCenter();
    center.house.configure(CallCenter.configuration());
    live = new LiveCalls(center.database.dataSource());
    history = new CallHistory(center.database.dataSource());
  }

  @AfterEach
  void close() throws SQLException {
    center.close();
  }

  @Test
  void shouldFollowACallFromItsArrivalToItsEnd() throws SQLException {
    center.house.ready("a1", Map.of("selling", 7), House.Phone.ANSWERS);
    CallId call = center.house.arrive("sales", CallCenter.LONG, Duration.ofSeconds(30));
    project();
    assertThat(live.find(call).orElseThrow().state()).isEqualTo(State.OFFERED);

    center.house.pass(Duration.ofMillis(40));
    project();
    assertThat(live.find(call).orElseThrow().state()).isEqualTo(State.RINGING);

    center.house.pass(Duration.ofSeconds(10));
    project();
    LiveCalls.LiveCall talking = live.find(call).orElseThrow();
    assertThat(talking.state()).isEqualTo(State.CONNECTED);
    assertThat(talking.agent()).contains(new AgentId("a1"));
    assertThat(talking.queue()).contains(new QueueId("sales"));
    assertThat(talking.offers()).isEqualTo(1);

    center.house.pass(Duration.ofMinutes(1));
    project();
    assertThat(live.find(call)).isEmpty();
    CallHistory.PastCall past = history.find(call).orElseThrow();
    assertThat(past.outcome()).contains(CallOutcome.SERVED);
    assertThat(past.cause()).contains(Refusal.HUNG_UP);
    assertThat(past.endedBy()).contains(Party.AGENT);
    assertThat(past.agent()).contains(new AgentId("a1"));
    assertThat(past.queue()).contains(new QueueId("sales"));
    assertThat(past.waited()).contains(Duration.ofMillis(2_400));
    assertThat(past.talked()).contains(Duration.ofSeconds(30));
    assertThat(past.queuedAt()).isEmpty();
  }

  @Test
  void shouldShowEverybodyAtWhomACallRingsAndThenWhoHasIt() throws SQLException {
    center.house.configure(CallCenter.ringingAll());
    for (String agent : List.of("a1", "a2", "a3")) {
      center.house.ready(agent, Map.of("selling", 7), House.Phone.ANSWERS);
      center.house.pass(Duration.ofSeconds(1));
    }
    CallId call = center.house.arrive("sales", CallCenter.LONG, Duration.ofSeconds(30));
    center.house.pass(Duration.ofMillis(40));
    project();
    LiveCalls.LiveCall ringing = live.find(call).orElseThrow();
    assertThat(ringing.state()).isEqualTo(State.RINGING);
    assertThat(ringing.ringing())
        .containsExactly(new AgentId("a1"), new AgentId("a2"), new AgentId("a3"));
    AgentStates agents = new AgentStates(center.database.dataSource());
    assertThat(agents.find(new AgentId("a3")).orElseThrow().call()).contains(call);
    assertThat(agents.find(new AgentId("a3")).orElseThrow().work())
        .isEqualTo(AgentStates.Work.RINGING);

    center.house.pass(Duration.ofSeconds(10));
    project();
    LiveCalls.LiveCall talking = live.find(call).orElseThrow();
    assertThat(talking.state()).isEqualTo(State.CONNECTED);
    assertThat(talking.agent()).contains(new AgentId("a1"));
    assertThat(talking.ringing()).isEmpty();
    assertThat(agents.find(new AgentId("a3")).orElseThrow().work())
        .isEqualTo(AgentStates.Work.FREE);

    center.house.pass(Duration.ofMinutes(1));
    project();
    CallHistory.PastCall past = history.find(call).orElseThrow();
    assertThat(past.outcome()).contains(CallOutcome.SERVED);
    assertThat(past.agent()).contains(new AgentId("a1"));
    assertThat(past.offers()).isEqualTo(3);
  }

  /** The caller talks while taking part, and waits while the agents talk without. */
  @Test
  void shouldCountAsTalkWhatACallerTakesPartIn() throws SQLException {
    for (String agent : List.of("a1", "a2")) {
      center.house.ready(agent, Map.of("selling", 7), House.Phone.ANSWERS);
      center.house.pass(Duration.ofSeconds(1));
    }
    CallId call = center.house.arrive("sales", CallCenter.LONG, Duration.ofMinutes(10));
    center.house.pass(Duration.ofSeconds(10));
    AgentId asked = new AgentId("a2");
    center.house.tell(call, new Call.Consult(new Destination.ToAgent(asked), "r1"));
    center.house.pass(Duration.ofSeconds(20));
    project();
    assertThat(live.find(call).orElseThrow().state()).isEqualTo(State.CONSULTING);

    center.house.tell(call, new Call.Confer("sip:room@192.0.2.9"));
    center.house.pass(Duration.ofMinutes(3));
    project();
    assertThat(live.find(call).orElseThrow().state()).isEqualTo(State.CONNECTED);

    center.house.tell(call, new Call.CompleteConsult());
    center.house.pass(Duration.ofMinutes(1));
    project();
    assertThat(live.find(call).orElseThrow().agent()).contains(asked);

    center.house.report(call, new LegReport.HungUp(0));
    project();
    Duration talked = history.find(call).orElseThrow().talked().orElseThrow();
    assertThat(talked)
        .isBetween(Duration.ofSeconds(3 * 60 + 60), Duration.ofSeconds(3 * 60 + 60 + 10));
  }

  @Test
  void shouldTellThePlacesOfThoseWhoWait() throws SQLException {
    CallId first = center.house.arrive("support", CallCenter.LONG, Duration.ZERO);
    center.house.pass(Duration.ofSeconds(1));
    CallId second = center.house.arrive("support", CallCenter.LONG, Duration.ZERO);
    CallId other = center.house.arrive("sales", CallCenter.LONG, Duration.ZERO);
    project();

    assertThat(live.find(first).orElseThrow().position()).hasValue(1);
    assertThat(live.find(second).orElseThrow().position()).hasValue(2);
    assertThat(live.find(other).orElseThrow().position()).hasValue(1);
    assertThat(live.find(first).orElseThrow().state()).isEqualTo(State.WAITING);

    center.house.report(first, new LegReport.HungUp(0));
    project();
    assertThat(live.find(second).orElseThrow().position()).hasValue(1);
    assertThat(history.find(first).orElseThrow().outcome()).contains(CallOutcome.ABANDONED);
    assertThat(history.find(first).orElseThrow().endedBy()).contains(Party.CALLER);
  }

  /** A point of priority is worth half a minute: 5 of them make up for 60 s, not for 200 s. */
  @Test
  void shouldTellPlacesAsTheSiteOrdersThemWherePriorityAges() throws SQLException {
    center.house.configure(CallCenter.aging(Duration.ofSeconds(30)));
    CallId slow = center.house.arrive("slow", CallCenter.LONG, Duration.ZERO);
    center.house.pass(Duration.ofSeconds(60));
    CallId soon = center.house.arrive("sales", CallCenter.LONG, Duration.ZERO);
    center.house.pass(Duration.ofSeconds(110));
    CallId late = center.house.arrive("sales", CallCenter.LONG, Duration.ZERO);
    project();

    assertThat(live.find(soon).orElseThrow().position()).hasValue(1);
    assertThat(live.find(slow).orElseThrow().position()).hasValue(2);
    assertThat(live.find(late).orElseThrow().position()).hasValue(3);
  }

  @Test
  void shouldShowACallInTheQueueItOverflowedTo() throws SQLException {
    CallId call = center.house.arrive("sales", CallCenter.LONG, Duration.ZERO);
    center.house.pass(Duration.ofMinutes(4));
    project();

    assertThat(live.find(call).orElseThrow().queue()).contains(new QueueId("support"));
    center.house.pass(Duration.ofMinutes(4));
    project();
    assertThat(live.find(call)).isEmpty();
    CallHistory.PastCall past = history.find(call).orElseThrow();
    assertThat(past.outcome()).contains(CallOutcome.OVERFLOWED);
    assertThat(past.cause()).contains(Refusal.WAITED_TOO_LONG);
    assertThat(past.queue()).contains(new QueueId("support"));
    assertThat(past.waited()).contains(Duration.ofMinutes(6));
  }

  @Test
  void shouldPageThroughHistoryWithoutGapOrOverlap() throws SQLException {
    for (int n = 0; n < 25; n++) {
      center.house.arrive("billing", Duration.ofSeconds(5), Duration.ZERO);
      center.house.pass(Duration.ofSeconds(n % 2));
    }
    center.house.pass(Duration.ofMinutes(1));
    project();

    java.util.List<CallId> seen = new java.util.ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page<CallHistory.PastCall> page = history.page(CallHistory.Filter.ALL, next, 10);
      page.rows().forEach(row -> seen.add(row.call()));
      next = page.next();
    } while (next.isPresent());

    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    center.house.arrive("billing", Duration.ofSeconds(5), Duration.ZERO);
    project();
    assertThat(history.page(CallHistory.Filter.ALL, Optional.empty(), 50).rows()).hasSize(26);
    assertThat(history.page(CallHistory.Filter.OVER, Optional.empty(), 50).rows()).hasSize(25);
  }

  @Test
  void shouldSayWhatWaitsAndUntilWhen() throws SQLException {
    OpenDeadlines deadlines = new OpenDeadlines(center.database.dataSource());
    CallId call = center.house.arrive("sales", Duration.ofSeconds(20), Duration.ZERO);
    project();

    assertThat(deadlines.due(Instant.MAX, Optional.empty(), 10).rows())
        .extracting(OpenDeadlines.OpenDeadline::persistenceId)
        .containsExactlyInAnyOrder("call|" + call, "site|berlin");
    assertThat(deadlines.due(center.house.now(), Optional.empty(), 10).rows()).isEmpty();

    center.house.pass(Duration.ofMinutes(1));
    project();
    assertThat(deadlines.due(Instant.MAX, Optional.empty(), 10).rows()).isEmpty();
  }

  private void project() throws SQLException {
    center.write();
    center.project(400);
  }
}
