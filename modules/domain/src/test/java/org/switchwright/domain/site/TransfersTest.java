package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.Destination.ToAddress;
import org.switchwright.domain.routing.Destination.ToAgent;
import org.switchwright.domain.routing.Destination.ToQueue;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision.Verdict;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall.Stand;

/** Callers whom agents send on, as their site sees it. */
class TransfersTest {
  private static final Instant LATER = NOW.plusSeconds(30);

  private static Given<Site.Command, SiteEvent, SiteState> given() {
    return Given.given(Site.AGGREGATE, "berlin", configured());
  }

  /** Anna talks to the first caller; Ben is on his break. */
  private static Given<Site.Command, SiteEvent, SiteState> talking() {
    return given()
        .and(NOW, ready(ANNA, 1), notReady(BEN, 1), seek(C1), new Site.OfferAccepted(FIRST));
  }

  private static Site.Transfer transfer(Destination to) {
    return new Site.Transfer(FIRST, to, true);
  }

  private static SiteCall call(SiteState state) {
    return state.call(C1).orElseThrow();
  }

  @Test
  void shouldEndTheConversationAndLetTheCallerWaitInTheOtherQueue() {
    Instant ask = LATER.plus(MAX_WAIT).plus(Site.ASK_MARGIN);

    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        talking()
            .when(transfer(new ToQueue(SERVICE)), LATER)
            .then(
                new SiteEvent.ConversationEnded(LATER, FIRST, ANNA, LATER.plus(WRAP_UP)),
                new SiteEvent.CallTransferred(
                    LATER, FIRST, ANNA, SALES, SERVICE, Optional.empty(), true, 0, NOW),
                new SiteEvent.CallQueued(LATER, C1, SERVICE, 1, ask))
            .owing(tell(C1, new Call.Queued(SERVICE, 1, ask, TreatmentMode.EARLY_MEDIA, 1)));

    assertThat(outcome.state().agents().get(ANNA).work())
        .isEqualTo(new Work.WrappingUp(LATER.plus(WRAP_UP)));
    assertThat(outcome.state().tally().arrived()).isEqualTo(1);
  }

  @Test
  void shouldOfferAtOnceToAnAgentWhoIsFree() {
    talking()
        .and(LATER, ready(BEN, 2))
        .when(transfer(new ToQueue(SERVICE)), LATER)
        .thenKinds(
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallTransferred.class,
            SiteEvent.AgentReserved.class)
        .owing(tell(C1, new Call.Offered(new OfferId(C1, 2), BEN, STATION, LATER.plus(RING), 1)));
  }

