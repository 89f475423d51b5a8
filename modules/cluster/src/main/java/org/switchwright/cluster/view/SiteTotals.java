package org.switchwright.cluster.view;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;

/** A site in one line. */
public final class SiteTotals {
  /**
   * @param ready agents that would be given a call now
   * @param waiting calls in queues
   * @param talking calls whose caller and agent talk
   */
  public record SiteTotal(
      SiteId site, int queues, int agents, int loggedIn, int ready, int waiting, int talking) {}

  /** All sites. */
  public record Totals(List<SiteTotal> sites, AsOf asOf) {
    public Totals {
      sites = List.copyOf(sites);
    }
  }

  private static final String SELECT =
      """
      WITH q AS (SELECT site, count(*) AS queues FROM site_queue GROUP BY site),
        a AS (
          SELECT site, count(*) AS agents,
            count(*) FILTER (WHERE wish <> 'LOGGED_OUT') AS logged_in,
            count(*) FILTER (WHERE wish = 'READY' AND station AND work = 'FREE') AS ready
          FROM agent_now GROUP BY site),
        c AS (
          SELECT site, count(*) FILTER (WHERE state = 'WAITING') AS waiting,
            count(*) FILTER (WHERE state = 'CONNECTED') AS talking
          FROM live_call GROUP BY site)
      SELECT q.site, q.queues, coalesce(a.agents, 0), coalesce(a.logged_in, 0),
        coalesce(a.ready, 0), coalesce(c.waiting, 0), coalesce(c.talking, 0)
      FROM q LEFT JOIN a USING (site) LEFT JOIN c USING (site) ORDER BY q.site
      """;

  private final ReadModels models;

  public SiteTotals(DataSource source) {
    this.models = new ReadModels(source);
  }

  public Totals read() throws SQLException {
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(SELECT)) {
        List<SiteTotal> sites = new ArrayList<>();
        Cells cells = new Cells(select.executeQuery());
        while (cells.next()) {
          sites.add(
              new SiteTotal(
                  new SiteId(cells.text()),
                  cells.count(),
                  cells.count(),
                  cells.count(),
                  cells.count(),
                  cells.count(),
                  cells.count()));
        }
        return new Totals(sites, asOf);
      }
    });
  }
}
