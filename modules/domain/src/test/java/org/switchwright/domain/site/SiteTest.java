package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall.Stand;

/** Who waits, who is offered what, and what comes of it. */
class SiteTest {
  private static Given<Site.Command, SiteEvent, SiteState> given() {
    return Given.given(Site.AGGREGATE, "berlin", configured());
  }

  /** Anna is reserved for the first call. */
  private static Given<Site.Command, SiteEvent, SiteState> offered() {
    return given().and(NOW, ready(ANNA, 1), seek(C1));
  }

  private static Given<Site.Command, SiteEvent, SiteState> talking() {
    return offered().and(NOW, new Site.OfferAccepted(FIRST));
  }

  private static Work work(SiteState state) {
    return state.agents().get(ANNA).work();
  }

  @Test
  void shouldReserveAndOfferInOneDecision() {
    given()
        .and(NOW, ready(ANNA, 1))
        .when(seek(C1), NOW)
        .thenKinds(SiteEvent.CallEntered.class, SiteEvent.AgentReserved.class)
        .owing(tell(C1, new Call.Offered(FIRST, ANNA, STATION, NOW.plus(RING), 0)));
  }

  @Test
  void shouldKeepAPlaceWhereNobodyIsFree() {
    Instant ask = NOW.plus(MAX_WAIT).plus(Site.ASK_MARGIN);

    given()
        .when(seek(C1), NOW)
        .thenKinds(SiteEvent.CallEntered.class, SiteEvent.CallQueued.class)
        .owing(tell(C1, new Call.Queued(SALES, 1, ask, TreatmentMode.EARLY_MEDIA, 0)));
  }

  @Test
  void shouldAnswerWhoAsksAgainWithoutNewEvents() {
    Instant ask = NOW.plus(MAX_WAIT).plus(Site.ASK_MARGIN);

    given()
        .and(NOW, seek(C1))
        .when(seek(C1), NOW)
        .thenNothingNew()
        .owing(tell(C1, new Call.Queued(SALES, 1, ask, TreatmentMode.EARLY_MEDIA, 0)));
    offered()
        .when(seek(C1), NOW)
        .thenNothingNew()
        .owing(tell(C1, new Call.Offered(FIRST, ANNA, STATION, NOW.plus(RING), 0)));
  }

  @Test
  void shouldNotBeAskedAgainAtOnceWhereItIsLate() {
    Instant late = NOW.plus(MAX_WAIT).plus(Site.ASK_MARGIN).plusSeconds(1);
    Instant ask = late.plus(Site.REMIND_AFTER);

    given()
        .and(NOW, seek(C1))
        .when(seek(C1), late)
        .thenNothingNew()
        .owing(tell(C1, new Call.Queued(SALES, 1, ask, TreatmentMode.EARLY_MEDIA, 0)));
  }

  @Test
  void shouldReleaseCallForAnAddressThatNobodyKnows() {
    given()
        .when(seek(C1, new org.switchwright.domain.RoutingPointId("nowhere"), NOW), NOW)
        .thenNothingNew()
        .owing(tell(C1, new Call.Release(Refusal.NOT_FOUND)));
  }

  @Test
  void shouldServeLongestWaitingWhenAnAgentBecomesReady() {
    given()
        .and(NOW, seek(C1, HOTLINE, NOW.plusSeconds(2)), seek(C2, HOTLINE, NOW))
        .when(ready(ANNA, 1), NOW.plusSeconds(3))
        .owing(
            tell(
                C2,
                new Call.Offered(
                    new OfferId(C2, 1), ANNA, STATION, NOW.plusSeconds(3).plus(RING), 0)));
  }

  @Test
  void shouldServeHigherPriorityFirst() {
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        given()
            .and(NOW, seek(C1, HOTLINE, NOW), seek(C2, VIP, NOW.plusSeconds(5)))
            .when(ready(ANNA, 1), NOW.plusSeconds(6));

    assertThat(outcome.state().calls().get(C2).stand()).isInstanceOf(Stand.Offered.class);
  }

