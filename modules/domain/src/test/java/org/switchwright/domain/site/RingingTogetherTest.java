package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision.Considered;
import org.switchwright.domain.routing.RoutingDecision.Verdict;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall.Stand;
import org.switchwright.domain.site.SiteConfiguration.Delays;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;

/** Queues that ring several agents for one call: all at once, or one more after each step. */
class RingingTogetherTest {
  private static final AgentId CARL = new AgentId("carl");
  private static final OfferId SECOND = new OfferId(C1, 2);
  private static final OfferId THIRD = new OfferId(C1, 3);
  private static final Duration STEP = Choosing.RING_STEP;

  private static SiteEvent.SiteConfigured configured(AgentChoice choice) {
    Queue queue =
        new Queue(
                SALES,
                levels(TALK, 3),
                20,
                MAX_WAIT,
                Optional.empty(),
                RING,
                WRAP_UP,
                TreatmentMode.EARLY_MEDIA)
            .taking(Choosing.by(choice));
    return new SiteEvent.SiteConfigured(
        NOW.minusSeconds(3_600),
        new SiteConfiguration(
            List.of(queue),
            List.of(new RoutingPoint(HOTLINE, SALES, 0)),
            new Delays(REJECTED, BUSY),
            List.of("break")));
  }

  /** A queue with these agents ready, the earlier ones idle for longer. */
  private static Given<Site.Command, SiteEvent, SiteState> queue(
      AgentChoice choice, AgentId... agents) {
    Given<Site.Command, SiteEvent, SiteState> given =
        Given.given(Site.AGGREGATE, "berlin", List.of(configured(choice)));
    for (int i = 0; i < agents.length; i++) {
      given = given.and(NOW.minusSeconds(100 - i), ready(agents[i], 1));
    }
    return given;
  }

  private static Given<Site.Command, SiteEvent, SiteState> threeRing() {
    return queue(AgentChoice.RING_ALL, ANNA, BEN, CARL).and(NOW, seek(C1));
  }

  private static Call.Offered offer(OfferId offer, AgentId agent) {
    return new Call.Offered(offer, agent, STATION, NOW.plus(RING), 0);
  }

  private static Work work(SiteState state, AgentId agent) {
    return state.agents().get(agent).work();
  }

  private static List<AgentId> ringing(SiteState state) {
    return state.calls().get(C1).out().values().stream().map(SiteCall.Ring::agent).toList();
  }

  @Test
  void shouldRingAllWhoAreFreeAtOnce() {
    var outcome =
        queue(AgentChoice.RING_ALL, ANNA, BEN, CARL)
            .when(seek(C1), NOW)
            .owing(
                tell(C1, offer(FIRST, ANNA)),
                tell(C1, offer(SECOND, BEN)),
                tell(C1, offer(THIRD, CARL)));

    assertThat(ringing(outcome.state())).containsExactly(ANNA, BEN, CARL);
    assertThat(Site.AGGREGATE.owed(outcome.state())).hasSize(3);
  }

  @Test
  void shouldSayOfWhomElseItRang() {
    var events = queue(AgentChoice.RING_ALL, ANNA, BEN, CARL).when(seek(C1), NOW).events();

    List<SiteEvent.AgentReserved> reserved =
        events.stream()
            .filter(SiteEvent.AgentReserved.class::isInstance)
            .map(SiteEvent.AgentReserved.class::cast)
            .toList();
    assertThat(reserved).hasSize(3);
    assertThat(reserved.getFirst().decision().considered())
        .extracting(Considered::verdict)
        .containsExactly(Verdict.CHOSEN, Verdict.RINGS_TOO, Verdict.RINGS_TOO);
    assertThat(reserved.get(1).decision().considered()).hasSize(1);
    assertThat(reserved.get(1).decision().unnamed()).isEqualTo(2);
  }

  @Test
  void shouldRingNoMoreThanMayRing() {
    AgentId[] many = new AgentId[Call.MAX_RINGING + 4];
    for (int i = 0; i < many.length; i++) {
      many[i] = new AgentId("agent-" + (10 + i));
    }

    assertThat(ringing(queue(AgentChoice.RING_ALL, many).and(NOW, seek(C1)).state()))
        .hasSize(Call.MAX_RINGING);
  }

