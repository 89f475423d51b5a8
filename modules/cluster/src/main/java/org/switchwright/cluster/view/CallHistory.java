package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Refusal;

/** Every call that ever arrived, newest first; those that are here still, too. */
public final class CallHistory {
  /** Who ended a call. */
  public enum Party {
    CALLER,
    AGENT,
    SWITCHWRIGHT
  }

  /**
   * @param queue the last; empty where the call ended before the site knew it
   * @param queuedAt when the call began to wait; empty where an agent was free at once
   * @param offers how many offers there were
   * @param agent who answered or, of a call that is here still, to whom it is offered
   * @param waited from the arrival until caller and agent were connected, or until the end where
   *     they never were
   */
  public record PastCall(
      CallId call,
      InteractionId interaction,
      SiteId site,
      RoutingPointId point,
      Optional<QueueId> queue,
      Instant arrivedAt,
      Optional<Instant> queuedAt,
      int offers,
      Optional<AgentId> agent,
      Optional<Instant> answeredAt,
      Optional<Instant> connectedAt,
      Optional<Instant> endedAt,
      Optional<CallOutcome> outcome,
      Optional<Refusal> cause,
      Optional<Party> endedBy,
      Optional<Duration> waited,
      Optional<Duration> talked) {}

  /**
   * Which calls; what is empty does not matter.
   *
   * @param from arrived at this instant or later
   * @param before arrived earlier than this instant
   * @param over whether only calls that are over are wanted
   */
  public record Filter(
      Optional<QueueId> queue,
      Optional<AgentId> agent,
      Optional<CallOutcome> outcome,
      Optional<Instant> from,
      Optional<Instant> before,
      boolean over) {
    public static final Filter ALL = all(false);
    public static final Filter OVER = all(true);

    private static Filter all(boolean over) {
      return new Filter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          over);
    }
  }

  private static final String SELECT =
      """
      SELECT call_id, interaction_id, site, routing_point, queue, arrived_at, queued_at, offers,
        agent, answered_at, connected_at, ended_at, outcome, cause, ended_by, waited_ms, talked_ms
      FROM call_history WHERE TRUE
      """;

  private final ReadModels models;

  public CallHistory(DataSource source) {
    this.models = new ReadModels(source);
  }

  /**
   * @param after {@link Page#next()} of the page before; empty for the first
   * @param limit 1 to {@value Page#MAX_ROWS}
   * @throws IllegalArgumentException for a limit or a place that cannot be
   */
  public Page<PastCall> page(Filter filter, Optional<String> after, int limit) throws SQLException {
    Page.checkLimit(limit);
    Optional<PageKey> key = after.map(PageKey::parse);
    StringBuilder sql = new StringBuilder(SELECT);
    filter.queue().ifPresent(_ -> sql.append(" AND queue = ?"));
    filter.agent().ifPresent(_ -> sql.append(" AND agent = ?"));
    filter.outcome().ifPresent(_ -> sql.append(" AND outcome = ?"));
    filter.from().ifPresent(_ -> sql.append(" AND arrived_at >= ?"));
    filter.before().ifPresent(_ -> sql.append(" AND arrived_at < ?"));
    sql.append(filter.over() ? " AND ended_at IS NOT NULL" : "");
    key.ifPresent(_ -> sql.append(" AND (arrived_at, call_id) < (?, ?)"));
    sql.append(" ORDER BY arrived_at DESC, call_id DESC LIMIT ?");
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
        bind(new Parameters(select), filter, key).number(limit + 1L);
        return Page.of(
            rows(select), limit, asOf, row -> new PageKey(row.arrivedAt(), row.call().value()));
      }
    });
  }

  private static Parameters bind(Parameters parameters, Filter filter, Optional<PageKey> key)
      throws SQLException {
    if (filter.queue().isPresent()) {
      parameters.text(filter.queue().get().value());
    }
    if (filter.agent().isPresent()) {
      parameters.text(filter.agent().get().value());
    }
    if (filter.outcome().isPresent()) {
      parameters.name(filter.outcome().get());
    }
    if (filter.from().isPresent()) {
      parameters.at(filter.from().get());
    }
    if (filter.before().isPresent()) {
      parameters.at(filter.before().get());
    }
    if (key.isPresent()) {
      parameters.at(key.get().at()).text(key.get().id());
    }
    return parameters;
  }

  public Optional<PastCall> find(CallId call) throws SQLException {
    return models.read((connection, _) -> by(connection, "call_id", call.value())).stream()
        .findFirst();
  }

  /** The calls of one customer contact, oldest first; at most {@value Page#MAX_ROWS}. */
  public List<PastCall> of(InteractionId interaction) throws SQLException {
    return models.read((connection, _) -> by(connection, "interaction_id", interaction.value()));
  }

  private static List<PastCall> by(Connection connection, String column, String value)
      throws SQLException {
    String sql = SELECT + " AND " + column + " = ? ORDER BY arrived_at, call_id LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      new Parameters(select).text(value).number(Page.MAX_ROWS);
      return rows(select);
    }
  }

  private static List<PastCall> rows(PreparedStatement select) throws SQLException {
    List<PastCall> rows = new ArrayList<>();
    Cells cells = new Cells(select.executeQuery());
    while (cells.next()) {
      rows.add(
          new PastCall(
              new CallId(cells.text()),
              new InteractionId(cells.text()),
              new SiteId(cells.text()),
              new RoutingPointId(cells.text()),
              Optional.ofNullable(cells.textOrNull()).map(QueueId::new),
              cells.at(),
              Optional.ofNullable(cells.atOrNull()),
              cells.count(),
              Optional.ofNullable(cells.textOrNull()).map(AgentId::new),
              Optional.ofNullable(cells.atOrNull()),
              Optional.ofNullable(cells.atOrNull()),
              Optional.ofNullable(cells.atOrNull()),
              cells.constantIfAny(CallOutcome.class),
              cells.constantIfAny(Refusal.class),
              cells.constantIfAny(Party.class),
              cells.millisIfAny(),
              cells.millisIfAny()));
    }
    return rows;
  }
}
