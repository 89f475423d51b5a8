package org.switchwright.cluster.view;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;

/** The sites, each in one line. */
public final class SiteStates {
  /**
   * @param ready agents who would get a call now
   * @param talking callers who talk to an agent, as far as the site knows
   */
  public record SiteNow(
      SiteId site, int queues, int agents, int loggedIn, int ready, int waiting, int talking) {}

  /** All sites by name. */
  public record SiteReport(List<SiteNow> sites, AsOf asOf) {
    public SiteReport {
      sites = List.copyOf(sites);
    }
  }

  private static final String SELECT =
      """
      SELECT q.site, q.queues, coalesce(a.agents, 0), coalesce(a.logged_in, 0),
        coalesce(a.ready, 0), coalesce(c.waiting, 0), coalesce(c.talking, 0)
      FROM (SELECT site, count(*) AS queues FROM site_queue GROUP BY site) q
      LEFT JOIN (
        SELECT site, count(*) AS agents,
          count(*) FILTER (WHERE wish <> 'LOGGED_OUT') AS logged_in,
          count(*) FILTER (WHERE wish = 'READY' AND station AND work = 'FREE') AS ready
        FROM agent_now GROUP BY site) a USING (site)
      LEFT JOIN (
        SELECT site, count(*) FILTER (WHERE stand = 'WAITING') AS waiting,
          count(*) FILTER (WHERE stand = 'TALKING') AS talking
        FROM site_call GROUP BY site) c USING (site)
      ORDER BY q.site
      """;

  private final ReadModels models;

  public SiteStates(DataSource source) {
    this.models = new ReadModels(source);
  }

  public SiteReport read() throws SQLException {
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(SELECT)) {
        List<SiteNow> sites = new ArrayList<>();
        Cells cells = new Cells(select.executeQuery());
        while (cells.next()) {
          sites.add(
              new SiteNow(
                  new SiteId(cells.text()),
                  cells.count(),
                  cells.count(),
                  cells.count(),
                  cells.count(),
                  cells.count(),
                  cells.count()));
        }
        return new SiteReport(sites, asOf);
      }
    });
  }
}
