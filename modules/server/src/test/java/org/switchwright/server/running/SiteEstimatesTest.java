package org.switchwright.server.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.PastCalls;
import org.switchwright.cluster.view.Views;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.EstimateScore;
import org.switchwright.domain.estimate.Quantity;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.network.Trouble;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.projection.ProjectionMetrics;
import org.switchwright.journal.projection.ProjectionRunner;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.House;
import org.switchwright.journal.testing.JournalRows;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.configuration.ConfigurationReader;

/** Cuts of a site's link on a real journal, in a time of their own. */
class SiteEstimatesTest {
  private static final SiteId BERLIN = new SiteId("berlin");
  private static final QueueId SALES = new QueueId("sales");
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A Monday; the site has been followed since nine. */
  private static final Instant OPENED = Instant.parse("2026-03-02T09:00:00Z");

  private static final Instant CUT = OPENED.plus(Duration.ofHours(1));

  @TempDir private Path home;
  private final EventFormat format = new EventFormat(new SealedPersonal());
  private final List<SiteEstimates> nodes = new ArrayList<>();
  private Configuration configuration;
  private Database database;
  private ProjectionRunner views;
  private MonitorState monitor;
  private int journaled;
  private int reported;
  private volatile Instant now = OPENED;

  @BeforeEach
  void open() throws Exception {
    Path token = Files.writeString(home.resolve("berlin.token"), "sw_nobody_at_all_knows_it\n");
    configuration =
        ConfigurationReader.read(
                Optional.empty(),
                List.of(
                    "site.time-zone=UTC",
                    "network.sites.berlin.url=\"http://127.0.0.1:9\"",
                    "network.sites.berlin.token-file=\"" + token + "\""),
                home)
            .configuration();
    database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL, Schema.KEYS);
    views =
        ProjectionRunner.start(
            database, new Views(), ProjectionMetrics.NONE, InstantSource.system());
    monitor = SiteMonitor.AGGREGATE.initial(BERLIN.value());
    journal("site|" + configuration.site().id(), 1, OPENED, configured(OPENED));
    past();
  }

  @AfterEach
  void close() {
    nodes.forEach(SiteEstimates::close);
    views.close();
    database.close();
  }

  private synchronized void journal(String entity, int number, Instant at, Object event)
      throws SQLException {
    Journaled<?> it = new Journaled<>(event, null);
    try (Connection connection = database.ownConnection()) {
      JournalRows.insert(
          connection,
          List.of(new House.Row(entity, number, format.name(it), format.write(it), at)));
    }
  }

  /** Monitors as the cluster has them: the same decisions in the same journal. */
  private synchronized CompletionStage<Receipt> submit(SiteId site, SiteMonitor.Command command) {
    return switch (SiteMonitor.AGGREGATE.decide(monitor, command, now)) {
      case Decision.Rejected<MonitorEvent> no ->
          CompletableFuture.completedFuture(new Receipt.Refused(no.reason(), no.sentence()));
      case Decision.Accepted<MonitorEvent> yes -> {
        try {
          for (MonitorEvent event : yes.events()) {
            journal("monitor|" + site, ++journaled, event.at(), event);
            monitor = SiteMonitor.AGGREGATE.evolve(monitor, event);
          }
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        yield CompletableFuture.completedFuture(new Receipt.Taken());
      }
    };
  }

  private void tell(SiteMonitor.Command command) {
    assertThat(submit(BERLIN, command).toCompletableFuture().join())
        .isInstanceOf(Receipt.Taken.class);
  }

  private void report(SiteEvent... events) {
    List<Report> reports = new ArrayList<>();
    for (SiteEvent event : events) {
      reports.add(new Report(++reported, event));
    }
    tell(new SiteMonitor.Take("p" + reported, reports));
  }

  private SiteEvent configured(Instant at) {
    return new SiteEvent.SiteConfigured(at, configuration.site().rules());
  }

  private static SiteEvent ready(String agent, Instant at) {
    return new SiteEvent.AgentReported(
        at,
        new AgentId(agent),
        1,
        0,
        new Wish.Ready(),
        new TreeMap<>(),
        Optional.of(new Personal.Erased(new KeyId("k"))));
  }

  /** A call that an agent of berlin answers after five seconds. */
  private static SiteEvent[] answered(int n, Instant entered) {
    CallId call = new CallId("c" + n);
    OfferId offer = new OfferId(call, 1);
    AgentId agent = new AgentId("agent-" + n % 4);
    Instant answered = entered.plusSeconds(5);
    return new SiteEvent[] {
      new SiteEvent.CallEntered(
          entered,
          call,
          new InteractionId("i" + n),
          new RoutingPointId("sales"),
          SALES,
          0,
          entered,
          Optional.empty(),
          Optional.empty(),
          Optional.empty()),
      new SiteEvent.AgentReserved(
          entered.plusSeconds(1),
          offer,
          agent,
          entered.plusSeconds(16),
          new RoutingDecision(SALES, agent, AgentChoice.LONGEST_IDLE, 0, List.of(), 0, 0)),
      new SiteEvent.OfferAccepted(answered, offer, agent, answered.plusSeconds(900))
    };
  }

  private static SiteEvent[] over(int n, Instant ended) {
    CallId call = new CallId("c" + n);
    return new SiteEvent[] {
      new SiteEvent.ConversationEnded(
          ended, new OfferId(call, 1), new AgentId("agent-" + n % 4), null),
      new SiteEvent.CallLeft(ended, call, CallOutcome.SERVED, Optional.empty())
    };
  }

  /** Five weeks of a call each four minutes, and an hour of the same that was reported. */
  private void past() {
    List<LoadedCall> calls = new ArrayList<>();
    Instant first = OPENED.minus(Duration.ofDays(35)).minus(Duration.ofHours(9));
    for (int n = 0; n < 35 * 360; n++) {
      Instant entered = first.plus(Duration.ofMinutes(4L * n));
      Instant answered = entered.plusSeconds(5);
      calls.add(
          LoadedCall.of(
              new CallRecord(
                  entered.toEpochMilli(),
                  answered.toEpochMilli(),
                  answered.plusSeconds(300 + n * 7919L % 300).toEpochMilli(),
                  "agent-" + n % 4,
                  "sales",
                  0),
              0));
      if (calls.size() == SiteMonitor.MAX_LOADED) {
        tell(new SiteMonitor.Load(ZoneOffset.UTC, calls));
        calls.clear();
      }
    }
    tell(new SiteMonitor.Load(ZoneOffset.UTC, calls));
    tell(new SiteMonitor.Hear());
    report(configured(OPENED));
    for (int n = 0; n < 4; n++) {
      report(ready("agent-" + n, OPENED.plusSeconds(n)));
    }
    for (int n = 0; n < 15; n++) {
      if (n >= 2) {
        report(over(n - 2, OPENED.plusSeconds(240L * n + 10)));
      }
      report(answered(n, OPENED.plusSeconds(240L * n + 20)));
    }
  }

  private SiteEstimates node() {
    SiteEstimates node =
        SiteEstimates.start(
            database.dataSource(), configuration.site(), configuration.network(), () -> now);
    node.journalBy(this::submit);
    nodes.add(node);
    return node;
  }

  /** What a node tells when it has come to that moment. */
  private SiteEstimate told(SiteEstimates node, Instant moment) {
    now = moment;
    return await()
        .atMost(SOON)
        .until(
            () -> node.of(BERLIN),
            it -> it.isPresent() && it.get().at().equals(moment.minusSeconds(3)))
        .orElseThrow();
  }

  private void awaitLearned() {
    await().atMost(Duration.ofMinutes(3)).until(() -> monitor.learned().isPresent());
  }

  private void cut() {
    now = CUT;
    tell(new SiteMonitor.Lose(Optional.of(CUT.minusSeconds(6)), Trouble.SILENT));
  }

  @Test
  void shouldTellTheSameAfterARestartAndAfterwards() throws Exception {
    SiteEstimates first = node();
    now = OPENED.plus(Duration.ofMinutes(5));
    cut();
    SiteEstimate blended = told(first, CUT.plusSeconds(40));
    assertThat(blended.learned()).isFalse();

    awaitLearned();
    SiteEstimate before = told(first, CUT.plus(Duration.ofMinutes(20)));
    assertThat(before.learned()).isTrue();
    assertThat(before.similarDays()).isGreaterThanOrEqualTo(3);
    // Why it is silent may change, and it was cut when it was cut.
    now = CUT.plus(Duration.ofMinutes(21));
    tell(new SiteMonitor.Lose(Optional.empty(), Trouble.REFUSED));
    SiteEstimate later = told(first, CUT.plus(Duration.ofMinutes(30)));
    first.close();

    SiteEstimates restarted = node();
    assertThat(told(restarted, CUT.plus(Duration.ofMinutes(30)))).isEqualTo(later);
    restarted.close();

    now = CUT.plus(Duration.ofMinutes(90));
    tell(new SiteMonitor.Hear());
    for (int n = 13; n < 15; n++) {
      report(over(n, CUT.plusSeconds(100L * n)));
    }
    CutEstimates afterwards = new CutEstimates(database.dataSource(), configuration.site());
    Instant written = Instant.now();
    await().until(() -> !afterwards.known(BERLIN).until().isBefore(written));
    assertThat(afterwards.at(BERLIN, CUT.plusSeconds(39)).map(SiteEstimate::learned))
        .contains(false);
    assertThat(afterwards.at(BERLIN, CUT.plus(Duration.ofMinutes(20)))).contains(before);
    assertThat(afterwards.at(BERLIN, CUT.plus(Duration.ofMinutes(30)))).contains(later);
    assertThat(afterwards.at(BERLIN, CUT.minusSeconds(1))).isEmpty();
    assertThat(afterwards.at(BERLIN, now.plusSeconds(1))).isEmpty();
  }

  /** Else what was told could not be asked for afterwards, and a restart would change it. */
  @Test
  void shouldGoByWhatHadBeenLoadedWhenTheLinkWasLost() throws Exception {
    SiteEstimates first = node();
    cut();
    SiteEstimate before = told(first, CUT.plusSeconds(40));
    List<LoadedCall> more = new ArrayList<>();
    for (int n = 0; n < SiteMonitor.MAX_LOADED; n++) {
      long entered = OPENED.minus(Duration.ofDays(7)).plusSeconds(10L * n).toEpochMilli();
      more.add(
          LoadedCall.of(
              new CallRecord(entered, entered, entered + 900_000, "new-" + n % 90, "sales", 0), 0));
    }
    tell(new SiteMonitor.Load(ZoneId.of("Asia/Tokyo"), more));
    PastCalls past = new PastCalls(database.dataSource());
    await().atMost(SOON).until(() -> past.loaded(BERLIN) == 35 * 360 + more.size());
    SiteEstimate later = told(first, CUT.plusSeconds(60));
    first.close();

    assertThat(told(node(), CUT.plusSeconds(60))).isEqualTo(later);
    CutEstimates afterwards = new CutEstimates(database.dataSource(), configuration.site());
    assertThat(afterwards.at(BERLIN, CUT.plusSeconds(40))).contains(before);
    assertThat(afterwards.at(BERLIN, CUT.plusSeconds(60))).contains(later);
  }

  /** Whoever was not there during the cut can tell as well; a flap in between changes nothing. */
  @Test
  void shouldSayHowGoodItsEstimatesWere() throws Exception {
    cut();
    now = CUT.plus(Duration.ofMinutes(16));
    tell(new SiteMonitor.Hear());
    report(over(13, CUT.plusSeconds(70)));
    report(over(14, CUT.plusSeconds(320)));
    report(answered(15, CUT.plusSeconds(840)));
    now = CUT.plus(Duration.ofMinutes(18));
    tell(new SiteMonitor.Lose(Optional.empty(), Trouble.SILENT));
    now = now.plusSeconds(20);
    tell(new SiteMonitor.Hear());
    report(over(15, CUT.plus(Duration.ofMinutes(18))));
    now = CUT.plus(Duration.ofMinutes(24));

    SiteEstimates late = node();
    await().atMost(SOON).until(() -> monitor.scored().isPresent());

    ScoredCut scored = monitor.scored().orElseThrow();
    assertThat(scored.cutAt()).isEqualTo(CUT);
    assertThat(scored.scores()).extracting(EstimateScore::minutes).containsOnly(1, 5, 15);
    assertThat(scored.scores())
        .filteredOn(it -> it.quantity() == Quantity.BUSY)
        .extracting(EstimateScore::truth)
        .containsExactly(2.0, 1.0, 1.0);
    assertThat(scored.scores())
        .filteredOn(it -> it.quantity() == Quantity.LOGGED_IN)
        .extracting(EstimateScore::truth)
        .containsOnly(4.0);
    assertThat(monitor.unscored()).isEmpty();
    assertThat(late.of(BERLIN)).isEmpty();
  }
}
