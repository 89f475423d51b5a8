package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall.Stand;

/** Agents who ask others about a caller, as their site sees it. */
class ConsultsTest {
  private static final Instant LATER = NOW.plusSeconds(30);
  private static final Instant END = NOW.plusSeconds(50);
  private static final OfferId SECOND = new OfferId(C1, 2);
  private static final Site.Consult ASK_BEN =
      new Site.Consult(FIRST, 1, new Destination.ToAgent(BEN));
  private static final Site.Consult ASK_SERVICE =
      new Site.Consult(FIRST, 1, new Destination.ToQueue(SERVICE));

  /** Anna talks to the first caller; Ben is on his break. */
  private static Given<Site.Command, SiteEvent, SiteState> talking() {
    return Given.given(Site.AGGREGATE, "berlin", configured())
        .and(NOW, ready(ANNA, 1), notReady(BEN, 1), seek(C1), new Site.OfferAccepted(FIRST));
  }

  private static Given<Site.Command, SiteEvent, SiteState> offered() {
    return talking().and(LATER, ready(BEN, 2), ASK_BEN);
  }

  private static Given<Site.Command, SiteEvent, SiteState> answered() {
    return offered().and(LATER, new Site.OfferAccepted(SECOND));
  }

  private static Work work(SiteState state, AgentId agent) {
    return state.agents().get(agent).work();
  }

  private static SiteCall call(SiteState state) {
    return state.call(C1).orElseThrow();
  }

  @Test
  void shouldReserveWhoIsAskedAndKeepWhoAsks() {
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        talking()
            .and(LATER, ready(BEN, 2))
            .when(ASK_BEN, LATER)
            .thenKinds(SiteEvent.ConsultBegan.class, SiteEvent.AgentReserved.class)
            .owing(tell(C1, new Call.Offered(SECOND, BEN, STATION, LATER.plus(RING), 0, 1)));

    assertThat(work(outcome.state(), ANNA)).isEqualTo(new Work.Talking(FIRST, NOW));
    assertThat(work(outcome.state(), BEN)).isEqualTo(new Work.Reserved(SECOND));
  }

  @Test
  void shouldWaitForWhoIsAskedForSoLong() {
    Instant given = LATER.plus(Consults.longestWait(MAX_WAIT));
    Given<Site.Command, SiteEvent, SiteState> waiting = talking().and(LATER, ASK_SERVICE);

    assertThat(waiting.state().due()).contains(given);
    waiting
        .when(new Site.Expire(), given)
        .then(new SiteEvent.ConsultEnded(given, 1, FIRST, ANNA, given.plus(Site.CHECK_AFTER)))
        .owing(tell(C1, new Call.ConsultOver(1)));
  }

  /** Nobody of the queue speaks Spanish; after ten seconds whoever can talk will do. */
  @Test
  void shouldWidenForWhoIsAskedInTime() {
    Duration after = Duration.ofSeconds(10);
    Instant wider = LATER.plus(after);
    Given<Site.Command, SiteEvent, SiteState> waiting =
        Given.given(
                Site.AGGREGATE,
                "berlin",
                List.of(new SiteEvent.SiteConfigured(NOW, widening(after))))
            .and(NOW, ready(ANNA, 1), seek(C1), new Site.OfferAccepted(FIRST))
            .and(LATER, ready(BEN, 1), ASK_SERVICE);

    assertThat(waiting.state().due()).contains(wider);
    waiting
        .when(new Site.Expire(), wider)
        .thenKinds(SiteEvent.CallWidened.class, SiteEvent.AgentReserved.class);
  }

  private static SiteConfiguration widening(Duration after) {
    SiteConfiguration it = configuration();
    SiteConfiguration.Queue strict = it.queue(SERVICE).orElseThrow();
    SiteConfiguration.Queue wider =
        new SiteConfiguration.Queue(
            strict.id(),
            levels(SPANISH, 9),
            strict.maxWaiting(),
            strict.maxWait(),
            strict.overflowTo(),
            strict.ringTimeout(),
            strict.wrapUp(),
            strict.treatment(),
            0,
            strict.choosing(),
            List.of(new Widening(after, levels(TALK, 1), Optional.empty())),
            strict.presence(),
            strict.keepPlace());
    return new SiteConfiguration(
        List.of(it.queue(SALES).orElseThrow(), wider),
        it.points(),
        it.delays(),
        it.notReadyReasons());
  }

