package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

class RedirectTest {
  private static final CallId CALL = new CallId("c1");
  private static final CallId LATER = new CallId("c2");
  private static final CallId FRESH = new CallId("c9");
  private static final CallId EXPECTED = new Origin(CONTROLLER, CALL, 1).expected();

  /** Up to where the caller is told to go to berlin's agent, after half a minute. */
  private static DataCenters redirected() {
    DataCenters network = new DataCenters(BERLIN);
    network.arriveRedirected(CONTROLLER, CALL);
    network.pass(Duration.ofSeconds(30));
    network.ready(BERLIN, "anna");
    return network;
  }

  private static Instant place(DataCenters network, CallId call) {
    return network.at(BERLIN).site.calls().get(call).arrivedAt();
  }

  @Test
  void shouldTellTheCallerWhereAnAgentIsHeld() {
    DataCenters network = redirected();

    Signal.Redirect told = network.at(CONTROLLER).last(CALL, Signal.Redirect.class);
    assertThat(told.to().text().orElseThrow())
        .startsWith("sip:" + EXPECTED + "@berlin;")
        .contains("sw-point=hotline", "sw-waited=30000", "sw-interaction=i-c1");
    network.tell(CONTROLLER, CALL, new LegReport.Released(0));

    SiteState home = network.at(CONTROLLER).site;
    assertThat(home.tally()).isEqualTo(new SiteState.Tally(1, 0, 0, 0, 0, 0, 1));
    assertThat(home.calls()).isEmpty();
    assertThat(home.lent()).isEmpty();
    assertThat(network.at(CONTROLLER).call(CALL).phase())
        .isInstanceOfSatisfying(
            Phase.Over.class, over -> assertThat(over.outcome()).isEqualTo(CallOutcome.HANDED_ON));
    assertThat(network.at(BERLIN).call(EXPECTED).phase()).isInstanceOf(Phase.Expected.class);
  }

