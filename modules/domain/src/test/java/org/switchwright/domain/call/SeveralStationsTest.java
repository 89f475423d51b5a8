package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/** Several stations ring for one call: one wins, the others are asked to stop and lose nothing. */
class SeveralStationsTest {
  private static final OfferId THIRD = new OfferId(CALL, 3);
  private static final Dialog OTHER_DIALOG = dialog("other-tag", TIMER);

  private static Given<Call.Command, CallEvent, CallState> given(List<CallEvent> events) {
    return Given.given(Call.AGGREGATE, CALL.value(), events);
  }

  private static List<CallEvent> twoRing() {
    return plus(ringing(), offered(SECOND));
  }

  /** The first station has answered while the second rang. */
  private static List<CallEvent> won() {
    return plus(twoRing(), accepted());
  }

  private static Call.Offered offer(int number) {
    return new Call.Offered(
        new OfferId(CALL, number), new AgentId("agent-" + number), STATION, NOW.plusSeconds(15), 0);
  }

  private static Effect cancel(int leg) {
    return signal(new Signal.CancelStation(leg, STATION, CALLER));
  }

  private static Effect ended(OfferId offer, OfferOutcome outcome) {
    return tell(new Site.OfferEnded(offer, outcome));
  }

  @Test
  void shouldRingAnotherStationWhileOneRings() {
    given(ringing())
        .when(new Call.Offered(SECOND, ANNA, STATION, NOW.plusSeconds(15), 0), NOW)
        .then(offered(SECOND))
        .owing(
            signal(
                new Signal.InviteStation(
                    2, STATION, CALLER, new SessionDescription(CALLER_SDP, 1))));
  }

  @Test
  void shouldTakeOffersInWhicheverOrderTheyCome() {
    given(List.of(arrived(), offered(SECOND)))
        .when(new Call.Offered(FIRST, ANNA, STATION, NOW.plusSeconds(15), 0), NOW)
        .then(offered(FIRST));
  }

  @Test
  void shouldForgoWhatIsMoreThanTheMostThatMayRing() {
    List<CallEvent> events = new ArrayList<>(List.of(arrived()));
    for (int number = 1; number <= Call.MAX_RINGING; number++) {
      events.add(offered(new OfferId(CALL, number)));
    }

    given(events)
        .when(offer(Call.MAX_RINGING + 1), NOW)
        .thenKinds(CallEvent.OfferForgone.class)
        .owing(ended(new OfferId(CALL, Call.MAX_RINGING + 1), OfferOutcome.WITHDRAWN));
  }

  @Test
  void shouldStopTheOthersAtOnceWhenOneAnswers() {
    var outcome =
        given(plus(twoRing(), offered(THIRD)))
            .when(new LegReport.Answered(2, AGENT_DIALOG, AGENT_SDP), NOW)
            .then(new CallEvent.OfferAccepted(NOW, SECOND, AGENT_DIALOG, AGENT_SDP))
            .owing(cancel(1), cancel(3), tell(new Site.OfferAccepted(SECOND)))
            .owingNone(cancel(2)::equals);

    assertThat(Call.AGGREGATE.owed(outcome.state())).contains(cancel(1), cancel(3));
    assertThat(Call.AGGREGATE.resume(outcome.state()))
        .contains(
            cancel(1),
            cancel(3),
            signal(new Signal.Attend(1, CALLER.key(), null)),
            signal(new Signal.Attend(3, CALLER.key(), null)));
  }