  @Test
  void shouldKeepWhoeverLostUntilTheCallSaysThatItStopped() {
    var won = threeRing().and(NOW, new Site.OfferAccepted(SECOND));

    assertThat(work(won.state(), BEN)).isInstanceOf(Work.Talking.class);
    assertThat(work(won.state(), ANNA)).isInstanceOf(Work.Reserved.class);
    assertThat(won.owed())
        .containsExactlyInAnyOrder(
            tell(C1, new Call.EndOffer(FIRST)), tell(C1, new Call.EndOffer(THIRD)));

    SiteState after =
        won.and(NOW.plusMillis(40), new Site.OfferEnded(FIRST, OfferOutcome.WITHDRAWN))
            .and(NOW.plusMillis(60), new Site.OfferEnded(THIRD, OfferOutcome.WITHDRAWN))
            .state();
    assertThat(work(after, ANNA)).isInstanceOf(Work.Free.class);
    assertThat(after.agents().get(ANNA).idleSince()).isEqualTo(NOW.minusSeconds(100));
    assertThat(after.calls().get(C1).stand()).isInstanceOf(Stand.Talking.class);
    assertThat(after.calls().get(C1).out()).isEmpty();
  }

  @Test
  void shouldRepeatTheQuestionAfterThoseWhoLost() {
    var won = threeRing().and(NOW, new Site.OfferAccepted(SECOND));
    Instant due = Site.AGGREGATE.due(won.state()).orElseThrow();

    assertThat(due).isEqualTo(NOW.plus(Site.REMIND_AFTER));
    won.when(new Site.Expire(), due)
        .thenKinds(SiteEvent.OfferOverdue.class, SiteEvent.OfferOverdue.class)
        .owing(tell(C1, new Call.EndOffer(FIRST)), tell(C1, new Call.EndOffer(THIRD)));
  }

  @Test
  void shouldGiveWhoeverLostTheNextCall() {
    threeRing()
        .and(NOW.plusMillis(1), seek(C2))
        .and(NOW.plusMillis(5), new Site.OfferAccepted(SECOND))
        .when(new Site.OfferEnded(FIRST, OfferOutcome.WITHDRAWN), NOW.plusMillis(45))
        .thenKinds(SiteEvent.OfferEnded.class, SiteEvent.AgentReserved.class)
        .owing(
            tell(
                C2,
                new Call.Offered(
                    new OfferId(C2, 1), ANNA, STATION, NOW.plusMillis(45).plus(RING), 0)));
  }

  @Test
  void shouldRingOnUntilTheLastHasRefusedAndThenKeepTheOriginalPlace() {
    var rejected = threeRing().and(NOW, new Site.OfferEnded(FIRST, OfferOutcome.REJECTED));
    assertThat(rejected.state().calls().get(C1).stand()).isInstanceOf(Stand.Offered.class);

    var none =
        rejected
            .and(NOW, seek(C2))
            .and(NOW.plusSeconds(15), new Site.OfferEnded(SECOND, OfferOutcome.MISSED))
            .when(new Site.OfferEnded(THIRD, OfferOutcome.BUSY), NOW.plusSeconds(15));
    none.thenKinds(SiteEvent.OfferEnded.class, SiteEvent.CallQueued.class);
    SiteState state = none.state();
    assertThat(state.calls().get(C1).arrivedAt()).isEqualTo(NOW);
    assertThat(state.position(state.calls().get(C1))).isEqualTo(1);
    assertThat(state.position(state.calls().get(C2))).isEqualTo(2);
  }

  @Test
  void shouldRingWhoeverBecomesFreeAsWellUnlessSomebodyWaits() {
    var rings = queue(AgentChoice.RING_ALL, ANNA).and(NOW, seek(C1));

    assertThat(ringing(rings.and(NOW.plusSeconds(2), ready(BEN, 1)).state()))
        .containsExactly(ANNA, BEN);
    SiteState second =
        rings.and(NOW.plusSeconds(1), seek(C2)).and(NOW.plusSeconds(2), ready(BEN, 1)).state();
    assertThat(ringing(second)).containsExactly(ANNA);
    assertThat(second.calls().get(C2).ringsAt(BEN)).isTrue();
  }

