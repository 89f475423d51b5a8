package org.switchwright.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.cluster.view.PastCalls;
import org.switchwright.cluster.view.PlannedDays;
import org.switchwright.cluster.view.Views;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.estimate.Presence;
import org.switchwright.domain.estimate.SitePast;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.reader.Batch;
import org.switchwright.journal.reader.OrderedReader;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.House;
import org.switchwright.journal.testing.JournalRows;

/** The past of a site by what it has reported and by what was loaded, from a real journal. */
class PastOfWatchedSiteTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final SiteId BERLIN = new SiteId("berlin");
  private static final QueueId SALES = new QueueId("sales");
  private static final AgentId ANNA = new AgentId("anna");

  private final EventFormat format = new EventFormat(new SealedPersonal());
  private final List<House.Row> rows = new ArrayList<>();
  private Database database;
  private int monitored;
  private int reported;
  private int written;

  @BeforeEach
  void open() {
    database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL, Schema.KEYS);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private void journal(String persistenceId, long number, Instant at, Object event) {
    Journaled<?> journaled = new Journaled<>(event, null);
    rows.add(
        new House.Row(persistenceId, number, format.name(journaled), format.write(journaled), at));
  }

  private void monitor(MonitorEvent event) {
    journal("monitor|berlin", ++monitored, event.at(), event);
  }

  /** Late or not, each in an event of its own. */
  private void reports(SiteEvent... events) {
    for (SiteEvent event : events) {
      monitor(new MonitorEvent.Reported(event.at(), "x", List.of(new Report(++reported, event))));
    }
  }

  private void write() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      JournalRows.insert(connection, rows);
    }
    written += rows.size();
    rows.clear();
  }

  private void project() throws SQLException {
    Views views = new Views();
    OrderedReader reader = new OrderedReader(database.dataSource());
    Batch.Rows batch =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> (Batch.Rows) reader.read(reader.start(), 1_000),
                it -> it.rows().size() == written);
    try (Connection connection = database.ownConnection()) {
      connection.setAutoCommit(false);
      views.handle(connection, batch.rows());
      connection.commit();
    }
  }

  private static SiteEvent configured() {
    return new SiteEvent.SiteConfigured(
        at(0),
        new SiteConfiguration(
            List.of(
                new SiteConfiguration.Queue(
                    SALES,
                    new TreeMap<>(),
                    10,
                    Duration.ofMinutes(10),
                    Optional.empty(),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(20),
                    TreatmentMode.EARLY_MEDIA)),
            List.of(new SiteConfiguration.RoutingPoint(new RoutingPointId("hotline"), SALES, 0)),
            new SiteConfiguration.Delays(Duration.ofSeconds(10), Duration.ofSeconds(30)),
            List.of("break")));
  }

  private static SiteEvent ready() {
    return new SiteEvent.AgentReported(
        at(1), ANNA, 1, 0, new Wish.Ready(), new TreeMap<>(), Optional.empty());
  }

  private static SiteEvent[] call(String id, int from, Optional<Origin> origin) {
    CallId call = new CallId(id);
    OfferId offer = new OfferId(call, 1);
    return new SiteEvent[] {
      new SiteEvent.CallEntered(
          at(from),
          call,
          new InteractionId("i-" + id),
          new RoutingPointId("hotline"),
          SALES,
          0,
          at(from),
          Optional.empty(),
          Optional.empty(),
          origin),
      new SiteEvent.AgentReserved(
          at(from + 1),
          offer,
          ANNA,
          at(from + 16),
          new RoutingDecision(SALES, ANNA, AgentChoice.LONGEST_IDLE, 0, List.of(), 0, 0)),
      new SiteEvent.OfferAccepted(at(from + 5), offer, ANNA, at(from + 900)),
      new SiteEvent.ConversationEnded(at(from + 65), offer, ANNA, null),
      new SiteEvent.CallLeft(at(from + 65), call, CallOutcome.SERVED, Optional.empty())
    };
  }

  private static LoadedCall loaded(LocalDate day, int seconds) {
    Instant entered = day.atTime(9, 0).toInstant(ZoneOffset.UTC).plusSeconds(seconds);
    return LoadedCall.of(
        new CallRecord(
            entered.toEpochMilli(),
            CallRecord.NEVER,
            entered.plusSeconds(30).toEpochMilli(),
            "",
            "old",
            0),
        0);
  }

  @Test
  void shouldCountADayByItsReportsAndAnyOtherByWhatWasLoaded() throws Exception {
    reports(configured(), ready());
    reports(call("c1", 100, Optional.empty()));
    reports(call("c9.n1", 300, Optional.of(new Origin(new SiteId("hq"), new CallId("c9"), 1))));
    List<LoadedCall> log =
        List.of(loaded(DAY.minusDays(1), 0), loaded(DAY.minusDays(1), 60), loaded(DAY, 120));
    ZoneId vienna = ZoneId.of("Europe/Vienna");
    monitor(new MonitorEvent.HistoryLoaded(at(900), vienna, log));
    monitor(new MonitorEvent.HistoryLoaded(at(901), vienna, log.subList(0, 2)));
    write();
    project();
    PastCalls past = new PastCalls(database.dataSource());

    PastCalls.Span span = past.span(BERLIN);
    assertThat(past.loaded(BERLIN)).isEqualTo(3);
    assertThat(span.zone()).contains(vienna);
    assertThat(span.first()).contains(log.getFirst().entered());
    PastCalls.Day today = past.day(BERLIN, DAY, vienna);
    assertThat(today.source()).isEqualTo(PastCalls.Source.REPORTED);
    assertThat(today.past().calls())
        .extracting(it -> it.enteredMs() / 1_000 - START.getEpochSecond(), CallRecord::agent)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(100L, "anna"),
            org.assertj.core.groups.Tuple.tuple(301L, "anna"));
    assertThat(today.past().presences())
        .extracting(Presence::agent, it -> it.fromMs() / 1_000 - START.getEpochSecond())
        .contains(org.assertj.core.groups.Tuple.tuple("anna", 105L));
    PastCalls.Day before = past.day(BERLIN, DAY.minusDays(1), vienna);
    assertThat(before.past().presences()).isEmpty();
    assertThat(before.source()).isEqualTo(PastCalls.Source.LOADED);
    assertThat(before.past().calls()).hasSize(2);
    assertThat(past.day(BERLIN, DAY.plusDays(1), vienna).source()).isEqualTo(PastCalls.Source.NONE);
    assertThat(
            past.between(BERLIN, DAY.minusDays(9), DAY, vienna, 1_000, loadedBy(at(900))).calls())
        .hasSize(4);
    PastCalls.AsOf early = new PastCalls.AsOf(at(120), at(900));
    SitePast then = past.between(BERLIN, DAY, DAY, vienna, 1_000, early);
    assertThat(then.calls()).as("no call of the day is over").isEmpty();
    assertThat(then.presences()).isEmpty();
    assertThat(past.shareFromElsewhere(BERLIN, at(-9_000), at(9_000))).contains(0.5);
    assertThat(past.shareFromElsewhere(BERLIN, at(-9_000), at(200))).contains(0.0);
    assertThat(past.shareFromElsewhere(BERLIN, at(-9_000), at(-8_000))).isEmpty();
    assertThat(past.known(BERLIN, List.of(log.getFirst(), loaded(DAY, 121))))
        .containsExactly(log.getFirst());
  }

  @Test
  void shouldTellWhatHadBeenLoadedByThen() throws Exception {
    LocalDate before = DAY.minusDays(1);
    ZoneId vienna = ZoneId.of("Europe/Vienna");
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    LoadedCall first = loaded(before, 0);
    LoadedCall second = loaded(before, 60);
    monitor(new MonitorEvent.HistoryLoaded(at(100), vienna, List.of(first)));
    monitor(new MonitorEvent.HistoryLoaded(at(200), vienna, List.of(first, second)));
    monitor(new MonitorEvent.HistoryLoaded(at(300), tokyo, List.of(second)));
    write();
    project();
    PastCalls past = new PastCalls(database.dataSource());

    assertThat(past.zone(BERLIN, at(99))).isEmpty();
    assertThat(past.between(BERLIN, before, before, vienna, 1_000, loadedBy(at(99))).calls())
        .isEmpty();
    assertThat(past.zone(BERLIN, at(299))).contains(vienna);
    assertThat(past.between(BERLIN, before, before, vienna, 1_000, loadedBy(at(199))).calls())
        .containsExactly(first.record());
    assertThat(past.between(BERLIN, before, before, vienna, 1_000, loadedBy(at(200))).calls())
        .containsExactly(first.record(), second.record());
    assertThat(past.zone(BERLIN, at(300))).contains(tokyo);
    assertThat(past.span(BERLIN).zone()).contains(tokyo);
    assertThat(past.loaded(BERLIN)).isEqualTo(2);
  }

  @Test
  void shouldTellWhatHadNotBeenForgottenByThen() throws Exception {
    LocalDate before = DAY.minusDays(1);
    LoadedCall wrong = loaded(before, 3_600);
    LoadedCall both = loaded(before, 60);
    ZoneId utc = ZoneOffset.UTC;
    monitor(new MonitorEvent.HistoryLoaded(at(100), utc, List.of(wrong, both)));
    monitor(new MonitorEvent.HistoryForgotten(at(200)));
    monitor(new MonitorEvent.HistoryLoaded(at(300), utc, List.of(both)));
    write();
    project();
    PastCalls past = new PastCalls(database.dataSource());

    assertThat(past.between(BERLIN, before, before, utc, 1_000, loadedBy(at(199))).calls())
        .containsExactly(both.record(), wrong.record());
    assertThat(past.between(BERLIN, before, before, utc, 1_000, loadedBy(at(200))).calls())
        .isEmpty();
    assertThat(past.between(BERLIN, before, before, utc, 1_000, loadedBy(at(300))).calls())
        .containsExactly(both.record());
    assertThat(past.day(BERLIN, before, utc).past().calls()).containsExactly(both.record());
    assertThat(past.loaded(BERLIN)).isEqualTo(1);
    assertThat(past.span(BERLIN).last()).contains(both.entered());
    assertThat(past.known(BERLIN, List.of(wrong, both))).containsExactly(both);
    assertThat(past.generation(BERLIN)).isEqualTo(1);
    assertThat(past.generation(new SiteId("rome"))).isZero();
  }

  /** Of a rare queue's log those of one command may be months apart. */
  @Test
  void shouldKnowCallsBetweenWhichThereAreMany() throws Exception {
    try (Connection connection = database.ownConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO history_call SELECT ?, ? + 20 * n, 0, ? + 20 * n + 1, '', 'many', 0, 0,"
                    + " now(), 0 FROM generate_series(?, ?) n")) {
      long from = loaded(DAY.minusDays(60), 0).entered().toEpochMilli();
      insert.setString(1, BERLIN.value());
      insert.setLong(2, from);
      insert.setLong(3, from);
      for (int n = 0; n <= PastCalls.MAX_OF_DAY; n += 10_000) {
        insert.setInt(4, n + 1);
        insert.setInt(5, n + 10_000);
        insert.executeUpdate();
      }
    }
    LoadedCall first = loaded(DAY.minusDays(60), 0);
    LoadedCall last = loaded(DAY.minusDays(1), 0);
    monitor(new MonitorEvent.HistoryLoaded(at(100), ZoneOffset.UTC, List.of(first)));
    write();
    project();

    assertThat(new PastCalls(database.dataSource()).known(BERLIN, List.of(first, last)))
        .containsExactly(first);
  }

  private static PlannedDay planned(LocalDate day, int agents) {
    return new PlannedDay(
        day, List.of(new PlannedDay.Step(480, agents), new PlannedDay.Step(960, 0)));
  }

  @Test
  void shouldTellOfEachDayWhatWasPlannedLastByThen() throws Exception {
    ZoneId vienna = ZoneId.of("Europe/Vienna");
    LocalDate next = DAY.plusDays(1);
    monitor(
        new MonitorEvent.ScheduleLoaded(
            at(100), vienna, List.of(planned(DAY, 10), planned(next, 8))));
    monitor(new MonitorEvent.ScheduleLoaded(at(200), vienna, List.of(planned(DAY, 9))));
    write();
    project();
    PlannedDays days = new PlannedDays(database.dataSource());

    assertThat(days.between(BERLIN, DAY, next, at(99))).isEmpty();
    assertThat(days.between(BERLIN, DAY, next, at(199)))
        .containsExactly(planned(DAY, 10), planned(next, 8));
    assertThat(days.between(BERLIN, DAY, next, at(200)))
        .containsExactly(planned(DAY, 9), planned(next, 8));
    assertThat(days.between(BERLIN, next, next, at(200))).containsExactly(planned(next, 8));
    assertThat(days.known(BERLIN, List.of(planned(DAY, 10), planned(next, 8)), at(300)))
        .containsExactly(planned(next, 8));
    assertThat(days.span(BERLIN))
        .isEqualTo(new PlannedDays.Span(2, Optional.of(DAY), Optional.of(next)));
    assertThat(days.span(new SiteId("rome")))
        .isEqualTo(new PlannedDays.Span(0, Optional.empty(), Optional.empty()));
    assertThat(new PastCalls(database.dataSource()).span(BERLIN).zone()).contains(vienna);
  }

  @Test
  void shouldTellWhatASiteWasLikeByReportsThatCameLater() throws Exception {
    reports(configured(), ready());
    long cut = monitored;
    SiteState mirror = mirror(configured(), ready());
    reports(call("c1", 100, Optional.empty()));
    write();

    TreeSet<Instant> moments = new TreeSet<>(List.of(at(99), at(110), at(170)));
    var then = SiteThen.at(database.dataSource(), BERLIN, cut, mirror, moments);

    // Nothing was reported that is later than the last of them.
    assertThat(then.keySet()).containsExactly(at(99), at(110));
    assertThat(then.get(at(99)).calls()).isEmpty();
    assertThat(then.get(at(110)).calls()).hasSize(1);
  }

  @Test
  void shouldTellNothingOfAHistoryThatHasBegunAnew() throws Exception {
    reports(configured(), ready());
    long cut = monitored;
    monitor(new MonitorEvent.StartedOver(at(50), "y"));
    write();

    assertThat(
            SiteThen.at(
                database.dataSource(),
                BERLIN,
                cut,
                mirror(configured(), ready()),
                new TreeSet<>(List.of(at(60)))))
        .isEmpty();
  }

  @Test
  void shouldGoOnFromAMomentOfTheOwnSite() throws Exception {
    int number = 0;
    for (SiteEvent event : List.of(configured(), ready())) {
      journal("site|berlin", ++number, event.at(), event);
    }
    for (SiteEvent event : call("c1", 100, Optional.empty())) {
      journal("site|berlin", ++number, event.at(), event);
    }
    write();

    SiteSince since = SiteSince.of(database.dataSource(), BERLIN, at(103));

    assertThat(since.state().calls()).hasSize(1);
    assertThat(events(since))
        .extracting(Object::getClass)
        .containsExactly(
            SiteEvent.OfferAccepted.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallLeft.class);
    assertThat(events(since)).isEmpty();
    journal("site|berlin", ++number, at(999), ready());
    write();
    assertThat(events(since)).hasSize(1);
  }

  private static PastCalls.AsOf loadedBy(Instant moment) {
    return new PastCalls.AsOf(at(90_000), moment);
  }

  private static List<SiteEvent> events(SiteSince since) throws SQLException {
    List<SiteEvent> events = new ArrayList<>();
    since.until(at(1_000), events::add);
    return events;
  }

  private static SiteState mirror(SiteEvent... events) {
    SiteState state = Site.AGGREGATE.initial("berlin");
    for (SiteEvent event : events) {
      state = Site.AGGREGATE.evolve(state, event);
    }
    return state;
  }
}
