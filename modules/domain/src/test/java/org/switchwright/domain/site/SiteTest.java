package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision.Verdict;
import org.switchwright.domain.site.SiteEvent.AgentReserved;
import org.switchwright.domain.site.SiteEvent.CallEntered;
import org.switchwright.domain.site.SiteEvent.CallLeft;
import org.switchwright.domain.site.SiteEvent.CallOverflowed;
import org.switchwright.domain.site.SiteEvent.CallQueued;
import org.switchwright.domain.site.SiteEvent.CallReleased;
import org.switchwright.domain.site.SiteEvent.ConversationEnded;
import org.switchwright.domain.site.SiteEvent.OfferEnded;
import org.switchwright.domain.site.SiteEvent.OfferOverdue;
import org.switchwright.domain.site.SiteEvent.WrapUpEnded;

class SiteTest {
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
  private static final AgentId ANNA = new AgentId("anna");
  private static final AgentId BERT = new AgentId("bert");

  private SiteState state;
  private Instant now = NINE;

  @BeforeEach
  void configure() {
    state = Site.AGGREGATE.initial("berlin");
    when(
        new Site.Configure(
            new SiteConfiguration(
                List.of(
                    queue("sales", 3, Optional.of(new QueueId("spill"))),
                    queue("spill", 0, Optional.empty())),
                List.of(point("sales", 0), point("gold", 10)),
                new SiteConfiguration.Delays(Duration.ofSeconds(5), Duration.ofSeconds(15)),
                List.of("break"))));
  }

  @Test
  void shouldReserveAndOfferInOneDecision() {
    ready(ANNA, 5);

    List<SiteEvent> events = when(seek("c1", "sales"));

    assertThat(events.getFirst()).isInstanceOf(CallEntered.class);
    AgentReserved reserved = (AgentReserved) events.get(1);
    assertThat(reserved.agent()).isEqualTo(ANNA);
    assertThat(reserved.until()).isEqualTo(now.plusSeconds(20));
  }

