package org.switchwright.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.strategy.Strategies.DOCS;
import static org.switchwright.strategy.Strategies.figures;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.Route.Rule;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.strategy.Strategies.Asked;

/** The strategy that the documentation shows does what the documentation says. */
class ExampleStrategyTest {
  private final Strategy strategy =
      Strategies.compile(
          new StrategySource(
              Strategies.text(DOCS.resolve("support.conf")),
              new TreeMap<>(
                  Map.of(
                      "german-holidays.ics",
                      Strategies.text(DOCS.resolve("german-holidays.ics"))))));

  private Route route(Asked asked) {
    return strategy.route(asked.facts());
  }

  @Test
  void shouldRefuseOutsideOfficeHoursAndOnHolidays() {
    assertThat(route(Asked.call().at("2026-11-24T06:59:59Z")).refused()).isTrue();
    assertThat(route(Asked.call().at("2026-11-24T07:00:00Z")).refused()).isFalse();
    assertThat(route(Asked.call().at("2026-11-24T17:00:00Z")).name()).isEqualTo("closed");
    // A Friday at half past twelve; Berlin's summer; a Saturday.
    assertThat(route(Asked.call().at("2026-11-27T11:30:00Z")).refused()).isTrue();
    assertThat(route(Asked.call().at("2026-07-01T06:00:00Z")).refused()).isFalse();
    assertThat(route(Asked.call().at("2026-11-28T10:00:00Z")).refused()).isTrue();
    // Good Friday, New Year of another year, our own day.
    assertThat(route(Asked.call().at("2026-04-03T10:00:00Z")).refused()).isTrue();
    assertThat(route(Asked.call().at("2030-01-01T10:00:00Z")).refused()).isTrue();
    assertThat(route(Asked.call().at("2028-12-26T10:00:00Z")).refused()).isTrue();
    assertThat(route(Asked.call().at("2028-12-27T10:00:00Z")).refused()).isFalse();
    assertThat(route(Asked.call().at("2026-12-31T10:00:00Z")).refused()).isTrue();
  }

  @Test
  void shouldTakeTheQueueWithTheLeastEstimatedWait() {
    Asked gold =
        Asked.call()
            .with("tier", "gold")
            .queue("support-gold", figures(3, 60, 0, 50))
            .queue("support", figures(2, 10, 0, 40));

    Route route = route(gold);

    assertThat(route.number()).isEqualTo(2);
    assertThat(route.name()).isEqualTo("gold customers");
    Route.Target target = route.aim().target().orElseThrow();
    assertThat(target.queue().value()).isEqualTo("support");
    assertThat(target.rule()).isEqualTo(Rule.LEAST);
    assertThat(target.weighed())
        .extracting(Route.Weighed::value)
        .containsExactly(Optional.of(50_000L), Optional.of(40_000L));
    assertThat(route.aim().required()).contains(new TreeMap<>(Map.of(new Skill("german"), 7)));
    assertThat(route.aim().priority()).contains(50);
    assertThat(route.steps()).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(60));
    assertThat(route.unclear()).isEmpty();
  }

  @Test
  void shouldPreferWhatIsKnownToWhatIsNot() {
    Asked gold =
        Asked.call()
            .from("sip:+4989123@example.org")
            .queue("support-gold", figures(0, 0, 0, -1))
            .queue("support", figures(2, 10, 0, 900));

    assertThat(route(gold).aim().queue()).map(Object::toString).contains("support");
    assertThat(route(gold.queue("support", figures(2, 10, 0, -1))).aim().queue())
        .map(Object::toString)
        .contains("support-gold");
  }

  @Test
  void shouldNoteACaseThatLooksAtWhatIsNotThere() {
    Route route = route(Asked.call());

    assertThat(route.name()).isEqualTo("everybody else");
    assertThat(route.unclear()).containsExactly(2);
  }

  @Test
  void shouldStepWhileTheCallWaits() {
    Asked asked = Asked.call();
    Route.Aim first = strategy.step(2, 1, asked.facts()).orElseThrow();
    Route.Aim second =
        strategy.step(2, 2, asked.queue("support", figures(0, 0, 1, -1)).facts()).orElseThrow();

    assertThat(first.target()).isEmpty();
    assertThat(first.anyOf())
        .containsExactly(
            new TreeMap<>(Map.of(new Skill("german"), 4)),
            new TreeMap<>(Map.of(new Skill("english"), 7)));
    assertThat(second.queue()).map(Object::toString).contains("support");
    assertThat(second.priority()).contains(80);
    assertThat(strategy.step(2, 2, asked.facts())).isEmpty();
    assertThat(strategy.step(2, 3, asked.facts())).isEmpty();
    assertThat(strategy.step(9, 1, asked.facts())).isEmpty();
  }

  @Test
  void shouldShareByPercent() {
    Asked crowded = Asked.call().queue("support", figures(10, 0, 0, -1));

    assertThat(route(crowded.drawing(2_999)).aim().queue())
        .map(Object::toString)
        .contains("partner");
    assertThat(route(crowded.drawing(3_000)).aim().queue())
        .map(Object::toString)
        .contains("support");
    assertThat(route(Asked.call().queue("support", figures(1, 301, 0, -1))).name())
        .isEqualTo("crowded");
  }

  @Test
  void shouldTakeTheFirstBelowItsThreshold() {
    Asked five = Asked.call().queue("support", figures(5, 0, 0, -1));

    assertThat(route(Asked.call()).aim().target().orElseThrow().rule()).isEqualTo(Rule.THRESHOLD);
    assertThat(route(five.queue("sales", figures(0, 0, 2, -1))).aim().queue())
        .map(Object::toString)
        .contains("sales");
    assertThat(route(five.queue("sales", figures(0, 0, 1, -1))).aim().queue())
        .map(Object::toString)
        .contains("support");
  }

  @Test
  void shouldAnswerEvenWhereTheSiteHasNoneOfItsQueues() {
    Route route = strategy.route(Asked.call().factsOfOnly("other"));

    assertThat(route.number()).isZero();
    assertThat(route.refused()).isFalse();
    assertThat(strategy.route(Asked.call().factsOfOnly("support")).name())
        .isEqualTo("everybody else");
  }

  @Test
  void shouldNameWhatItUses() {
    assertThat(strategy.queues())
        .extracting(Object::toString)
        .isEqualTo(List.of("partner", "sales", "support", "support-gold"));
    assertThat(strategy.skills()).containsExactly(new Skill("english"), new Skill("german"));
    assertThat(strategy.points()).hasSize(2);
  }
}
