package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Given;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.RoutingDecision.Considered;
import org.switchwright.domain.routing.RoutingDecision.Verdict;

/** The policy, one line per case. */
class MatchingTest {
  private static Given<Site.Command, SiteEvent, SiteState> given() {
    return Given.given(Site.AGGREGATE, "berlin", configured());
  }

  private static Wish wish(String text) {
    return switch (text) {
      case "ready" -> new Wish.Ready();
      case "break" -> new Wish.NotReady("break");
      default -> new Wish.LoggedOut();
    };
  }

  /** Anna became ready 20 s ago and can do everything; Ben became ready 10 s ago. */
  @ParameterizedTest
  @CsvSource({
    // what Ben is: wish, talk, spanish, phone | the call's routing point | who gets it, why not Ben
    "ready, 5, 5, yes, hotline, anna, IDLE_FOR_LESS",
    "ready, 3, 0, yes, hotline, anna, IDLE_FOR_LESS",
    "ready, 2, 0, yes, hotline, anna, LEVEL_TOO_LOW",
    "ready, -, 5, yes, hotline, anna, LACKS_SKILL",
    "ready, 5, -, yes, help, anna, LACKS_SKILL",
    "ready, 5, 0, yes, help, anna, LEVEL_TOO_LOW",
    "break, 5, 5, yes, hotline, anna, NOT_READY",
    "out, 5, 5, yes, hotline, anna, LOGGED_OUT",
    "ready, 5, 5, no, hotline, anna, NO_STATION",
  })
  void shouldChooseLongestIdleOfThoseWhoCanAndSayWhyNotTheOthers(
      String wish,
      String talk,
      String spanish,
      String phone,
      String point,
      String chosen,
      Verdict verdict) {
    Site.ReportAgent ben =
        report(
            BEN,
            1,
            0,
            wish(wish),
            phone.equals("yes") ? Optional.of(STATION) : Optional.empty(),
            skills(talk, spanish));
    Given<Site.Command, SiteEvent, SiteState> given =
        given().and(NOW.minusSeconds(20), ready(ANNA, 1)).and(NOW.minusSeconds(10), ben);

    RoutingDecision decision =
        decision(given.when(seek(C1, new RoutingPointId(point), NOW), NOW).events());

    assertThat(decision.chosen()).isEqualTo(new AgentId(chosen));
    assertThat(decision.rule()).isEqualTo(AgentChoice.LONGEST_IDLE);
    assertThat(decision.considered())
        .extracting(Considered::agent, Considered::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(ANNA, Verdict.CHOSEN),
            org.assertj.core.groups.Tuple.tuple(BEN, verdict));
  }

  private static Object[] skills(String talk, String spanish) {
    if (talk.equals("-")) {
      return new Object[] {SPANISH, Integer.valueOf(spanish)};
    }
    return spanish.equals("-")
        ? new Object[] {TALK, Integer.valueOf(talk)}
        : new Object[] {TALK, Integer.valueOf(talk), SPANISH, Integer.valueOf(spanish)};
  }

  private static RoutingDecision decision(List<SiteEvent> events) {
    return events.stream()
        .filter(SiteEvent.AgentReserved.class::isInstance)
        .map(event -> ((SiteEvent.AgentReserved) event).decision())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldPassOverACallThatNobodyFreeCanServe() {
    Given<Site.Command, SiteEvent, SiteState> given =
        given().and(NOW, seek(C1, HELP, NOW.minusSeconds(9)), seek(C2, HOTLINE, NOW));

    List<SiteEvent> events =
        given.when(report(BEN, 1, new Wish.Ready(), TALK, 4), NOW.plusSeconds(1)).events();

    RoutingDecision decision = decision(events);
    assertThat(decision.queue()).isEqualTo(SALES);
    assertThat(decision.waitingBefore()).isEqualTo(1);
  }

  @Test
  void shouldSayWhatWorkingAgentsDo() {
    Given<Site.Command, SiteEvent, SiteState> given =
        given().and(NOW, ready(ANNA, 1), seek(C1)).and(NOW.plusSeconds(1), ready(BEN, 1));
    assertThat(verdictOnAnna(given)).isEqualTo(Verdict.RESERVED);

    assertThat(verdictOnAnna(given.and(NOW, new Site.OfferAccepted(FIRST))))
        .isEqualTo(Verdict.TALKING);
    assertThat(verdictOnAnna(after(given, OfferOutcome.REJECTED))).isEqualTo(Verdict.RESTING);
    assertThat(verdictOnAnna(after(given, OfferOutcome.MISSED))).isEqualTo(Verdict.UNDER_JUDGEMENT);
  }

  /** The first call goes on to Ben, who then must be freed for the next. */
  private static Given<Site.Command, SiteEvent, SiteState> after(
      Given<Site.Command, SiteEvent, SiteState> given, OfferOutcome outcome) {
    return given.and(NOW.plusSeconds(2), new Site.OfferEnded(FIRST, outcome));
  }

  private static Verdict verdictOnAnna(Given<Site.Command, SiteEvent, SiteState> given) {
    AgentId carl = new AgentId("carl");
    List<SiteEvent> events =
        given
            .and(NOW.plusSeconds(3), seek(C2), seek(C3))
            .when(ready(carl, 1), NOW.plusSeconds(4))
            .events();
    return decision(events).considered().stream()
        .filter(it -> it.agent().equals(ANNA))
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  @Test
  void shouldNameAtMostSoManyAgents() {
    Given<Site.Command, SiteEvent, SiteState> given = given();
    for (int i = 0; i < RoutingDecision.MAX_NAMED + 10; i++) {
      given = given.and(NOW, ready(new AgentId("a" + i), 1));
    }

    RoutingDecision decision = decision(given.when(seek(C1), NOW).events());

    assertThat(decision.considered()).hasSize(RoutingDecision.MAX_NAMED);
    assertThat(decision.unnamed()).isEqualTo(10);
  }
}
