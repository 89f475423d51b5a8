package org.switchwright.replay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

/** What a watched site was like at some moments, by reports that came later. */
public final class SiteThen {
  private static final EventFormat FORMAT = new EventFormat(new SealedPersonal());

  private SiteThen() {}

  /**
   * @param after the monitor's event after which reports count
   * @param from what the site was like then
   * @param moments in question
   * @return the site at each of them of which a later report tells; nothing where the site's
   *     history has begun anew since
   */
  public static SortedMap<Instant, SiteState> at(
      DataSource source, SiteId site, long after, SiteState from, SortedSet<Instant> moments)
      throws SQLException {
    SortedMap<Instant, SiteState> found = new TreeMap<>();
    SiteState state = from;
    try (Connection connection = source.getConnection()) {
      EntityHistory history = new EntityHistory(connection, FORMAT, "monitor|" + site, after);
      for (var some = history.next();
          !some.isEmpty() && found.size() < moments.size();
          some = history.next()) {
        for (EntityHistory.Numbered each : some) {
          switch ((MonitorEvent) each.event()) {
            case MonitorEvent.Reported it -> {
              for (Report report : it.reports()) {
                for (Instant moment : moments.headSet(report.event().at())) {
                  found.putIfAbsent(moment, state);
                }
                state = Site.AGGREGATE.evolve(state, report.event());
              }
            }
            case MonitorEvent.StartedOver _ -> {
              return new TreeMap<>();
            }
            case MonitorEvent.LinkLost _,
                MonitorEvent.LinkRestored _,
                MonitorEvent.HistoryLoaded _,
                MonitorEvent.HistoryForgotten _,
                MonitorEvent.EstimatesLearned _,
                MonitorEvent.ScheduleLoaded _,
                MonitorEvent.EstimateScored _ -> {}
          }
        }
      }
    }
    return found;
  }
}