  @Test
  void shouldTellTheCallThatTheConsultationWaits() {
    Instant ask = LATER.plus(MAX_WAIT).plus(Site.ASK_MARGIN);

    talking()
        .when(ASK_SERVICE, LATER)
        .owing(tell(C1, new Call.Queued(SERVICE, 1, ask, TreatmentMode.EARLY_MEDIA, 0, 1)));
  }

  @Test
  void shouldGiveNeitherAnotherCall() {
    Given<Site.Command, SiteEvent, SiteState> both = answered().and(LATER, seek(C2));

    assertThat(both.state().call(C2).orElseThrow().stand()).isInstanceOf(Stand.Waiting.class);
    assertThat(work(both.state(), ANNA)).isInstanceOf(Work.Talking.class);
    assertThat(work(both.state(), BEN)).isInstanceOf(Work.Talking.class);
  }

  @Test
  void shouldLetWhoAskedWrapUpWhenTheCallerIsHandedOver() {
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        answered()
            .when(new Site.ConsultOver(FIRST, 1, SECOND, Optional.of(SECOND)), END)
            .then(
                new SiteEvent.ConversationEnded(END, FIRST, ANNA, END.plus(WRAP_UP)),
                new SiteEvent.ConsultEnded(END, 1, SECOND, BEN, END.plus(Site.CHECK_AFTER)))
            .owing(tell(C1, new Call.ConsultOver(1)));

    assertThat(call(outcome.state()).stand())
        .isEqualTo(new Stand.Talking(SECOND, BEN, END.plus(Site.CHECK_AFTER)));
  }

  @Test
  void shouldLetWhoWasAskedWrapUpWhenTheCallerIsTakenBack() {
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        answered()
            .when(new Site.ConsultOver(FIRST, 1, FIRST, Optional.of(SECOND)), END)
            .then(
                new SiteEvent.ConversationEnded(END, SECOND, BEN, END.plus(WRAP_UP)),
                new SiteEvent.ConsultEnded(END, 1, FIRST, ANNA, END.plus(Site.CHECK_AFTER)));

    assertThat(call(outcome.state()).queue()).isEqualTo(SALES);
    assertThat(work(outcome.state(), ANNA)).isEqualTo(new Work.Talking(FIRST, NOW));
  }

  private static SiteEvent.Conferring conferring(int change) {
    return new SiteEvent.Conferring(1, change, FIRST, ANNA, SECOND, BEN);
  }

  private static Site.Attends attends(int change) {
    return new Site.Attends(FIRST, SECOND, 1, change);
  }

  @Test
  void shouldTakeNoteOfACallerWhoTakesPart() {
    answered()
        .when(attends(1), END)
        .then(new SiteEvent.ConferenceBegan(END, conferring(1)))
        .owing(tell(C1, new Call.ConferenceNoted(1, 1)));
    Given<Site.Command, SiteEvent, SiteState> three = answered().and(END, attends(1));
    three
        .when(attends(2), END)
        .then(new SiteEvent.ConferenceEnded(END, conferring(2)))
        .owing(tell(C1, new Call.ConferenceNoted(1, 2)));
    three
        .when(new Site.ConsultOver(FIRST, 1, SECOND, Optional.of(SECOND)), END)
        .thenKinds(SiteEvent.ConversationEnded.class, SiteEvent.ConsultEnded.class);
  }

  /** What comes late, twice or first is noted once and in order. */
  @Test
  void shouldTakeNoteInOrder() {
    Given<Site.Command, SiteEvent, SiteState> gone = answered().and(END, attends(2));

    gone.when(attends(1), END).thenNothingNew().owing(tell(C1, new Call.ConferenceNoted(1, 1)));
    gone.when(attends(2), END).thenNothingNew();
    offered()
        .when(attends(1), END)
        .thenKinds(SiteEvent.ConsultAnswered.class, SiteEvent.ConferenceBegan.class);
    talking().when(attends(1), END).thenRefused(Reason.OUT_OF_ORDER);
    answered()
        .and(END, new Site.ConsultOver(FIRST, 1, FIRST, Optional.empty()))
        .when(attends(1), END)
        .thenNothingNew()
        .owing(tell(C1, new Call.ConferenceNoted(1, 1)));
    // What was said of the first consultation changes nothing in the second.
    answered()
        .and(
            END,
            attends(1),
            new Site.ConsultOver(FIRST, 1, FIRST, Optional.of(SECOND)),
            new Site.EndWrapUp(BEN),
            new Site.Consult(FIRST, 2, new Destination.ToAgent(BEN)))
        .when(attends(2), END)
        .thenNothingNew()
        .owing(tell(C1, new Call.ConferenceNoted(1, 2)));
    Given.given(Site.AGGREGATE, "berlin", configured())
        .when(attends(1), END)
        .thenNothingNew()
        .owing(tell(C1, new Call.Settle()));
  }

