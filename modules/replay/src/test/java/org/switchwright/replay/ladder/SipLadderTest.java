package org.switchwright.replay.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.JournalRows;

class SipLadderTest {
  private static final CallId CALL = new CallId("c1");
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldStoreMessagesAndDrawThem() throws SQLException {
    try (SipTraceWriter writer = SipTraceWriter.start(database.dataSource())) {
      writer.record(message(0, 0, true, "INVITE", 0, true));
      writer.record(message(2, 0, false, "INVITE", 100, false));
      writer.record(message(12, 1, false, "INVITE", 0, true));
      writer.record(message(40, 1, true, "INVITE", 180, false));
      writer.record(message(2_500, 1, true, "INVITE", 200, true));
      writer.record(message(2_501, 0, false, "INVITE", 200, true));
    }

    SipLadder ladder = new SipLadder(database.dataSource());

    assertThat(SipLadder.draw(ladder.of(CALL)))
        .isEqualTo(
            """
                        caller                  switchwright                  agent
                0.000     |------- INVITE sdp ------->|                           |
                0.002     |<------- 100 INVITE -------|                           |
                0.012     |                           |------- INVITE sdp ------->|  offer 1
                0.040     |                           |<------- 180 INVITE -------|  offer 1
                2.500     |                           |<----- 200 INVITE sdp -----|  offer 1
                2.501     |<----- 200 INVITE sdp -----|                           |
            """);
    assertThat(ladder.of(new CallId("other"))).isEmpty();
    assertThat(SipLadder.draw(List.of())).isEmpty();
  }

  @Test
  void shouldDropAndCountWhatItCannotHold() throws SQLException {
    try (Connection blocker = database.ownConnection()) {
      blocker.setAutoCommit(false);
      JournalRows.execute(blocker, "LOCK TABLE sip_message IN ACCESS EXCLUSIVE MODE");
      SipTraceWriter writer = SipTraceWriter.start(database.dataSource(), 100);
      for (int n = 0; n < 1_000; n++) {
        writer.record(message(n, 0, true, "INVITE", 0, false));
      }
      assertThat(writer.dropped()).isPositive();
      blocker.rollback();
      writer.close();

      assertThat(writer.stored() + writer.dropped()).isEqualTo(1_000);
      assertThat(JournalRows.number(blocker, "SELECT count(*) FROM sip_message"))
          .isEqualTo(writer.stored());
    }
  }

  @Test
  void shouldNotKeepATextThatAPeerMadeUp() {
    assertThat(message(0, 0, true, "sip:+4930123@example.org", 0, false).method())
        .isEqualTo("OTHER");
  }

  private static SipMessage message(
      int ms, int leg, boolean inbound, String method, int status, boolean session) {
    return new SipMessage(CALL, leg, START.plusMillis(ms), inbound, method, status, 1, session);
  }
}
