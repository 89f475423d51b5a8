package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.statistics.Ledger;
import org.switchwright.domain.statistics.Offering;
import org.switchwright.domain.statistics.Stint;
import org.switchwright.domain.statistics.Visit;

/** The rows that a batch of sites' events concerns, as the books of a ledger. */
final class LedgerTables implements Ledger.Books {
  private static final String VISITS =
      "SELECT DISTINCT ON (call_id) "
          + LedgerRows.VISIT
          + " FROM queue_visit WHERE call_id = ANY (?) ORDER BY call_id, number DESC";

  private static final String OFFERINGS =
      "SELECT "
          + LedgerRows.OFFERING
          + " FROM call_offering WHERE over_at IS NULL AND (call_id = ANY (?) OR agent = ANY (?))";

  private static final String STINTS =
      "SELECT " + LedgerRows.STINT + " FROM site_stint WHERE to_at IS NULL AND agent = ANY (?)";

  private static final String SKILLS =
      "SELECT site, queue, skills FROM queue_skills WHERE queue = ANY (?)";

  private static final String PUT_VISIT =
      "INSERT INTO queue_visit ("
          + LedgerRows.VISIT
          + """
          ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (call_id, number) DO UPDATE SET left_at = EXCLUDED.left_at, how = EXCLUDED.how
          """;

  private static final String PUT_OFFERING =
      "INSERT INTO call_offering ("
          + LedgerRows.OFFERING
          + """
          , over_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (call_id, offer) DO UPDATE SET ended_at = EXCLUDED.ended_at,
            outcome = EXCLUDED.outcome, talked_until = EXCLUDED.talked_until,
            handled_until = EXCLUDED.handled_until, consulting_since = EXCLUDED.consulting_since,
            consulted_ms = EXCLUDED.consulted_ms, over_at = EXCLUDED.over_at
          """;

  private static final String PUT_STINT =
      "INSERT INTO site_stint ("
          + LedgerRows.STINT
          + """
          ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (agent, number) DO UPDATE SET to_at = EXCLUDED.to_at,
            wanted = EXCLUDED.wanted, reason = EXCLUDED.reason, station = EXCLUDED.station,
            doing = EXCLUDED.doing, queue = EXCLUDED.queue, version = EXCLUDED.version,
            judged = EXCLUDED.judged
          """;

  private static final String FORGET_SKILLS = "DELETE FROM queue_skills WHERE site = ANY (?)";

  private static final String PUT_SKILLS =
      "INSERT INTO queue_skills (site, queue, skills) VALUES (?, ?, ?)";

  private record VisitKey(CallId call, int number) {}

  private record StintKey(AgentId agent, int number) {}

  private record QueueKey(SiteId site, QueueId queue) {}

  private final WorkingSet<VisitKey, Visit> visits = new WorkingSet<>();
  private final Map<CallId, VisitKey> latest = new HashMap<>();
  private final WorkingSet<OfferId, Offering> offerings = new WorkingSet<>();
  private final WorkingSet<StintKey, Stint> stints = new WorkingSet<>();
  private final Map<AgentId, StintKey> now = new HashMap<>();
  private final Map<QueueKey, List<Skill>> skills = new HashMap<>();
  private final Map<SiteId, SiteConfiguration> configured = new HashMap<>();

  private final Set<String> loaded;

  /**
   * @param loaded the agents whose stints are loaded
   */
  private LedgerTables(Set<String> loaded) {
    this.loaded = loaded;
  }

  static LedgerTables load(Connection connection, List<Happening> batch) throws SQLException {
    Set<String> calls = new HashSet<>();
    Set<String> agents = new HashSet<>();
    Set<String> queues = new HashSet<>();
    for (Happening it : batch) {
      it.subjects().call().ifPresent(call -> calls.add(call.value()));
      it.subjects().agents().forEach(agent -> agents.add(agent.value()));
      it.subjects().queues().forEach(queue -> queues.add(queue.value()));
    }
    LedgerTables tables = new LedgerTables(agents);
    try (PreparedStatement select = connection.prepareStatement(VISITS)) {
      new Parameters(select).texts(calls);
      for (Visit visit : LedgerRows.visits(select.executeQuery())) {
        VisitKey key = new VisitKey(visit.call(), visit.number());
        tables.visits.loaded(key, visit);
        tables.latest.put(visit.call(), key);
      }
    }
    try (PreparedStatement select = connection.prepareStatement(OFFERINGS)) {
      new Parameters(select).texts(calls).texts(agents);
      for (Offering offering : LedgerRows.offerings(select.executeQuery())) {
        tables.offerings.loaded(offering.offer(), offering);
      }
    }
    try (PreparedStatement select = connection.prepareStatement(STINTS)) {
      new Parameters(select).texts(agents);
      for (Stint stint : LedgerRows.stints(select.executeQuery())) {
        StintKey key = new StintKey(stint.agent(), stint.number());
        tables.stints.loaded(key, stint);
        tables.now.put(stint.agent(), key);
      }
    }
    try (PreparedStatement select = connection.prepareStatement(SKILLS)) {
      new Parameters(select).texts(queues);
      Cells cells = new Cells(select.executeQuery());
      while (cells.next()) {
        QueueKey key = new QueueKey(new SiteId(cells.text()), new QueueId(cells.text()));
        tables.skills.put(key, LedgerRows.skills(cells.textsInOrder()));
      }
    }
    return tables;
  }

