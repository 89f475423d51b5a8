package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;
import static org.switchwright.domain.network.DataCenters.HOTLINE;
import static org.switchwright.domain.network.DataCenters.SALES;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.EstimatedFigures.Range;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;

/** How many calls are out at a site that cannot be asked, where it is estimated. */
class SentByEstimateTest {
  private static final EstimatedFigures TOLD =
      new EstimatedFigures(
          8,
          false,
          true,
          new Range(5, 4, 6),
          new Range(2, 0, 3),
          new Range(1, 0, 4),
          Optional.of(new Range(12_000, 0, 90_000)));

  private static final RoutingPointId HELP = new RoutingPointId("help");
  private static final QueueId SERVICE = new QueueId("service");

  /** By the last report nobody was free in berlin. */
  private DataCenters network;

  private int calls;

  @BeforeEach
  void cutOff() {
    network = new DataCenters(BERLIN);
    CallId early = new CallId("c0");
    network.arrive(CONTROLLER, early);
    network.tell(CONTROLLER, early, new LegReport.CallerCancelled());
    network.lose(BERLIN);
  }

  /** As far as the moment at which it is asked, or less. */
  private NetworkFigures.Remote remote(int ready, int waiting, Instant until) {
    return remote(ready, waiting, ready, waiting, until);
  }

  private NetworkFigures.Remote remote(
      int ready, int waiting, int readyInAll, int waitingInAll, Instant until) {
    return new NetworkFigures.Remote(
        Basis.ESTIMATED,
        Optional.of(DataCenters.NOW),
        new QueueFigures.Named(
            waiting, Duration.ofSeconds(20), 5, ready, Optional.of(Duration.ofSeconds(15))),
        Optional.of(new NetworkFigures.Believed(TOLD, until, readyInAll, waitingInAll)));
  }

  private void believe(int ready, int waiting) {
    Instant until = network.now();
    network.believe((_, _) -> Optional.of(remote(ready, waiting, until)));
  }

  private void arrive(int number) {
    for (int i = 0; i < number; i++) {
      network.arrive(CONTROLLER, new CallId("c" + ++calls));
    }
  }

  private long out() {
    return network.at(CONTROLLER).calls.values().stream()
        .filter(call -> call.phase() instanceof Phase.Ringing)
        .count();
  }

  private boolean rings(int call) {
    return network.at(CONTROLLER).call(new CallId("c" + call)).phase() instanceof Phase.Ringing;
  }

  private void answer(int call) {
    CallId id = new CallId("c" + call);
    int leg = network.at(CONTROLLER).last(id, Signal.InviteStation.class).leg();
    network.answer(CONTROLLER, id, leg);
  }

  @Test
  void shouldSendAsManyAsAreReadyBeyondWhoWaits() {
    believe(4, 1);
    arrive(5);

    assertThat(out()).isEqualTo(3);
    assertThat(rings(1) && rings(2) && rings(3)).isTrue();
  }

  @Test
  void shouldSendOneAtLeast() {
    believe(0, 7);
    arrive(2);

    assertThat(out()).isEqualTo(1);
    answer(1);
    assertThat(rings(2)).isTrue();
  }

  @Test
  void shouldReckonWhereThereIsNoEstimate() {
    network.believe((_, _) ->
        Optional.of(
            new NetworkFigures.Remote(
                Basis.ESTIMATED,
                Optional.of(DataCenters.NOW),
                new QueueFigures.Named(0, Duration.ZERO, 5, 4, Optional.empty()))));
    arrive(3);

    assertThat(out()).isEqualTo(1);
    assertThat(seen().getFirst().estimate()).isEmpty();
    assertThat(seen().getFirst().ready()).contains(4);
  }

  private List<SiteSeen> seen() {
    return network.events(CONTROLLER, SiteEvent.AgentLent.class).stream()
        .map(it -> it.seen().orElseThrow())
        .toList();
  }

  @Test
  void shouldKeepWhatWasKnownWithTheCall() {
    believe(2, 0);
    network.pass(Duration.ofSeconds(4));
    arrive(2);

    assertThat(seen())
        .containsOnly(
            new SiteSeen(
                Basis.ESTIMATED,
                Optional.of(Duration.ofSeconds(4)),
                Optional.of(2),
                Optional.of(0),
                Optional.of(Duration.ofSeconds(15)),
                Optional.of(TOLD)));
    assertThat(network.events(CONTROLLER, SiteEvent.AgentReserved.class))
        .extracting(it -> it.decision().considered().getFirst().figure())
        .containsExactly(2L, 1L);
  }

