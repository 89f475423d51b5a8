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

/** The rows that a batch of sites' events concerns, as the books of their ledgers. */
final class LedgerTables {
  private static final String VISITS =
      "SELECT DISTINCT ON (site, call_id) "
          + LedgerRows.VISIT
          + " FROM queue_visit WHERE (site, call_id) IN (SELECT * FROM unnest(?, ?))"
          + " ORDER BY site, call_id, number DESC";

  private static final String OFFERINGS =
      "SELECT "
          + LedgerRows.OFFERING
          + " FROM call_offering WHERE over_at IS NULL"
          + " AND (site, call_id) IN (SELECT * FROM unnest(?, ?)) UNION SELECT "
          + LedgerRows.OFFERING
          + " FROM call_offering WHERE over_at IS NULL"
          + " AND (site, agent) IN (SELECT * FROM unnest(?, ?))";

  private static final String STINTS =
      "SELECT "
          + LedgerRows.STINT
          + " FROM site_stint WHERE to_at IS NULL"
          + " AND (site, agent) IN (SELECT * FROM unnest(?, ?))";

  private static final String SKILLS =
      "SELECT site, queue, skills FROM queue_skills"
          + " WHERE (site, queue) IN (SELECT * FROM unnest(?, ?))";

  private static final String PUT_VISIT =
      "INSERT INTO queue_visit ("
          + LedgerRows.VISIT
          + """
          ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (site, call_id, number) DO UPDATE SET left_at = EXCLUDED.left_at, how = EXCLUDED.how
          """;

  private static final String PUT_OFFERING =
      "INSERT INTO call_offering ("
          + LedgerRows.OFFERING
          + """
          , over_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (site, call_id, offer) DO UPDATE SET ended_at = EXCLUDED.ended_at,
            outcome = EXCLUDED.outcome, talked_until = EXCLUDED.talked_until,
            handled_until = EXCLUDED.handled_until, consulting_since = EXCLUDED.consulting_since,
            consulted_ms = EXCLUDED.consulted_ms, over_at = EXCLUDED.over_at
          """;

  private static final String PUT_STINT =
      "INSERT INTO site_stint ("
          + LedgerRows.STINT
          + """
          ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (site, agent, number) DO UPDATE SET to_at = EXCLUDED.to_at,
            wanted = EXCLUDED.wanted, reason = EXCLUDED.reason, station = EXCLUDED.station,
            doing = EXCLUDED.doing, queue = EXCLUDED.queue, version = EXCLUDED.version,
            judged = EXCLUDED.judged
          """;

  private static final String FORGET_SKILLS = "DELETE FROM queue_skills WHERE site = ANY (?)";

  private static final String PUT_SKILLS =
      "INSERT INTO queue_skills (site, queue, skills) VALUES (?, ?, ?)";

  private record VisitKey(SiteId site, CallId call, int number) {}

  private record OfferingKey(SiteId site, OfferId offer) {}

  private record StintKey(SiteId site, AgentId agent, int number) {}

  /** Something that a site calls by that name. */
  private record Named<T>(SiteId site, T name) {}

  private final WorkingSet<VisitKey, Visit> visits = new WorkingSet<>();
  private final Map<Named<CallId>, VisitKey> latest = new HashMap<>();
  private final WorkingSet<OfferingKey, Offering> offerings = new WorkingSet<>();
  private final WorkingSet<StintKey, Stint> stints = new WorkingSet<>();
  private final Map<Named<AgentId>, StintKey> now = new HashMap<>();
  private final Map<Named<QueueId>, List<Skill>> skills = new HashMap<>();
  private final Map<SiteId, SiteConfiguration> configured = new HashMap<>();

  /** The agents whose stints are loaded. */
  private final Set<Named<AgentId>> loaded;

  private LedgerTables(Set<Named<AgentId>> loaded) {
    this.loaded = loaded;
  }

