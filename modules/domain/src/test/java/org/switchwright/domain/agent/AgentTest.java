package org.switchwright.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Given;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.site.Site;

/** Wishes and means, and how the site comes to know them. */
class AgentTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(2);
  private static final SiteId SITE = new SiteId("berlin");
  private static final EdgeId EDGE = new EdgeId("node-1");
  private static final Personal CONTACT = personal("sip:anna@127.0.0.3:5071");
  private static final Personal BINDING = personal("registration-1");
  private static final Wish BREAK = new Wish.NotReady("break");
  private static final Wish READY = new Wish.Ready();
  private static final AgentEvent CONFIGURED =
      new AgentEvent.AgentConfigured(NOW, SITE, skills(), 1);

  private static Personal personal(String text) {
    return Personal.of(new KeyId("agent-anna"), text);
  }

  private static SortedMap<Skill, Integer> skills() {
    return Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  private static Given<Agent.Command, AgentEvent, AgentState> given(AgentEvent... events) {
    List<AgentEvent> all = new ArrayList<>(List.of(CONFIGURED));
    all.addAll(List.of(events));
    return Given.given(Agent.AGGREGATE, "anna", all);
  }

  private static AgentEvent wished(Wish wish, long version) {
    return new AgentEvent.WishChanged(NOW, wish, version, Optional.of(NOW));
  }

  private static AgentEvent overruled(Instant at, Wish.SystemReason why, long version) {
    return new AgentEvent.WishChanged(at, new Wish.NotReady(why.text()), version, Optional.empty());
  }

  private static AgentEvent registered(long version) {
    return new AgentEvent.StationRegistered(
        NOW, CONTACT, BINDING, 7, NOW.plusSeconds(60), version, Optional.of(EDGE));
  }

  @Test
  void shouldBeUnknownUntilConfigured() {
    Given.<Agent.Command, AgentEvent, AgentState>given(Agent.AGGREGATE, "anna", List.of())
        .when(new Agent.LogIn(NOW), NOW)
        .thenRefused(Reason.UNKNOWN_AGENT);
  }

  @Test
  void shouldLogInNotReady() {
    given()
        .when(new Agent.LogIn(NOW), NOW)
        .then(wished(new Wish.NotReady(Wish.SystemReason.LOGGED_IN.text()), 2));
  }

  @Test
  void shouldRefuseWorkOfWhoIsLoggedOut() {
    given().when(new Agent.BeReady(NOW), NOW).thenRefused(Reason.LOGGED_OUT);
  }

  @Test
  void shouldTellTheSiteEachWishUnderAVersion() {
    given(wished(BREAK, 2))
        .when(new Agent.BeReady(LATER), LATER)
        .then(new AgentEvent.WishChanged(LATER, READY, 3, Optional.of(LATER)))
        .owing(
            new Effect.TellSite(
                SITE,
                new Site.ReportAgent(
                    new AgentId("anna"), 3, 0, READY, skills(), Optional.empty())));
  }

  @Test
  void shouldOweTheReportUntilItIsAcknowledged() {
    Given<Agent.Command, AgentEvent, AgentState> given = given(wished(BREAK, 2));
    assertThat(given.owed()).hasSize(1);

    assertThat(given.and(NOW, new Agent.Acknowledge(1)).owed()).hasSize(1);
    assertThat(given.and(NOW, new Agent.Acknowledge(2)).owed()).isEmpty();
    given.when(new Agent.Acknowledge(3), NOW).thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldCarryOutAWishOnceHoweverOftenItComes() {
    given(wished(READY, 2)).when(new Agent.BeReady(NOW), LATER).thenRefused(Reason.ALREADY_DONE);
    given(wished(READY, 2), overruled(NOW, Wish.SystemReason.MISSED, 3))
        .when(new Agent.BeReady(NOW), LATER)
        .thenRefused(Reason.ALREADY_DONE);
  }

  static Stream<Agent.Wanted> wishes() {
    return Stream.of(
        new Agent.LogIn(NOW),
        new Agent.LogOut(NOW),
        new Agent.BeReady(NOW),
        new Agent.BeNotReady(NOW, "lunch"));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void shouldRefuseAWishThatIsOlderThanTheOneCarriedOut(Agent.Wanted late) {
    for (Wish wish : List.of(READY, BREAK, new Wish.LoggedOut())) {
      given(new AgentEvent.WishChanged(LATER, wish, 2, Optional.of(LATER)))
          .when(late, LATER.plusSeconds(1))
          .thenRefused(Reason.STALE);
    }
  }

  @Test
  void shouldRemainWhatWasSaidAnewAndRefuseWhatWasSaidBefore() {
    Instant between = NOW.plusSeconds(1);
    given(wished(READY, 2))
        .when(new Agent.BeReady(LATER), LATER)
        .then(new AgentEvent.WishRenewed(LATER, LATER));
    var renewed = given(wished(READY, 2)).and(LATER, new Agent.LogIn(LATER));

    assertThat(renewed.state().wish()).isEqualTo(READY);
    assertThat(renewed.state().version()).isEqualTo(2);
    renewed.when(new Agent.LogOut(between), LATER).thenRefused(Reason.STALE);
    renewed.when(new Agent.LogIn(LATER), LATER).thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldHearAWishThatTheSystemsOwnCameBefore() {
    var missed = given(wished(READY, 2), overruled(LATER, Wish.SystemReason.MISSED, 3));
    Instant between = NOW.plusSeconds(1);

    missed
        .when(new Agent.LogOut(between), LATER)
        .then(new AgentEvent.WishChanged(LATER, new Wish.LoggedOut(), 4, Optional.of(between)));
  }

  @Test
  void shouldKeepNobodyOutForLongWhoseWishWasHeardByAClockThatIsAhead() {
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    Instant latest = NOW.plus(Agent.CLOCK_AHEAD);
    var ahead = given(wished(READY, 2)).and(NOW, new Agent.BeNotReady(tomorrow, "break"));

    assertThat(ahead.state().wishedAt()).isEqualTo(latest);
    ahead.when(new Agent.BeReady(LATER), LATER).thenRefused(Reason.STALE);
    ahead
        .when(new Agent.BeReady(latest.plusMillis(1)), latest.plusMillis(1))
        .thenKinds(AgentEvent.WishChanged.class);
  }

  @Test
  void shouldBeNotReadyAfterAMissAndSayItBeforeTheNote() {
    given(wished(READY, 2))
        .when(new Agent.Missed(2), NOW)
        .then(
            overruled(NOW, Wish.SystemReason.MISSED, 3), new AgentEvent.JudgementNoted(NOW, 2, 4));
  }

  @Test
  void shouldKeepAWishThatIsNewerThanTheMiss() {
    given(wished(READY, 2), wished(BREAK, 3), wished(READY, 4))
        .when(new Agent.Missed(2), NOW)
        .then(new AgentEvent.JudgementNoted(NOW, 2, 5));
    given(wished(BREAK, 2))
        .when(new Agent.Missed(2), NOW)
        .then(new AgentEvent.JudgementNoted(NOW, 2, 3));
  }

  @Test
  void shouldTakeNoteOfAJudgementOnce() {
    given(wished(READY, 2))
        .and(NOW, new Agent.Missed(2))
        .when(new Agent.Missed(2), NOW)
        .thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldLoseAStationThatDidNotAnswerUnlessItHasRegisteredSince() {
    given(registered(2))
        .when(new Agent.Unreachable(2), NOW)
        .then(
            new AgentEvent.StationLost(NOW, AgentEvent.StationLost.Cause.UNREACHABLE, 3),
            new AgentEvent.JudgementNoted(NOW, 2, 4));
    given(registered(2), wished(BREAK, 3))
        .when(new Agent.Unreachable(1), NOW)
        .then(new AgentEvent.JudgementNoted(NOW, 1, 4));
  }

  @Test
  void shouldRegisterRefreshAndRefuseWhatIsOlder() {
    given()
        .when(new Agent.Register(CONTACT, BINDING, 7, NOW.plusSeconds(60), EDGE), NOW)
        .then(registered(2));
    given(registered(2))
        .when(new Agent.Register(CONTACT, BINDING, 8, NOW.plusSeconds(90), EDGE), NOW)
        .then(
            new AgentEvent.RegistrationRefreshed(
                NOW, BINDING, 8, NOW.plusSeconds(90), Optional.of(EDGE)));
    given(registered(2))
        .when(new Agent.Register(CONTACT, BINDING, 7, NOW.plusSeconds(60), EDGE), NOW)
        .thenRefused(Reason.ALREADY_DONE);
    given(registered(2))
        .when(new Agent.Register(CONTACT, BINDING, 6, NOW.plusSeconds(60), EDGE), NOW)
        .thenRefused(Reason.STALE);
  }

  @Test
  void shouldLetTheLatestBindingWin() {
    given(registered(2))
        .when(
            new Agent.Register(
                personal("sip:anna@127.0.0.9"), personal("other"), 1, NOW.plusSeconds(60), EDGE),
            NOW)
        .thenKinds(AgentEvent.StationRegistered.class);
  }

  @Test
  void shouldUnregister() {
    given(registered(2))
        .when(new Agent.Unregister(BINDING, 8), NOW)
        .then(new AgentEvent.StationLost(NOW, AgentEvent.StationLost.Cause.UNREGISTERED, 3));
    given(registered(2)).when(new Agent.Unregister(BINDING, 6), NOW).thenRefused(Reason.STALE);
    given().when(new Agent.Unregister(BINDING, 1), NOW).thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldLoseARegistrationThatRanOut() {
    given(registered(2)).when(new Agent.Expire(), NOW).thenRefused(Reason.OUT_OF_ORDER);
    given(registered(2))
        .when(new Agent.Expire(), NOW.plusSeconds(60))
        .then(
            new AgentEvent.StationLost(
                NOW.plusSeconds(60), AgentEvent.StationLost.Cause.EXPIRED, 3));
    assertThat(Agent.AGGREGATE.due(given(registered(2)).state())).contains(NOW.plusSeconds(60));
    assertThat(Agent.AGGREGATE.due(given(wished(READY, 2)).state())).isEmpty();
  }

  @Test
  void shouldBeNotReadyWhoseStationAnswersNoProbe() {
    given(wished(READY, 2), registered(3))
        .when(new Agent.Silent(BINDING, 7), NOW)
        .then(
            new AgentEvent.StationLost(NOW, AgentEvent.StationLost.Cause.SILENT, 4),
            overruled(NOW, Wish.SystemReason.UNREACHABLE, 5));
    given(wished(BREAK, 2), registered(3))
        .when(new Agent.Silent(BINDING, 7), NOW)
        .then(new AgentEvent.StationLost(NOW, AgentEvent.StationLost.Cause.SILENT, 4));
  }

  @Test
  void shouldNotBelieveInTheSilenceOfAStationThatHasRegisteredSince() {
    given(registered(2)).when(new Agent.Silent(BINDING, 6), NOW).thenRefused(Reason.STALE);
    given(registered(2))
        .when(new Agent.Silent(personal("other"), 7), NOW)
        .thenRefused(Reason.STALE);
    given().when(new Agent.Silent(BINDING, 7), NOW).thenRefused(Reason.ALREADY_DONE);
  }

  @ParameterizedTest
  @CsvSource({
    "UNREGISTERED, NO_STATION",
    "EXPIRED, NO_STATION",
    "UNREACHABLE, UNREACHABLE",
    "SILENT, UNREACHABLE"
  })
  void shouldBeNotReadyWithoutAStationForAWhile(
      AgentEvent.StationLost.Cause cause, Wish.SystemReason reason) {
    Instant end = NOW.plus(Agent.STATION_AWAY);
    var given = given(wished(READY, 2), registered(3), new AgentEvent.StationLost(NOW, cause, 4));

    assertThat(Agent.AGGREGATE.due(given.state())).contains(end);
    given.when(new Agent.Expire(), end.minusMillis(1)).thenRefused(Reason.OUT_OF_ORDER);
    given.when(new Agent.Expire(), end).then(overruled(end, reason, 5));
  }

  @Test
  void shouldStayReadyThroughTheRestartOfAStation() {
    var back =
        given(wished(READY, 2), registered(3))
            .and(NOW, new Agent.Unregister(BINDING, 8))
            .and(
                NOW.plusSeconds(9),
                new Agent.Register(
                    CONTACT, personal("registration-2"), 1, NOW.plusSeconds(69), EDGE));

    assertThat(back.state().wish()).isEqualTo(READY);
    assertThat(Agent.AGGREGATE.due(back.state())).contains(NOW.plusSeconds(69));
  }

  @Test
  void shouldKeepAWishThatWasUtteredAfterTheLossOfTheStation() {
    var away = given(wished(READY, 2), registered(3)).and(NOW, new Agent.Unregister(BINDING, 8));
    Agent.BeNotReady pause = new Agent.BeNotReady(NOW.plusMillis(1), "break");
    assertThat(Agent.AGGREGATE.due(away.and(NOW, pause).state())).isEmpty();

    var again = away.and(NOW, pause, new Agent.BeReady(NOW.plusMillis(2)));
    assertThat(Agent.AGGREGATE.due(again.state())).isEmpty();
    assertThat(
            Agent.AGGREGATE.due(
                given(wished(BREAK, 2), registered(3))
                    .and(NOW, new Agent.Unregister(BINDING, 8))
                    .state()))
        .isEmpty();
  }

  @Test
  void shouldHaveItsStationWatchedByTheEdgeThatTookTheRegistration() {
    Effect watched =
        new Effect.Watched(
            EDGE, new AgentId("anna"), new StationWatch(CONTACT, BINDING, 7, NOW.plusSeconds(60)));
    given()
        .when(new Agent.Register(CONTACT, BINDING, 7, NOW.plusSeconds(60), EDGE), NOW)
        .owing(watched);
    assertThat(given(registered(2)).resume()).contains(watched);
    assertThat(given(registered(2)).owed()).doesNotContain(watched);

    EdgeId other = new EdgeId("node-2");
    given(registered(2))
        .when(new Agent.Register(CONTACT, BINDING, 8, NOW.plusSeconds(90), other), NOW)
        .owing(
            new Effect.Watched(
                other,
                new AgentId("anna"),
                new StationWatch(CONTACT, BINDING, 8, NOW.plusSeconds(90))));
  }
}
