package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.Given.given;
import static org.switchwright.domain.site.Sites.ANNA;
import static org.switchwright.domain.site.Sites.BEN;
import static org.switchwright.domain.site.Sites.C1;
import static org.switchwright.domain.site.Sites.C2;
import static org.switchwright.domain.site.Sites.FIRST;
import static org.switchwright.domain.site.Sites.HELP;
import static org.switchwright.domain.site.Sites.HOTLINE;
import static org.switchwright.domain.site.Sites.NOW;
import static org.switchwright.domain.site.Sites.SALES;
import static org.switchwright.domain.site.Sites.SERVICE;
import static org.switchwright.domain.site.Sites.SPANISH;
import static org.switchwright.domain.site.Sites.TALK;
import static org.switchwright.domain.site.Sites.configured;
import static org.switchwright.domain.site.Sites.notReady;
import static org.switchwright.domain.site.Sites.ready;
import static org.switchwright.domain.site.Sites.report;
import static org.switchwright.domain.site.Sites.seek;
import static org.switchwright.domain.site.Sites.tell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.RoutingDecision.Verdict;
import org.switchwright.domain.routing.StrategySource;

/** How strategies come into force, what they say to calls, and how they go back. */
class StrategyRulesTest {
  private static final StrategyId CARE = new StrategyId("care");
  private final Site site = Site.routingBy(new ScriptedStrategies());

  private Given<Site.Command, SiteEvent, SiteState> site() {
    return given(site, "berlin", configured());
  }

  private static Site.PublishStrategy publish(String text) {
    return new Site.PublishStrategy(new StrategySource(text, new TreeMap<>()), "ann", "why");
  }

  private static Site.ActivateStrategy activate(int version) {
    return new Site.ActivateStrategy(CARE, version, "ben", "back");
  }

  private static Instant after(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  @Test
  void shouldPublishWithWhoAndWhy() {
    site()
        .when(publish("care hotline service"), NOW)
        .then(
            new SiteEvent.StrategyPublished(
                NOW,
                CARE,
                1,
                new StrategySource("care hotline service", new TreeMap<>()),
                List.of(HOTLINE),
                "ann",
                "why"));
  }

  @Test
  void shouldRouteNewCallsByWhatIsInForce() {
    var outcome = site().and(NOW, publish("care hotline service")).when(seek(C1), NOW);

    outcome.thenKinds(
        SiteEvent.CallEntered.class, SiteEvent.CallRouted.class, SiteEvent.CallQueued.class);
    assertThat(outcome.state().calls().get(C1).queue()).isEqualTo(SERVICE);
    assertThat(outcome.state().calls().get(C1).priority()).isEqualTo(7);
    assertThat(outcome.events().get(1))
        .isInstanceOfSatisfying(
            SiteEvent.CallRouted.class,
            routed -> {
              assertThat(routed.strategy()).isEqualTo(CARE);
              assertThat(routed.version()).isEqualTo(1);
              assertThat(routed.route().name()).isEqualTo("only");
            });
  }

  @Test
  void shouldLeaveOtherRoutingPointsToTheirQueues() {
    site()
        .and(NOW, publish("care hotline service"))
        .when(seek(C1, HELP, NOW), NOW)
        .thenKinds(SiteEvent.CallEntered.class, SiteEvent.CallQueued.class);
  }

  @Test
  void shouldNeverPublishWhatDoesNotCompileOrFit() {
    site().when(publish("care"), NOW).thenRefused(Reason.FAULTY_STRATEGY);
    site().when(publish("care hotline nowhere"), NOW).thenRefused(Reason.FAULTY_STRATEGY);
    site().when(publish("care nowhere sales"), NOW).thenRefused(Reason.FAULTY_STRATEGY);
    site()
        .and(NOW, publish("care hotline sales"))
        .when(publish("other hotline sales"), NOW)
        .thenRefused(Reason.FAULTY_STRATEGY);
    site()
        .and(NOW, publish("care hotline sales"))
        .when(publish("care hotline sales"), NOW)
        .thenRefused(Reason.ALREADY_DONE);
  }

  /** Ben has been idle for longest, Anna comes next. */
  @ParameterizedTest
  @CsvSource({
    // Anna's Spanish and talk, Ben's | who is chosen, who has been looked at and why not
    "5, 0, 0, 9, ben, IDLE_FOR_LESS",
    "5, 0, 4, 8, anna, LEVEL_TOO_LOW",
    "4, 9, 0, 8, anna, LEVEL_TOO_LOW",
    "4, 8, 6, 0, ben, LEVEL_TOO_LOW",
  })
  void shouldTakeWhoeverHasAnyOfSeveralThings(
      int spanish, int talk, int bensSpanish, int bensTalk, String chosen, Verdict other) {
    var events =
        site()
            .and(NOW, report(BEN, 1, new Wish.Ready(), SPANISH, bensSpanish, TALK, bensTalk))
            .and(after(1), report(ANNA, 1, new Wish.Ready(), SPANISH, spanish, TALK, talk))
            .and(after(2), publish("care hotline sales:spanish=5|talk=9"))
            .when(seek(C1, HOTLINE, after(3)), after(3))
            .events();

    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            SiteEvent.AgentReserved.class,
            it -> {
              assertThat(it.agent().value()).isEqualTo(chosen);
              assertThat(it.decision().considered())
                  .extracting(RoutingDecision.Considered::verdict)
                  .containsExactly(Verdict.CHOSEN, other);
            });
  }

