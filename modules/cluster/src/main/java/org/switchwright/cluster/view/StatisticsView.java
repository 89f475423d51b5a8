package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.statistics.Ledger;

/**
 * Keeps {@code queue_visit}, {@code call_offering}, {@code site_stint} and {@code queue_skills}:
 * what statistics are computed from, as the {@link Ledger} notes it down.
 */
final class StatisticsView implements View {
  @Override
  public List<String> tables() {
    return List.of("queue_visit", "call_offering", "site_stint", "queue_skills");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    List<Happening> ofSites = batch.stream().filter(it -> it.event() instanceof SiteEvent).toList();
    if (ofSites.isEmpty()) {
      return;
    }
    LedgerTables tables = LedgerTables.load(connection, ofSites);
    for (Happening it : ofSites) {
      new Ledger(new SiteId(it.id()), tables).note((SiteEvent) it.event());
    }
    tables.store(connection);
  }
}