  static LedgerTables load(Connection connection, List<StatisticsView.Told> events)
      throws SQLException {
    Set<Named<CallId>> calls = new HashSet<>();
    Set<Named<AgentId>> agents = new HashSet<>();
    Set<Named<QueueId>> queues = new HashSet<>();
    for (StatisticsView.Told it : events) {
      SiteId site = it.site();
      it.subjects().call().ifPresent(call -> calls.add(new Named<>(site, call)));
      it.subjects().agents().forEach(agent -> agents.add(new Named<>(site, agent)));
      it.subjects().queues().forEach(queue -> queues.add(new Named<>(site, queue)));
    }
    LedgerTables tables = new LedgerTables(agents);
    try (PreparedStatement select = connection.prepareStatement(VISITS)) {
      named(new Parameters(select), calls);
      for (Visit visit : LedgerRows.visits(select.executeQuery())) {
        VisitKey key = key(visit);
        tables.visits.loaded(key, visit);
        tables.latest.put(new Named<>(visit.site(), visit.call()), key);
      }
    }
    try (PreparedStatement select = connection.prepareStatement(OFFERINGS)) {
      named(named(new Parameters(select), calls), agents);
      for (Offering offering : LedgerRows.offerings(select.executeQuery())) {
        tables.offerings.loaded(key(offering), offering);
      }
    }
    try (PreparedStatement select = connection.prepareStatement(STINTS)) {
      named(new Parameters(select), agents);
      for (Stint stint : LedgerRows.stints(select.executeQuery())) {
        StintKey key = key(stint);
        tables.stints.loaded(key, stint);
        tables.now.put(new Named<>(stint.site(), stint.agent()), key);
      }
    }
    try (PreparedStatement select = connection.prepareStatement(SKILLS)) {
      named(new Parameters(select), queues);
      Cells cells = new Cells(select.executeQuery());
      while (cells.next()) {
        Named<QueueId> key = new Named<>(new SiteId(cells.text()), new QueueId(cells.text()));
        tables.skills.put(key, LedgerRows.skills(cells.textsInOrder()));
      }
    }
    return tables;
  }

  private static <T> Parameters named(Parameters parameters, Set<Named<T>> keys)
      throws SQLException {
    List<Named<T>> inOrder = List.copyOf(keys);
    return parameters
        .texts(inOrder.stream().map(key -> key.site().value()).toList())
        .texts(inOrder.stream().map(key -> key.name().toString()).toList());
  }

  private static VisitKey key(Visit it) {
    return new VisitKey(it.site(), it.call(), it.number());
  }

  private static OfferingKey key(Offering it) {
    return new OfferingKey(it.site(), it.offer());
  }

  private static StintKey key(Stint it) {
    return new StintKey(it.site(), it.agent(), it.number());
  }

  /** The books of one of the sites whose events were loaded. */
  Ledger.Books of(SiteId site) {
    return new OfSite(site);
  }

  private final class OfSite implements Ledger.Books {
    private final SiteId site;

    OfSite(SiteId site) {
      this.site = site;
    }

    @Override
    public void configured(SiteId site, SiteConfiguration configuration) {
      configured.put(site, configuration);
      skills.keySet().removeIf(key -> key.site().equals(site));
      for (SiteConfiguration.Queue queue : configuration.queues()) {
        skills.put(new Named<>(site, queue.id()), List.copyOf(queue.required().keySet()));
      }
    }

    @Override
    public List<Skill> skills(SiteId site, QueueId queue) {
      return skills.getOrDefault(new Named<>(site, queue), List.of());
    }

    @Override
    public Optional<Visit> visit(CallId call) {
      return Optional.ofNullable(latest.get(new Named<>(site, call))).flatMap(visits::find);
    }

    @Override
    public Optional<Offering> offering(OfferId offer) {
      return offerings.find(new OfferingKey(site, offer));
    }

    @Override
    public Optional<Offering> accepted(AgentId agent) {
      return offerings.all().stream()
          .filter(it -> it.site().equals(site) && it.agent().equals(agent))
          .filter(it -> it.outcome() == OfferOutcome.ACCEPTED && !it.over())
          .max(
              Comparator.comparing((Offering it) -> Objects.requireNonNull(it.endedAt()))
                  .thenComparing(it -> it.offer().toString()));
    }

    @Override
    public Optional<Stint> stint(AgentId agent) {
      if (!loaded.contains(new Named<>(site, agent))) {
        // Taken for an agent without stints, it would lose those that it has.
        throw new IllegalStateException(
            "Expected an agent that is a subject of the event, but got " + agent);
      }
      return Optional.ofNullable(now.get(new Named<>(site, agent))).flatMap(stints::find);
    }

    @Override
    public void put(Visit visit) {
      visits.put(key(visit), visit);
      latest.put(new Named<>(site, visit.call()), key(visit));
    }

    @Override
    public void put(Offering offering) {
      offerings.put(key(offering), offering);
    }

    @Override
    public void put(Stint stint) {
      stints.put(key(stint), stint);
      now.put(new Named<>(site, stint.agent()), key(stint));
    }
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
