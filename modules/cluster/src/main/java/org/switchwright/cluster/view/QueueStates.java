package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.switchwright.cluster.view.AgentStates.AgentNow;
import org.switchwright.cluster.view.AgentStates.WishKind;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

/** The queues: who waits, who could serve, and how many came and how they left. */
public final class QueueStates {
  /**
   * @param required each skill with the lowest level that will do
   * @param oldestArrivedAt when the one arrived who is here longest of those who wait
   * @param loggedIn agents who work for the queue and are logged in
   * @param ready those of them who would get a call now
   */
  public record QueueNow(
      SiteId site,
      QueueId queue,
      SortedMap<Skill, Integer> required,
      int waiting,
      Optional<Instant> oldestArrivedAt,
      int loggedIn,
      int ready,
      Totals totals) {}

  /**
   * Of a span of time. Who was offered was answered, abandoned, overflowed, refused, failed, or is
   * still here.
   *
   * @param offered calls that came to the queue, from outside or by overflow from another
   * @param overflowed moved on to another queue, or sent away because there was none
   * @param answeredWaited the sum of the waits of those who were answered, each from its arrival
   */
  public record Totals(
      long offered,
      long answered,
      long abandoned,
      long overflowed,
      long refused,
      long failed,
      Duration answeredWaited) {}

  /** All queues of all sites, in the order of their configuration. */
  public record QueueReport(List<QueueNow> queues, AsOf asOf) {
    public QueueReport {
      queues = List.copyOf(queues);
    }
  }

  private static final String SELECT =
      """
      SELECT q.site, q.queue, q.required, q.members, coalesce(w.waiting, 0), w.oldest,
        coalesce(t.offered, 0), coalesce(t.answered, 0), coalesce(t.abandoned, 0),
        coalesce(t.overflowed, 0), coalesce(t.refused, 0), coalesce(t.failed, 0),
        coalesce(t.answered_waited_ms, 0)
      FROM site_queue q
      LEFT JOIN (
        SELECT site, queue, count(*) AS waiting, min(arrived_at) AS oldest
        FROM site_call WHERE stand = 'WAITING' GROUP BY site, queue) w USING (site, queue)
      LEFT JOIN (
        SELECT site, queue, sum(offered) AS offered, sum(answered) AS answered,
          sum(abandoned) AS abandoned, sum(overflowed) AS overflowed, sum(refused) AS refused,
          sum(failed) AS failed, sum(answered_waited_ms) AS answered_waited_ms
        FROM queue_quarter WHERE starts_at >= ? GROUP BY site, queue) t USING (site, queue)
      ORDER BY q.site, q.place
      """;

  private static final String SELECT_AGENTS =
      """
      SELECT agent_id, site, skills, wish, reason, wished_at, station, work, work_since,
        work_until, call_id, since
      FROM agent_now WHERE wish <> 'LOGGED_OUT'
      """;

  private final SkillLevels levels =
      new SkillLevels(new EventFormat(new SealedPersonal()).mapper());
  private final AgentStates agents;
  private final ReadModels models;

  public QueueStates(DataSource source) {
    this.agents = new AgentStates(source);
    this.models = new ReadModels(source);
  }

  /**
   * How the queues stand.
   *
   * @param since from when the totals count, for "today" the start of the day in the zone of
   *     whoever asks; counts are kept by quarters of an hour, and the quarter in which this lies
   *     counts whole only if it starts then
   */
  public QueueReport read(Instant since) throws SQLException {
    return models.read((connection, asOf) -> {
      List<AgentNow> loggedIn = loggedIn(connection);
      try (PreparedStatement select = connection.prepareStatement(SELECT)) {
        new Parameters(select).at(since);
        List<QueueNow> queues = new ArrayList<>();
        Cells cells = new Cells(select.executeQuery());
        while (cells.next()) {
          queues.add(queue(cells, loggedIn));
        }
        return new QueueReport(queues, asOf);
      }
    });
  }

  private List<AgentNow> loggedIn(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT_AGENTS)) {
      return agents.rows(select).stream()
          .filter(agent -> agent.wish() != WishKind.LOGGED_OUT)
          .toList();
    }
  }

  private QueueNow queue(Cells cells, List<AgentNow> loggedIn) throws SQLException {
    SiteId site = new SiteId(cells.text());
    QueueId queue = new QueueId(cells.text());
    SortedMap<Skill, Integer> required = levels.read(cells.text());
    Set<String> members = Set.copyOf(cells.textsInOrder());
    Predicate<AgentNow> able =
        agent ->
            agent.site().filter(site::equals).isPresent()
                && (members.isEmpty() || members.contains(agent.agent().value()))
                && serves(agent, required);
    List<AgentNow> serving = loggedIn.stream().filter(able).toList();
    return new QueueNow(
        site,
        queue,
        required,
        cells.count(),
        Optional.ofNullable(cells.atOrNull()),
        serving.size(),
        (int) serving.stream().filter(AgentNow::routable).count(),
        new Totals(
            cells.number(),
            cells.number(),
            cells.number(),
            cells.number(),
            cells.number(),
            cells.number(),
            Duration.ofMillis(cells.number())));
  }

  private static boolean serves(AgentNow agent, SortedMap<Skill, Integer> required) {
    return required.entrySet().stream()
        .allMatch(need -> agent.skills().getOrDefault(need.getKey(), -1) >= need.getValue());
  }
}