  @Override
  public void configured(SiteId site, SiteConfiguration configuration) {
    configured.put(site, configuration);
    skills.keySet().removeIf(key -> key.site().equals(site));
    for (SiteConfiguration.Queue queue : configuration.queues()) {
      skills.put(new QueueKey(site, queue.id()), List.copyOf(queue.required().keySet()));
    }
  }

  @Override
  public List<Skill> skills(SiteId site, QueueId queue) {
    return skills.getOrDefault(new QueueKey(site, queue), List.of());
  }

  @Override
  public Optional<Visit> visit(CallId call) {
    return Optional.ofNullable(latest.get(call)).flatMap(visits::find);
  }

  @Override
  public Optional<Offering> offering(OfferId offer) {
    return offerings.find(offer);
  }

  @Override
  public Optional<Offering> accepted(AgentId agent) {
    return offerings.all().stream()
        .filter(it -> it.agent().equals(agent))
        .filter(it -> it.outcome() == OfferOutcome.ACCEPTED && !it.over())
        .max(
            Comparator.comparing((Offering it) -> Objects.requireNonNull(it.endedAt()))
                .thenComparing(it -> it.offer().toString()));
  }

  @Override
  public Optional<Stint> stint(AgentId agent) {
    if (!loaded.contains(agent.value())) {
      // Taken for an agent without stints, it would lose those that it has.
      throw new IllegalStateException(
          "Expected an agent that is a subject of the event, but got " + agent);
    }
    return Optional.ofNullable(now.get(agent)).flatMap(stints::find);
  }

  @Override
  public void put(Visit visit) {
    VisitKey key = new VisitKey(visit.call(), visit.number());
    visits.put(key, visit);
    latest.put(visit.call(), key);
  }

  @Override
  public void put(Offering offering) {
    offerings.put(offering.offer(), offering);
  }

  @Override
  public void put(Stint stint) {
    StintKey key = new StintKey(stint.agent(), stint.number());
    stints.put(key, stint);
    now.put(stint.agent(), key);
  }

  void store(Connection connection) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT_VISIT)) {
      for (Visit visit : visits.changed()) {
        LedgerRows.write(new Parameters(put), visit);
      }
      put.executeBatch();
    }
    try (PreparedStatement put = connection.prepareStatement(PUT_OFFERING)) {
      for (Offering offering : offerings.changed()) {
        LedgerRows.write(new Parameters(put), offering);
      }
      put.executeBatch();
    }
    try (PreparedStatement put = connection.prepareStatement(PUT_STINT)) {
      for (Stint stint : stints.changed()) {
        LedgerRows.write(new Parameters(put), stint);
      }
      put.executeBatch();
    }
    if (!configured.isEmpty()) {
      storeSkills(connection);
    }
  }

  private void storeSkills(Connection connection) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET_SKILLS);
        PreparedStatement put = connection.prepareStatement(PUT_SKILLS)) {
      new Parameters(forget).texts(configured.keySet().stream().map(SiteId::value).toList());
      forget.executeUpdate();
      Parameters parameters = new Parameters(put);
      for (Map.Entry<SiteId, SiteConfiguration> site : configured.entrySet()) {
        for (SiteConfiguration.Queue queue : site.getValue().queues()) {
          parameters
              .text(site.getKey().value())
              .text(queue.id().value())
              .texts(queue.required().keySet().stream().map(Skill::value).toList())
              .addToBatch();
        }
      }
      put.executeBatch();
    }
  }
}
