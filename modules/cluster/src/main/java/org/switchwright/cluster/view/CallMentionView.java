package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.switchwright.domain.site.SiteEvent;

/** Keeps {@code call_mention}: the events of sites that name a call, to find its story quickly. */
final class CallMentionView implements View {
  private static final String INSERT = "INSERT INTO call_mention (call_id, ordering) VALUES (?, ?)";

  @Override
  public List<String> tables() {
    return List.of("call_mention");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Parameters parameters = new Parameters(insert);
      for (Happening it : batch) {
        if (it.event() instanceof SiteEvent && it.subjects().call().isPresent()) {
          parameters.text(it.subjects().call().get().value()).number(it.ordering()).addToBatch();
        }
      }
      insert.executeBatch();
    }
  }
}