  private static Call.Queued told(QueueId queue, int until, String music) {
    return new Call.Queued(
        queue,
        1,
        after(until).plus(Site.ASK_MARGIN),
        TreatmentMode.EARLY_MEDIA,
        0,
        0,
        music.isEmpty() ? Optional.empty() : Optional.of(music));
  }

  /** As long as the strategy counts: not where a queue has passed the call on by its own rule. */
  @Test
  void shouldPlayWhatTheCaseSays() {
    var waiting = site().and(NOW, publish("care hotline sales:play=carols 20:service"));

    waiting.when(seek(C1), NOW).owing(tell(C1, told(SALES, 60, "carols")));
    waiting.and(NOW, seek(C1)).when(seek(C1), after(1)).owing(tell(C1, told(SALES, 60, "carols")));
    waiting
        .and(NOW, seek(C1))
        .when(new Site.Expire(), after(20))
        .owing(tell(C1, told(SERVICE, 80, "carols")));
    site()
        .and(NOW, publish("care hotline sales:play=carols"), seek(C1))
        .when(new Site.Expire(), after(60))
        .owing(tell(C1, told(SERVICE, 120, "")));
  }

  @Test
  void shouldRefuseCallersWhereTheStrategySaysSo() {
    site()
        .and(NOW, publish("care hotline refuse"))
        .when(seek(C1), NOW)
        .thenKinds(
            SiteEvent.CallEntered.class, SiteEvent.CallRouted.class, SiteEvent.CallReleased.class)
        .owing(tell(C1, new Call.Release(Refusal.NOBODY_THERE)));
  }

  @Test
  void shouldKeepTheVersionThatACallBeganWith() {
    var begun =
        site()
            .and(NOW, publish("care hotline sales 20:service"), seek(C1))
            .and(after(5), publish("care hotline sales 20:sales"), seek(C2, HOTLINE, after(5)));

    assertThat(begun.state().due()).contains(after(20));
    var stepped = begun.when(new Site.Expire(), after(20));

    stepped.thenKinds(SiteEvent.CallStepped.class, SiteEvent.CallQueued.class);
    assertThat(stepped.state().calls().get(C1).queue()).isEqualTo(SERVICE);
    assertThat(stepped.state().calls().get(C2).queue()).isEqualTo(SALES);
    assertThat(stepped.state().calls().get(C1).arrivedAt()).isEqualTo(NOW);
  }