  @Test
  void shouldCarryOutATransferOnceAndAnswerWhoRepeatsIt() {
    Given<Site.Command, SiteEvent, SiteState> given =
        talking().and(LATER, transfer(new ToQueue(SERVICE)));

    given.when(transfer(new ToQueue(SERVICE)), LATER).thenNothingNew();
    given
        .and(LATER, ready(BEN, 2), new Site.OfferAccepted(new OfferId(C1, 2)))
        .when(transfer(new ToQueue(SERVICE)), LATER)
        .thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldLearnOfTheAnswerFromItsTransfer() {
    given()
        .and(NOW, ready(ANNA, 1), seek(C1))
        .when(transfer(new ToQueue(SERVICE)), LATER)
        .thenKinds(
            SiteEvent.OfferAccepted.class,
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallTransferred.class,
            SiteEvent.CallQueued.class);
  }

  @Test
  void shouldLearnOfATransferFromTheEndOfTheCall() {
    talking()
        .when(
            new Site.CallOver(
                C1,
                CallOutcome.ABANDONED,
                List.of(new OfferEnd(FIRST, OfferOutcome.ACCEPTED)),
                Optional.of(transfer(new ToQueue(SERVICE)))),
            LATER)
        .thenKinds(
            SiteEvent.ConversationEnded.class,
            SiteEvent.CallTransferred.class,
            SiteEvent.CallLeft.class);
  }

  @Test
  void shouldPutTheCallerLastWhereThePlaceIsNotKept() {
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        talking().when(new Site.Transfer(FIRST, new ToQueue(SERVICE), false), LATER);

    assertThat(call(outcome.state()).arrivedAt()).isEqualTo(LATER);
  }

  @Test
  void shouldServeARequeuedCallerBeforeAllWhoWaitInItsQueue() {
    SiteState state =
        talking()
            .and(
                LATER,
                seek(C2, HOTLINE, NOW.minusSeconds(5)),
                seek(C3, VIP, NOW.plusSeconds(3)),
                transfer(new Destination.Back()))
            .state();

    assertThat(state.waiting().stream().sorted(state.order()).map(SiteCall::id))
        .containsExactly(C1, C3, C2);
    assertThat(call(state).front()).isTrue();
  }

  @Test
  void shouldJournalWhoSentTheCallerBack() {
    talking()
        .when(transfer(new Destination.Back()), LATER)
        .then(
            new SiteEvent.ConversationEnded(LATER, FIRST, ANNA, LATER.plus(WRAP_UP)),
            new SiteEvent.CallRequeued(LATER, FIRST, ANNA, SALES),
            new SiteEvent.CallQueued(
                LATER, C1, SALES, 1, LATER.plus(MAX_WAIT).plus(Site.ASK_MARGIN)));
  }

  @Test
  void shouldKeepTheCallerForTheAgentWhomItWasSentTo() {
    AgentId cleo = new AgentId("cleo");
    Given<Site.Command, SiteEvent, SiteState> given =
        talking().and(LATER, ready(cleo, 1), transfer(new ToAgent(BEN)));

    assertThat(call(given.state()).stand()).isInstanceOf(Stand.Waiting.class);
    SiteEvent.AgentReserved reserved =
        (SiteEvent.AgentReserved) given.when(ready(BEN, 2), LATER).events().getLast();
    assertThat(reserved.agent()).isEqualTo(BEN);
    assertThat(reserved.decision().considered().getFirst().verdict()).isEqualTo(Verdict.NAMED);
  }

  @Test
  void shouldGiveTheCallerToAnybodyWhereThatAgentFailsHim() {
    AgentId cleo = new AgentId("cleo");
    OfferId second = new OfferId(C1, 2);
    Given<Site.Command, SiteEvent, SiteState> waiting =
        talking().and(LATER, ready(cleo, 1), transfer(new ToAgent(BEN)));

    waiting
        .and(LATER, ready(BEN, 2))
        .when(new Site.OfferEnded(second, OfferOutcome.REJECTED), LATER)
        .thenKinds(
            SiteEvent.OfferEnded.class,
            SiteEvent.CallUndirected.class,
            SiteEvent.AgentReserved.class);
    waiting
        .when(report(BEN, 2, new Wish.LoggedOut(), TALK, 5), LATER)
        .thenKinds(
            SiteEvent.AgentReported.class,
            SiteEvent.CallUndirected.class,
            SiteEvent.AgentReserved.class);
    waiting
        .when(new Site.Expire(), LATER.plus(MAX_WAIT.dividedBy(2)))
        .owing(
            tell(
                C1,
                new Call.Offered(
                    second, cleo, STATION, LATER.plus(MAX_WAIT.dividedBy(2)).plus(RING), 1)));
  }

  @Test
  void shouldLetTheCallerStayInItsQueueWhereTheDestinationIsGone() {
    Given.Outcome<Site.Command, SiteEvent, SiteState> outcome =
        talking().when(transfer(new ToQueue(new QueueId("closed"))), LATER);

    assertThat(call(outcome.state()).queue()).isEqualTo(SALES);
    assertThat(call(outcome.state()).stand()).isInstanceOf(Stand.Waiting.class);
  }

  @Test
  void shouldTakeAnAddressForARoutingPointOrAQueueOrAnAgent() {
    SiteState vip = talking().and(LATER, transfer(address("vip"))).state();
    SiteState queue = talking().and(LATER, transfer(address("service"))).state();
    SiteState agent = talking().and(LATER, transfer(address("ben"))).state();

    assertThat(call(vip).priority()).isEqualTo(5);
    assertThat(call(queue).queue()).isEqualTo(SERVICE);
    assertThat(call(agent).directedTo()).contains(BEN);
  }

  private static Destination address(String user) {
    return new ToAddress(new RoutingPointId(user));
  }

  @Test
  void shouldSayWhereNobodyCanBeSentTo() {
    Given<Site.Command, SiteEvent, SiteState> given =
        talking()
            .and(
                LATER,
                report(new AgentId("cleo"), 1, new Wish.LoggedOut()),
                seek(C2, HELP, NOW),
                seek(C3, HELP, NOW));

    check(given, new ToQueue(new QueueId("closed")), Reason.UNKNOWN_QUEUE);
    check(given, new ToAgent(new AgentId("nobody")), Reason.UNKNOWN_AGENT);
    check(given, address("nowhere"), Reason.UNKNOWN_ROUTING_POINT);
    check(given, new ToAgent(new AgentId("cleo")), Reason.LOGGED_OUT);
    check(given, new ToQueue(SERVICE), Reason.QUEUE_FULL);
    given.when(new Site.CheckDestination(new ToQueue(SALES)), LATER).thenNothingNew();
    given.when(new Site.CheckDestination(new ToAgent(BEN)), LATER).thenNothingNew();
  }

  private static void check(
      Given<Site.Command, SiteEvent, SiteState> given, Destination to, Reason reason) {
    given.when(new Site.CheckDestination(to), LATER).thenRefused(reason);
  }
}