  @Test
  void shouldWithdrawFromWhoeverLost() {
    given(won())
        .when(new LegReport.Refused(2, StationRefusal.CANCELLED, 487), NOW)
        .then(new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.WITHDRAWN, 487))
        .owing(ended(SECOND, OfferOutcome.WITHDRAWN));
    given(won())
        .when(new LegReport.Refused(2, StationRefusal.REJECTED, 603), NOW)
        .then(new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.WITHDRAWN, 603));
    given(won())
        .when(new LegReport.Refused(2, StationRefusal.NOT_ACCEPTABLE, 488), NOW)
        .then(new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.WITHDRAWN, 488));

    var settled =
        given(plus(won(), new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.WITHDRAWN, 487)));
    assertThat(settled.state().phase()).isInstanceOf(Phase.Joining.class);
    assertThat(settled.owed()).doesNotContain(cancel(2));
  }

  @Test
  void shouldHangUpOnTheSecondWhoseAnswerCrossedTheCancel() {
    Effect bye = signal(new Signal.Bye(2, OTHER_DIALOG, 2, Refusal.TOO_LATE));
    CallEvent tooLate = new CallEvent.AnsweredTooLate(NOW, 2, OTHER_DIALOG);
    given(won())
        .when(new LegReport.Answered(2, OTHER_DIALOG, AGENT_SDP), NOW)
        .then(tooLate)
        .owing(bye);
    var late = given(plus(won(), tooLate));

    assertThat(late.owed()).contains(bye).doesNotContain(cancel(2));
    late.when(new LegReport.Released(2), NOW)
        .then(new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.WITHDRAWN, 0))
        .owing(ended(SECOND, OfferOutcome.WITHDRAWN));
    late.when(new LegReport.HungUp(2), NOW)
        .then(new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.WITHDRAWN, 0));
    late.when(new LegReport.Answered(2, OTHER_DIALOG, AGENT_SDP), NOW).owing(bye);
    assertThat(late.state().phase()).isInstanceOf(Phase.Joining.class);
  }

  @Test
  void shouldNotForgiveWhoMissedItBeforeAnotherAnswered() {
    given(plus(twoRing(), new CallEvent.OfferEnding(NOW, SECOND, OfferOutcome.MISSED), accepted()))
        .when(new LegReport.Refused(2, StationRefusal.CANCELLED, 487), NOW)
        .then(new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.MISSED, 487));
  }

  @Test
  void shouldRingOnWhereOneOfSeveralEnds() {
    CallEvent rejected = new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.REJECTED, 603);
    var one =
        given(twoRing())
            .when(new LegReport.Refused(1, StationRefusal.REJECTED, 603), NOW)
            .then(rejected)
            .owing(ended(FIRST, OfferOutcome.REJECTED));
    assertThat(one.state().phase()).isInstanceOf(Phase.Ringing.class);

    var none =
        given(plus(twoRing(), rejected))
            .when(new LegReport.Refused(2, StationRefusal.BUSY, 486), NOW)
            .then(new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.BUSY, 486));
    assertThat(none.state().phase()).isInstanceOf(Phase.Seeking.class);
  }

  @Test
  void shouldEndOnlyTheOfferWhoseTimeIsUp() {
    var outcome =
        given(twoRing())
            .when(new Call.EndOffer(SECOND), NOW)
            .then(new CallEvent.OfferEnding(NOW, SECOND, OfferOutcome.MISSED))
            .owing(cancel(2))
            .owingNone(cancel(1)::equals);

    assertThat(Call.AGGREGATE.owed(outcome.state())).contains(cancel(2));
  }

  @Test
  void shouldNotRefuseTheCallerForOneOfSeveralWithoutCodecInCommon() {
    given(twoRing())
        .when(new LegReport.Refused(1, StationRefusal.NOT_ACCEPTABLE, 488), NOW)
        .then(new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.BUSY, 488));
    given(plus(twoRing(), new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.BUSY, 488)))
        .when(new LegReport.Refused(2, StationRefusal.NOT_ACCEPTABLE, 488), NOW)
        .thenKinds(CallEvent.OfferEnded.class, CallEvent.CallEnded.class);
  }

  @Test
  void shouldStopAllWhenTheCallerCancels() {
    given(twoRing())
        .when(new LegReport.CallerCancelled(), NOW)
        .owing(
            cancel(1),
            cancel(2),
            tell(
                new Site.CallOver(
                    CALL,
                    CallOutcome.ABANDONED,
                    List.of(
                        new OfferEnd(FIRST, OfferOutcome.WITHDRAWN),
                        new OfferEnd(SECOND, OfferOutcome.WITHDRAWN)))));
  }

  @Test
  void shouldGoOnStoppingThoseWhoLostWhenTheCallIsOver() {
    var outcome =
        given(plus(won(), new CallEvent.AnsweredTooLate(NOW, 2, OTHER_DIALOG)))
            .when(new LegReport.CallerCancelled(), NOW)
            .owing(
                signal(new Signal.Bye(2, OTHER_DIALOG, 2, Refusal.CANCELLED)),
                tell(
                    new Site.CallOver(
                        CALL,
                        CallOutcome.ABANDONED,
                        List.of(
                            new OfferEnd(FIRST, OfferOutcome.ACCEPTED),
                            new OfferEnd(SECOND, OfferOutcome.WITHDRAWN)))));

    assertThat(outcome.state().ring(2)).isEmpty();
  }

  @Test
  void shouldForgoAnOfferThatComesWhenOneHasAnswered() {
    given(won())
        .when(offer(3), NOW)
        .then(new CallEvent.OfferForgone(NOW, THIRD))
        .owing(ended(THIRD, OfferOutcome.WITHDRAWN));
  }

  @Test
  void shouldGiveUpAfterAWhileOnWhoeverDoesNotConfirmThatItStopped() {
    var given = given(won());
    var due = Call.AGGREGATE.due(given.state()).orElseThrow();

    assertThat(due).isEqualTo(NOW.plus(Call.CANCEL_PATIENCE));
    given
        .when(new Call.Expire(), due)
        .then(new CallEvent.OfferEnded(due, SECOND, OfferOutcome.WITHDRAWN, 408))
        .owing(ended(SECOND, OfferOutcome.WITHDRAWN));
  }

  @Test
  void shouldNotWaitLongForAStationWhoseEdgeDied() {
    CallEvent hurried = new CallEvent.OfferEnding(NOW, SECOND, OfferOutcome.WITHDRAWN);
    given(won()).when(new LegReport.Orphaned(2), NOW).then(hurried).owing(cancel(2));

    var waiting = given(plus(won(), hurried));
    waiting.when(new LegReport.Orphaned(2), NOW).thenNothingNew().owing(cancel(2));
    assertThat(Call.AGGREGATE.due(waiting.state()))
        .contains(NOW.plus(Call.RECOVERED_CANCEL_PATIENCE));
  }

  @Test
  void shouldTellTheSiteOfEachOfferThatItAsksFor() {
    var given =
        given(plus(won(), new CallEvent.OfferEnded(NOW, SECOND, OfferOutcome.WITHDRAWN, 487)));

    given
        .when(new Call.EndOffer(SECOND), NOW)
        .thenNothingNew()
        .owing(ended(SECOND, OfferOutcome.WITHDRAWN));
    given
        .when(new Call.EndOffer(FIRST), NOW)
        .thenNothingNew()
        .owing(tell(new Site.OfferAccepted(FIRST)));
  }

  @Test
  void shouldForgetOnlyWhatIsOlderThanTheLastOffers() {
    List<CallEvent> events = new ArrayList<>(List.of(arrived()));
    for (int number = 1; number <= OfferBook.MAX_ENDED + 2; number++) {
      events.add(new CallEvent.OfferForgone(NOW, new OfferId(CALL, number)));
    }
    OfferBook book = given(events).state().book();

    assertThat(book.ended()).hasSize(OfferBook.MAX_ENDED);
    assertThat(book.unknown(1)).isFalse();
    assertThat(book.unknown(3)).isFalse();
    assertThat(book.unknown(OfferBook.MAX_ENDED + 3)).isTrue();
  }
}
