package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;
import static org.switchwright.domain.network.DataCenters.HAMBURG;

import java.time.Duration;
import java.util.Collections;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;

/** A hand-over that goes wrong: late, never, twice, nowhere, to a full site, round in circles. */
class HandoverEndsTest {
  private static final CallId CALL = new CallId("c1");
  private static final CallId THERE = new Origin(CONTROLLER, CALL, 1).expected();

  private static DataCenters held() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.arrive(CONTROLLER, CALL);
    assertThat(network.at(BERLIN).call(THERE).phase()).isInstanceOf(Phase.Expected.class);
    return network;
  }

  private static Reason refused(Decision<CallEvent> decision) {
    assertThat(decision).isInstanceOf(Decision.Rejected.class);
    return ((Decision.Rejected<CallEvent>) decision).reason();
  }

  private static void assertAtItsPlace(DataCenters network) {
    SiteCall call = network.at(CONTROLLER).site.call(CALL).orElseThrow();
    assertThat(call.arrivedAt()).isEqualTo(DataCenters.NOW);
    assertThat(call.stand()).isInstanceOf(SiteCall.Stand.Waiting.class);
  }

  private static void assertFree(DataCenters network, String agent) {
    assertThat(network.at(BERLIN).site.agents().get(new AgentId(agent)).work())
        .isInstanceOf(SiteAgent.Work.Free.class);
  }

  @Test
  void shouldTurnAwayWhoComesLateAndKeepThePlace() {
    DataCenters network = held();
    network.pass(Duration.ofSeconds(6));

    assertThat(refused(network.carry(BERLIN, THERE, CALL))).isEqualTo(Reason.CALL_OVER);

    network.tell(
        CONTROLLER, CALL, new LegReport.Refused(1, LegReport.StationRefusal.REJECTED, 480));
    assertAtItsPlace(network);
    assertFree(network, "anna");
  }

  @Test
  void shouldLetTheAgentGoForWhomNobodyEverComes() {
    DataCenters network = held();

    network.pass(Duration.ofSeconds(6));

    assertFree(network, "anna");
    assertThat(network.at(BERLIN).site.call(THERE)).isEmpty();
  }

  @Test
  void shouldTakeOneWhoComesTwiceOnce() {
    DataCenters network = held();
    network.carry(BERLIN, THERE, CALL);

    assertThat(refused(network.carry(BERLIN, THERE, CALL))).isEqualTo(Reason.ALREADY_DONE);
    assertThat(refused(network.carry(BERLIN, THERE, new CallId("other"))))
        .isEqualTo(Reason.CALL_OVER);

    assertThat(network.at(BERLIN).call(THERE).offers()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeWhoComesToAnAddressOfNoCall() {
    DataCenters network = held();
    CallId never = new Origin(CONTROLLER, new CallId("never"), 1).expected();

    network.carry(BERLIN, never, CALL);

    // Of whom nothing is known here it is a caller as any other, at the point that was dialled.
    assertThat(network.at(BERLIN).call(THERE).phase()).isInstanceOf(Phase.Expected.class);
    assertThat(network.at(BERLIN).call(never).arrival().origin()).isEmpty();
  }

  /** A site that will not have the call leaves it to its own site's queue. */
  @Test
  void shouldKeepThePlaceWhereTheOtherSiteWillNotHaveIt() {
    DataCenters network = new DataCenters(BERLIN, HAMBURG);
    network.cut(BERLIN);
    network.arrive(CONTROLLER, CALL);

    network.tell(CONTROLLER, new Site.NotEnlisted(CALL, BERLIN, 1));

    assertAtItsPlace(network);
    assertThat(network.events(CONTROLLER, SiteEvent.CallDelisted.class))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.site()).isEqualTo(BERLIN);
          assertThat(it.why()).isEqualTo(SiteEvent.Delisting.REFUSED);
        });
    network.ready(HAMBURG, "heidi");
    assertThat(network.events(CONTROLLER, SiteEvent.AgentLent.class))
        .extracting(SiteEvent.AgentLent::site)
        .containsExactly(HAMBURG);
  }

  /** A call that has come from another site is at its last hop: it is enlisted nowhere. */
  @Test
  void shouldSendNobodyRoundInCircles() {
    TreeMap<SiteId, RoutingPointId> back = new TreeMap<>();
    back.put(CONTROLLER, DataCenters.HOTLINE);
    DataCenters network = new DataCenters(queue -> queue.lookingElsewhere(back), BERLIN);

    network.arrive(CONTROLLER, CALL);

    assertThat(network.at(BERLIN).call(THERE).phase()).isInstanceOf(Phase.Expected.class);
    assertThat(network.events(BERLIN, SiteEvent.CallEnlisted.class)).isEmpty();
    assertThat(network.at(BERLIN).call(THERE).data().values())
        .isNotEqualTo(Collections.emptySortedMap());
  }

  /**
   * The other site says that the call went round too often: nothing is wrong with the way there.
   */
  @Test
  void shouldBlameNoWayForALoop() {
    DataCenters network = held();
    network.tell(
        CONTROLLER, CALL, new LegReport.Refused(1, LegReport.StationRefusal.REJECTED, 483));

    assertAtItsPlace(network);
    assertThat(network.events(CONTROLLER, SiteEvent.PathFailed.class)).isEmpty();
  }

  @Test
  void shouldSayAtHomeHowMuchIsSeenOfTheCall() {
    DataCenters network = held();

    assertThat(network.at(CONTROLLER).call(CALL).data().places()).hasSize(1);
    assertThat(Call.AGGREGATE.owed(network.at(CONTROLLER).call(CALL)))
        .noneMatch(Effect.TellElsewhere.class::isInstance);
  }
}