  @Test
  void shouldBringTheCallerToTheAgentWhoIsHeldAndCountThere() {
    DataCenters network = redirected();

    network.follow(BERLIN, EXPECTED, CALL);
    assertThat(network.at(BERLIN).last(EXPECTED, Signal.InviteStation.class).station().text())
        .contains("sip:anna@127.0.0.3");
    assertThat(place(network, EXPECTED)).isEqualTo(DataCenters.NOW);
    network.answer(BERLIN, EXPECTED, 1);
    network.tell(BERLIN, EXPECTED, new LegReport.HungUp(0));

    assertThat(network.at(BERLIN).site.tally()).isEqualTo(new SiteState.Tally(1, 1, 0, 0, 0, 0, 0));
    assertThat(network.at(BERLIN).call(EXPECTED).arrival().interaction())
        .isEqualTo(new InteractionId("i-c1"));
    assertThat(network.events(BERLIN, SiteEvent.CallTakenOver.class))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.arrivedAt()).isEqualTo(DataCenters.NOW);
          assertThat(it.out()).isEqualTo(1);
        });
  }

  @Test
  void shouldWaitThereAtItsPlaceWhenTheAgentDoesNotAnswer() {
    DataCenters network = redirected();
    network.arrive(BERLIN, LATER);
    network.follow(BERLIN, EXPECTED, CALL);

    network.tell(
        BERLIN, EXPECTED, new LegReport.Refused(1, LegReport.StationRefusal.REJECTED, 603));

    assertThat(network.at(BERLIN).call(EXPECTED).phase()).isInstanceOf(Phase.Waiting.class);
    assertThat(network.at(BERLIN).site.tally().arrived()).isEqualTo(2);
    network.ready(BERLIN, "bea");
    assertThat(network.at(BERLIN).call(EXPECTED).phase()).isInstanceOf(Phase.Ringing.class);
    assertThat(network.at(BERLIN).call(LATER).phase()).isInstanceOf(Phase.Waiting.class);
  }

  @Test
  void shouldCountWhoLeavesWhileItRings() {
    DataCenters network = redirected();
    network.follow(BERLIN, EXPECTED, CALL);

    network.tell(BERLIN, EXPECTED, new LegReport.CallerCancelled());

    assertThat(network.at(BERLIN).site.tally()).isEqualTo(new SiteState.Tally(1, 0, 1, 0, 0, 0, 0));
    assertThat(network.at(BERLIN).site.agents().values())
        .singleElement()
        .extracting(SiteAgent::work)
        .isInstanceOf(SiteAgent.Work.Free.class);
  }

  @Test
  void shouldCountEvenWhereTheSiteHearsOfItAtTheEndOnly() {
    DataCenters network = redirected();

    network.tell(
        BERLIN,
        new Site.CallOver(EXPECTED, CallOutcome.ABANDONED, List.of(), Optional.empty(), true));

    assertThat(network.events(BERLIN, SiteEvent.CallTakenOver.class)).hasSize(1);
    assertThat(network.at(BERLIN).site.tally()).isEqualTo(new SiteState.Tally(1, 0, 1, 0, 0, 0, 0));
  }

  /** The monitor says so again until the site has reported that the caller came. */
  @Test
  void shouldKeepTheAgentHeldWhoIsLentAgain() {
    DataCenters network = redirected();
    assertThat(network.at(CONTROLLER).site.calls()).isEmpty();

    network.tell(
        CONTROLLER,
        new Site.Lend(
            CALL,
            BERLIN,
            1,
            new AgentId("anna"),
            new OfferId(EXPECTED, 1),
            Duration.ofSeconds(15)));

    assertThat(network.at(BERLIN).call(EXPECTED).phase())
        .isInstanceOfSatisfying(
            Phase.Expected.class, expected -> assertThat(expected.held()).isNotNull());
  }

  @Test
  void shouldLetNobodySayWhatTheHomeHasNotSaid() {
    for (String lie : List.of("sw-waited=3600000", "sw-point=vip", "sw-interaction=i-other")) {
      DataCenters network = redirected();
      network.pass(Duration.ofSeconds(6));
      String name = lie.split("=", 2)[0];

      assertThat(network.follow(BERLIN, EXPECTED, CALL, name, lie))
          .isInstanceOfSatisfying(
              Decision.Rejected.class,
              no -> assertThat(no.reason()).isEqualTo(Decision.Reason.UNKNOWN_CALL));
    }
  }

  @Test
  void shouldTakeNobodyAtAnAddressThatIsLongUsed() {
    DataCenters network = redirected();
    network.pass(Duration.ofMinutes(2));

    assertThat(network.follow(BERLIN, EXPECTED, CALL))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Decision.Reason.UNKNOWN_CALL));
  }

  /** Its first INVITE there failed; the edge makes a call of the next one. */
  @Test
  void shouldLetWhoDidNotGetThroughComeAgain() {
    DataCenters network = redirected();
    network.follow(BERLIN, EXPECTED, CALL);
    assertThat(network.follow(BERLIN, EXPECTED, LATER, CALL))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Decision.Reason.UNKNOWN_CALL));
    network.tell(BERLIN, EXPECTED, new LegReport.CallerCancelled());

    assertThat(network.follow(BERLIN, EXPECTED, LATER, CALL))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Decision.Reason.CALL_OVER));
  }

  @Test
  void shouldRelayWhereAPhoneRingsHere() {
    DataCenters network = new DataCenters(BERLIN);
    network.arriveRedirected(CONTROLLER, CALL);
    network.ready(CONTROLLER, "ben");
    network.tell(
        CONTROLLER,
        CALL,
        new Call.Offered(
            new OfferId(CALL, 2),
            new AgentId("berlin.anna"),
            DataCenters.text("sip:x@berlin"),
            network.now().plusSeconds(15),
            0,
            0,
            Optional.of(
                new Call.Lender(
                    BERLIN,
                    1,
                    true,
                    Optional.of(new Call.Line(DataCenters.HOTLINE, network.now()))))));

    assertThat(network.at(CONTROLLER).signals)
        .noneMatch(it -> it.signal() instanceof Signal.Redirect);
  }

  @Test
  void shouldCountInThePaceOfTheQueueThatItLeft() {
    DataCenters network = redirected();

    assertThat(network.at(CONTROLLER).site.paces().queues()).containsKey(DataCenters.SALES);
  }

  @Test
  void shouldWaitAtItsPlaceWhereNobodyIsHeldAnyMore() {
    DataCenters network = redirected();
    network.pass(Duration.ofSeconds(6));
    assertThat(network.at(BERLIN).call(EXPECTED).phase()).isInstanceOf(Phase.Unneeded.class);

    assertThat(network.follow(BERLIN, EXPECTED, CALL)).isInstanceOf(Decision.Rejected.class);
    network.follow(BERLIN, FRESH, CALL);

    assertThat(network.at(BERLIN).call(FRESH).phase()).isInstanceOf(Phase.Ringing.class);
    assertThat(place(network, FRESH)).isEqualTo(network.now().minusSeconds(30));
    assertThat(network.at(BERLIN).call(FRESH).arrival().interaction())
        .isEqualTo(new InteractionId("i-c1"));
    assertThat(network.at(BERLIN).site.tally().arrived()).isEqualTo(1);
  }

  @Test
  void shouldTellWhoHearsMusicAndHasNotBeenAnswered() {
    DataCenters network = new DataCenters(BERLIN);
    network.arriveRedirected(CONTROLLER, CALL);
    network.tell(CONTROLLER, CALL, new LegReport.TreatmentStarted(DataCenters.text("sdp")));
    network.ready(BERLIN, "anna");

    network.at(CONTROLLER).last(CALL, Signal.Redirect.class);
    network.at(CONTROLLER).last(CALL, Signal.StopTreatment.class);
  }

  @Test
  void shouldRelayWhoWasAnswered() {
    DataCenters network = new DataCenters(BERLIN);
    network.arriveRedirected(CONTROLLER, CALL);
    network.ready(CONTROLLER, "ben");
    network.answer(CONTROLLER, CALL, 1);
    network.tell(
        CONTROLLER, CALL, new Call.Transfer(new Destination.ToQueue(DataCenters.SALES), true, "r"));
    network.tell(CONTROLLER, DataCenters.agent("ben", 2, new Wish.NotReady("break")));
    network.ready(BERLIN, "anna");

    network.at(CONTROLLER).last(CALL, Signal.InviteStation.class);
    assertThat(network.at(CONTROLLER).signals)
        .noneMatch(it -> it.signal() instanceof Signal.Redirect);
    assertThat(network.at(CONTROLLER).site.lent()).hasSize(1);
  }

  @Test
  void shouldRelayToASiteThatCannotBeAsked() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, LATER);
    network.tell(CONTROLLER, LATER, new LegReport.CallerCancelled());
    network.lose(BERLIN);
    network.arriveRedirected(CONTROLLER, CALL);
    network.pass(Duration.ofSeconds(5));

    assertThat(network.at(CONTROLLER).last(CALL, Signal.InviteStation.class).station().text())
        .isPresent();
    assertThat(network.at(CONTROLLER).signals)
        .noneMatch(it -> it.signal() instanceof Signal.Redirect);
  }

  @Test
  void shouldRelayWhoComesFromElsewhere() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.arrive(CONTROLLER, CALL);

    network.at(CONTROLLER).last(CALL, Signal.InviteStation.class);
    assertThat(network.at(CONTROLLER).signals)
        .noneMatch(it -> it.signal() instanceof Signal.Redirect);
  }
}
