package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.site.SiteEvent;

/** Keeps {@code strategy_version}: what was published, by whom and why, and what is in force. */
final class StrategyView implements View {
  private static final String INSERT =
      """
      INSERT INTO strategy_version (site, strategy, version, active, source, file_names,
        file_texts, points, published_at, published_by, why)
      VALUES (?, ?, ?, false, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String ACTIVATE =
      "UPDATE strategy_version SET active = (version = ?) WHERE site = ? AND strategy = ?";

  @Override
  public List<String> tables() {
    return List.of("strategy_version");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    for (Happening it : batch) {
      if (it.event() instanceof SiteEvent.StrategyPublished published) {
        insert(connection, it.id(), published);
        activate(connection, it.id(), published.strategy(), published.version());
      } else if (it.event() instanceof SiteEvent.StrategyActivated activated) {
        activate(connection, it.id(), activated.strategy(), activated.to());
      }
    }
  }

  private static void insert(Connection connection, String site, SiteEvent.StrategyPublished it)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      new Parameters(insert)
          .text(site)
          .text(it.strategy().value())
          .number(it.version())
          .text(it.source().text())
          .texts(it.source().files().keySet())
          .texts(it.source().files().values())
          .texts(it.points().stream().map(RoutingPointId::value).toList())
          .at(it.at())
          .text(it.by())
          .text(it.why());
      insert.executeUpdate();
    }
  }

  private static void activate(Connection connection, String site, StrategyId strategy, int version)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ACTIVATE)) {
      new Parameters(update).number(version).text(site).text(strategy.value());
      update.executeUpdate();
    }
  }
}
