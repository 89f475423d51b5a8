package org.switchwright.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.switchwright.strategy.Strategies.faults;
import static org.switchwright.strategy.Strategies.figures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.Route.Weighed;
import org.switchwright.strategy.Strategies.Asked;

/** Queues of several sites that are compared with corrections, or must be better to be taken. */
class SitesStrategyTest {
  private static final int UNKNOWN = -1;

  private static String text(String choose, String... targets) {
    return """
    name = network
    time-zone = "Europe/Berlin"
    points = ["1000"]
    cases = [ { name = all, choose = %s, targets = [ %s ] } ]
    """
        .formatted(choose, String.join(", ", targets));
  }

  private static Route.Target taken(String text, Asked asked) {
    return Strategies.compile(Strategies.source(text))
        .route(asked.facts())
        .aim()
        .target()
        .orElseThrow();
  }

  private static Asked waits(int home, int berlin) {
    return Asked.call()
        .queue("home", figures(1, 0, 1, home))
        .queue("berlin", figures(1, 0, 3, berlin));
  }

  /** Unknown is never zero, nor corrected to anything. */
  @ParameterizedTest
  @CsvSource({
    "20s, 40, 30, home, 50",
    "20s, 60, 30, berlin, 50",
    "-20s, 40, 50, berlin, 30",
    "50%, 40, 30, home, 45",
    "50%, 46, 30, berlin, 45",
    "-50%, 40, 70, berlin, 35",
    "1500ms, 31, 30, home, 31.5",
    "1m, 100, 30, berlin, 90",
    "-20s, 5, 10, berlin, -10",
    "-50s, -1, 40, berlin, -10",
    "-50s, 40, -1, home, ",
    "-50s, -1, -1, home, "
  })
  void shouldCompareWhatAFigureIsCorrectedTo(
      String by, int home, int berlin, String queue, String counted) {
    String text =
        text("least estimated-wait", "home", "{ queue = berlin, adjust-by = \"" + by + "\" }");

    Route.Target target = taken(text, waits(home, berlin));

    assertThat(target.queue()).isEqualTo(new QueueId(queue));
    assertThat(target.weighed())
        .extracting(it -> it.queue().value(), Weighed::corrected)
        .containsExactly(
            tuple("home", Optional.empty()),
            tuple(
                "berlin",
                Optional.ofNullable(counted)
                    .map(it -> Math.round(Double.parseDouble(it) * 1_000))));
    assertThat(target.weighed().getLast().value())
        .isEqualTo(berlin == UNKNOWN ? Optional.empty() : Optional.of(berlin * 1_000L));
  }

  @Test
  void shouldCorrectNumbersByNumbers() {
    Asked asked = waits(0, 0);

    assertThat(taken(text("most ready", "home", "{ queue = berlin, adjust-by = -2 }"), asked))
        .extracting(Route.Target::queue)
        .isEqualTo(new QueueId("home"));
    assertThat(taken(text("most ready", "home", "{ queue = berlin, adjust-by = -1 }"), asked))
        .extracting(Route.Target::queue)
        .isEqualTo(new QueueId("berlin"));
    assertThat(taken(text("most ready", "home", "{ queue = berlin, adjust-by = \"-80%\" }"), asked))
        .extracting(Route.Target::queue)
        .isEqualTo(new QueueId("home"));
  }

  @ParameterizedTest
  @CsvSource({
    "61, 30, berlin",
    "60, 30, berlin",
    "59, 30, home",
    "40, 50, home",
    "40, -1, home",
    "-1, 30, home",
    "-1, -1, home"
  })
  void shouldGoElsewhereOnlyForSoMuchLessToWait(int home, int berlin, String queue) {
    String text = text("least estimated-wait", "home", "{ queue = berlin, wait-improved = 30s }");

    Route.Target target = taken(text, waits(home, berlin));

    assertThat(target.queue()).isEqualTo(new QueueId(queue));
    assertThat(target.weighed())
        .extracting(Weighed::unimproved)
        .containsExactly(
            Optional.empty(),
            queue.equals("berlin") ? Optional.empty() : Optional.of(Duration.ofSeconds(30)));
  }