  @Test
  void shouldOverflowOnceTheQueueIsFullAndReleaseWhereAllAre() {
    Given<Site.Command, SiteEvent, SiteState> full = given().and(NOW, seek(C1), seek(C2));

    full.when(seek(C3), NOW)
        .thenKinds(
            SiteEvent.CallEntered.class,
            SiteEvent.CallOverflowed.class,
            SiteEvent.CallQueued.class);
    full.and(NOW, seek(C3), seek(new CallId("c4")))
        .when(seek(new CallId("c5")), NOW)
        .thenKinds(SiteEvent.CallEntered.class, SiteEvent.CallReleased.class)
        .owing(tell(new CallId("c5"), new Call.Release(Refusal.QUEUE_FULL)));
  }

  @Test
  void shouldNotSendACallRoundInCirclesOfOverflow() {
    Instant first = NOW.plus(MAX_WAIT);
    Instant second = first.plus(MAX_WAIT);

    given()
        .and(NOW, seek(C1))
        .and(first, new Site.Expire())
        .when(new Site.Expire(), second)
        .then(
            new SiteEvent.CallReleased(
                second, C1, Refusal.WAITED_TOO_LONG, second.plus(Site.REMIND_AFTER)));
  }

  @Test
  void shouldOnlyAskForTheEndOfAnOfferWhoseTimeIsUp() {
    Instant due = NOW.plus(RING);
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        offered()
            .when(new Site.Expire(), due)
            .then(new SiteEvent.OfferOverdue(due, FIRST, due.plus(Site.REMIND_AFTER)))
            .owing(tell(C1, new Call.EndOffer(FIRST)));

    assertThat(work(outcome.state())).isEqualTo(new Work.Reserved(FIRST));
  }

