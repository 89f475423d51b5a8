package org.switchwright.replay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.journal.testing.House.SITE;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.StatisticsFacts;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.domain.statistics.ServiceCounts.Thresholds;
import org.switchwright.domain.statistics.ServiceLevel;
import org.switchwright.domain.statistics.Spans;
import org.switchwright.domain.statistics.Statistics;
import org.switchwright.domain.statistics.Stint.Activity;
import org.switchwright.journal.testing.House;
import org.switchwright.replay.Followed;
import org.switchwright.replay.Replayed;
import org.switchwright.replay.StateHash;

/** What is counted live beside what the journal tells afterwards. */
class StatisticsReplayTest {
  private static final long SEED = 20_261_127;

  @TempDir private Path folder;
  private Replayed replayed;
  private StatisticsReplay recomputed;
  private final Random random = new Random(SEED);

  @BeforeEach
  void open() throws SQLException, IOException {
    replayed = new Replayed(folder);
    recomputed = new StatisticsReplay(replayed.database.dataSource());
  }

  @AfterEach
  void close() throws SQLException {
    replayed.close();
  }

  private Statistics live(Interval interval, Thresholds thresholds) throws SQLException {
    return Statistics.of(
        new StatisticsFacts(replayed.database.dataSource()).read(SITE, interval).facts(),
        interval,
        thresholds);
  }

  /** Agents of every kind, one of whom comes and goes, and callers who stay or do not. */
  private void busyHours(int calls) throws SQLException {
    busyHours(calls, false);
  }

  /**
   * The same.
   *
   * @param together whether agents send callers on, ask one another and confer
   */
  private void busyHours(int calls, boolean together) throws SQLException {
    for (int n = 0; n < 8; n++) {
      String skill = n % 3 == 0 ? "helping" : "selling";
      House.Phone phone = n < 5 ? House.Phone.ANSWERS : House.Phone.values()[n % 5];
      replayed.house.ready("a" + n, Map.of(skill, 5 + random.nextInt(5)), phone);
      replayed.house.pass(Duration.ofSeconds(1));
    }
    AgentId restless = new AgentId("a1");
    for (int n = 0; n < calls; n++) {
      replayed.house.arrive(
          random.nextInt(3) == 0 ? "support" : "sales",
          Duration.ofMillis(500 + random.nextInt(240_000)),
          Duration.ofMillis(1_000 + random.nextInt(90_000)));
      replayed.house.pass(Duration.ofMillis(random.nextInt(20_000)));
      if (together) {
        workTogether("wish-" + n);
      }
      if (n % 17 == 0) {
        replayed.house.tell(
            restless,
            n % 2 == 0
                ? new Agent.BeNotReady(replayed.house.uttered(), "lunch")
                : new Agent.BeReady(replayed.house.uttered()));
      }
      if (random.nextInt(9) == 0) {
        replayed.catchUp();
      }
    }
    replayed.catchUp();
  }

  /** Whoever talks for the longest sends the caller on, or asks somebody else first. */
  private void workTogether(String wish) {
    House house = replayed.house;
    List<CallId> talking = house.talking();
    if (talking.isEmpty()) {
      return;
    }
    CallId call = talking.getFirst();
    Destination to =
        random.nextBoolean()
            ? new Destination.ToQueue(new QueueId(random.nextBoolean() ? "sales" : "support"))
            : new Destination.ToAgent(new AgentId("a" + random.nextInt(8)));
    switch (random.nextInt(5)) {
      case 0 -> house.tell(call, new Call.Transfer(to, random.nextBoolean(), wish));
      case 1 -> house.tell(call, new Call.Transfer(new Destination.Back(), true, wish));
      case 2 -> consult(call, to, wish, new Call.CompleteConsult());
      case 3 -> consult(call, to, wish, new Call.RetrieveCaller());
      default -> {
        house.after(
            Duration.ofSeconds(6), () -> house.tell(call, new Call.Confer("sip:room@192.0.2.9")));
        consult(call, to, wish, new Call.CompleteConsult());
      }
    }
  }

  private void consult(CallId call, Destination to, String wish, Call.Command end) {
    House house = replayed.house;
    house.tell(call, new Call.Consult(to, wish));
    house.after(Duration.ofMillis(7_000 + random.nextInt(20_000)), () -> house.tell(call, end));
  }

  private Interval anyInterval(Instant end) {
    long whole = Duration.between(Replayed.START, end).toMillis();
    Instant from = Replayed.START.plusMillis(random.nextLong(whole));
    return new Interval(from, from.plusMillis(1 + random.nextLong(whole)));
  }

