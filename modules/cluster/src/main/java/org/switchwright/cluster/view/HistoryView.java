package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.MonitorEvent;

/**
 * Keeps {@code history_call}, {@code planned_day} and {@code history_zone}: what was loaded of
 * sites' past and of their schedules.
 */
final class HistoryView implements View {
  static final String COLUMNS =
      "entered_ms, answered_ms, ended_ms, agent, queue, head_start_ms, copy";

  private static final String INSERT =
      "INSERT INTO history_call (site, "
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  private static final String ZONE =
      """
      INSERT INTO history_zone (site, zone) VALUES (?, ?)
      ON CONFLICT (site) DO UPDATE SET zone = excluded.zone
      """;

  private static final String PLAN =
      """
      INSERT INTO planned_day (site, day, loaded_at, minutes, agents) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (site, day, loaded_at)
      DO UPDATE SET minutes = excluded.minutes, agents = excluded.agents
      """;

  @Override
  public List<String> tables() {
    return List.of("history_call", "planned_day", "history_zone");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    Map<String, String> zones = new TreeMap<>();
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement plan = connection.prepareStatement(PLAN)) {
      Parameters parameters = new Parameters(insert);
      Parameters planned = new Parameters(plan);
      for (Happening it : batch) {
        if (it.event() instanceof MonitorEvent.HistoryLoaded loaded) {
          zones.put(it.id(), loaded.zone().getId());
          for (LoadedCall call : loaded.calls()) {
            write(parameters, it.id(), call);
          }
        } else if (it.event() instanceof MonitorEvent.ScheduleLoaded loaded) {
          zones.put(it.id(), loaded.zone().getId());
          for (PlannedDay day : loaded.days()) {
            write(planned, it.id(), loaded.at(), day);
          }
        }
      }
      if (zones.isEmpty()) {
        return;
      }
      insert.executeBatch();
      plan.executeBatch();
    }
    try (PreparedStatement update = connection.prepareStatement(ZONE)) {
      Parameters parameters = new Parameters(update);
      for (Map.Entry<String, String> zone : zones.entrySet()) {
        parameters.text(zone.getKey()).text(zone.getValue()).addToBatch();
      }
      update.executeBatch();
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

  private static void write(Parameters parameters, String site, LoadedCall call)
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
        .addToBatch();
  }
}
