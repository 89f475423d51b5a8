package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.site.SiteConfiguration;

/** Writes {@code site_queue}: the queues that each site has now, in the order of configuration. */
final class SiteQueues {
  private static final String DELETE = "DELETE FROM site_queue WHERE site = ANY (?)";

  private static final String INSERT =
      """
      INSERT INTO site_queue
        (site, queue, place, required, max_waiting, max_wait_ms, priority_worth_ms, members)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final SkillLevels levels;

  SiteQueues(SkillLevels levels) {
    this.levels = levels;
  }

  void store(Connection connection, Map<String, SiteConfiguration> configurations)
      throws SQLException {
    if (configurations.isEmpty()) {
      return;
    }
    try (PreparedStatement delete = connection.prepareStatement(DELETE);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      new Parameters(delete).texts(configurations.keySet());
      delete.executeUpdate();
      Parameters parameters = new Parameters(insert);
      for (Map.Entry<String, SiteConfiguration> site : configurations.entrySet()) {
        int place = 0;
        for (SiteConfiguration.Queue queue : site.getValue().queues()) {
          parameters
              .text(site.getKey())
              .text(queue.id().value())
              .number(++place)
              .json(levels.write(queue.required()))
              .number(queue.maxWaiting())
              .number(queue.maxWait().toMillis())
              .number(site.getValue().rules().priorityWorth().toMillis())
              .texts(queue.choosing().members().keySet().stream().map(AgentId::value).toList())
              .addToBatch();
        }
      }
      insert.executeBatch();
    }
  }
}
