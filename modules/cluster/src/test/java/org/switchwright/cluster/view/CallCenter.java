package org.switchwright.cluster.view;

import static org.switchwright.journal.testing.JournalRows.insert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Presence;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.reader.Batch;
import org.switchwright.journal.reader.Cursor;
import org.switchwright.journal.reader.JournalRow;
import org.switchwright.journal.reader.OrderedReader;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.HiddenPersonal;
import org.switchwright.journal.testing.House;

/** A small call center whose history goes to a database, and views made from it step by step. */
final class CallCenter implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-22T08:00:00.000123Z");
  static final Duration LONG = Duration.ofHours(1);

  final Database database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL);
  final Connection writer;
  final House house;
  final Views views = new Views();
  final AtomicLong executions = new AtomicLong();
  private Cursor cursor;

  CallCenter() throws SQLException {
    writer = database.ownConnection();
    house = new House(new EventFormat(new HiddenPersonal()), () -> new KeyId("k"), START);
    cursor = new OrderedReader(database.dataSource()).start();
  }

  /** Queues sales (overflows to support), support and billing (closed to nearly all). */
  static SiteConfiguration configuration() {
    return new SiteConfiguration(
        List.of(
            queue("sales", "selling", 20, Optional.of("support")),
            queue("support", "helping", 50, Optional.empty()),
            queue("billing", "counting", 2, Optional.empty())),
        List.of(point("sales", 5), point("support", 1), point("billing", 1)),
        new SiteConfiguration.Delays(Duration.ofSeconds(10), Duration.ofSeconds(5)),
        List.of("lunch"));
  }

  /** Sales alone, of which a3 is the only member, called with priority 5 or, slowly, with 0. */
  static SiteConfiguration aging(Duration priorityWorth) {
    SiteConfiguration.Queue sales = queue("sales", "selling", 20, Optional.empty());
    TreeMap<AgentId, Choosing.Member> members = new TreeMap<>();
    members.put(new AgentId("a3"), new Choosing.Member(1, 1));
    return new SiteConfiguration(
        List.of(
            new SiteConfiguration.Queue(
                sales.id(),
                sales.required(),
                sales.maxWaiting(),
                Duration.ofMinutes(30),
                sales.overflowTo(),
                sales.ringTimeout(),
                sales.wrapUp(),
                sales.treatment(),
                0,
                new Choosing(AgentChoice.LONGEST_IDLE, members, Duration.ZERO, Choosing.RING_STEP),
                List.of(),
                Presence.ALWAYS,
                Duration.ZERO)),
        List.of(
            point("sales", 5),
            new SiteConfiguration.RoutingPoint(
                new RoutingPointId("slow"), new QueueId("sales"), 0)),
        new SiteConfiguration.Delays(Duration.ofSeconds(10), Duration.ofSeconds(5)),
        List.of("lunch"),
        new SiteConfiguration.Rules(priorityWorth, Duration.ofMinutes(30)));
  }

  /** One queue that rings everybody at once. */
  static SiteConfiguration ringingAll() {
    SiteConfiguration.Queue sales = queue("sales", "selling", 20, Optional.empty());
    return new SiteConfiguration(
        List.of(sales.taking(Choosing.by(AgentChoice.RING_ALL))),
        List.of(point("sales", 5)),
        new SiteConfiguration.Delays(Duration.ofSeconds(10), Duration.ofSeconds(5)),
        List.of("lunch"));
  }

  private static SiteConfiguration.Queue queue(
      String id, String skill, int maxWaiting, Optional<String> overflowTo) {
    SortedMap<Skill, Integer> required = new TreeMap<>(Map.of(new Skill(skill), 5));
    return new SiteConfiguration.Queue(
        new QueueId(id),
        required,
        maxWaiting,
        Duration.ofMinutes(3),
        overflowTo.map(QueueId::new),
        Duration.ofSeconds(15),
        Duration.ofSeconds(8),
        id.equals("support") ? TreatmentMode.AFTER_ANSWER : TreatmentMode.EARLY_MEDIA);
  }

  private static SiteConfiguration.RoutingPoint point(String queue, int priority) {
    return new SiteConfiguration.RoutingPoint(
        new RoutingPointId(queue), new QueueId(queue), priority);
  }

  /** A day with everything in it, the same for each seed. */
  void busyDay(long seed, int calls) {
    Random random = new Random(seed);
    house.configure(configuration());
    for (int n = 0; n < 12; n++) {
      String skill = n % 3 == 0 ? "helping" : "selling";
      House.Phone phone = n < 8 ? House.Phone.ANSWERS : House.Phone.values()[n % 5];
      house.ready("a" + n, Map.of(skill, 5 + random.nextInt(5), "counting", n % 7), phone);
      house.pass(Duration.ofSeconds(1));
    }
    String[] points = {"sales", "sales", "support", "billing", "unknown-" + seed};
    for (int n = 0; n < calls; n++) {
      house.arrive(
          points[Math.min(random.nextInt(40) / 9, 4)],
          Duration.ofMillis(500 + random.nextInt(240_000)),
          Duration.ofMillis(1_000 + random.nextInt(60_000)));
      house.pass(Duration.ofMillis(random.nextInt(9_000)));
    }
  }

  void write() throws SQLException {
    List<House.Row> rows = house.take();
    writer.setAutoCommit(false);
    for (int from = 0; from < rows.size(); from += 50) {
      insert(writer, rows.subList(from, Math.min(rows.size(), from + 50)));
      writer.commit();
    }
    writer.setAutoCommit(true);
  }

  /** Brings the views up to date in batches of a size, and returns how many rows there were. */
  int project(int batchSize) throws SQLException {
    return project(batchSize, Integer.MAX_VALUE);
  }

  /** The same, but at most so many batches. */
  int project(int batchSize, int batches) throws SQLException {
    OrderedReader reader = new OrderedReader(database.dataSource());
    int count = 0;
    for (int batch = 0; batch < batches; batch++) {
      List<JournalRow> rows = ((Batch.Rows) reader.read(cursor, batchSize)).rows();
      if (rows.isEmpty()) {
        return count;
      }
      try (Connection connection = database.connection()) {
        connection.setAutoCommit(false);
        views.handle(CountedConnection.of(connection, executions), rows);
        connection.commit();
        connection.setAutoCommit(true);
      }
      cursor = rows.getLast().cursor();
      count += rows.size();
    }
    return count;
  }

  /** What the runner does in the transaction of the rows. */
  void storeOffset() throws SQLException {
    try (PreparedStatement statement =
        writer.prepareStatement(
            "INSERT INTO projection_offset (name, epoch, xid, ordering) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET xid = EXCLUDED.xid,"
                + " ordering = EXCLUDED.ordering")) {
      statement.setString(1, views.name());
      statement.setObject(2, cursor.epoch());
      statement.setObject(3, Long.toString(cursor.xid()), Types.OTHER);
      statement.setLong(4, cursor.ordering());
      statement.executeUpdate();
    }
  }

  void clear() throws SQLException {
    try (Connection connection = database.connection()) {
      views.clear(connection);
    }
    cursor = new OrderedReader(database.dataSource()).start();
  }

  @Override
  public void close() throws SQLException {
    writer.close();
    database.close();
  }
}