  @Test
  void shouldOfferToTheLongestIdleAndSayWhyNotToTheOthers() {
    ready(BERT, 5);
    now = now.plusSeconds(1);
    ready(ANNA, 5);
    ready(new AgentId("carl"), 2);

    AgentReserved reserved = (AgentReserved) when(seek("c1", "sales")).get(1);

    assertThat(reserved.agent()).isEqualTo(BERT);
    assertThat(reserved.decision().considered())
        .extracting(it -> it.agent().value(), it -> it.verdict())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bert", Verdict.CHOSEN),
            org.assertj.core.groups.Tuple.tuple("anna", Verdict.IDLE_FOR_LESS),
            org.assertj.core.groups.Tuple.tuple("carl", Verdict.LEVEL_TOO_LOW));
  }

  @Test
  void shouldServePriorityBeforeAge() {
    when(seek("c1", "sales"));
    now = now.plusSeconds(10);
    when(seek("c2", "gold"));

    List<SiteEvent> events = ready(ANNA, 5);

    assertThat(((AgentReserved) events.getLast()).offer().call()).isEqualTo(new CallId("c2"));
  }

  @Test
  void shouldReturnARejectedCallToItsPlaceAndLetTheAgentRest() {
    ready(ANNA, 5);
    when(seek("c1", "sales"));
    now = now.plusSeconds(5);
    when(seek("c2", "sales"));

    List<SiteEvent> events = when(new Site.OfferEnded(offer("c1", 1), OfferOutcome.REJECTED));

    assertThat(((OfferEnded) events.getFirst()).until()).isEqualTo(now.plusSeconds(5));
    assertThat(((CallQueued) events.get(1)).position()).isEqualTo(1);
    now = now.plusSeconds(5);
    assertThat(((AgentReserved) when(new Site.Expire()).getLast()).offer())
        .isEqualTo(offer("c1", 2));
  }

  @Test
  void shouldGiveAMissingAgentNothingUntilItWasHeard() {
    ready(ANNA, 5);
    when(seek("c1", "sales"));
    when(new Site.OfferEnded(offer("c1", 1), OfferOutcome.MISSED));

    assertThat(state.agent(ANNA).orElseThrow().free()).isFalse();
    List<SiteEvent> events = when(report(ANNA, 3, 1, new Wish.Ready(), 5));
    assertThat(events.getLast()).isInstanceOf(AgentReserved.class);
  }

  @Test
  void shouldCostAnAgentNothingWhenTheCallerLeaves() {
    ready(ANNA, 5);
    Instant idle = state.agent(ANNA).orElseThrow().idleSince();
    when(seek("c1", "sales"));
    now = now.plusSeconds(3);

    List<SiteEvent> events =
        when(
            new Site.CallOver(
                new CallId("c1"), CallOutcome.ABANDONED, ended(OfferOutcome.WITHDRAWN)));

    assertThat(((OfferEnded) events.getFirst()).outcome()).isEqualTo(OfferOutcome.WITHDRAWN);
    assertThat(events.getLast()).isInstanceOf(CallLeft.class);
    assertThat(state.agent(ANNA).orElseThrow().idleSince()).isEqualTo(idle);
  }

  @Test
  void shouldLetAWishThatCrossesAReservationTakeEffectAfterIt() {
    ready(ANNA, 5);
    when(seek("c1", "sales"));
    when(report(ANNA, 2, 0, new Wish.NotReady("break"), 5));

    assertThat(isReserved(ANNA)).isTrue();
    when(new Site.OfferEnded(offer("c1", 1), OfferOutcome.WITHDRAWN));
    assertThat(state.agent(ANNA).orElseThrow().free()).isFalse();
  }

  @Test
  void shouldIgnoreAnOlderWish() {
    when(report(ANNA, 5, 0, new Wish.NotReady("break"), 5));

    assertThat(when(report(ANNA, 4, 0, new Wish.Ready(), 5))).isEmpty();
    assertThat(state.agent(ANNA).orElseThrow().wish()).isEqualTo(new Wish.NotReady("break"));
  }

  @Test
  void shouldWrapUpAfterAConversationAndEndItEarlyOnlyByTheAgent() {
    ready(ANNA, 5);
    when(seek("c1", "sales"));
    when(new Site.OfferAccepted(offer("c1", 1)));
    List<SiteEvent> events =
        when(new Site.CallOver(new CallId("c1"), CallOutcome.SERVED, ended(OfferOutcome.ACCEPTED)));

    assertThat(((ConversationEnded) events.getFirst()).wrapUpUntil())
        .isEqualTo(now.plusSeconds(30));
    assertThat(when(new Site.EndWrapUp(ANNA))).containsExactly(new WrapUpEnded(now, ANNA, true));
    assertThat(decide(new Site.EndWrapUp(ANNA)))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Decision.Reason.NOT_IN_WRAP_UP));
  }

  @Test
  void shouldAskForTheEndOfAnOfferAndFreeTheAgentOnlyByReport() {
    ready(ANNA, 5);
    when(seek("c1", "sales"));
    now = now.plusSeconds(20);

    assertThat(when(new Site.Expire()).getFirst()).isInstanceOf(OfferOverdue.class);
    assertThat(isReserved(ANNA)).isTrue();
  }

  @Test
  void shouldReleaseWhereNoQueueHasRoom() {
    for (int n = 1; n <= 3; n++) {
      when(seek("c" + n, "sales"));
    }

    List<SiteEvent> events = when(seek("c4", "sales"));

    assertThat(events.getLast()).isInstanceOf(CallReleased.class);
    assertThat(((CallReleased) events.getLast()).why()).isEqualTo(Refusal.QUEUE_FULL);
  }

  @Test
  void shouldOverflowAfterTheLongestWaitAndKeepThePlace() {
    when(new Site.Configure(roomy()));
    when(seek("c1", "sales"));
    now = now.plusSeconds(60);

    List<SiteEvent> events = when(new Site.Expire());

    assertThat(events.getFirst()).isInstanceOf(CallOverflowed.class);
    assertThat(state.call(new CallId("c1")).orElseThrow().arrivedAt()).isEqualTo(NINE);
  }

  @Test
  void shouldNotLetInAgainWhoHasLeft() {
    when(seek("c1", "sales"));
    when(new Site.CallOver(new CallId("c1"), CallOutcome.ABANDONED, Optional.empty()));

    assertThat(when(seek("c1", "sales"))).isEmpty();
    assertThat(state.tally().arrived()).isEqualTo(1);
  }

  private static Optional<OfferEnd> ended(OfferOutcome outcome) {
    return Optional.of(new OfferEnd(offer("c1", 1), outcome));
  }

  private boolean isReserved(AgentId agent) {
    return state.agent(agent).orElseThrow().work() instanceof SiteAgent.Work.Reserved;
  }

  private SiteConfiguration roomy() {
    SiteConfiguration now = state.configured();
    return new SiteConfiguration(
        List.of(
            queue("sales", 3, Optional.of(new QueueId("spill"))),
            queue("spill", 9, Optional.empty())),
        now.points(),
        now.delays(),
        now.notReadyReasons());
  }

  private Decision<SiteEvent> decide(Site.Command command) {
    return Site.AGGREGATE.decide(state, command, now);
  }

  private List<SiteEvent> when(Site.Command command) {
    Decision<SiteEvent> decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    List<SiteEvent> events = new ArrayList<>(((Decision.Accepted<SiteEvent>) decision).events());
    for (SiteEvent event : events) {
      state = Site.AGGREGATE.evolve(state, event);
    }
    return events;
  }

  private List<SiteEvent> ready(AgentId agent, int level) {
    return when(report(agent, 1, 0, new Wish.Ready(), level));
  }

  private static Site.ReportAgent report(
      AgentId agent, long version, long judged, Wish wish, int level) {
    SortedMap<Skill, Integer> skills = new TreeMap<>();
    skills.put(new Skill("german"), level);
    Personal station = Personal.of(new KeyId("k"), "sip:" + agent + "@127.0.0.1");
    return new Site.ReportAgent(agent, version, judged, wish, skills, Optional.of(station));
  }

  private Site.Seek seek(String call, String point) {
    return new Site.Seek(
        new CallId(call), new InteractionId("i-" + call), new RoutingPointId(point), now);
  }

  private static OfferId offer(String call, int number) {
    return new OfferId(new CallId(call), number);
  }

  private static SiteConfiguration.Queue queue(
      String name, int maxWaiting, Optional<QueueId> overflow) {
    SortedMap<Skill, Integer> german = new TreeMap<>();
    german.put(new Skill("german"), 3);
    return new SiteConfiguration.Queue(
        new QueueId(name),
        german,
        maxWaiting,
        Duration.ofSeconds(60),
        overflow,
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        TreatmentMode.EARLY_MEDIA);
  }

  private static SiteConfiguration.RoutingPoint point(String name, int priority) {
    return new SiteConfiguration.RoutingPoint(
        new RoutingPointId(name), new QueueId("sales"), priority);
  }
}
