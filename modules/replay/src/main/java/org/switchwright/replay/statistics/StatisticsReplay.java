package org.switchwright.replay.statistics;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.domain.statistics.Ledger;
import org.switchwright.domain.statistics.ServiceCounts.Thresholds;
import org.switchwright.domain.statistics.Statistics;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.replay.EntityHistory;

/**
 * Statistics of any past interval, from the site's first event on; what the read models tell must
 * be the same.
 */
public final class StatisticsReplay {
  private final DataSource source;
  private final EventFormat format = new EventFormat(new SealedPersonal());

  public StatisticsReplay(DataSource source) {
    this.source = source;
  }

  public Statistics of(SiteId site, Interval interval, Thresholds thresholds) throws SQLException {
    MemoryBooks books = new MemoryBooks(interval);
    Ledger ledger = new Ledger(site, books);
    try (Connection connection = source.getConnection()) {
      EntityHistory history = new EntityHistory(connection, format, "site|" + site);
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        some.forEach(each -> ledger.note((SiteEvent) each.event()));
      }
    }
    return Statistics.of(books.facts(), interval, thresholds);
  }

  /** Of a site that is watched, from what it has reported since its history last began anew. */
  public Statistics ofWatched(SiteId site, Interval interval, Thresholds thresholds)
      throws SQLException {
    MemoryBooks books = new MemoryBooks(interval);
    Ledger ledger = new Ledger(site, books);
    try (Connection connection = source.getConnection()) {
      EntityHistory history = new EntityHistory(connection, format, "monitor|" + site);
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        for (EntityHistory.Numbered each : some) {
          switch ((MonitorEvent) each.event()) {
            case MonitorEvent.Reported it -> {
              for (Report report : it.reports()) {
                ledger.note(report.event());
              }
            }
            case MonitorEvent.StartedOver _ -> {
              books = new MemoryBooks(interval);
              ledger = new Ledger(site, books);
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
    return Statistics.of(books.facts(), interval, thresholds);
  }
}
