package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.domain.statistics.Statistics.Facts;

/** What was noted down of an interval, as statistics are computed from it. */
public final class StatisticsFacts {
  /** Visits, offerings or stints, at most; some 40 MB of each. */
  public static final int MAX_FACTS = 200_000;

  /** As the indices have it. */
  private static final String OF_SITE =
      """
       WHERE site = ?
      AND int8range(hashtext(site), hashtext(site), '[]')
        && int8range(hashtext(?), hashtext(?), '[]')
      """;

  private static final String FROM_VISITS =
      "SELECT "
          + LedgerRows.VISIT
          + " FROM queue_visit"
          + OF_SITE
          + " AND tstzrange(entered_at, left_at, '[]') && tstzrange(?, ?) LIMIT ?";

  private static final String FROM_OFFERINGS =
      "SELECT "
          + LedgerRows.OFFERING
          + " FROM call_offering"
          + OF_SITE
          + " AND tstzrange(offered_at, over_at, '[]') && tstzrange(?, ?) LIMIT ?";

  private static final String FROM_STINTS =
      "SELECT "
          + LedgerRows.STINT
          + " FROM site_stint"
          + OF_SITE
          + " AND tstzrange(from_at, to_at, '[]') && tstzrange(?, ?) LIMIT ?";

  /** The facts, and of which moment of the journal they are. */
  public record FactsReport(Facts facts, AsOf asOf) {}

  /** More was noted down of the interval than is read at once. */
  public static final class TooMuch extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super(
          "Expected an interval in which there were at most "
              + MAX_FACTS
              + " calls and changes of agents, but there were more; ask for a shorter one");
    }
  }

  @FunctionalInterface
  private interface Rows<T> {
    List<T> of(ResultSet result) throws SQLException;
  }

  private final ReadModels models;

  public StatisticsFacts(DataSource source) {
    this.models = new ReadModels(source);
  }

  /**
   * Everything that touches the interval.
   *
   * @throws TooMuch if that is more than {@value #MAX_FACTS}
   */
  public FactsReport read(SiteId site, Interval interval) throws SQLException {
    return models.read((connection, asOf) ->
        new FactsReport(
            new Facts(
                rows(connection, FROM_VISITS, site, interval, LedgerRows::visits),
                rows(connection, FROM_OFFERINGS, site, interval, LedgerRows::offerings),
                rows(connection, FROM_STINTS, site, interval, LedgerRows::stints)),
            asOf));
  }

  private static <T> List<T> rows(
      Connection connection, String query, SiteId site, Interval interval, Rows<T> rows)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setFetchSize(2_000);
      new Parameters(select)
          .text(site.value())
          .text(site.value())
          .text(site.value())
          .at(interval.from())
          .at(interval.to())
          .number(MAX_FACTS + 1L);
      List<T> found = rows.of(select.executeQuery());
      if (found.size() > MAX_FACTS) {
        throw new TooMuch();
      }
      return found;
    }
  }
}
