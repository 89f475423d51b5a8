package org.switchwright.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

/**
 * A cut of a watched site's link, as the journal has it: the same whenever it is asked for.
 *
 * @param lost what was known of the site when the link was lost, and how many events that was
 * @param learned what was learned of how estimates are told, since then and until the moment in
 *     question, in order
 */
public record CutThen(Followed.At<MonitorState> lost, List<MonitorEvent.EstimatesLearned> learned) {
  private static final String SNAPSHOTS =
      """
      SELECT sequence_number, snapshot_payload FROM snapshot
      WHERE persistence_id = ? AND created <= ? ORDER BY sequence_number DESC
      """;

  private static final EventFormat FORMAT = new EventFormat(new SealedPersonal());

  /** What is after it was not written before it happened, however far clocks are apart. */
  private static final long CLOCKS_MS = 60_000;

  /** Later than any event. */
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  public CutThen {
    learned = List.copyOf(learned);
  }

  /** When the link was lost. */
  public Instant at() {
    return lost.state().lostAt().orElse(Instant.MIN);
  }

  /**
   * The cut that goes on, by all that is journaled.
   *
   * @return empty where the link is up, or was never heard before
   */
  public static Optional<CutThen> now(DataSource source, SiteId site) throws SQLException {
    return at(source, site, LAST);
  }

  /**
   * The cut that went on at a moment, by what was journaled until then.
   *
   * @return empty where the link was up then, or was never heard before
   */
  public static Optional<CutThen> at(DataSource source, SiteId site, Instant moment)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      Followed.At<MonitorState> at = start(connection, site, moment);
      MonitorState state = at.state();
      Followed.At<MonitorState> lost = at;
      List<MonitorEvent.EstimatesLearned> learned = new ArrayList<>();
      EntityHistory history =
          new EntityHistory(connection, FORMAT, "monitor|" + site, at.sequenceNr());
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        for (EntityHistory.Numbered each : some) {
          MonitorEvent event = (MonitorEvent) each.event();
          if (event.at().isAfter(moment)) {
            return cut(state, lost, learned);
          }
          boolean up = state.trouble().isEmpty();
          state = SiteMonitor.AGGREGATE.evolve(state, event);
          if (event instanceof MonitorEvent.LinkLost && up) {
            lost = new Followed.At<>(state, each.sequenceNr());
            learned.clear();
          }
          if (event instanceof MonitorEvent.EstimatesLearned it) {
            learned.add(it);
          }
        }
      }
      return cut(state, lost, learned);
    }
  }

  private static Optional<CutThen> cut(
      MonitorState state,
      Followed.At<MonitorState> lost,
      List<MonitorEvent.EstimatesLearned> learned) {
    return state.trouble().isPresent() && lost.state().trouble().isPresent()
        ? Optional.of(new CutThen(lost, learned))
        : Optional.empty();
  }

  /** The last snapshot that was made while the link was up, or the beginning. */
  private static Followed.At<MonitorState> start(Connection connection, SiteId site, Instant moment)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SNAPSHOTS)) {
      select.setString(1, "monitor|" + site);
      select.setLong(2, moment.toEpochMilli() - CLOCKS_MS);
      ResultSet row = select.executeQuery();
      while (row.next()) {
        MonitorState state = FORMAT.readValue(row.getBytes(2), MonitorState.class);
        if (state.trouble().isEmpty()) {
          return new Followed.At<>(state, row.getLong(1));
        }
      }
    }
    return new Followed.At<>(SiteMonitor.AGGREGATE.initial(site.value()), 0);
  }
}
