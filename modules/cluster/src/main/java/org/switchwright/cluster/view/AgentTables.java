package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.cluster.view.AgentStates.WishKind;
import org.switchwright.cluster.view.AgentStates.Work;
import org.switchwright.domain.OfferId;

/** The rows of {@code agent_now} and {@code agent_stint} that a batch works on. */
final class AgentTables {
  private static final String COLUMNS =
      """
      agent_id, skills, since, site, wish, reason, wished_at, station, work, work_since,
      work_until, call_id, offer, stints, version, acknowledged, site_version, judged_version
      """;

  private static final String SELECT =
      "SELECT " + COLUMNS + " FROM agent_now WHERE agent_id = ANY (?) OR call_id = ANY (?)";

  private static final String UPSERT =
      "INSERT INTO agent_now ("
          + COLUMNS
          + ")"
          + """
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (agent_id) DO UPDATE SET
             skills = EXCLUDED.skills, since = EXCLUDED.since, site = EXCLUDED.site,
             wish = EXCLUDED.wish, reason = EXCLUDED.reason, wished_at = EXCLUDED.wished_at,
             station = EXCLUDED.station, work = EXCLUDED.work, work_since = EXCLUDED.work_since,
             work_until = EXCLUDED.work_until, call_id = EXCLUDED.call_id, offer = EXCLUDED.offer,
             stints = EXCLUDED.stints, version = EXCLUDED.version,
             acknowledged = EXCLUDED.acknowledged, site_version = EXCLUDED.site_version,
             judged_version = EXCLUDED.judged_version
          """;

  private static final String UPSERT_STINT =
      """
      INSERT INTO agent_stint (agent_id, stint, from_at, to_at, wish, reason, station, work, call_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (agent_id, stint) DO UPDATE SET
        to_at = EXCLUDED.to_at, wish = EXCLUDED.wish, reason = EXCLUDED.reason,
        station = EXCLUDED.station, work = EXCLUDED.work, call_id = EXCLUDED.call_id
      """;

  private record StintKey(String agent, int number) {}

  private record Stint(Instant from, @Nullable Instant to, AgentRow.Stand stand) {}

  private final Map<String, AgentRow> rows = new LinkedHashMap<>();
  private final Map<String, AgentRow> changed = new LinkedHashMap<>();
  private final Map<StintKey, Stint> stints = new LinkedHashMap<>();

  private AgentTables() {}

  /** Makes a row where there is none. */
  void create(String agent, String skills, Instant at) {
    if (!rows.containsKey(agent)) {
      AgentRow row = new AgentRow(agent, skills, at);
      row.stints = 1;
      rows.put(agent, row);
      stints.put(new StintKey(agent, 1), new Stint(row.since, null, row.stand()));
    }
  }

  /** The agent who is reserved for an offer, or talks because of it. */
  Optional<AgentRow> holding(OfferId offer) {
    return rows.values().stream().filter(row -> row.has(offer)).findFirst();
  }

  /**
   * Changes a row; without one, nothing happens. A stand that lasted no time at all leaves no
   * stint. Two nodes' clocks may disagree: time never runs backwards here.
   */
  void change(String agent, Instant at, Consumer<AgentRow> change) {
    AgentRow row = rows.get(agent);
    if (row == null) {
      return;
    }
    AgentRow.Stand before = row.stand();
    change.accept(row);
    changed.put(agent, row);
    if (before.equals(row.stand())) {
      return;
    }
    if (at.isAfter(row.since)) {
      stints.put(new StintKey(agent, row.stints), new Stint(row.since, at, before));
      row.since = at;
      row.stints++;
    }
    stints.put(new StintKey(agent, row.stints), new Stint(row.since, null, row.stand()));
  }

  static AgentTables load(
      Connection connection, Collection<String> agents, Collection<String> calls)
      throws SQLException {
    AgentTables tables = new AgentTables();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      new Parameters(select).texts(agents).texts(calls);
      Cells cells = new Cells(select.executeQuery());
      while (cells.next()) {
        AgentRow row = new AgentRow(cells.text(), cells.text(), cells.at());
        row.site = cells.textOrNull();
        row.wish = cells.constant(WishKind.class);
        row.reason = cells.textOrNull();
        row.wishedAt = cells.at();
        row.station = cells.flag();
        row.work = cells.constant(Work.class);
        row.workSince = cells.at();
        row.workUntil = cells.atOrNull();
        row.call = cells.textOrNull();
        row.offer = cells.count();
        row.stints = cells.count();
        row.version = cells.number();
        row.acknowledged = cells.number();
        row.siteVersion = cells.number();
        row.judgedVersion = cells.number();
        tables.rows.put(row.agent, row);
      }
    }
    return tables;
  }

  void store(Connection connection) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
        PreparedStatement stint = connection.prepareStatement(UPSERT_STINT)) {
      Parameters parameters = new Parameters(upsert);
      for (AgentRow row : changed.values()) {
        parameters
            .text(row.agent)
            .json(row.skills)
            .at(row.since)
            .text(row.site)
            .name(row.wish)
            .text(row.reason)
            .at(row.wishedAt)
            .flag(row.station)
            .name(row.work)
            .at(row.workSince)
            .at(row.workUntil)
            .text(row.call)
            .number(row.offer)
            .number(row.stints)
            .number(row.version)
            .number(row.acknowledged)
            .number(row.siteVersion)
            .number(row.judgedVersion)
            .addToBatch();
      }
      upsert.executeBatch();
      storeStints(stint);
    }
  }

  private void storeStints(PreparedStatement upsert) throws SQLException {
    Parameters parameters = new Parameters(upsert);
    for (Map.Entry<StintKey, Stint> entry : stints.entrySet()) {
      AgentRow.Stand stand = entry.getValue().stand();
      parameters
          .text(entry.getKey().agent())
          .number(entry.getKey().number())
          .at(entry.getValue().from())
          .at(entry.getValue().to())
          .name(stand.wish())
          .text(stand.reason())
          .flag(stand.station())
          .name(stand.work())
          .text(stand.call())
          .addToBatch();
    }
    upsert.executeBatch();
  }
}