  private Thresholds anyThresholds() {
    return new Thresholds(
        Duration.ofMillis(random.nextInt(90_000)), Duration.ofMillis(random.nextInt(9_000)));
  }

  @Test
  void shouldTellTheSameLiveAndFromTheJournalOfAnyIntervalAndDefinition() throws SQLException {
    busyHours(400);
    Instant now = replayed.house.now();

    for (int n = 0; n < 40; n++) {
      Interval interval = anyInterval(now);
      Thresholds thresholds = anyThresholds();

      assertThat(live(interval, thresholds))
          .as("%s %s, seed %d", interval, thresholds, SEED)
          .isEqualTo(recomputed.of(SITE, interval, thresholds));
    }
  }

  @Test
  void shouldTellTheSameOfCallersWhoAreSentOnAndOfAgentsWhoAskOneAnother() throws SQLException {
    busyHours(300, true);
    Instant now = replayed.house.now();
    Interval whole = new Interval(Replayed.START, now);

    for (int n = 0; n < 40; n++) {
      Interval interval = n == 0 ? whole : anyInterval(now);
      Thresholds thresholds = anyThresholds();

      assertThat(live(interval, thresholds))
          .as("%s %s, seed %d", interval, thresholds, SEED)
          .isEqualTo(recomputed.of(SITE, interval, thresholds));
    }
    assertThat(journaled("call.transferred")).isGreaterThan(10);
    assertThat(journaled("call.consult-ended")).isGreaterThan(10);
    assertThat(journaled("site.conference-began")).isGreaterThan(3);
  }

  /** Each event in a batch of its own, as where views keep up. */
  @Test
  void shouldTellTheSameOfAConferenceEventByEvent() throws SQLException {
    House house = replayed.house;
    for (String agent : List.of("a0", "a1")) {
      house.ready(agent, Map.of("selling", 7), House.Phone.ANSWERS);
      house.pass(Duration.ofSeconds(1));
      replayed.catchUp();
    }
    CallId call = house.arrive("sales", Duration.ofMinutes(10), Duration.ofMinutes(20));
    passSlowly(Duration.ofSeconds(10));
    AgentId talks = new AgentId("a0");
    AgentId asked = new AgentId("a1");
    house.tell(call, new Call.Consult(new Destination.ToAgent(asked), "r1"));
    passSlowly(Duration.ofSeconds(20));
    house.tell(call, new Call.Confer("sip:room@192.0.2.9"));
    passSlowly(Duration.ofSeconds(100));
    house.tell(call, new Call.CompleteConsult());
    passSlowly(Duration.ofSeconds(30));
    Interval whole = new Interval(Replayed.START, house.now());

    Statistics all = live(whole, Thresholds.USUAL);

    assertThat(journaled("site.conference-began")).isEqualTo(1);
    assertThat(all).isEqualTo(recomputed.of(SITE, whole, Thresholds.USUAL));
    for (AgentId agent : List.of(talks, asked)) {
      assertThat(all.agents().get(agent).times().get(Activity.TALKING))
          .isBetween(Duration.ofSeconds(95), Duration.ofSeconds(140));
    }
  }

  private void passSlowly(Duration span) throws SQLException {
    for (int ms = 0; ms < span.toMillis(); ms += 100) {
      replayed.house.pass(Duration.ofMillis(100));
      replayed.catchUp();
    }
  }

