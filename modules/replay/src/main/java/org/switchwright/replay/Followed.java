package org.switchwright.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

/**
 * An aggregate's state as its journal has it, for questions that no table answers. Starts from the
 * last snapshot, and reads at each question what has come since the one before.
 */
public final class Followed<E, S> {
  private static final String SNAPSHOT =
      """
      SELECT sequence_number, snapshot_payload FROM snapshot
      WHERE persistence_id = ? ORDER BY sequence_number DESC LIMIT 1
      """;

  /** One for all: what it learns of each kind of event it learns once. */
  private static final EventFormat FORMAT = new EventFormat(new SealedPersonal());

  /**
   * @param sequenceNr of the last event in it, 0 for none
   */
  public record At<S>(S state, long sequenceNr) {}

  private final DataSource source;
  private final String persistenceId;
  private final Aggregate<?, E, S> aggregate;
  private final Class<E> events;
  private final S initial;
  private @Nullable At<S> last;

  private Followed(
      DataSource source, String kind, String id, Aggregate<?, E, S> aggregate, Class<E> events) {
    this.source = source;
    this.persistenceId = kind + "|" + id;
    this.aggregate = aggregate;
    this.events = events;
    this.initial = aggregate.initial(id);
  }

  public static Followed<SiteEvent, SiteState> site(DataSource source, SiteId site) {
    return new Followed<>(source, "site", site.value(), Site.AGGREGATE, SiteEvent.class);
  }

  /** What is known of a site that is watched. */
  public static Followed<MonitorEvent, MonitorState> monitor(DataSource source, SiteId site) {
    return new Followed<>(
        source, "monitor", site.value(), SiteMonitor.AGGREGATE, MonitorEvent.class);
  }

  /** With every event that was committed before the question. */
  public S now() throws SQLException {
    return at().state();
  }

  /** The same, and how many events that is. */
  public synchronized At<S> at() throws SQLException {
    try (Connection connection = source.getConnection()) {
      At<S> at = last == null ? start(connection) : last;
      EntityHistory history = new EntityHistory(connection, FORMAT, persistenceId, at.sequenceNr());
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        S state = at.state();
        for (EntityHistory.Numbered each : some) {
          state = aggregate.evolve(state, events.cast(each.event()));
        }
        at = new At<>(state, some.getLast().sequenceNr());
      }
      last = at;
      return at;
    }
  }

  @SuppressWarnings("unchecked")
  private At<S> start(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SNAPSHOT)) {
      select.setString(1, persistenceId);
      ResultSet row = select.executeQuery();
      return row.next()
          ? new At<>(
              FORMAT.readValue(row.getBytes(2), (Class<S>) initial.getClass()), row.getLong(1))
          : new At<>(initial, 0);
    }
  }
}
