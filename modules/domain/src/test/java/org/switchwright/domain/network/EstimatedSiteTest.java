package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;
import static org.switchwright.domain.network.DataCenters.HAMBURG;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

class EstimatedSiteTest {
  private static final CallId FIRST = new CallId("c1");
  private static final CallId SECOND = new CallId("c2");
  private static final CallId THIRD = new CallId("c3");
  private static final CallId THERE = new CallId("t1");

  /** Two agents were free in berlin when it was cut off, and the controller knows its address. */
  private static DataCenters cutOff(org.switchwright.domain.SiteId... sites) {
    DataCenters network = new DataCenters(sites);
    CallId early = new CallId("c0");
    network.arrive(CONTROLLER, early);
    network.tell(CONTROLLER, early, new LegReport.CallerCancelled());
    network.ready(BERLIN, "anna");
    network.ready(BERLIN, "ben");
    network.lose(BERLIN);
    return network;
  }

  private static boolean rings(DataCenters network, CallId call) {
    return network.at(CONTROLLER).call(call).phase() instanceof Phase.Ringing;
  }

  private static List<SiteEvent.AgentLent> lent(DataCenters network) {
    return network.events(CONTROLLER, SiteEvent.AgentLent.class);
  }

  @Test
  void shouldSendAsManyAsAreFreeByTheEstimateAndThenOneForEachThatIsAnswered() {
    DataCenters network = cutOff(BERLIN);
    network.arrive(CONTROLLER, FIRST);
    network.arrive(CONTROLLER, SECOND);
    network.arrive(CONTROLLER, THIRD);

    assertThat(rings(network, FIRST)).isTrue();
    assertThat(rings(network, SECOND)).isTrue();
    assertThat(rings(network, THIRD)).isFalse();
    assertThat(network.events(CONTROLLER, SiteEvent.AgentReserved.class))
        .extracting(it -> it.agent().value(), it -> it.decision().considered().getFirst().figure())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("berlin.somebody", 2L),
            org.assertj.core.groups.Tuple.tuple("berlin.somebody_", 1L));
    assertThat(network.events(CONTROLLER, SiteEvent.AgentReserved.class))
        .allSatisfy(it ->
            assertThat(it.decision().considered().getFirst().verdict())
                .isEqualTo(RoutingDecision.Verdict.ESTIMATED));

