package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a batch adds to the counts of queues. */
final class QueueCounts {
  static final long QUARTER_SECONDS = 900;

  private static final String ADD =
      """
      INSERT INTO queue_quarter AS q (site, queue, starts_at, offered, answered, abandoned,
        overflowed, refused, failed, answered_waited_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (site, queue, starts_at) DO UPDATE SET
        offered = q.offered + EXCLUDED.offered, answered = q.answered + EXCLUDED.answered,
        abandoned = q.abandoned + EXCLUDED.abandoned,
        overflowed = q.overflowed + EXCLUDED.overflowed, refused = q.refused + EXCLUDED.refused,
        failed = q.failed + EXCLUDED.failed,
        answered_waited_ms = q.answered_waited_ms + EXCLUDED.answered_waited_ms
      """;

  private record Quarter(String site, String queue, Instant startsAt) {}

  /** Of one queue in one quarter of an hour. */
  static final class Counts {
    long offered;
    long answered;
    long abandoned;
    long overflowed;
    long refused;
    long failed;
    long answeredWaitedMs;
  }

  private final Map<Quarter, Counts> counts = new LinkedHashMap<>();

  Counts at(String site, String queue, Instant at) {
    long starts = Math.floorDiv(at.getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS;
    Quarter quarter = new Quarter(site, queue, Instant.ofEpochSecond(starts));
    return counts.computeIfAbsent(quarter, _ -> new Counts());
  }

  void store(Connection connection) throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      Parameters parameters = new Parameters(add);
      for (Map.Entry<Quarter, Counts> entry : counts.entrySet()) {
        Quarter quarter = entry.getKey();
        Counts more = entry.getValue();
        parameters
            .text(quarter.site())
            .text(quarter.queue())
            .at(quarter.startsAt())
            .number(more.offered)
            .number(more.answered)
            .number(more.abandoned)
            .number(more.overflowed)
            .number(more.refused)
            .number(more.failed)
            .number(more.answeredWaitedMs)
            .addToBatch();
      }
      add.executeBatch();
    }
  }
}
