package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.MonitorEvent;

/**
 * Keeps {@code history_call}, {@code history_forgotten}, {@code planned_day} and {@code
 * history_zone}: what was loaded of sites' past and of their schedules.
 */
final class HistoryView implements View {
  static final String COLUMNS =
      "entered_ms, answered_ms, ended_ms, agent, queue, head_start_ms, copy";

  /** How often what was loaded of a site has been forgotten until a moment; null for all time. */
  static final String GENERATION =
      "(SELECT count(*) FROM history_forgotten WHERE site = ?"
          + " AND forgotten_at <= coalesce(?, 'infinity'::timestamptz))";

  /** What is loaded again was known before. */
  private static final String INSERT =
      "INSERT INTO history_call (site, "
          + COLUMNS
          + ", loaded_at, generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  private static final String FORGET =
      "INSERT INTO history_forgotten (site, forgotten_at) VALUES (?, ?) ON CONFLICT DO NOTHING";

  /** The last one that was told. */
  static final String ZONE =
      "SELECT zone FROM history_zone WHERE site = ? AND loaded_at <= coalesce(?, 'infinity'::timestamptz)"
          + " ORDER BY loaded_at DESC LIMIT 1";

  private static final String TELL =
      """
      INSERT INTO history_zone (site, zone, loaded_at) VALUES (?, ?, ?)
      ON CONFLICT (site, loaded_at) DO UPDATE SET zone = excluded.zone
      """;

  private static final String PLAN =
      """
      INSERT INTO planned_day (site, day, loaded_at, minutes, agents) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (site, day, loaded_at)
      DO UPDATE SET minutes = excluded.minutes, agents = excluded.agents
      """;

  @Override
  public List<String> tables() {
    return List.of("history_call", "history_forgotten", "planned_day", "history_zone");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement plan = connection.prepareStatement(PLAN)) {
      Parameters parameters = new Parameters(insert);
      Parameters planned = new Parameters(plan);
      SortedMap<String, Long> generations = new TreeMap<>();
      SortedMap<String, String> zones = new TreeMap<>();
      for (Happening it : batch) {
        if (it.event() instanceof MonitorEvent.HistoryLoaded loaded) {
          zone(connection, it.id(), loaded.zone(), loaded.at(), zones);
          if (!generations.containsKey(it.id())) {
            generations.put(it.id(), generation(connection, it.id()));
          }
          long generation = generations.getOrDefault(it.id(), 0L);
          for (LoadedCall call : loaded.calls()) {
            write(parameters, it.id(), loaded.at(), call, generation);
          }
        } else if (it.event() instanceof MonitorEvent.HistoryForgotten forgotten) {
          forget(connection, it.id(), forgotten.at());
          generations.remove(it.id());
        } else if (it.event() instanceof MonitorEvent.ScheduleLoaded loaded) {
          zone(connection, it.id(), loaded.zone(), loaded.at(), zones);
          for (PlannedDay day : loaded.days()) {
            write(planned, it.id(), loaded.at(), day);
          }
        }
      }
      if (!zones.isEmpty()) {
        insert.executeBatch();
        plan.executeBatch();
      }
    }
  }

  /**
   * A year's log comes in thousands of events, and there is a row for each change only.
   *
   * @param last by site, as this batch has come upon it
   */
  private static void zone(
      Connection connection, String site, ZoneId zone, Instant at, SortedMap<String, String> last)
      throws SQLException {
    if (!last.containsKey(site)) {
      try (PreparedStatement select = connection.prepareStatement(ZONE)) {
        new Parameters(select).text(site).at(null);
        Cells cells = new Cells(select.executeQuery());
        last.put(site, cells.next() ? cells.text() : "");
      }
    }
    if (!zone.getId().equals(last.put(site, zone.getId()))) {
      try (PreparedStatement tell = connection.prepareStatement(TELL)) {
        new Parameters(tell).text(site).text(zone.getId()).at(at);
        tell.executeUpdate();
      }
    }
  }

  private static void forget(Connection connection, String site, Instant at) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      new Parameters(forget).text(site).at(at);
      forget.executeUpdate();
    }
  }

  private static void write(Parameters parameters, String site, Instant at, PlannedDay day)
      throws SQLException {
    parameters
        .text(site)
        .day(day.day())
        .at(at)
        .counts(day.steps().stream().map(PlannedDay.Step::minute).toList())
        .counts(day.steps().stream().map(PlannedDay.Step::agents).toList())
        .addToBatch();
  }

  private static void write(
      Parameters parameters, String site, Instant at, LoadedCall call, long generation)
      throws SQLException {
    parameters
        .text(site)
        .number(call.entered().toEpochMilli())
        .number(call.answered().map(it -> it.toEpochMilli()).orElse(0L))
        .number(call.ended().toEpochMilli())
        .text(call.agent().orElse(""))
        .text(call.queue())
        .number(call.headStart().toMillis())
        .number(call.copy())
        .at(at)
        .number(generation)
        .addToBatch();
  }

  static long generation(Connection connection, String site) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT " + GENERATION)) {
      new Parameters(select).text(site).at(null);
      Cells cells = new Cells(select.executeQuery());
      cells.next();
      return cells.number();
    }
  }
}