  @Test
  void shouldKeepWhoWasAskedUntilThePhoneHasStopped() {
    Site.ConsultOver over = new Site.ConsultOver(FIRST, 1, FIRST, Optional.empty());
    Given<Site.Command, SiteEvent, SiteState> ended = offered().and(END, over);

    assertThat(call(ended.state()).stand()).isInstanceOf(Stand.Talking.class);
    assertThat(work(ended.state(), BEN)).isEqualTo(new Work.Reserved(SECOND));
    ended.when(over, END).thenNothingNew().owing(tell(C1, new Call.ConsultOver(1)));
    ended
        .when(new Site.OfferEnded(SECOND, OfferOutcome.WITHDRAWN), END)
        .thenKinds(SiteEvent.OfferEnded.class);
    offered()
        .when(new Site.ConsultOver(FIRST, 1, FIRST, Optional.of(SECOND)), END)
        .thenKinds(
            SiteEvent.ConsultAnswered.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.ConsultEnded.class);
  }

  @Test
  void shouldGiveTheCallerBackWhereWhoIsAskedTurnsItDown() {
    offered()
        .when(new Site.OfferEnded(SECOND, OfferOutcome.REJECTED), END)
        .thenKinds(SiteEvent.OfferEnded.class, SiteEvent.ConsultEnded.class)
        .owing(tell(C1, new Call.ConsultOver(1)));
  }

  @Test
  void shouldGiveTheCallerBackWhereThereIsNobodyToAsk() {
    talking()
        .when(new Site.Consult(FIRST, 1, new Destination.ToAgent(new AgentId("nobody"))), LATER)
        .thenKinds(SiteEvent.ConsultBegan.class, SiteEvent.ConsultEnded.class)
        .owing(tell(C1, new Call.ConsultOver(1)));
  }

  @Test
  void shouldBeginEachOnce() {
    offered().when(ASK_BEN, END).thenNothingNew();
    answered()
        .and(END, new Site.ConsultOver(FIRST, 1, FIRST, Optional.empty()))
        .when(ASK_BEN, END)
        .thenNothingNew();
    // The end may overtake the beginning.
    talking()
        .and(LATER, new Site.ConsultOver(FIRST, 1, FIRST, Optional.empty()))
        .when(ASK_BEN, END)
        .thenNothingNew()
        .owing(tell(C1, new Call.ConsultOver(1)));
  }

  @Test
  void shouldLearnOfAnswersFromWhatComesAfterThem() {
    offered()
        .when(new Site.ConsultOver(FIRST, 1, SECOND, Optional.of(SECOND)), END)
        .thenKinds(
            SiteEvent.ConsultAnswered.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.ConsultEnded.class);
    offered()
        .when(new Site.Transfer(SECOND, new Destination.ToQueue(SERVICE), true), END)
        .thenKinds(
            SiteEvent.ConsultAnswered.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.ConsultEnded.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallTransferred.class,
            SiteEvent.CallQueued.class);
  }

  @Test
  void shouldSendTheCallerBackToTheFrontOnceNobodyIsAsked() {
    Site.Transfer back = new Site.Transfer(FIRST, new Destination.Back(), true);

    offered().when(back, END).thenRefused(Reason.OUT_OF_ORDER);
    talking()
        .and(LATER, ASK_SERVICE)
        .when(back, END)
        .thenKinds(
            SiteEvent.ConsultEnded.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallRequeued.class,
            SiteEvent.CallQueued.class);
  }

  @Test
  void shouldFreeBothWhenTheCallIsOver() {
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        offered()
            .when(
                new Site.CallOver(
                    C1,
                    CallOutcome.SERVED,
                    List.of(
                        new OfferEnd(FIRST, OfferOutcome.ACCEPTED),
                        new OfferEnd(SECOND, OfferOutcome.WITHDRAWN)),
                    Optional.empty()),
                END)
            .thenKinds(
                SiteEvent.ConsultEnded.class,
                SiteEvent.OfferEnded.class,
                SiteEvent.ConversationEnded.class,
                SiteEvent.CallLeft.class);

    assertThat(work(outcome.state(), BEN)).isInstanceOf(Work.Free.class);
    assertThat(outcome.state().tally().served()).isEqualTo(1);
  }
}