  private int journaled(String event) throws SQLException {
    try (Connection connection = replayed.database.connection();
        PreparedStatement count =
            connection.prepareStatement(
                "SELECT count(*) FROM event_journal WHERE event_ser_manifest LIKE ?")) {
      count.setString(1, event + "/%");
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  @Test
  void shouldTellTheSameOfThePastWhateverCameAfterwards() throws SQLException {
    busyHours(120);
    Instant then = replayed.house.now();
    Interval past = new Interval(Replayed.START, then);
    Statistics atThatTime = live(past, Thresholds.USUAL);

    busyHours(120);

    assertThat(live(past, Thresholds.USUAL)).isEqualTo(atThatTime);
    assertThat(recomputed.of(SITE, past, Thresholds.USUAL)).isEqualTo(atThatTime);
    replayed.rebuild();
    assertThat(live(past, Thresholds.USUAL)).isEqualTo(atThatTime);
  }

  @Test
  void shouldCountEveryCallAndEverySecondOnce() throws SQLException {
    busyHours(200);
    replayed.house.pass(Duration.ofHours(1));
    replayed.catchUp();
    Interval whole = new Interval(Replayed.START, replayed.house.now());

    Statistics all = live(whole, Thresholds.USUAL);

    Statistics.CallFigures site = all.site();
    assertThat(site.offered()).isEqualTo(200);
    assertThat(
            site.answered() + site.abandoned() + site.overflowed() + site.refused() + site.failed())
        .isEqualTo(200);
    assertThat(site.abandoned()).isPositive();
    assertThat(site.handleTimes().count()).isEqualTo(site.answered());
    assertThat(ServiceLevel.CISCO_POSITIVE.percent(site.service()).orElseThrow())
        .isBetween(1.0, 99.0);
    all.agents()
        .forEach((agent, figures) -> {
          Duration sum = figures.times().values().stream().reduce(Duration.ZERO, Duration::plus);
          assertThat(sum).as("%s", agent).isBetween(Duration.ofMinutes(59), Duration.ofHours(9));
          assertThat(figures.times().getOrDefault(Activity.TALKING, Duration.ZERO).toMillis())
              .as("%s", agent)
              .isCloseTo(
                  figures.talkTimes().sum().toMillis(), org.assertj.core.data.Offset.offset(250L));
        });
    assertThat(all.agents().get(new AgentId("a1")).notReady()).containsKey("lunch");
  }

  @Test
  void shouldScoreEachFormulaAgainstWhatCallersThenWaited() throws SQLException {
    busyHours(400);
    Interval whole = new Interval(Replayed.START, replayed.house.now());

    var report = new EstimateScores(replayed.database.dataSource()).of(SITE, whole);

    assertThat(report.answered()).isPositive();
    assertThat(report.notAnswered()).isPositive();
    assertThat(report.all()).containsOnlyKeys(EstimatedWait.values());
    report
        .all()
        .forEach((formula, score) -> {
          assertThat(score.told() + score.unknown()).isEqualTo(report.answered());
          assertThat(score.errors().orElseThrow().meanAbsolute())
              .as("%s", formula)
              .isGreaterThanOrEqualTo(Math.abs(score.errors().orElseThrow().bias()));
        });
    assertThat(report.all().get(EstimatedWait.ERLANG_A).interval().orElseThrow().within())
        .isBetween(0.3, 1.0);
  }

  /** The events before the snapshot are taken away, so that nobody can have read them. */
  @Test
  void shouldFollowTheSiteFromItsLastSnapshotOn() throws SQLException {
    busyHours(60);
    SiteState then = (SiteState) replayed.house.state("site|" + SITE);
    try (Connection connection = replayed.database.connection();
        PreparedStatement snapshot =
            connection.prepareStatement(
                "INSERT INTO snapshot (persistence_id, sequence_number, created,"
                    + " snapshot_ser_id, snapshot_ser_manifest, snapshot_payload)"
                    + " SELECT 'site|berlin', max(sequence_number), 0, 0, '', ?"
                    + " FROM event_journal WHERE persistence_id = 'site|berlin'");
        PreparedStatement forget =
            connection.prepareStatement(
                "DELETE FROM event_journal WHERE persistence_id = 'site|berlin'"
                    + " AND sequence_number < (SELECT max(sequence_number) FROM snapshot)")) {
      snapshot.setBytes(1, replayed.format.writeValue(then));
      snapshot.executeUpdate();
      forget.executeUpdate();
    }
    Followed<SiteEvent, SiteState> followed = Followed.site(replayed.database.dataSource(), SITE);

    assertThat(StateHash.of(followed.now())).isEqualTo(StateHash.of(then));

    busyHours(20);

    SiteState now = (SiteState) replayed.house.state("site|" + SITE);
    assertThat(StateHash.of(followed.now())).isEqualTo(StateHash.of(now));
    assertThat(now.estimatedWaits(new QueueId("sales"), replayed.house.now()))
        .containsOnlyKeys(EstimatedWait.values());
  }

  @Test
  void shouldMergeTheQuantilesOfSites() {
    Spans one = new Spans(random.longs(500, 0, 60_000).boxed().toList());
    Spans other = new Spans(random.longs(1_500, 30_000, 200_000).boxed().toList());
    Spans both =
        new Spans(
            java.util.stream.Stream.concat(one.millis().stream(), other.millis().stream())
                .toList());

    WaitSketch merged =
        WaitSketch.read(WaitSketch.of(one).text())
            .plus(WaitSketch.read(WaitSketch.of(other).text()));

    assertThat(merged.count()).isEqualTo(2_000);
    for (double part : new double[] {0.1, 0.5, 0.9, 0.99}) {
      double exact = both.quantile(part).orElseThrow().toMillis();
      assertThat((double) merged.quantile(part).orElseThrow().toMillis())
          .isCloseTo(exact, org.assertj.core.data.Offset.offset(exact * 0.03));
    }
    assertThat(WaitSketch.of(new Spans(java.util.List.of())).quantile(0.5)).isEmpty();
  }
}
