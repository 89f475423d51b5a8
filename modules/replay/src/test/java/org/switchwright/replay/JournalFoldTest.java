package org.switchwright.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.Phase;
import org.switchwright.journal.testing.House;
import org.switchwright.replay.JournalFold.Until;

class JournalFoldTest {
  private Replayed replayed;
  private CallId call;
  private JournalFold fold;

  @BeforeEach
  void open() throws SQLException, IOException {
    replayed = new Replayed();
    call = replayed.eventfulCall();
    replayed.catchUp();
    fold = new JournalFold(replayed.database.dataSource(), replayed.format);
  }

  @AfterEach
  void close() throws SQLException {
    replayed.close();
  }

  @Test
  void shouldComeToTheStateThatWasLive() throws SQLException {
    assertThat(fold.call(call, new Until.Now()).state())
        .isEqualTo(replayed.house.state("call|" + call));
    assertThat(fold.site(House.SITE, new Until.Now()).state())
        .isEqualTo(replayed.house.state("site|" + House.SITE));
    assertThat(fold.agent(new AgentId("a2"), new Until.Now()).state())
        .isEqualTo(replayed.house.state("agent|a2"));
  }

  @Test
  void shouldGoToAnyEventAndAnyInstant() throws SQLException {
    var first = fold.call(call, new Until.Sequence(1));
    var ringing = fold.call(call, new Until.At(Replayed.START.plus(Duration.ofMillis(11_000))));
    var before = fold.call(call, new Until.At(Replayed.START));
    var after = fold.call(call, new Until.Now());

    assertThat(first.state().phase()).isInstanceOf(Phase.Seeking.class);
    assertThat(first.sequenceNr()).isEqualTo(1);
    assertThat(ringing.state().phase()).isInstanceOf(Phase.Ringing.class);
    assertThat(before.sequenceNr()).isZero();
    assertThat(before.at()).isEmpty();
    assertThat(after.state().phase()).isInstanceOf(Phase.Over.class);
  }

  @Test
  void shouldGiveTheSameHashForTheSameStateOnly() throws SQLException {
    var once = fold.call(call, new Until.Sequence(5));
    var again = fold.call(call, new Until.Sequence(5));
    var other = fold.call(call, new Until.Sequence(6));

    assertThat(once.hash()).matches("[0-9a-f]{64}").isEqualTo(again.hash());
    assertThat(once.hash()).isNotEqualTo(other.hash());
  }
}