  @Test
  void shouldGoBackAtOnceAndForNewCallsOnly() {
    var back =
        site()
            .and(NOW, publish("care hotline service 30:sales"))
            .and(after(1), publish("care hotline sales 30:service"), seek(C1))
            .and(after(2), activate(1));

    var outcome = back.when(seek(C2, HOTLINE, after(3)), after(3));

    assertThat(outcome.state().calls().get(C2).queue()).isEqualTo(SERVICE);
    var stepped = back.when(new Site.Expire(), after(31));
    assertThat(stepped.state().calls().get(C1).queue()).isEqualTo(SERVICE);
  }

  @Test
  void shouldGoBackToNoneAndRefuseWhatIsNotKept() {
    var published = site().and(NOW, publish("care hotline service"));

    published
        .when(activate(0), NOW)
        .then(new SiteEvent.StrategyActivated(NOW, CARE, 1, 0, "ben", "back"));
    published
        .and(NOW, activate(0))
        .when(seek(C1), NOW)
        .thenKinds(SiteEvent.CallEntered.class, SiteEvent.CallQueued.class);
    published.when(activate(1), NOW).thenRefused(Reason.ALREADY_DONE);
    published.when(activate(2), NOW).thenRefused(Reason.UNKNOWN_STRATEGY);
    site().when(activate(1), NOW).thenRefused(Reason.UNKNOWN_STRATEGY);
    published
        .and(NOW, activate(0), publish("other hotline sales"))
        .when(activate(1), NOW)
        .thenRefused(Reason.FAULTY_STRATEGY);
  }

  @Test
  void shouldAskForWhatTheCallNeedsInsteadOfWhatItsQueueDoes() {
    var waiting =
        site()
            .and(NOW, publish("care hotline sales:spanish=4 20:spanish=2"), ready(ANNA, 1))
            .and(NOW, seek(C1));

    assertThat(waiting.state().calls().get(C1).waiting()).isTrue();
    waiting
        .when(new Site.Expire(), after(20))
        .thenKinds(SiteEvent.CallStepped.class, SiteEvent.AgentReserved.class);
  }

  @Test
  void shouldAskForWhatTheNextQueueDoesOnceTheCallOverflowed() {
    var overflowed =
        site()
            .and(NOW, publish("care help sales:spanish=9"), seek(C1, HELP, NOW))
            .and(after(60), new Site.Expire());

    assertThat(overflowed.state().calls().get(C1).queue()).isEqualTo(SERVICE);
    assertThat(overflowed.state().calls().get(C1).ownRequirements()).isEmpty();
    overflowed
        .when(ready(ANNA, 1), after(61))
        .thenKinds(SiteEvent.AgentReported.class, SiteEvent.AgentReserved.class);
  }

  /** Anna talks to a caller whose case asks for Spanish and has a step to come. */
  private Given<Site.Command, SiteEvent, SiteState> talking() {
    return site()
        .and(NOW, publish("care hotline sales:spanish=4 20:spanish=2"))
        .and(NOW, report(ANNA, 1, new Wish.Ready(), TALK, 5, Sites.SPANISH, 4), seek(C1))
        .and(NOW, new Site.OfferAccepted(FIRST));
  }

  private static Site.Transfer sentOn(Destination to) {
    return new Site.Transfer(FIRST, to, true);
  }

  @Test
  void shouldAskForWhatTheOtherQueueDoesOnceTheCallIsSentThere() {
    var sent = talking().when(sentOn(new Destination.ToQueue(SERVICE)), after(5)).state();

    assertThat(sent.calls().get(C1).queue()).isEqualTo(SERVICE);
    assertThat(sent.calls().get(C1).routing()).isEmpty();
  }

