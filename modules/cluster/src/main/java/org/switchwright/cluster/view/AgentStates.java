package org.switchwright.cluster.view;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import javax.sql.DataSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

/** The agents: how each stands now, and how each stood when. */
public final class AgentStates {
  /** What an agent wants to be. */
  public enum WishKind {
    LOGGED_OUT,
    NOT_READY,
    READY
  }

  /** What an agent does for the site. */
  public enum Work {
    FREE,
    /** A call is on its way to the phone. */
    RESERVED,
    RINGING,
    TALKING,
    WRAP_UP,
    /** Left alone for a while after a rejected or busy offer. */
    RESTING,
    /** Missed an offer or could not be reached; the agent's record is about to take note. */
    JUDGED
  }

  /**
   * @param reason why not ready; empty otherwise
   * @param station whether a phone is registered
   * @param workUntil when a reservation, wrap-up or rest ends at the latest
   * @param call what the agent is reserved for or talks on
   * @param since since when nothing of wish, station, work and call has changed
   */
  public record AgentNow(
      AgentId agent,
      Optional<SiteId> site,
      SortedMap<Skill, Integer> skills,
      WishKind wish,
      Optional<String> reason,
      Instant wishedAt,
      boolean station,
      Work work,
      Instant workSince,
      Optional<Instant> workUntil,
      Optional<CallId> call,
      Instant since) {
    /** Whether the site would give the agent a call now. */
    public boolean routable() {
      return wish == WishKind.READY && station && work == Work.FREE;
    }
  }

  /**
   * How an agent stood for a while.
   *
   * @param to empty for how it stands now
   */
  public record Stint(
      Instant from,
      Optional<Instant> to,
      WishKind wish,
      Optional<String> reason,
      boolean station,
      Work work,
      Optional<CallId> call) {}

  /** How many agents stand in one way. */
  public record StateCount(WishKind wish, Work work, int agents) {}

  private static final String SELECT =
      """
      SELECT agent_id, site, skills, wish, reason, wished_at, station, work, work_since,
        work_until, call_id, since
      FROM agent_now
      """;

  private final SkillLevels levels =
      new SkillLevels(new EventFormat(new SealedPersonal()).mapper());
  private final ReadModels models;

  public AgentStates(DataSource source) {
    this.models = new ReadModels(source);
  }

  /**
   * The agents by id.
   *
   * @param after {@link Page#next()} of the page before; empty for the first
   * @param limit 1 to {@value Page#MAX_ROWS}
   * @throws IllegalArgumentException for a limit or a place that cannot be
   */
  public Page<AgentNow> page(Optional<String> after, int limit) throws SQLException {
    Page.checkLimit(limit);
    String last = after.map(PageKey::parse).map(PageKey::id).orElse("");
    return models.read((connection, asOf) -> {
      try (PreparedStatement select =
          connection.prepareStatement(SELECT + " WHERE agent_id > ? ORDER BY agent_id LIMIT ?")) {
        new Parameters(select).text(last).number(limit + 1L);
        return Page.of(
            rows(select), limit, asOf, row -> new PageKey(Instant.EPOCH, row.agent().value()));
      }
    });
  }

  /** How many agents stand how; ways in which nobody stands are absent. */
  public List<StateCount> counts() throws SQLException {
    return models.read((connection, _) -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT wish, work, count(*) FROM agent_now GROUP BY wish, work"
                  + " ORDER BY wish, work")) {
        List<StateCount> counts = new ArrayList<>();
        Cells cells = new Cells(select.executeQuery());
        while (cells.next()) {
          counts.add(
              new StateCount(
                  cells.constant(WishKind.class), cells.constant(Work.class), cells.count()));
        }
        return counts;
      }
    });
  }

  public Optional<AgentNow> find(AgentId agent) throws SQLException {
    return look(agent).agent();
  }

  /** One agent, and of which moment that is. */
  public record Found(Optional<AgentNow> agent, AsOf asOf) {}

  public Found look(AgentId agent) throws SQLException {
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE agent_id = ?")) {
        new Parameters(select).text(agent.value());
        return new Found(rows(select).stream().findFirst(), asOf);
      }
    });
  }

  /**
   * How an agent stood, latest first.
   *
   * @param after {@link Page#next()} of the page before; empty for the first
   * @param limit 1 to {@value Page#MAX_ROWS}
   * @throws IllegalArgumentException for a limit or a place that cannot be
   */
  public Page<Stint> history(AgentId agent, Optional<String> after, int limit) throws SQLException {
    Page.checkLimit(limit);
    Optional<Instant> before = after.map(PageKey::parse).map(PageKey::at);
    String sql =
        "SELECT from_at, to_at, wish, reason, station, work, call_id FROM agent_stint"
            + " WHERE agent_id = ?"
            + (before.isPresent() ? " AND from_at < ?" : "")
            + " ORDER BY stint DESC LIMIT ?";
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        Parameters parameters = new Parameters(select).text(agent.value());
        if (before.isPresent()) {
          parameters.at(before.get());
        }
        parameters.number(limit + 1L);
        return Page.of(stints(select), limit, asOf, row -> new PageKey(row.from(), agent.value()));
      }
    });
  }

  List<AgentNow> rows(PreparedStatement select) throws SQLException {
    List<AgentNow> rows = new ArrayList<>();
    Cells cells = new Cells(select.executeQuery());
    while (cells.next()) {
      rows.add(
          new AgentNow(
              new AgentId(cells.text()),
              Optional.ofNullable(cells.textOrNull()).map(SiteId::new),
              levels.read(cells.text()),
              cells.constant(WishKind.class),
              Optional.ofNullable(cells.textOrNull()),
              cells.at(),
              cells.flag(),
              cells.constant(Work.class),
              cells.at(),
              Optional.ofNullable(cells.atOrNull()),
              Optional.ofNullable(cells.textOrNull()).map(CallId::new),
              cells.at()));
    }
    return rows;
  }

  private static List<Stint> stints(PreparedStatement select) throws SQLException {
    List<Stint> rows = new ArrayList<>();
    Cells cells = new Cells(select.executeQuery());
    while (cells.next()) {
      rows.add(
          new Stint(
              cells.at(),
              Optional.ofNullable(cells.atOrNull()),
              cells.constant(WishKind.class),
              Optional.ofNullable(cells.textOrNull()),
              cells.flag(),
              cells.constant(Work.class),
              Optional.ofNullable(cells.textOrNull()).map(CallId::new)));
    }
    return rows;
  }
}
