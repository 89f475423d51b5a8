package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;
import static org.switchwright.domain.network.DataCenters.HAMBURG;
import static org.switchwright.domain.network.DataCenters.agent;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

class OneQueueTest {
  private static final CallId CALL = new CallId("c1");
  private static final CallId LATER = new CallId("c2");
  private static final CallId EXPECTED = new Origin(CONTROLLER, CALL, 1).expected();

  private static Phase phase(DataCenters it, SiteId site, CallId call) {
    return it.at(site).call(call).phase();
  }

  /** Everything up to the ringing of berlin's agent. */
  private static DataCenters ringing() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.arrive(CONTROLLER, CALL);
    Signal.InviteStation invite = network.at(CONTROLLER).last(CALL, Signal.InviteStation.class);
    assertThat(invite.station().text()).contains("sip:" + EXPECTED + "@berlin");
    assertThat(network.carry(BERLIN, EXPECTED, CALL)).isInstanceOf(Decision.Accepted.class);
    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Ringing.class);
    return network;
  }

  private static DataCenters talking() {
    DataCenters network = ringing();
    network.answer(BERLIN, EXPECTED, 1);
    network.answer(CONTROLLER, CALL, 1);
    return network;
  }

  @Test
  void shouldGiveCallToAgentOfOtherSite() {
    DataCenters network = ringing();

    assertThat(network.at(BERLIN).last(EXPECTED, Signal.InviteStation.class).station().text())
        .contains("sip:anna@127.0.0.3");
    assertThat(network.events(CONTROLLER, SiteEvent.AgentReserved.class))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.agent()).hasToString("berlin.anna");
          assertThat(it.decision().considered())
              .singleElement()
              .extracting(RoutingDecision.Considered::verdict)
              .isEqualTo(RoutingDecision.Verdict.LENT);
        });

    network.answer(BERLIN, EXPECTED, 1);
    network.answer(CONTROLLER, CALL, 1);

    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Connected.class);
    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Connected.class);
    assertThat(network.at(CONTROLLER).site.lent()).hasSize(1);
  }

  @Test
  void shouldKeepTotalsWhereThePlaceIs() {
    DataCenters network = talking();

    network.tell(CONTROLLER, CALL, new LegReport.HungUp(0));
    network.tell(BERLIN, EXPECTED, new LegReport.HungUp(0));

    SiteState home = network.at(CONTROLLER).site;
    SiteState berlin = network.at(BERLIN).site;
    assertThat(home.tally().served()).isEqualTo(1);
    assertThat(home.calls()).isEmpty();
    assertThat(home.lent()).isEmpty();
    assertThat(berlin.tally()).isEqualTo(new SiteState.Tally(0, 0, 0, 0, 0, 0, 0));
    assertThat(berlin.calls()).isEmpty();
    assertThat(berlin.agents().values())
        .singleElement()
        .extracting(SiteAgent::work)
        .isInstanceOf(SiteAgent.Work.WrappingUp.class);
  }

  @Test
  void shouldWaitAtBothUntilAnAgentIsFree() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, CALL);
    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Waiting.class);
    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Expected.class);

    network.pass(Duration.ofMinutes(3));
    network.ready(BERLIN, "anna");

    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Ringing.class);
  }

  @Test
  void shouldGiveOldestOfTheNetworkFirst() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, CALL);
    network.pass(Duration.ofSeconds(20));
    network.arrive(BERLIN, LATER);
    network.ready(BERLIN, "anna");

    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Ringing.class);
    assertThat(phase(network, BERLIN, LATER)).isInstanceOf(Phase.Waiting.class);
  }

  @Test
  void shouldForgetElsewhereWhoHasAnAgentHere() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, CALL);
    network.ready(CONTROLLER, "ben");

    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Ringing.class);
    assertThat(network.at(BERLIN).site.calls()).isEmpty();
    network.ready(BERLIN, "anna");
    assertThat(network.events(BERLIN, SiteEvent.AgentReserved.class)).isEmpty();
  }

  @Test
  void shouldTakeOneOfTwoAndHarmNobody() {
    DataCenters network = new DataCenters(BERLIN, HAMBURG);
    network.ready(BERLIN, "anna");
    network.ready(HAMBURG, "hans");
    network.arrive(CONTROLLER, CALL);

    assertThat(network.events(CONTROLLER, SiteEvent.AgentReserved.class)).hasSize(1);
    List<SiteEvent.OfferEnded> ended = network.events(HAMBURG, SiteEvent.OfferEnded.class);
    assertThat(ended)
        .singleElement()
        .extracting(SiteEvent.OfferEnded::outcome)
        .isEqualTo(OfferOutcome.WITHDRAWN);
    assertThat(network.at(HAMBURG).site.agents().values())
        .singleElement()
        .extracting(SiteAgent::work)
        .isInstanceOf(SiteAgent.Work.Free.class);
    assertThat(network.at(HAMBURG).site.calls()).isEmpty();
  }

  @Test
  void shouldComeBackToThePlaceWhenAgentRejects() {
    DataCenters network = ringing();
    network.tell(
        BERLIN, EXPECTED, new LegReport.Refused(1, LegReport.StationRefusal.REJECTED, 603));

    Signal.Refuse refused = network.at(BERLIN).last(EXPECTED, Signal.Refuse.class);
    assertThat(refused.refusal()).isEqualTo(Refusal.AGENT_REJECTED);
    assertThat(network.at(BERLIN).site.calls()).isEmpty();

    network.tell(
        CONTROLLER, CALL, new LegReport.Refused(1, LegReport.StationRefusal.REJECTED, 603));
    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Waiting.class);
    assertThat(network.at(CONTROLLER).site.lent()).isEmpty();
    assertThat(network.events(CONTROLLER, SiteEvent.CallEnlisted.class)).hasSize(1);

    network.pass(Duration.ofSeconds(11));
    assertThat(network.events(CONTROLLER, SiteEvent.CallEnlisted.class)).hasSize(2);
    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Ringing.class);
    assertThat(network.at(CONTROLLER).site.calls().get(CALL).arrivedAt())
        .isEqualTo(DataCenters.NOW);
  }

  @Test
  void shouldLetNobodyRingWhomTheCallerNeverComesTo() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, CALL);
    network.cut(BERLIN);
    network.ready(BERLIN, "anna");
    assertThat(phase(network, CONTROLLER, CALL)).isInstanceOf(Phase.Waiting.class);
    assertThat(network.at(BERLIN).signals).isEmpty();

    network.pass(Duration.ofSeconds(4));
    assertThat(network.at(BERLIN).site.calls()).hasSize(1);
    network.pass(Duration.ofSeconds(2));

    assertThat(network.at(BERLIN).site.calls()).isEmpty();
    assertThat(network.at(BERLIN).site.agents().values())
        .singleElement()
        .extracting(SiteAgent::work)
        .isInstanceOf(SiteAgent.Work.Free.class);
  }

  @Test
  void shouldForgetWhomNobodySpeaksOfAnyMore() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, CALL);
    network.cut(BERLIN);

    network.pass(Duration.ofSeconds(29));
    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Expected.class);
    network.pass(Duration.ofSeconds(2));

    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Unneeded.class);
    assertThat(network.at(BERLIN).site.calls()).isEmpty();
  }

  @Test
  void shouldLetTheCallerLeaveBothSites() {
    DataCenters network = ringing();
    network.tell(CONTROLLER, CALL, new LegReport.CallerCancelled());
    network.tell(BERLIN, EXPECTED, new LegReport.CallerCancelled());

    assertThat(network.at(CONTROLLER).site.tally().abandoned()).isEqualTo(1);
    assertThat(network.at(BERLIN).site.calls()).isEmpty();
    assertThat(network.at(BERLIN).site.tally().ended()).isZero();
    assertThat(network.at(BERLIN).site.agents().values())
        .singleElement()
        .extracting(SiteAgent::work)
        .isInstanceOf(SiteAgent.Work.Free.class);
  }

  @Test
  void shouldNotTakeASecondCallerAtTheSameAddress() {
    DataCenters network = ringing();

    assertThat(network.carry(BERLIN, EXPECTED, LATER)).isInstanceOf(Decision.Rejected.class);
    assertThat(network.carry(BERLIN, EXPECTED, CALL))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Decision.Reason.ALREADY_DONE));
  }

  @Test
  void shouldNotTakeACallerBeforeAnAgentIsHeld() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, CALL);

    assertThat(network.carry(BERLIN, EXPECTED, CALL))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Decision.Reason.OUT_OF_ORDER));
  }

  @Test
  void shouldTellTheOtherSiteNothingOfACallWithTwoAgents() {
    DataCenters network = ringing();
    network.tell(BERLIN, agent("otto", 1, new Wish.Ready()));

    assertThat(network.events(BERLIN, SiteEvent.AgentReserved.class))
        .extracting(it -> it.offer())
        .containsExactly(new OfferId(EXPECTED, 1));
    assertThat(network.at(BERLIN).call(EXPECTED).offers()).isEqualTo(1);
  }

  @Test
  void shouldSayWhyACallThatWasExpectedEndedHere() {
    DataCenters network = ringing();
    network.tell(BERLIN, EXPECTED, new LegReport.Refused(1, LegReport.StationRefusal.BUSY, 486));

    assertThat(phase(network, BERLIN, EXPECTED))
        .isInstanceOfSatisfying(
            Phase.Over.class, over -> assertThat(over.outcome()).isEqualTo(CallOutcome.ELSEWHERE));
    assertThat(network.tell(BERLIN, EXPECTED, new Call.Forget()))
        .isInstanceOf(Decision.Rejected.class);
  }

  /** The phone of one rings who is held; the others stay free for other calls. */
  @Test
  void shouldHoldOneWhereTheOtherSiteRingsAll() {
    DataCenters network =
        new DataCenters(
            queue ->
                queue.taking(
                    new Choosing(
                        AgentChoice.RING_ALL,
                        Collections.emptySortedMap(),
                        Duration.ZERO,
                        Duration.ofSeconds(5))),
            BERLIN);
    network.ready(BERLIN, "anna");
    network.ready(BERLIN, "ben");
    network.arrive(CONTROLLER, CALL);

    assertThat(network.events(BERLIN, SiteEvent.AgentReserved.class)).hasSize(1);
    assertThat(network.events(CONTROLLER, SiteEvent.AgentLent.class)).hasSize(1);
    assertThat(network.at(BERLIN).call(EXPECTED).phase()).isInstanceOf(Phase.Expected.class);
  }

  @Test
  void shouldKeepTheCallerWhenAnAgentOfTheOtherSiteAsksSomebodyInVain() {
    DataCenters network = talking();
    network.tell(BERLIN, agent("ben", 1, new Wish.Ready()));
    network.tell(
        BERLIN, EXPECTED, new Call.Consult(new Destination.ToQueue(DataCenters.SALES), "please"));
    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Ringing.class);

    network.tell(
        BERLIN, EXPECTED, new LegReport.Refused(2, LegReport.StationRefusal.REJECTED, 603));

    assertThat(phase(network, BERLIN, EXPECTED)).isNotInstanceOf(Phase.Over.class);
  }

  /** What is said again of an enlistment that has come to a lending is no news. */
  @Test
  void shouldNotForgetWhomItHasJustBeenLent() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.arrive(CONTROLLER, CALL);
    Decision<SiteEvent> again =
        network.tell(
            CONTROLLER,
            new Site.Enlisted(CALL, BERLIN, 1, DataCenters.text("sip:x"), Optional.empty()));

    assertThat(again)
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Decision.Reason.ALREADY_DONE));
    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Expected.class);
  }

  @Test
  void shouldHaveRoomForOwnCallersHoweverManyAreExpected() {
    DataCenters network = new DataCenters(BERLIN);
    for (int n = 1; n <= 10; n++) {
      network.arrive(CONTROLLER, new CallId("c" + n));
    }
    network.arrive(BERLIN, new CallId("b1"));

    assertThat(phase(network, BERLIN, new CallId("b1"))).isInstanceOf(Phase.Waiting.class);
  }

  @Test
  void shouldTellTheCallerApartHoweverLongNamesAre() {
    SiteId site = new SiteId("s".repeat(64));
    DataCenters network = new DataCenters(site);
    String name = "a".repeat(40);
    network.ready(site, name + "-one");
    network.ready(site, name + "-two");
    network.arrive(CONTROLLER, CALL);
    network.arrive(CONTROLLER, LATER);

    assertThat(network.at(CONTROLLER).site.lent()).hasSize(2);
  }

  @Test
  void shouldTakeAnAgentAgainWhoHasSentTheLastCallerOn() {
    DataCenters network = talking();
    network.tell(
        BERLIN, EXPECTED, new Call.Transfer(new Destination.ToQueue(DataCenters.SALES), true, "w"));
    network.ready(BERLIN, "otto");
    network.answer(BERLIN, EXPECTED, 2);
    network.arrive(CONTROLLER, LATER);

    network.pass(Duration.ofSeconds(20));

    assertThat(network.at(CONTROLLER).site.lent().keySet())
        .extracting(Object::toString)
        .containsExactly("berlin.anna", "berlin.anna_");
  }

  @Test
  void shouldNotLendWhomTheCallerIsSentOnToThere() {
    DataCenters network = talking();
    network.tell(
        BERLIN, EXPECTED, new Call.Transfer(new Destination.ToQueue(DataCenters.SALES), true, "w"));
    network.ready(BERLIN, "otto");

    assertThat(phase(network, BERLIN, EXPECTED)).isInstanceOf(Phase.Ringing.class);
    assertThat(SiteMonitor.AGGREGATE.owed(network.at(BERLIN).monitor)).isEmpty();
    assertThat(network.events(CONTROLLER, SiteEvent.AgentLent.class)).hasSize(1);
  }
}