  @Test
  void shouldKeepWhatACallNeedsThatComesBackToItsQueue() {
    for (Destination to : List.of(new Destination.Back(), new Destination.ToAgent(BEN))) {
      var back = talking().and(after(1), notReady(BEN, 1)).and(after(5), sentOn(to));

      assertThat(back.state().calls().get(C1).ownRequirements())
          .contains(Sites.levels(Sites.SPANISH, 4));
      assertThat(back.state().calls().get(C1).routing().flatMap(Routing::nextStepAt))
          .contains(after(20));
    }
  }

  /** Anna talks to a caller of another routing point than the strategy's, and sends him there. */
  private Given.Outcome<Site.Command, SiteEvent, SiteState> sentTo(
      RoutingPointId point, String strategy) {
    Site.Seek seek = seek(C1);
    Site.Asker asker = new Site.Asker(seek.interaction(), seek.caller(), seek.attached());
    return site()
        .and(NOW, publish(strategy))
        .and(NOW, report(ANNA, 1, new Wish.Ready(), TALK, 5), seek)
        .and(NOW, new Site.OfferAccepted(FIRST))
        .when(
            new Site.Transfer(FIRST, new Destination.ToAddress(point), true, Optional.of(asker)),
            after(5));
  }

  @Test
  void shouldAskTheStrategyOfThePointThatACallerIsSentTo() {
    var sent = sentTo(HELP, "care help sales:spanish=4 20:service");

    SiteCall call = sent.state().calls().get(C1);
    assertThat(call.queue()).isEqualTo(SALES);
    assertThat(call.priority()).isEqualTo(7);
    assertThat(call.ownRequirements()).contains(Sites.levels(Sites.SPANISH, 4));
    assertThat(call.routing().flatMap(Routing::nextStepAt)).contains(after(25));
    assertThat(sent.events())
        .filteredOn(SiteEvent.CallRouted.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            SiteEvent.CallRouted.class, it -> assertThat(it.point()).isEqualTo(HELP));
  }

  @Test
  void shouldKeepACallerWhomAStrategyWouldRefuseWhereHeWas() {
    var sent = sentTo(HELP, "care help refuse");

    assertThat(sent.state().calls().get(C1).queue()).isEqualTo(SALES);
    assertThat(sent.state().calls().get(C1).waiting()).isTrue();
    assertThat(sent.events()).noneMatch(SiteEvent.CallRouted.class::isInstance);
  }

  @Test
  void shouldStepAnOfferedCallOnlyWhenItWaitsAgain() {
    var offered =
        site()
            .and(NOW, publish("care hotline sales 5:service"))
            .and(NOW, report(ANNA, 1, new Wish.Ready(), TALK, 5), seek(C1));

    assertThat(offered.state().calls().get(C1).waiting()).isFalse();
    assertThat(offered.state().due()).contains(NOW.plus(Sites.RING));
  }

  @Test
  void shouldKeepOnlyTheVersionsThatAreNeeded() {
    var many = site().and(NOW, publish("care hotline sales 3600:service"), seek(C1));
    for (int i = 1; i <= 20; i++) {
      many = many.and(after(1), publish("care hotline sales " + i + ":service"));
    }

    Published published = many.state().strategies().get(CARE);
    assertThat(published.active()).isEqualTo(21);
    assertThat(published.versions()).hasSize(Published.MAX_KEPT + 1);
    assertThat(published.version(1)).isPresent();
    assertThat(published.version(2)).isEmpty();
  }

  @Test
  void shouldGoOnWhereAVersionCannotBeCompiledAnyMore() {
    SiteState state = site().and(NOW, publish("care hotline sales 20:service"), seek(C1)).state();
    var without = Site.AGGREGATE.decide(state, new Site.Expire(), after(20));
    var newcomer = Site.AGGREGATE.decide(state, seek(C2), after(20));

    assertThat(without)
        .isInstanceOfSatisfying(
            Decision.Accepted.class,
            yes ->
                assertThat(yes.events())
                    .isEqualTo(
                        List.of(new SiteEvent.CallStepped(after(20), C1, 1, Optional.empty()))));
    assertThat(newcomer).isInstanceOf(Decision.Accepted.class);
  }
}
