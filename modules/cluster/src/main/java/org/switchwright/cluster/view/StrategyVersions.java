package org.switchwright.cluster.view;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;

/** The routing strategies of a site, every version of each. */
public final class StrategyVersions {
  /** Read at once, the latest first. */
  public static final int MAX_VERSIONS = 200;

  /**
   * @param active whether it is in force
   */
  public record StrategyVersion(
      StrategyId strategy,
      int version,
      boolean active,
      String text,
      SortedMap<String, String> files,
      List<String> points,
      Instant at,
      String by,
      String why) {}

  /** By name, the latest version first. */
  public record StrategyReport(List<StrategyVersion> versions, AsOf asOf) {
    public StrategyReport {
      versions = List.copyOf(versions);
    }
  }

  private static final String SELECT =
      """
      SELECT strategy, version, active, source, file_names, file_texts, points, published_at,
        published_by, why
      FROM strategy_version
      WHERE site = ? AND (? = '' OR strategy = ?)
      ORDER BY strategy, version DESC
      LIMIT %d
      """
          .formatted(MAX_VERSIONS);

  private final ReadModels models;

  public StrategyVersions(DataSource source) {
    this.models = new ReadModels(source);
  }

  public StrategyReport of(SiteId site) throws SQLException {
    return read(site, "");
  }

  /** None where there is no such strategy. */
  public StrategyReport of(SiteId site, StrategyId strategy) throws SQLException {
    return read(site, strategy.value());
  }

  private StrategyReport read(SiteId site, String strategy) throws SQLException {
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(SELECT)) {
        new Parameters(select).text(site.value()).text(strategy).text(strategy);
        List<StrategyVersion> versions = new ArrayList<>();
        Cells cells = new Cells(select.executeQuery());
        while (cells.next()) {
          versions.add(version(cells));
        }
        return new StrategyReport(versions, asOf);
      }
    });
  }

  private static StrategyVersion version(Cells cells) throws SQLException {
    StrategyId strategy = new StrategyId(cells.text());
    int number = cells.count();
    boolean active = cells.flag();
    String text = cells.text();
    List<String> names = cells.list();
    List<String> texts = cells.list();
    SortedMap<String, String> files = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      files.put(names.get(i), texts.get(i));
    }
    return new StrategyVersion(
        strategy,
        number,
        active,
        text,
        files,
        cells.list(),
        cells.at(),
        cells.text(),
        cells.text());
  }
}
