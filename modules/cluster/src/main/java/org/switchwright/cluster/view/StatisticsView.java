package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.statistics.Ledger;
import org.switchwright.journal.format.Subjects;

/**
 * Keeps {@code queue_visit}, {@code call_offering}, {@code site_stint} and {@code queue_skills}:
 * what statistics are computed from, as the {@link Ledger} notes it down; of the own site, and of
 * those that are watched, from what they report.
 */
final class StatisticsView implements View {
  private static final List<String> TABLES =
      List.of("queue_visit", "call_offering", "site_stint", "queue_skills");

  @Override
  public List<String> tables() {
    return TABLES;
  }

  /** What happened at a site, and whom it is about. */
  record Told(SiteId site, SiteEvent event, Subjects subjects) {}

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    List<Told> told = new ArrayList<>();
    for (Happening it : batch) {
      switch (it.event()) {
        case SiteEvent event -> told.add(new Told(new SiteId(it.id()), event, it.subjects()));
        case MonitorEvent.Reported reported -> {
          for (Report report : reported.reports()) {
            Subjects subjects = Subjects.of(it.id(), report.event());
            told.add(new Told(new SiteId(it.id()), report.event(), subjects));
          }
        }
        case MonitorEvent.StartedOver _ -> {
          note(connection, told);
          told.clear();
          forget(connection, it.id());
        }
        default -> {}
      }
    }
    note(connection, told);
  }

  private static void note(Connection connection, List<Told> told) throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    LedgerTables tables = LedgerTables.load(connection, told);
    for (Told it : told) {
      new Ledger(it.site(), tables.of(it.site())).note(it.event());
    }
    tables.store(connection);
  }

  /** Its history comes once more, from the first event. */
  private void forget(Connection connection, String site) throws SQLException {
    for (String table : TABLES) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE site = ?")) {
        new Parameters(delete).text(site);
        delete.executeUpdate();
      }
    }
  }
}
