package org.switchwright.replay;

import static org.awaitility.Awaitility.await;
import static org.switchwright.journal.testing.JournalRows.insert;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.cluster.view.Views;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.PersonalCipher;
import org.switchwright.journal.keys.KeyRing;
import org.switchwright.journal.keys.MasterKey;
import org.switchwright.journal.reader.Batch;
import org.switchwright.journal.reader.Cursor;
import org.switchwright.journal.reader.OrderedReader;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.House;

/** A site with a real journal, real keys and all views, to be asked about its past. */
public final class Replayed implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  static final Duration LONG = Duration.ofHours(1);

  public final Database database =
      Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL, Schema.KEYS);
  public final KeyRing keys;
  public final EventFormat format;
  public final House house;
  private final Connection writer;
  private final Views views = new Views();
  private Cursor cursor;

  public Replayed(Path folder) throws SQLException {
    keys = KeyRing.open(database.dataSource(), MasterKey.ofFile(folder.resolve("master.json")));
    format = new EventFormat(cipher());
    house = new House(format, keys::issue, START);
    writer = database.ownConnection();
    cursor = new OrderedReader(database.dataSource()).start();
    house.configure(configuration());
  }

  public Replayed() throws SQLException, java.io.IOException {
    this(Files.createTempDirectory("switchwright-keys-"));
  }

  private PersonalCipher cipher() {
    return new PersonalCipher() {
      @Override
      public String encrypt(Personal.Clear text) {
        return keys.encrypt(text);
      }

      @Override
      public Personal decrypt(KeyId key, String cipher) {
        return keys.decrypt(key, cipher);
      }
    };
  }

  private static SiteConfiguration configuration() {
    return new SiteConfiguration(
        List.of(
            queue("sales", "selling", "support"), queue("support", "helping", null), ringingAll()),
        List.of(point("sales"), point("support"), point("everybody")),
        new SiteConfiguration.Delays(Duration.ofSeconds(10), Duration.ofSeconds(5)),
        List.of("lunch"));
  }

  private static SiteConfiguration.Queue queue(String id, String skill, String overflowTo) {
    SortedMap<Skill, Integer> required = new TreeMap<>(Map.of(new Skill(skill), 5));
    return new SiteConfiguration.Queue(
        new QueueId(id),
        required,
        20,
        Duration.ofMinutes(3),
        Optional.ofNullable(overflowTo).map(QueueId::new),
        Duration.ofSeconds(15),
        Duration.ofSeconds(8),
        TreatmentMode.EARLY_MEDIA);
  }

  private static SiteConfiguration.Queue ringingAll() {
    return queue("everybody", "hearing", null).taking(Choosing.by(AgentChoice.RING_ALL));
  }

  /** A call that rings at three agents, of whom one rejects it and one answers. */
  public CallId callToEverybody() {
    house.ready("b1", Map.of("hearing", 7), House.Phone.ANSWERS);
    house.ready("b2", Map.of("hearing", 7), House.Phone.REJECTS);
    house.ready("b3", Map.of("hearing", 7), House.Phone.ANSWERS);
    CallId call = house.arrive("everybody", LONG, Duration.ofSeconds(5));
    house.pass(Duration.ofMinutes(1));
    return call;
  }

  private static SiteConfiguration.RoutingPoint point(String queue) {
    return new SiteConfiguration.RoutingPoint(new RoutingPointId(queue), new QueueId(queue), 1);
  }

  /**
   * A call that waits, is rejected by one agent, missed by the next, overflows, is answered by a
   * third, is held and resumed, and ends.
   */
  public CallId eventfulCall() {
    house.ready("a1", Map.of("selling", 7), House.Phone.REJECTS);
    house.pass(Duration.ofSeconds(5));
    house.ready("a2", Map.of("selling", 9), House.Phone.SILENT);
    house.ready("a3", Map.of("helping", 3, "selling", 2), House.Phone.ANSWERS);
    house.pass(Duration.ofSeconds(5));
    CallId call = house.arrive("sales", LONG, Duration.ofSeconds(90));
    house.pass(Duration.ofSeconds(20));
    house.tell(new AgentId("a1"), new Agent.BeNotReady(house.uttered(), "lunch"));
    house.pass(Duration.ofMinutes(4));
    house.ready("a4", Map.of("helping", 8), House.Phone.ANSWERS);
    house.pass(Duration.ofSeconds(20));
    hold(call, 0, 11, "hold");
    house.pass(Duration.ofSeconds(20));
    hold(call, 0, 12, "resume");
    house.pass(Duration.ofMinutes(5));
    return call;
  }

  private void hold(CallId call, int leg, long cseq, String session) {
    KeyId key =
        ((org.switchwright.domain.call.CallState) house.state("call|" + call))
            .arrival()
            .caller()
            .key();
    house.report(
        call,
        new LegReport.ReinviteArrived(
            leg, House.invite(key, cseq), Personal.of(key, House.sdp(session))));
  }

  /** Stores what happened and brings the views up to date. */
  public void catchUp() throws SQLException {
    List<House.Row> rows = new ArrayList<>(house.take());
    if (!rows.isEmpty()) {
      insert(writer, rows);
    }
    project();
  }

  public void write() throws SQLException {
    insert(writer, house.take());
  }

  public void rebuild() throws SQLException {
    try (Connection connection = database.connection()) {
      views.clear(connection);
    }
    cursor = new OrderedReader(database.dataSource()).start();
    project();
  }

  /** All of it: the reader holds back what was written beside a transaction that is still open. */
  private void project() throws SQLException {
    long last = lastOrdering();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          projectWhatIsThere();
          return cursor.ordering() >= last;
        });
  }

  private long lastOrdering() throws SQLException {
    try (Connection connection = database.connection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT coalesce(max(ordering), 0) FROM event_journal")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void projectWhatIsThere() throws SQLException {
    OrderedReader reader = new OrderedReader(database.dataSource());
    while (reader.read(cursor, 300) instanceof Batch.Rows(var rows) && !rows.isEmpty()) {
      try (Connection connection = database.connection()) {
        connection.setAutoCommit(false);
        views.handle(connection, rows);
        connection.commit();
        connection.setAutoCommit(true);
      }
      cursor = rows.getLast().cursor();
    }
  }

  @Override
  public void close() throws SQLException {
    writer.close();
    keys.close();
    database.close();
  }
}
