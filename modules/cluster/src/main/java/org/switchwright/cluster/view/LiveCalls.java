package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;

/** The calls that are here now, longest here first. */
public final class LiveCalls {
  /** Where a call is between its arrival and its end. */
  public enum State {
    /** A caller without an offer of media gets ours first. */
    GREETING,
    /** The site is asked for an agent, or for a place. */
    SEEKING,
    WAITING,
    /** An agent is reserved; the phone does not ring yet. */
    OFFERED,
    RINGING,
    /** The agent answered; caller and agent are being brought together. */
    JOINING,
    CONNECTED,
    /** The agent asks another one, while the caller waits. */
    CONSULTING,
    /** Over, and the site has not taken note yet. */
    ENDING
  }

  /**
   * @param queue empty until the site knows the call
   * @param since since when it is in its state
   * @param position 1 for the next of its queue; empty for a call that does not wait
   * @param offers how many offers there were so far
   * @param ringing the agents who are reserved for it now, in the order of their offers
   */
  public record LiveCall(
      CallId call,
      InteractionId interaction,
      SiteId site,
      RoutingPointId point,
      Optional<QueueId> queue,
      State state,
      Instant since,
      Instant arrivedAt,
      OptionalInt position,
      Optional<AgentId> agent,
      int offers,
      List<AgentId> ringing) {}

  private static final String SELECT =
      """
      WITH place AS (
        SELECT call_id, row_number() OVER (
          PARTITION BY site, queue
          ORDER BY CASE WHEN coalesce(priority_worth_ms, 0) = 0 THEN priority ELSE 0 END DESC,
            arrived_at - priority * coalesce(priority_worth_ms, 0) * INTERVAL '1 millisecond',
            call_id COLLATE "C") AS position
        FROM site_call LEFT JOIN site_queue USING (site, queue) WHERE stand = 'WAITING')
      SELECT l.call_id, l.interaction_id, l.site, l.routing_point, s.queue, l.state, l.since,
        l.arrived_at, p.position, l.agent, l.offers,
        ARRAY(SELECT a.agent_id FROM agent_now a
          WHERE a.call_id = l.call_id AND a.work IN ('RESERVED', 'RINGING') ORDER BY a.offer)
      FROM live_call l
      LEFT JOIN site_call s ON s.call_id = l.call_id
      LEFT JOIN place p ON p.call_id = l.call_id
      """;

  private final ReadModels models;

  public LiveCalls(DataSource source) {
    this.models = new ReadModels(source);
  }

  /**
   * @param after {@link Page#next()} of the page before; empty for the first
   * @param limit 1 to {@value Page#MAX_ROWS}
   * @throws IllegalArgumentException for a limit or a place that cannot be
   */
  public Page<LiveCall> page(Optional<String> after, int limit) throws SQLException {
    Page.checkLimit(limit);
    Optional<PageKey> key = after.map(PageKey::parse);
    String sql =
        SELECT
            + (key.isPresent() ? "WHERE (l.arrived_at, l.call_id) > (?, ?) " : "")
            + "ORDER BY l.arrived_at, l.call_id LIMIT ?";
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        Parameters parameters = new Parameters(select);
        if (key.isPresent()) {
          parameters.at(key.get().at()).text(key.get().id());
        }
        parameters.number(limit + 1L);
        return Page.of(
            rows(select), limit, asOf, row -> new PageKey(row.arrivedAt(), row.call().value()));
      }
    });
  }

  /** One call, while it is here. */
  public Optional<LiveCall> find(CallId call) throws SQLException {
    return models.read((connection, _) -> find(connection, call));
  }

  private static Optional<LiveCall> find(Connection connection, CallId call) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE l.call_id = ?")) {
      new Parameters(select).text(call.value());
      return rows(select).stream().findFirst();
    }
  }

  private static List<LiveCall> rows(PreparedStatement select) throws SQLException {
    List<LiveCall> rows = new ArrayList<>();
    Cells cells = new Cells(select.executeQuery());
    while (cells.next()) {
      rows.add(
          new LiveCall(
              new CallId(cells.text()),
              new InteractionId(cells.text()),
              new SiteId(cells.text()),
              new RoutingPointId(cells.text()),
              Optional.ofNullable(cells.textOrNull()).map(QueueId::new),
              cells.constant(State.class),
              cells.at(),
              cells.at(),
              cells.countIfAny(),
              Optional.ofNullable(cells.textOrNull()).map(AgentId::new),
              cells.count(),
              cells.textsInOrder().stream().map(AgentId::new).toList()));
    }
    return rows;
  }
}