  @Test
  void shouldWithdrawAllWhenTheCallIsOver() {
    SiteState after =
        threeRing().and(NOW, new Site.CallOver(C1, CallOutcome.ABANDONED, List.of())).state();

    assertThat(after.calls()).isEmpty();
    assertThat(List.of(work(after, ANNA), work(after, BEN), work(after, CARL)))
        .containsOnly(new Work.Free());
  }

  @Test
  void shouldTakeTheWinnerFromTheEndOfTheCallWhereItWasNotHeardOf() {
    threeRing()
        .when(
            new Site.CallOver(
                C1,
                CallOutcome.SERVED,
                List.of(
                    new OfferEnd(FIRST, OfferOutcome.REJECTED),
                    new OfferEnd(SECOND, OfferOutcome.ACCEPTED),
                    new OfferEnd(THIRD, OfferOutcome.WITHDRAWN))),
            NOW)
        .thenKinds(
            SiteEvent.OfferAccepted.class,
            SiteEvent.OfferEnded.class,
            SiteEvent.OfferEnded.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallLeft.class);
  }

  @Test
  void shouldAskForTheEndOfEachOfferInItsTime() {
    var rings =
        queue(AgentChoice.RING_ALL, ANNA).and(NOW, seek(C1)).and(NOW.plusSeconds(5), ready(BEN, 1));

    assertThat(Site.AGGREGATE.due(rings.state())).contains(NOW.plus(RING));
    rings
        .when(new Site.Expire(), NOW.plus(RING))
        .then(
            new SiteEvent.OfferOverdue(
                NOW.plus(RING), FIRST, NOW.plus(RING).plus(Site.REMIND_AFTER)));
  }

  @Test
  void shouldRingOneMoreAfterEachStepWhileTheOthersRingOn() {
    var one = queue(AgentChoice.RING_PROGRESSIVELY, ANNA, BEN, CARL).and(NOW, seek(C1));
    assertThat(ringing(one.state())).containsExactly(ANNA);
    assertThat(Site.AGGREGATE.due(one.state())).contains(NOW.plus(STEP));

    var two = one.and(NOW.plus(STEP), new Site.Expire());
    assertThat(ringing(two.state())).containsExactly(ANNA, BEN);

    var three = two.and(NOW.plus(STEP.multipliedBy(2)), new Site.Expire());
    assertThat(ringing(three.state())).containsExactly(ANNA, BEN, CARL);
  }

  @Test
  void shouldRingTheNextAtOnceInPlaceOfOneWhoRefusedOfSeveral() {
    var two =
        queue(AgentChoice.RING_PROGRESSIVELY, ANNA, BEN, CARL)
            .and(NOW, seek(C1))
            .and(NOW.plus(STEP), new Site.Expire())
            .and(NOW.plusSeconds(6), new Site.OfferEnded(FIRST, OfferOutcome.REJECTED));

    assertThat(ringing(two.state())).containsExactly(BEN, CARL);
  }

  @Test
  void shouldRingWhoeverBecomesFreeOnceTheStepIsOver() {
    var alone = queue(AgentChoice.RING_PROGRESSIVELY, ANNA).and(NOW, seek(C1));

    assertThat(ringing(alone.and(NOW.plusSeconds(1), ready(BEN, 1)).state())).containsExactly(ANNA);
    assertThat(
            ringing(
                alone
                    .and(NOW.plus(STEP), new Site.Expire())
                    .and(NOW.plusSeconds(6), ready(BEN, 1))
                    .state()))
        .containsExactly(ANNA, BEN);
  }

  @Test
  void shouldRingOneAtATimeByEveryOtherRule() {
    for (AgentChoice choice : AgentChoice.values()) {
      boolean several = choice == AgentChoice.RING_ALL;
      assertThat(ringing(queue(choice, ANNA, BEN).and(NOW, seek(C1)).state()))
          .as("%s", choice)
          .hasSize(several ? 2 : 1);
    }
  }
}
