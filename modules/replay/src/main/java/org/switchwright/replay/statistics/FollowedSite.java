package org.switchwright.replay.statistics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.replay.EntityHistory;

/**
 * A site's state as its journal has it, for questions that no table answers. Starts from the last
 * snapshot, and reads at each question what has come since the one before.
 */
public final class FollowedSite {
  private static final String SNAPSHOT =
      """
      SELECT sequence_number, snapshot_payload FROM snapshot
      WHERE persistence_id = ? ORDER BY sequence_number DESC LIMIT 1
      """;

  private record At(SiteState state, long sequenceNr) {}

  private final DataSource source;
  private final SiteId site;
  private final EventFormat format = new EventFormat(new SealedPersonal());
  private @Nullable At last;

  public FollowedSite(DataSource source, SiteId site) {
    this.source = source;
    this.site = site;
  }

  /** With every event that was committed before the question. */
  public synchronized SiteState now() throws SQLException {
    try (Connection connection = source.getConnection()) {
      At at = last == null ? start(connection) : last;
      EntityHistory history =
          new EntityHistory(connection, format, "site|" + site, at.sequenceNr());
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        SiteState state = at.state();
        for (EntityHistory.Numbered each : some) {
          state = Site.AGGREGATE.evolve(state, (SiteEvent) each.event());
        }
        at = new At(state, some.getLast().sequenceNr());
      }
      last = at;
      return at.state();
    }
  }

  private At start(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SNAPSHOT)) {
      select.setString(1, "site|" + site);
      ResultSet row = select.executeQuery();
      return row.next()
          ? new At(format.readValue(row.getBytes(2), SiteState.class), row.getLong(1))
          : new At(Site.AGGREGATE.initial(site.value()), 0);
    }
  }
}
