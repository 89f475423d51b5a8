package org.switchwright.replay.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.journal.testing.JournalRows.number;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.cluster.view.CallHistory;
import org.switchwright.cluster.view.Page;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.testing.House;
import org.switchwright.replay.Disclosure;
import org.switchwright.replay.Explanation;
import org.switchwright.replay.JournalFold;
import org.switchwright.replay.JournalFold.Until;
import org.switchwright.replay.Replayed;
import org.switchwright.replay.Timeline;
import org.switchwright.replay.privacy.Erasure.Outcome;

class ErasureTest {
  private static final List<String> TABLES =
      List.of("call_history", "agent_stint", "queue_quarter", "call_mention", "agent_now");
  private Replayed replayed;
  private Erasure erasure;

  @BeforeEach
  void open() throws SQLException, IOException {
    replayed = new Replayed();
    erasure = new Erasure(replayed.database.dataSource(), replayed.keys::erase);
  }

  @AfterEach
  void close() throws SQLException {
    replayed.close();
  }

  @Test
  void shouldEraseThePersonAndNothingElse() throws SQLException {
    CallId call = replayed.eventfulCall();
    CallId other = replayed.house.arrive("support", Duration.ofSeconds(9), Duration.ZERO);
    replayed.house.pass(Duration.ofMinutes(10));
    replayed.catchUp();
    JournalFold fold = new JournalFold(replayed.database.dataSource(), replayed.format);
    Timeline timeline = new Timeline(replayed.database.dataSource(), replayed.format);
    Explanation explanation = new Explanation(replayed.database.dataSource());
    var foldBefore = fold.call(call, new Until.Now());
    var siteBefore = fold.site(House.SITE, new Until.Now());
    var timelineBefore = timeline.of(call, Disclosure.MASKED);
    var shownBefore = timeline.of(call, Disclosure.SHOWN).orElseThrow();
    var explanationBefore = explanation.of(call);
    List<String> viewsBefore = dump();

    Outcome outcome = erasure.erase(new InteractionId("i-" + call));

    assertThat(outcome).isEqualTo(new Outcome.Erased(List.of(call), 1));
    assertThat(foldBefore.state().arrival().caller().text()).isPresent();
    var foldAfter = fold.call(call, new Until.Now());
    assertThat(foldAfter.state().arrival().caller().text()).isEmpty();
    assertThat(foldAfter.hash()).isEqualTo(foldBefore.hash());
    assertThat(fold.site(House.SITE, new Until.Now()).hash()).isEqualTo(siteBefore.hash());
    assertThat(
            new JournalFold(replayed.database.dataSource(), new EventFormat(new SealedPersonal()))
                .call(call, new Until.Now())
                .hash())
        .isEqualTo(foldBefore.hash());
    assertThat(timeline.of(call, Disclosure.MASKED)).isEqualTo(timelineBefore);
    assertThat(explanation.of(call)).isEqualTo(explanationBefore);
    assertThat(shownBefore.caller()).isPresent();
    assertThat(timeline.of(call, Disclosure.SHOWN).orElseThrow().caller()).isEmpty();
    assertThat(timeline.of(call, Disclosure.SHOWN).orElseThrow().entries())
        .isEqualTo(shownBefore.entries());
    replayed.rebuild();
    assertThat(dump()).isEqualTo(viewsBefore);
    assertThat(timeline.of(other, Disclosure.SHOWN).orElseThrow().caller()).isPresent();
    Page<CallHistory.PastCall> history =
        new CallHistory(replayed.database.dataSource())
            .page(CallHistory.Filter.ALL, Optional.empty(), 10);
    assertThat(history.rows()).hasSize(2);
  }

  @Test
  void shouldKeepTheKeysOfAgents() throws SQLException {
    CallId call = replayed.eventfulCall();
    replayed.catchUp();

    erasure.erase(new InteractionId("i-" + call));

    var agent =
        new JournalFold(replayed.database.dataSource(), replayed.format)
            .agent(new org.switchwright.domain.AgentId("a4"), new Until.Now());
    assertThat(agent.state().station().contact().text()).isPresent();
  }

  @Test
  void shouldEraseWhoWasExpectedAndNeverCame() throws SQLException {
    replayed.house.ready("a1", Map.of("selling", 7), House.Phone.ANSWERS);
    CallId call = replayed.house.expect("sales");
    replayed.house.pass(Duration.ofMinutes(3));
    replayed.catchUp();

    Outcome outcome = erasure.erase(new InteractionId("i-e1"));

    assertThat(outcome).isEqualTo(new Outcome.Erased(List.of(call), 1));
    var agent =
        new JournalFold(replayed.database.dataSource(), replayed.format)
            .agent(new org.switchwright.domain.AgentId("a1"), new Until.Now());
    assertThat(agent.state().station().contact().text()).isPresent();
  }

  @Test
  void shouldRefuseWhileACallOfTheInteractionIsLive() throws SQLException {
    replayed.house.ready("a1", Map.of("selling", 7), House.Phone.ANSWERS);
    CallId call = replayed.house.arrive("sales", Duration.ofHours(1), Duration.ofMinutes(30));
    replayed.house.pass(Duration.ofMinutes(1));
    replayed.catchUp();

    Outcome outcome = erasure.erase(new InteractionId("i-" + call));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.StillLive(
                call,
                "Expected interaction i-c1 to be over before it is erased, but its call c1 is"
                    + " not"));
    assertThat(
            new Timeline(replayed.database.dataSource(), replayed.format)
                .of(call, Disclosure.SHOWN)
                .orElseThrow()
                .caller())
        .isPresent();
  }

  @Test
  void shouldFindACallThatTheViewsHaveNotTakenIn() throws SQLException {
    CallId call = replayed.house.arrive("sales", Duration.ofSeconds(5), Duration.ZERO);
    replayed.house.pass(Duration.ofMinutes(1));
    replayed.write();

    assertThat(erasure.erase(new InteractionId("i-" + call)))
        .isEqualTo(new Outcome.Erased(List.of(call), 1));
    assertThat(erasure.erase(new InteractionId("i-" + call)))
        .isEqualTo(new Outcome.Erased(List.of(call), 0));
    assertThat(erasure.erase(new InteractionId("i-nobody"))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void shouldHoldNoPersonInClearAnywhere() throws SQLException {
    replayed.eventfulCall();
    replayed.catchUp();

    try (Connection connection = replayed.database.connection()) {
      for (String person : List.of("Mustermann", "+4930", "198.51.100.9", "192.0.2.7")) {
        assertThat(
                number(
                    connection,
                    "SELECT count(*) FROM event_journal"
                        + " WHERE position('"
                        + person
                        + "' IN convert_from(event_payload, 'UTF8')) > 0"))
            .isZero();
        assertThat(dump().toString()).doesNotContain(person);
      }
    }
  }

  private List<String> dump() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = replayed.database.connection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        ResultSet row = statement.executeQuery("SELECT t::text FROM " + table + " t ORDER BY 1");
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
    }
    return rows;
  }
}
