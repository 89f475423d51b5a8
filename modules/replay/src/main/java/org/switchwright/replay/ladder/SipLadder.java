package org.switchwright.replay.ladder;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.switchwright.domain.CallId;

/** The SIP messages of a call, and how to draw them. */
public final class SipLadder {
  /** Messages of one ladder, at most; the first ones. */
  public static final int MAX_MESSAGES = 2_000;

  private static final int WIDTH = 27;

  private static final String SELECT =
      """
      SELECT leg, at, inbound, method, status, cseq, has_sdp FROM sip_message
      WHERE call_id = ? ORDER BY at, id LIMIT ?
      """;

  private final DataSource source;

  public SipLadder(DataSource source) {
    this.source = source;
  }

  /** In the order of their times; none where none were stored. */
  public List<SipMessage> of(CallId call) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, call.value());
      select.setInt(2, MAX_MESSAGES);
      List<SipMessage> messages = new ArrayList<>();
      ResultSet row = select.executeQuery();
      while (row.next()) {
        messages.add(
            new SipMessage(
                call,
                row.getInt(1),
                Objects.requireNonNull(row.getObject(2, OffsetDateTime.class)).toInstant(),
                row.getBoolean(3),
                row.getString(4),
                row.getInt(5),
                row.getLong(6),
                row.getBoolean(7)));
      }
      return messages;
    }
  }

  /**
   * Draws a ladder for a terminal: seconds since the first message, the caller, us, the agents.
   *
   * <pre>
   *             caller               switchwright                 agent
   *    0.000      |------ INVITE sdp ------>|                         |
   *    0.004      |                         |------ INVITE sdp ------>|  offer 1
   * </pre>
   */
  public static String draw(List<SipMessage> messages) {
    if (messages.isEmpty()) {
      return "";
    }
    Instant start = messages.getFirst().at();
    StringBuilder text = new StringBuilder();
    text.append(" ".repeat(12)).append("caller");
    text.append(" ".repeat(WIDTH - 9)).append("switchwright");
    text.append(" ".repeat(WIDTH - 9)).append("agent\n");
    for (SipMessage message : messages) {
      double seconds = Duration.between(start, message.at()).toNanos() / 1e9;
      text.append(String.format(Locale.ROOT, "%9.3f     |", seconds));
      String blank = " ".repeat(WIDTH);
      boolean caller = message.leg() == 0;
      String arrow = arrow(label(message), caller == message.inbound());
      text.append(caller ? arrow : blank).append('|').append(caller ? blank : arrow).append('|');
      text.append(caller ? "" : "  offer " + message.leg()).append('\n');
    }
    return text.toString();
  }

  private static String label(SipMessage message) {
    String what =
        message.status() == 0 ? message.method() : message.status() + " " + message.method();
    return message.hasSession() ? what + " sdp" : what;
  }

  private static String arrow(String label, boolean toTheRight) {
    int dashes = Math.max(2, WIDTH - 3 - label.length());
    String left = "-".repeat(dashes / 2);
    String right = "-".repeat(dashes - dashes / 2);
    return toTheRight
        ? left + " " + label + " " + right + ">"
        : "<" + left + " " + label + " " + right;
  }
}