  @Test
  void shouldLetRejectingAgentRestAtTheEndOfTheLine() {
    SiteState after = ended(OfferOutcome.REJECTED).state();

    assertThat(work(after)).isEqualTo(new Work.Resting(NOW.plusSeconds(1).plus(REJECTED)));
    assertThat(after.agents().get(ANNA).idleSince()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void shouldLeaveBusyAgentAloneAtItsPlaceInTheLine() {
    SiteState after = ended(OfferOutcome.BUSY).state();

    assertThat(work(after)).isEqualTo(new Work.Resting(NOW.plusSeconds(1).plus(BUSY)));
    assertThat(after.agents().get(ANNA).idleSince()).isEqualTo(NOW);
  }

  @Test
  void shouldAskTheRecordOfWhoMissedOrWasUnreachable() {
    ended(OfferOutcome.MISSED).owing(new Effect.TellAgent(ANNA, new Agent.Missed(1)));
    ended(OfferOutcome.UNREACHABLE).owing(new Effect.TellAgent(ANNA, new Agent.Unreachable(1)));
  }

  @Test
  void shouldOfferAgainAtOnceAfterAWithdrawal() {
    ended(OfferOutcome.WITHDRAWN)
        .thenKinds(SiteEvent.OfferEnded.class, SiteEvent.AgentReserved.class);
  }

  private static Given.Outcome<Site.Command, SiteEvent, SiteState> ended(OfferOutcome outcome) {
    return offered().when(new Site.OfferEnded(FIRST, outcome), NOW.plusSeconds(1));
  }

  @Test
  void shouldKeepTheOriginalPlaceThroughOffers() {
    SiteState after =
        offered()
            .and(NOW, seek(C2))
            .and(NOW.plusSeconds(5), new Site.OfferEnded(FIRST, OfferOutcome.REJECTED))
            .and(NOW.plusSeconds(6), ready(BEN, 1))
            .state();

    assertThat(after.calls().get(C1).stand()).isInstanceOf(Stand.Offered.class);
    assertThat(after.calls().get(C1).out().values())
        .containsExactly(
            new SiteCall.Ring(new OfferId(C1, 2), BEN, NOW.plusSeconds(6).plus(RING), false));
  }

  @Test
  void shouldEndAnOfferOnce() {
    offered()
        .and(NOW, new Site.OfferEnded(FIRST, OfferOutcome.BUSY))
        .when(new Site.OfferEnded(FIRST, OfferOutcome.BUSY), NOW)
        .thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldWrapUpAfterAConversationAndNotShorter() {
    Instant end = NOW.plusSeconds(100);
    Given<Site.Command, SiteEvent, SiteState> ended =
        talking()
            .and(
                end,
                new Site.CallOver(
                    C1, CallOutcome.SERVED, List.of(new OfferEnd(FIRST, OfferOutcome.ACCEPTED))));

    assertThat(work(ended.state())).isEqualTo(new Work.WrappingUp(end.plus(WRAP_UP)));
    ended
        .when(new Site.Expire(), end.plus(WRAP_UP).minusMillis(1))
        .thenRefused(Reason.OUT_OF_ORDER);
    ended
        .when(new Site.Expire(), end.plus(WRAP_UP))
        .then(new SiteEvent.WrapUpEnded(end.plus(WRAP_UP), ANNA, false));
    ended.when(new Site.EndWrapUp(ANNA), end).then(new SiteEvent.WrapUpEnded(end, ANNA, true));
    offered().when(new Site.EndWrapUp(ANNA), NOW).thenRefused(Reason.NOT_IN_WRAP_UP);
  }

  @Test
  void shouldLearnFromTheEndOfACallHowItsOfferEnded() {
    over(CallOutcome.SERVED, OfferOutcome.ACCEPTED)
        .thenKinds(
            SiteEvent.OfferAccepted.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallLeft.class);
    over(CallOutcome.ABANDONED, OfferOutcome.WITHDRAWN)
        .then(
            new SiteEvent.OfferEnded(NOW, FIRST, ANNA, OfferOutcome.WITHDRAWN, null, false),
            new SiteEvent.CallLeft(NOW, C1, CallOutcome.ABANDONED, Optional.empty()));
    over(CallOutcome.ABANDONED, OfferOutcome.REJECTED)
        .then(
            new SiteEvent.OfferEnded(
                NOW, FIRST, ANNA, OfferOutcome.REJECTED, NOW.plus(REJECTED), false),
            new SiteEvent.CallLeft(NOW, C1, CallOutcome.ABANDONED, Optional.empty()));
  }

  private static Given.Outcome<Site.Command, SiteEvent, SiteState> over(
      CallOutcome outcome, OfferOutcome last) {
    return offered()
        .when(new Site.CallOver(C1, outcome, List.of(new OfferEnd(FIRST, last))), NOW)
        .owing(tell(C1, new Call.Settle()));
  }

  @Test
  void shouldWriteThatItSettlesACallThatItDoesNotKnow() {
    given()
        .when(new Site.CallOver(C1, CallOutcome.ABANDONED, List.of()), NOW)
        .then(new SiteEvent.UnknownCallEnded(NOW, C1, CallOutcome.ABANDONED))
        .owing(tell(C1, new Call.Settle()));
  }

  @Test
  void shouldSettleAgainAndAgainWithoutLettingTheCallInAgain() {
    Given<Site.Command, SiteEvent, SiteState> left =
        given().and(NOW, seek(C1), new Site.CallOver(C1, CallOutcome.ABANDONED, List.of()));

    left.when(new Site.CallOver(C1, CallOutcome.ABANDONED, List.of()), NOW)
        .thenNothingNew()
        .owing(tell(C1, new Call.Settle()));
    left.when(seek(C1), NOW).thenNothingNew().owing(tell(C1, new Call.Settle()));
    assertThat(left.state().tally()).isEqualTo(new SiteState.Tally(1, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void shouldLetAWishThatCrossesWorkTakeEffectAfterIt() {
    SiteState after = offered().and(NOW, notReady(ANNA, 2)).state();

    assertThat(work(after)).isEqualTo(new Work.Reserved(FIRST));
    given()
        .and(NOW, ready(ANNA, 1), seek(C1), notReady(ANNA, 2))
        .when(new Site.OfferEnded(FIRST, OfferOutcome.WITHDRAWN), NOW)
        .thenKinds(SiteEvent.OfferEnded.class, SiteEvent.CallQueued.class);
  }

  @Test
  void shouldNotBelieveAnOlderReport() {
    given()
        .and(NOW, notReady(ANNA, 5))
        .when(ready(ANNA, 4), NOW)
        .thenNothingNew()
        .owing(new Effect.TellAgent(ANNA, new Agent.Acknowledge(5)));
  }

  @Test
  void shouldBelieveAJudgedAgentOnceItsRecordHasTakenNote() {
    Given<Site.Command, SiteEvent, SiteState> missed =
        offered().and(NOW, new Site.OfferEnded(FIRST, OfferOutcome.MISSED));

    missed.when(ready(ANNA, 2), NOW).thenKinds(SiteEvent.AgentReported.class);
    missed
        .when(report(ANNA, 3, 1, new Wish.Ready(), Optional.of(STATION), TALK, 5, SPANISH, 2), NOW)
        .thenKinds(SiteEvent.AgentReported.class, SiteEvent.AgentReserved.class);
    assertThat(missed.when(new Site.Expire(), NOW.plus(Site.JUDGEMENT_LASTS)).events())
        .contains(new SiteEvent.AgentRested(NOW.plus(Site.JUDGEMENT_LASTS), ANNA));
  }

  @Test
  void shouldCheckOnAConversationNowAndThen() {
    Instant check = NOW.plus(Site.CHECK_AFTER);

    talking()
        .when(new Site.Expire(), check)
        .then(new SiteEvent.ConversationChecked(check, FIRST, check.plus(Site.CHECK_AFTER)))
        .owing(tell(C1, new Call.AreYouTalking(FIRST)));
  }

  @Test
  void shouldOweWhatCallsAndAgentsHaveNotAnswered() {
    assertThat(offered().owed())
        .containsExactly(tell(C1, new Call.Offered(FIRST, ANNA, STATION, NOW.plus(RING), 0)));
    assertThat(offered().and(NOW.plus(RING), new Site.Expire()).owed())
        .containsExactly(tell(C1, new Call.EndOffer(FIRST)));
    assertThat(talking().owed()).isEmpty();
  }

  @Test
  void shouldHaveADeadlineForAllButFreeAgents() {
    assertThat(given().and(NOW, ready(ANNA, 1)).state().due()).isEmpty();
    assertThat(given().and(NOW, seek(C1)).state().due()).contains(NOW.plus(MAX_WAIT));
    assertThat(offered().state().due()).contains(NOW.plus(RING));
    assertThat(talking().state().due()).contains(NOW.plus(Site.CHECK_AFTER));
  }

  @Test
  void shouldReleaseCallsOfAQueueThatIsNoMore() {
    SiteConfiguration without =
        new SiteConfiguration(
            List.of(queue(SERVICE, Optional.empty(), TALK, 3)),
            List.of(),
            new SiteConfiguration.Delays(Duration.ZERO, Duration.ZERO),
            List.of());

    given()
        .and(NOW, seek(C1))
        .when(new Site.Configure(without), NOW)
        .owing(tell(C1, new Call.Release(Refusal.NOT_FOUND)));
  }

  @Test
  void shouldKeepACallThatTalksWhenItsQueueIsNoMore() {
    SiteConfiguration without =
        new SiteConfiguration(
            List.of(queue(SERVICE, Optional.empty(), TALK, 3)),
            List.of(),
            new SiteConfiguration.Delays(Duration.ZERO, Duration.ZERO),
            List.of());

    Given<Site.Command, SiteEvent, SiteState> given =
        talking().and(NOW, new Site.Configure(without));

    given
        .when(
            new Site.CallOver(
                C1, CallOutcome.SERVED, List.of(new OfferEnd(FIRST, OfferOutcome.ACCEPTED))),
            NOW)
        .thenKinds(SiteEvent.ConversationEnded.class, SiteEvent.CallLeft.class);
  }

  @Test
  void shouldKeepAnOfferThatIsOutWhenItsQueueIsNoMore() {
    SiteConfiguration without =
        new SiteConfiguration(
            List.of(queue(SERVICE, Optional.empty(), TALK, 3)),
            List.of(),
            new SiteConfiguration.Delays(Duration.ZERO, Duration.ZERO),
            List.of());

    offered()
        .and(NOW, new Site.Configure(without))
        .when(new Site.OfferEnded(FIRST, OfferOutcome.WITHDRAWN), NOW)
        .owing(tell(C1, new Call.Release(Refusal.NOT_FOUND)));
  }
}