  /** They wait in the estimate, and are out: they take one agent each. */
  @Test
  void shouldCountItsOwnCallsOnce() {
    believe(3, 0);
    arrive(2);
    assertThat(out()).isEqualTo(2);

    network.pass(Duration.ofMillis(1_500));
    believe(3, 2);
    arrive(2);
    assertThat(out()).isEqualTo(3);
  }

  /** The estimate is of a moment before: whoever waits there is somebody else. */
  @Test
  void shouldNotTakeOthersForThoseThatWereSentSince() {
    believe(4, 2);
    network.pass(Duration.ofMillis(500));
    arrive(4);

    assertThat(out()).isEqualTo(2);
  }

  /** An agent who has answered meanwhile is ready in the estimate still. */
  @Test
  void shouldNotCountOnAnAgentWhoHasAnsweredSince() {
    believe(2, 0);
    network.pass(Duration.ofMillis(100));
    arrive(2);
    answer(1);
    answer(2);
    arrive(2);
    assertThat(out()).isEqualTo(1);

    network.pass(Duration.ofSeconds(1));
    believe(2, 1);
    arrive(1);
    assertThat(out()).isEqualTo(2);
  }

  @Test
  void shouldLetOneTryForAllWhereThePathFailed() {
    believe(4, 0);
    arrive(1);
    network.tell(
        CONTROLLER,
        new CallId("c1"),
        new LegReport.Refused(
            network.at(CONTROLLER).last(new CallId("c1"), Signal.InviteStation.class).leg(),
            LegReport.StationRefusal.UNREACHABLE,
            408));
    arrive(2);
    assertThat(out()).isZero();

    network.pass(Duration.ofSeconds(6));
    assertThat(out()).isEqualTo(1);
    answer(1);
    assertThat(out()).isEqualTo(2);
  }

  @Test
  void shouldSendWhenTheEstimateHasRoomThoughNothingElseHappens() {
    believe(0, 3);
    arrive(3);
    network.pass(Duration.ofSeconds(20));
    assertThat(out()).isEqualTo(1);

    believe(3, 1);
    network.pass(Duration.ofSeconds(3));

    assertThat(out()).isEqualTo(3);
  }

  /** What is looked at again is so for as long as a call waits for it. */
  @Test
  void shouldLookAgainOnlyWhileACallWaits() {
    believe(0, 3);
    arrive(2);
    network.pass(Duration.ofSeconds(9));
    int looks = network.events(CONTROLLER, SiteEvent.RoomAwaited.class).size();
    assertThat(looks).isBetween(4, 6);

    network.tell(CONTROLLER, new CallId("c2"), new LegReport.CallerCancelled());
    network.pass(Duration.ofSeconds(20));

    List<SiteEvent.RoomAwaited> all = network.events(CONTROLLER, SiteEvent.RoomAwaited.class);
    assertThat(all).hasSize(looks + 1);
    assertThat(all.getLast().looksAt()).isEmpty();
    assertThat(network.at(CONTROLLER).site.neighbours().get(BERLIN).looksAt()).isNull();
  }

  /** It takes a while to be made, and then it may have more room than was reckoned. */
  @Test
  void shouldFindTheEstimateThatIsMadeLater() {
    arrive(3);
    assertThat(out()).isEqualTo(1);

    believe(5, 0);
    network.pass(Duration.ofSeconds(16));

    assertThat(out()).isEqualTo(3);
  }

  /** What is looked up is looked up once, so that nothing goes by two moments. */
  @Test
  void shouldLookOnceInADecision() {
    AtomicInteger asked = new AtomicInteger();
    Instant until = network.now();
    network.believe((_, _) -> {
      asked.incrementAndGet();
      return Optional.of(remote(5, 0, until));
    });
    CallId call = new CallId("c1");
    network.tell(CONTROLLER, sought(call));

    assertThat(network.events(CONTROLLER, SiteEvent.AgentLent.class)).hasSize(1);
    assertThat(asked).hasValue(1);
  }