    network.answer(CONTROLLER, FIRST, 1);
    assertThat(rings(network, THIRD)).isFalse();
    network.answer(CONTROLLER, SECOND, 1);
    assertThat(rings(network, THIRD)).isTrue();
  }

  @Test
  void shouldWaitAWhileForASiteThatCanBeAsked() {
    DataCenters network = cutOff(BERLIN, HAMBURG);
    network.arrive(CONTROLLER, FIRST);
    assertThat(rings(network, FIRST)).isFalse();
    assertThat(network.at(HAMBURG).site.calls()).hasSize(1);

    network.pass(Duration.ofMillis(2_100));

    assertThat(rings(network, FIRST)).isTrue();
    assertThat(lent(network))
        .singleElement()
        .satisfies(it -> assertThat(it.site()).isEqualTo(BERLIN));
    assertThat(network.at(HAMBURG).site.calls()).isEmpty();
  }

  @Test
  void shouldPreferAnAgentWhoIsKnownToBeFree() {
    DataCenters network = cutOff(BERLIN, HAMBURG);
    network.ready(HAMBURG, "hans");
    network.arrive(CONTROLLER, FIRST);

    assertThat(lent(network))
        .singleElement()
        .satisfies(it -> assertThat(it.site()).isEqualTo(HAMBURG));
  }

  @Test
  void shouldEnlistAgainWhenTheLinkIsBack() {
    DataCenters network = cutOff(BERLIN);
    network.arrive(CONTROLLER, FIRST);
    network.arrive(CONTROLLER, SECOND);
    network.arrive(CONTROLLER, THIRD);

    network.restore(BERLIN);

    assertThat(network.at(CONTROLLER).site.neighbours().get(BERLIN).cut()).isEmpty();
    assertThat(lent(network))
        .hasSize(3)
        .last()
        .satisfies(it -> assertThat(it.theirs()).isPresent());
  }

  @Test
  void shouldLeaveOutASiteThatCallsDoNotGetTo() {
    DataCenters network = cutOff(BERLIN);
    network.arrive(CONTROLLER, FIRST);
    refuse(network);
    assertThat(network.at(CONTROLLER).site.neighbours().get(BERLIN).failures()).isEqualTo(1);
    assertThat(rings(network, FIRST)).isFalse();

    network.arrive(CONTROLLER, SECOND);
    assertThat(rings(network, SECOND)).isFalse();
    network.pass(Duration.ofSeconds(6));
    assertThat(rings(network, FIRST)).isTrue();
    refuse(network);
    assertThat(network.events(CONTROLLER, SiteEvent.PathFailed.class))
        .extracting(it -> Duration.between(it.at(), it.until()))
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));

    network.pass(Duration.ofSeconds(11));
    network.answer(CONTROLLER, FIRST, 3);
    assertThat(network.at(CONTROLLER).site.neighbours().get(BERLIN).failures()).isZero();
    assertThat(network.events(CONTROLLER, SiteEvent.PathFound.class)).hasSize(1);
  }

  private static void refuse(DataCenters network) {
    refuse(network, FIRST);
  }

  private static void refuse(DataCenters network, CallId call) {
    int leg = network.at(CONTROLLER).last(call, Signal.InviteStation.class).leg();
    network.tell(
        CONTROLLER, call, new LegReport.Refused(leg, LegReport.StationRefusal.UNREACHABLE, 408));
  }

  /** One outage is one, however many calls it meets; and one call tries whether it is over. */
  @Test
  void shouldCountCallsOnceThatFailTogether() {
    DataCenters network = cutOff(BERLIN);
    network.arrive(CONTROLLER, FIRST);
    network.arrive(CONTROLLER, SECOND);
    refuse(network, FIRST);
    refuse(network, SECOND);

    assertThat(network.events(CONTROLLER, SiteEvent.PathFailed.class)).hasSize(1);

    network.pass(Duration.ofSeconds(6));
    assertThat(rings(network, FIRST)).isTrue();
    assertThat(rings(network, SECOND)).isFalse();

    network.answer(CONTROLLER, FIRST, 2);
    assertThat(rings(network, SECOND)).isTrue();
  }

  /** The site hears of the answer by the end of the call only. */
  @Test
  void shouldKnowThatACallGotThereThatIsOver() {
    DataCenters network = cutOff(BERLIN);
    network.arrive(CONTROLLER, FIRST);
    refuse(network, FIRST);
    network.pass(Duration.ofSeconds(6));
    OfferId offer = network.events(CONTROLLER, SiteEvent.AgentReserved.class).getLast().offer();

    network.tell(
        CONTROLLER,
        new Site.CallOver(
            FIRST, CallOutcome.SERVED, List.of(new OfferEnd(offer, OfferOutcome.ACCEPTED))));

    assertThat(network.at(CONTROLLER).site.neighbours().get(BERLIN).failures()).isZero();
  }

  /** Whoever talked when the link was lost, and does so no more, can be given a call. */
  @Test
  void shouldTakeForFreeWhoseTalksHaveEndedSince() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.arrive(CONTROLLER, FIRST);
    CallId expected = new CallId(FIRST + ".n1");
    network.carry(BERLIN, expected, FIRST);
    network.answer(BERLIN, expected, 1);
    network.answer(CONTROLLER, FIRST, 1);
    network.pass(Duration.ofSeconds(1));
    network.lose(BERLIN);
    assertThat(network.at(CONTROLLER).site.sentTo(BERLIN).free()).contains(0);

    network.tell(CONTROLLER, FIRST, new LegReport.HungUp(0));

    assertThat(network.at(CONTROLLER).site.sentTo(BERLIN).free()).contains(1);
  }

  @Test
  void shouldKeepPlaceAndTotalsOfACallThatComesUnasked() {
    DataCenters network = cutOff(BERLIN);
    network.tell(
        BERLIN, DataCenters.agent("anna", 2, new org.switchwright.domain.agent.Wish.LoggedOut()));
    network.tell(
        BERLIN, DataCenters.agent("ben", 2, new org.switchwright.domain.agent.Wish.LoggedOut()));
    network.arrive(CONTROLLER, FIRST);
    network.pass(Duration.ofSeconds(30));

    network.carryUnasked(BERLIN, THERE, FIRST);

    SiteState berlin = network.at(BERLIN).site;
    assertThat(berlin.calls().get(THERE).arrivedAt()).isEqualTo(DataCenters.NOW.plusSeconds(30));
    assertThat(berlin.calls().get(THERE).interaction()).isEqualTo(new InteractionId("i-c1"));
    assertThat(berlin.calls().get(THERE).abroad().origin().orElseThrow().call()).isEqualTo(FIRST);
    assertThat(network.at(BERLIN).signals)
        .extracting(it -> it.signal().getClass().getSimpleName())
        .containsExactly("Progress");

    network.tell(
        BERLIN, DataCenters.agent("anna", 3, new org.switchwright.domain.agent.Wish.Ready()));
    network.answer(BERLIN, THERE, 1);
    network.tell(BERLIN, THERE, new LegReport.HungUp(0));
    assertThat(network.at(BERLIN).site.tally().arrived()).isZero();
    assertThat(network.at(BERLIN).site.calls()).isEmpty();
  }

  @Test
  void shouldReadWhatItHasWritten() {
    Carried carried =
        new Carried(
            new Origin(CONTROLLER, FIRST, 7), new InteractionId("i-1"), Duration.ofMillis(1_234));
    String uri =
        carried.at(DataCenters.text("sip:x@127.0.0.1:5060")).orElseThrow().text().orElseThrow();
    assertThat(uri).startsWith("sip:x@127.0.0.1:5060;sw-call=c1;");

    TreeMap<String, String> parameters = new TreeMap<>();
    for (String parameter : uri.substring(uri.indexOf(';') + 1).split(";")) {
      parameters.put(
          parameter.substring(0, parameter.indexOf('=')),
          parameter.substring(parameter.indexOf('=') + 1));
    }
    assertThat(Carried.read(parameters)).contains(carried);
    parameters.put("sw-waited", "-1");
    assertThat(Carried.read(parameters)).isEmpty();
    assertThat(Carried.read(Collections.emptySortedMap())).isEmpty();
  }

  /** Told of it, that site would have had an agent; now it can be told no more. */
  @Test
  void shouldSendACallThatWaitsWhenTheLinkIsLost() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, FIRST);
    assertThat(network.at(BERLIN).site.calls()).hasSize(1);

    network.lose(BERLIN);

    assertThat(rings(network, FIRST)).isTrue();
  }
}
