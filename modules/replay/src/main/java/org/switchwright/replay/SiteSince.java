package org.switchwright.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

/**
 * A site as its journal had it at one moment, and what has happened since: the same whenever it is
 * asked. Not for several threads.
 */
public final class SiteSince {
  private static final String SNAPSHOT =
      """
      SELECT sequence_number, snapshot_payload FROM snapshot
      WHERE persistence_id = ? AND created <= ? ORDER BY sequence_number DESC LIMIT 1
      """;

  private static final EventFormat FORMAT = new EventFormat(new SealedPersonal());

  /** What is after it was not written before it happened, however far clocks are apart. */
  private static final long CLOCKS_MS = 60_000;

  private final DataSource source;
  private final String persistenceId;
  private final Instant moment;
  private SiteState state;
  private long sequenceNr;

  private SiteSince(DataSource source, SiteId site, Instant moment) {
    this.source = source;
    this.persistenceId = "site|" + site;
    this.moment = moment;
    this.state = Site.AGGREGATE.initial(site.value());
  }

  /**
   * Folds the site up to that moment.
   *
   * @throws SQLException if the journal cannot be read
   */
  public static SiteSince of(DataSource source, SiteId site, Instant moment) throws SQLException {
    SiteSince since = new SiteSince(source, site, moment);
    since.fold();
    return since;
  }

  private void fold() throws SQLException {
    try (Connection connection = source.getConnection()) {
      start(connection);
      EntityHistory history = new EntityHistory(connection, FORMAT, persistenceId, sequenceNr);
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        for (EntityHistory.Numbered each : some) {
          SiteEvent event = (SiteEvent) each.event();
          if (event.at().isAfter(moment)) {
            return;
          }
          state = Site.AGGREGATE.evolve(state, event);
          sequenceNr = each.sequenceNr();
        }
      }
    }
  }

  private void start(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SNAPSHOT)) {
      select.setString(1, persistenceId);
      select.setLong(2, moment.toEpochMilli() - CLOCKS_MS);
      ResultSet row = select.executeQuery();
      if (row.next()) {
        sequenceNr = row.getLong(1);
        state = FORMAT.readValue(row.getBytes(2), SiteState.class);
      }
    }
  }

  /** As it was then. */
  public SiteState state() {
    return state;
  }

  /**
   * Tells of the events since, or since this was last asked, in order. A busy site has millions of
   * them, so they are not kept.
   *
   * @param last up to when, with it
   */
  public void until(Instant last, Consumer<SiteEvent> each) throws SQLException {
    try (Connection connection = source.getConnection()) {
      EntityHistory history = new EntityHistory(connection, FORMAT, persistenceId, sequenceNr);
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        for (EntityHistory.Numbered one : some) {
          SiteEvent event = (SiteEvent) one.event();
          if (event.at().isAfter(last)) {
            return;
          }
          each.accept(event);
          sequenceNr = one.sequenceNr();
        }
      }
    }
  }
}