  private static Site.Seek sought(CallId call) {
    var arrival = DataCenters.arrival(CONTROLLER, call, "x");
    return new Site.Seek(
        call, arrival.interaction(), HOTLINE, DataCenters.NOW, arrival.caller(), new TreeMap<>());
  }

  /** Two queues of one site that share its agents: what goes to one is missing in the other. */
  @Test
  void shouldHaveRoomInAQueueOnlyAsFarAsTheWholeSiteHas() {
    twoQueues();
    Map<RoutingPointId, NetworkFigures.Remote> shared =
        new TreeMap<>(
            Map.of(
                HOTLINE, remote(3, 0, 3, 0, network.now()),
                HELP, remote(3, 0, 3, 0, network.now())));
    network.believe((_, point) -> Optional.ofNullable(shared.get(point)));

    assertThat(sent(2, 2)).containsExactly(HOTLINE, HELP, HOTLINE);
  }

  /** Two queues with agents of their own do not stand in each other's way. */
  @Test
  void shouldGoByTheQueueThatACallIsFor() {
    twoQueues();
    Map<RoutingPointId, NetworkFigures.Remote> apart =
        new TreeMap<>(
            Map.of(
                HOTLINE, remote(1, 0, 4, 0, network.now()),
                HELP, remote(3, 0, 4, 0, network.now())));
    network.believe((_, point) -> Optional.ofNullable(apart.get(point)));

    assertThat(sent(3, 3)).containsExactly(HOTLINE, HELP, HELP, HELP);
  }

  /** At which points calls are out, after so many for each have come in turn. */
  private List<RoutingPointId> sent(int hotline, int help) {
    for (int i = 0; i < Math.max(hotline, help); i++) {
      seek("h" + i, HOTLINE, i < hotline);
      seek("s" + i, HELP, i < help);
    }
    List<RoutingPointId> points = new ArrayList<>();
    network.events(CONTROLLER, SiteEvent.AgentReserved.class).stream()
        .map(it -> it.decision().queue().equals(SALES) ? HOTLINE : HELP)
        .forEach(points::add);
    return points;
  }

  private void seek(String call, RoutingPointId point, boolean comes) {
    if (comes) {
      Site.Seek it = sought(new CallId(call));
      network.tell(
          CONTROLLER,
          new Site.Seek(
              it.call(), it.interaction(), point, network.now(), it.caller(), it.attached()));
    }
  }

  private void twoQueues() {
    network.restore(BERLIN);
    SiteConfiguration.Queue sales =
        DataCenters.queue().lookingElsewhere(new TreeMap<>(Map.of(BERLIN, HOTLINE)));
    SiteConfiguration.Queue service =
        new SiteConfiguration.Queue(
                SERVICE,
                sales.required(),
                sales.maxWaiting(),
                sales.maxWait(),
                Optional.empty(),
                sales.ringTimeout(),
                sales.wrapUp(),
                sales.treatment())
            .lookingElsewhere(new TreeMap<>(Map.of(BERLIN, HELP)));
    SiteConfiguration both =
        new SiteConfiguration(
            List.of(sales, service),
            List.of(
                new SiteConfiguration.RoutingPoint(HOTLINE, SALES, 0),
                new SiteConfiguration.RoutingPoint(HELP, SERVICE, 0)),
            DataCenters.configuration(sales).delays(),
            List.of("break"));
    network.tell(BERLIN, new Site.Configure(atBerlin(both)));
    network.tell(CONTROLLER, new Site.Configure(both));
    for (RoutingPointId point : List.of(HOTLINE, HELP)) {
      CallId early = new CallId("e-" + point);
      var arrival = DataCenters.arrival(CONTROLLER, early, "e-" + point);
      network.tell(
          CONTROLLER,
          early,
          new org.switchwright.domain.call.Call.Arrive(
              arrival.interaction(),
              arrival.site(),
              arrival.edge(),
              point,
              arrival.invite(),
              arrival.dialog(),
              arrival.caller(),
              arrival.offered(),
              arrival.attached()));
      network.tell(CONTROLLER, early, new LegReport.CallerCancelled());
    }
    network.lose(BERLIN);
  }

  private static SiteConfiguration atBerlin(SiteConfiguration both) {
    return new SiteConfiguration(
        both.queues().stream().map(it -> it.lookingElsewhere(new TreeMap<>())).toList(),
        both.points(),
        both.delays(),
        List.of("break"));
  }
}
