package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;

/** Which call comes first, whom nobody is there for, and what failures in a row lead to. */
class SiteRulesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static Queue queue(
      org.switchwright.domain.QueueId id, int weight, Presence presence, Optional<Widening> wider) {
    return new Queue(
        id,
        levels(TALK, 3),
        10,
        HOUR,
        Optional.empty(),
        RING,
        WRAP_UP,
        TreatmentMode.EARLY_MEDIA,
        weight,
        Choosing.LONGEST_IDLE,
        wider.stream().toList(),
        presence,
        id.equals(SALES) ? KEPT : Duration.ZERO);
  }

  private static Given<Site.Command, SiteEvent, SiteState> site(
      Presence presence,
      int serviceWeight,
      Duration priorityWorth,
      SiteConfiguration.Delays delays) {
    return Given.given(
        Site.AGGREGATE,
        "berlin",
        List.of(
            new SiteEvent.SiteConfigured(
                NOW.minus(HOUR),
                new SiteConfiguration(
                    List.of(
                        queue(SALES, 0, presence, Optional.empty()),
                        queue(SERVICE, serviceWeight, Presence.ALWAYS, Optional.empty())),
                    List.of(
                        new RoutingPoint(HOTLINE, SALES, 0),
                        new RoutingPoint(VIP, SALES, 2),
                        new RoutingPoint(HELP, SERVICE, 0)),
                    delays,
                    List.of("break"),
                    new SiteConfiguration.Rules(priorityWorth, Duration.ofMinutes(2))))));
  }

  private static Given<Site.Command, SiteEvent, SiteState> site(Presence presence) {
    return site(presence, 0, Duration.ZERO, new SiteConfiguration.Delays(REJECTED, BUSY));
  }

  private static List<CallId> served(
      Given<Site.Command, SiteEvent, SiteState> given, int seconds, Site.Command... more) {
    Given<Site.Command, SiteEvent, SiteState> at =
        given
            .and(NOW, seek(C1, HOTLINE, NOW))
            .and(NOW.plusSeconds(seconds), seek(C2, VIP, NOW.plusSeconds(seconds)))
            .and(NOW.plusSeconds(100), seek(C3, HELP, NOW.plusSeconds(100)));
    for (Site.Command command : more) {
      at = at.and(NOW.plusSeconds(110), command);
    }
    return at.when(ready(ANNA, 1), NOW.plusSeconds(120)).events().stream()
        .filter(SiteEvent.AgentReserved.class::isInstance)
        .map(it -> ((SiteEvent.AgentReserved) it).offer().call())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // worth of a point, seconds until the VIP (2 points) came, weight of C3's queue | who is first
    "PT0S, 90, 0, c2",
    "PT0S, 90, 3, c3",
    "PT30S, 50, 0, c2",
    "PT30S, 90, 0, c1",
    "PT30S, 90, 3, c1",
    "PT30S, 90, 4, c3",
  })
  void shouldServeByPriorityWeightAndAge(Duration worth, int seconds, int weight, String first) {
    Given<Site.Command, SiteEvent, SiteState> given =
        site(Presence.ALWAYS, weight, worth, new SiteConfiguration.Delays(REJECTED, BUSY));

    assertThat(served(given, seconds)).containsExactly(new CallId(first));
  }

  @Test
  void shouldMoveACallWhosePriorityIsChanged() {
    assertThat(served(site(Presence.ALWAYS), 90, new Site.Reprioritise(C3, 9, "eva")))
        .containsExactly(C3);
    assertThat(served(site(Presence.ALWAYS), 90, new Site.Reprioritise(C2, 0, "eva")))
        .containsExactly(C1);
    site(Presence.ALWAYS)
        .when(new Site.Reprioritise(C1, 3, "eva"), NOW)
        .thenRefused(Reason.UNKNOWN_CALL);
    site(Presence.ALWAYS)
        .and(NOW, seek(C1))
        .when(new Site.Reprioritise(C1, 0, "eva"), NOW)
        .thenRefused(Reason.ALREADY_DONE);
  }

  private static Site.ReportAgent agent(String stand) {
    Wish wish =
        switch (stand) {
          case "out" -> new Wish.LoggedOut();
          case "break" -> new Wish.NotReady("break");
          default -> new Wish.Ready();
        };
    Optional<Personal> station = stand.equals("no-phone") ? Optional.empty() : Optional.of(STATION);
    return report(ANNA, 1, 0, wish, station, TALK, stand.equals("unskilled") ? 1 : 5);
  }

  @ParameterizedTest
  @CsvSource({
    // causes that make absent; the only agent | whether a caller may come in
    "'', out, yes",
    "LOGGED_OUT, out, no",
    "LOGGED_OUT, break, yes",
    "LOGGED_OUT NOT_READY, break, no",
    "LOGGED_OUT NOT_READY, no-phone, yes",
    "LOGGED_OUT NOT_READY NO_STATION, no-phone, no",
    "LOGGED_OUT, unskilled, no",
    "LOGGED_OUT NOT_READY NO_STATION TALKING, ready, yes",
  })
  void shouldRefuseWhereNobodyIsThere(String causes, String agent, String admitted) {
    Presence presence = new Presence(absences(causes), List.of(), Duration.ZERO);

    List<SiteEvent> events =
        site(presence).and(NOW, agent(agent)).when(seek(C1), NOW.plusSeconds(1)).events();

    assertThat(events.stream().anyMatch(SiteRulesTest::refusedBecauseNobodyIsThere))
        .isEqualTo(admitted.equals("no"));
  }

  private static boolean refusedBecauseNobodyIsThere(SiteEvent event) {
    return event instanceof SiteEvent.CallReleased it && it.why() == Refusal.NOBODY_THERE;
  }

  private static List<Absence> absences(String causes) {
    return Arrays.stream(causes.split(" "))
        .filter(it -> !it.isEmpty())
        .map(Absence::valueOf)
        .toList();
  }

  @Test
  void shouldLetGoOfThoseWhoWaitOnceNobodyIsThereForLong() {
    Duration after = Duration.ofSeconds(30);
    Presence presence =
        new Presence(List.of(), List.of(Absence.LOGGED_OUT, Absence.NOT_READY), after);
    Given<Site.Command, SiteEvent, SiteState> deserted =
        site(presence)
            .and(NOW, report(ANNA, 1, 0, new Wish.Ready(), Optional.empty(), TALK, 5))
            .and(NOW.plusSeconds(1), seek(C1, HOTLINE, NOW.plusSeconds(1)))
            .and(NOW.plusSeconds(5), notReady(ANNA, 2));

    deserted
        .when(new Site.Expire(), NOW.plusSeconds(35))
        .thenKinds(SiteEvent.CallReleased.class, SiteEvent.QueueAttended.class);
    deserted
        .when(report(ANNA, 3, 0, new Wish.Ready(), Optional.empty(), TALK, 5), NOW.plusSeconds(20))
        .thenKinds(SiteEvent.AgentReported.class, SiteEvent.QueueAttended.class);
  }

  /** The n-th miss in a row makes not ready; one answered call in between starts anew. */
  @Test
  void shouldNotLetGoWhereSomebodyWasThereWhoTalks() {
    Duration after = Duration.ofSeconds(10);
    Presence presence = new Presence(List.of(), List.of(Absence.RESERVED), after);
    Instant answered = NOW.plusSeconds(5);
    Given<Site.Command, SiteEvent, SiteState> deserted =
        site(presence).and(NOW, ready(ANNA, 1), seek(C1), seek(C2));

    assertThat(deserted.state().deserted()).containsEntry(SALES, NOW.plus(after));
    deserted
        .when(new Site.OfferAccepted(FIRST), answered)
        .then(
            new SiteEvent.OfferAccepted(answered, FIRST, ANNA, answered.plus(Site.CHECK_AFTER)),
            new SiteEvent.QueueAttended(answered, SALES));
  }

  @ParameterizedTest
  @CsvSource({"REJECTED, 3", "BUSY, 5", "MISSED, 7", "UNREACHABLE, 9"})
  void shouldLeaveAgentsAloneForAsLongAsTheWayTheOfferEndedSays(OfferOutcome outcome, int seconds) {
    SiteConfiguration.Delays delays =
        new SiteConfiguration.Delays(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(7),
            Duration.ofSeconds(9),
            2,
            2);
    Given<Site.Command, SiteEvent, SiteState> ended =
        site(Presence.ALWAYS, 0, Duration.ZERO, delays)
            .and(NOW, ready(ANNA, 1), seek(C1))
            .and(NOW, new Site.OfferEnded(FIRST, outcome));
    Instant again = NOW.plusSeconds(seconds);

    assertThat(ended.state().calls().get(C1).waiting()).isTrue();
    ended.when(new Site.Expire(), again.minusMillis(1)).thenRefused(Reason.OUT_OF_ORDER);
    assertThat(ended.and(again, new Site.Expire()).state().calls().get(C1).waiting()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // misses allowed, what happened before | whether the next miss only costs a rest
    "1, '', no",
    "3, '', yes",
    "3, MISSED, yes",
    "3, MISSED MISSED, no",
    "3, MISSED MISSED REJECTED, yes",
    "3, MISSED WITHDRAWN MISSED, no",
    "2, UNREACHABLE, yes",
  })
  void shouldSpareAgentsTheFirstMisses(int misses, String before, String spared) {
    SiteConfiguration.Delays delays =
        new SiteConfiguration.Delays(
            REJECTED, BUSY, Duration.ofSeconds(7), Duration.ofSeconds(8), misses, 2);
    Given<Site.Command, SiteEvent, SiteState> at =
        site(Presence.ALWAYS, 0, Duration.ZERO, delays).and(NOW, ready(ANNA, 1)).and(NOW, seek(C1));
    Instant now = NOW;
    int offer = 1;
    for (String outcome : before.isEmpty() ? new String[0] : before.split(" ")) {
      at = at.and(now, new Site.OfferEnded(new OfferId(C1, offer), OfferOutcome.valueOf(outcome)));
      if (!outcome.equals("WITHDRAWN")) {
        now = now.plusSeconds(60);
        at = at.and(now, new Site.Expire());
      }
      offer++;
    }

    SiteEvent.OfferEnded ended =
        (SiteEvent.OfferEnded)
            at.when(new Site.OfferEnded(new OfferId(C1, offer), OfferOutcome.MISSED), now)
                .events()
                .getFirst();

    assertThat(ended.spared()).isEqualTo(spared.equals("yes"));
    assertThat(ended.until())
        .isEqualTo(now.plus(ended.spared() ? Duration.ofSeconds(7) : Site.JUDGEMENT_LASTS));
  }

  @ParameterizedTest
  @CsvSource({
    // asked for, seconds after its begin | how long it lasts then, counted from its begin
    "PT30S, 10, 50",
    "PT300S, 10, 130",
    "PT-5S, 10, 0",
  })
  void shouldExtendWrapUpUpToTheLongest(Duration by, int at, int lasts) {
    Given<Site.Command, SiteEvent, SiteState> wrappingUp =
        site(Presence.ALWAYS)
            .and(NOW, ready(ANNA, 1))
            .and(NOW, seek(C1))
            .and(NOW, new Site.OfferAccepted(FIRST))
            .and(NOW, new Site.CallOver(C1, CallOutcome.SERVED, List.of()));

    var outcome = wrappingUp.when(new Site.ExtendWrapUp(ANNA, by), NOW.plusSeconds(at));

    if (lasts == 0) {
      outcome.thenRefused(Reason.ALREADY_DONE);
    } else {
      outcome.then(new SiteEvent.WrapUpExtended(NOW.plusSeconds(at), ANNA, NOW.plusSeconds(lasts)));
    }
  }

  @Test
  void shouldNotShortenWrapUpByAnythingThatTheAgentDoesElsewhere() {
    Given<Site.Command, SiteEvent, SiteState> wrappingUp =
        site(Presence.ALWAYS)
            .and(NOW, ready(ANNA, 1))
            .and(NOW, seek(C1))
            .and(NOW, new Site.OfferAccepted(FIRST))
            .and(NOW, new Site.CallOver(C1, CallOutcome.SERVED, List.of()))
            .and(NOW.plusSeconds(1), seek(C2, HELP, NOW.plusSeconds(1)))
            .and(NOW.plusSeconds(2), notReady(ANNA, 2))
            .and(NOW.plusSeconds(3), ready(ANNA, 3));

    wrappingUp
        .when(new Site.Expire(), NOW.plus(WRAP_UP).minusMillis(1))
        .thenRefused(Reason.OUT_OF_ORDER);
    wrappingUp
        .when(new Site.Expire(), NOW.plus(WRAP_UP))
        .thenKinds(SiteEvent.WrapUpEnded.class, SiteEvent.AgentReserved.class);
  }

  /** C1 hangs up after a minute; somebody calls C3 a while after that, C2 has come meanwhile. */
  @ParameterizedTest
  @CsvSource({
    // who calls again, where, how many seconds later | who is served first
    "<sip:c1@example.org>, hotline, 60, c3",
    "Carol <sip:c1@example.org;transport=udp>, hotline, 60, c3",
    "<sip:c1@example.org>, hotline, 301, c2",
    "<sip:c1@example.org>, vip, 60, c3",
    "<sip:c2@example.org>, hotline, 60, c2",
    "<sip:anonymous@anonymous.invalid>, hotline, 60, c2",
  })
  void shouldKeepThePlaceOfACallerWhoCallsBackSoon(
      String caller, String point, int seconds, String first) {
    Instant left = NOW.plusSeconds(60);
    Instant back = left.plusSeconds(seconds);
    Given<Site.Command, SiteEvent, SiteState> given =
        site(Presence.ALWAYS)
            .and(NOW, seek(C1))
            .and(NOW.plusSeconds(10), seek(C2, HOTLINE, NOW.plusSeconds(10)))
            .and(left, new Site.CallOver(C1, CallOutcome.ABANDONED, List.of()))
            .and(back, seek(C3, new org.switchwright.domain.RoutingPointId(point), back, caller));

    List<SiteEvent> events = given.when(ready(ANNA, 1), back.plusSeconds(1)).events();

    assertThat(((SiteEvent.AgentReserved) events.get(1)).offer().call())
        .isEqualTo(new CallId(first));
  }

  @Test
  void shouldGiveAPlaceBackOnlyOnceAndOnlyToWhoWasWaiting() {
    Site.Seek again = seek(C3, HOTLINE, NOW.plusSeconds(90), "<sip:c1@example.org>");
    Given<Site.Command, SiteEvent, SiteState> back =
        site(Presence.ALWAYS)
            .and(NOW, seek(C1))
            .and(NOW.plusSeconds(60), new Site.CallOver(C1, CallOutcome.ABANDONED, List.of()))
            .and(NOW.plusSeconds(90), again);
    Given<Site.Command, SiteEvent, SiteState> talked =
        site(Presence.ALWAYS)
            .and(NOW, ready(ANNA, 1))
            .and(NOW, seek(C1))
            .and(NOW, new Site.OfferAccepted(FIRST))
            .and(NOW.plusSeconds(60), new Site.CallOver(C1, CallOutcome.SERVED, List.of()));

    assertThat(
            entered(
                back.when(
                    seek(C2, HOTLINE, NOW.plusSeconds(95), "<sip:c1@example.org>"),
                    NOW.plusSeconds(95))))
        .isEqualTo(Optional.empty());
    assertThat(entered(talked.when(again, NOW.plusSeconds(90)))).isEqualTo(Optional.empty());
  }

  private static Optional<CallId> entered(
      Given.Outcome<Site.Command, SiteEvent, SiteState> outcome) {
    return ((SiteEvent.CallEntered) outcome.events().getFirst()).resumes();
  }
}