  @Test
  void shouldImproveOnWhatIsCorrected() {
    String text =
        text(
            "least estimated-wait",
            "home",
            "{ queue = berlin, adjust-by = 20s, wait-improved = 10s }");

    assertThat(taken(text, waits(60, 30)).queue()).isEqualTo(new QueueId("berlin"));
    assertThat(taken(text, waits(59, 30)).queue()).isEqualTo(new QueueId("home"));
  }

  /** Of those that need not improve, the one that would be taken. */
  @Test
  void shouldImproveOnTheBestOfTheOthers() {
    String text =
        text(
            "least estimated-wait",
            "home",
            "{ queue = berlin, wait-improved = 30s }",
            "hamburg",
            "{ queue = bonn, wait-improved = 5s }");
    Asked asked =
        waits(90, 40).queue("hamburg", figures(0, 0, 0, 60)).queue("bonn", figures(0, 0, 0, 50));

    Route.Target target = taken(text, asked);

    assertThat(target.queue()).isEqualTo(new QueueId("bonn"));
    assertThat(target.weighed())
        .filteredOn(it -> it.unimproved().isPresent())
        .extracting(it -> it.queue().value())
        .containsExactly("berlin");
  }

  /** Where nothing is left to improve on, whoever would have to is as good as any. */
  @Test
  void shouldTakeWhateverIsThereWhereNothingIsLeftToImproveOn() {
    String text = text("least estimated-wait", "home", "{ queue = berlin, wait-improved = 30s }");

    assertThat(
            Strategies.compile(Strategies.source(text))
                .route(waits(10, 90).factsOfOnly("berlin"))
                .aim()
                .queue())
        .contains(new QueueId("berlin"));
  }

  @Test
  void shouldSayWhatIsWrongWithThem() {
    assertThat(faults(text("shares", "{ queue = home, share = 100, adjust-by = 10s }")))
        .singleElement()
        .asString()
        .endsWith("expected it only where the choice is least or most of a figure");
    assertThat(faults(text("most ready", "home", "{ queue = berlin, wait-improved = 10s }")))
        .singleElement()
        .asString()
        .endsWith("expected it only where the choice is least estimated-wait");
    assertThat(faults(text("most ready", "home", "{ queue = berlin, adjust-by = 10s }")))
        .singleElement()
        .asString()
        .endsWith(
            "adjust-by: expected a whole number from -10000 to 10000, or -99% to 1000%, but got 10s");
    for (String wrong : List.of("10", "\"-100%\"", "\"1001%\"", "25h", "soon")) {
      assertThat(
              faults(
                  text(
                      "least estimated-wait",
                      "home",
                      "{ queue = berlin, adjust-by = " + wrong + " }")))
          .as(wrong)
          .singleElement()
          .asString()
          .contains("expected a span of time from -24h to 24h such as 20s, or -99% to 1000%");
    }
    assertThat(faults(text("least estimated-wait", "{ queue = berlin, wait-improved = 30s }")))
        .singleElement()
        .asString()
        .endsWith("expected a target without wait-improved, for the others to improve on");
    assertThat(
            faults(text("least estimated-wait", "home", "{ queue = berlin, wait-improved = 0s }")))
        .hasSize(1);
  }

  /** By which figure it is chosen, by that it is believed. */
  @Test
  void shouldWriteDownWhatIsBelievedOfTheFigureItComparesBy() {
    Route.Estimated believed =
        new Route.Estimated(
            new SiteId("hamburg"), 4, new EstimatedFigures.Range(3, 1, 8), 8, false, true);
    QueueFigures berlin =
        new QueueFigures() {
          @Override
          public Optional<Long> of(Figure figure) {
            return Optional.of(4L);
          }

          @Override
          public List<Route.Estimated> estimated(Figure figure) {
            return figure == Figure.WAITING ? List.of(believed) : List.of();
          }
        };
    Asked asked = Asked.call().queue("home", figures(5, 0, 1, 40)).queue("berlin", berlin);

    Route.Target by = taken(text("least waiting", "home", "berlin"), asked);
    Route.Target byWait = taken(text("least estimated-wait", "home", "berlin"), asked);

    assertThat(by.queue()).isEqualTo(new QueueId("berlin"));
    assertThat(by.weighed())
        .extracting(Weighed::estimated)
        .containsExactly(List.of(), List.of(believed));
    assertThat(byWait.weighed()).extracting(Weighed::estimated).containsOnly(List.of());
  }
}
