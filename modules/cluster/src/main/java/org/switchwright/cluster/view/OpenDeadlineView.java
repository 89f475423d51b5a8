package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps {@code open_deadline}: the last deadline of every aggregate that has one. */
final class OpenDeadlineView implements View {
  private static final String UPSERT =
      """
      INSERT INTO open_deadline (persistence_id, due) VALUES (?, ?)
      ON CONFLICT (persistence_id) DO UPDATE SET due = EXCLUDED.due
      WHERE open_deadline.due <> EXCLUDED.due
      """;

  private static final String DELETE = "DELETE FROM open_deadline WHERE persistence_id = ANY (?)";

  @Override
  public List<String> tables() {
    return List.of("open_deadline");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    Map<String, @Nullable Instant> last = new TreeMap<>();
    batch.forEach(it -> last.put(it.persistenceId(), it.due()));
    List<String> closed = new ArrayList<>();
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      Parameters parameters = new Parameters(upsert);
      for (Map.Entry<String, @Nullable Instant> entry : last.entrySet()) {
        Instant due = entry.getValue();
        if (due == null) {
          closed.add(entry.getKey());
        } else {
          parameters.text(entry.getKey()).at(Happening.micros(due)).addToBatch();
        }
      }
      upsert.executeBatch();
      if (!closed.isEmpty()) {
        new Parameters(delete).texts(closed);
        delete.executeUpdate();
      }
    }
  }
}
