package org.switchwright.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.strategy.Strategies.DOCS;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategyCompiler.Fault;
import org.switchwright.domain.routing.StrategySource;

class ExamplesTest {
  private final Strategy strategy =
      Strategies.compile(
          new StrategySource(
              Strategies.text(DOCS.resolve("support.conf")),
              new TreeMap<>(
                  Map.of(
                      "german-holidays.ics",
                      Strategies.text(DOCS.resolve("german-holidays.ics"))))));

  @Test
  void shouldFindTheDocumentedExamplesAsExpected() {
    String text = Strategies.text(DOCS.resolve("support-examples.conf"));

    assertThat(new Examples("x.conf").attempt(strategy, text))
        .isInstanceOfSatisfying(
            Examples.Outcome.Tried.class,
            tried -> {
              assertThat(tried.results()).hasSize(5);
              assertThat(tried.results())
                  .allSatisfy(result -> assertThat(result.differences()).isEmpty());
              assertThat(tried.good()).isTrue();
            });
  }

  @Test
  void shouldFindTheExamplesOfSeveralSitesAsExpected() {
    Strategy sites =
        Strategies.compile(Strategies.source(Strategies.text(DOCS.resolve("sites.conf"))));
    String text = Strategies.text(DOCS.resolve("sites-examples.conf"));

    assertThat(new Examples("x.conf").attempt(sites, text))
        .isInstanceOfSatisfying(
            Examples.Outcome.Tried.class,
            tried -> {
              assertThat(tried.results()).hasSize(5);
              assertThat(tried.results())
                  .allSatisfy(result -> assertThat(result.differences()).isEmpty());
            });
  }

  @Test
  void shouldSayEverythingThatDiffers() {
    String text =
        """
        examples = [
          { name = a, at = "2026-11-24T10:00:00Z", call { point = "77" },
            expect { case = closed, refused = yes, queue = sales, priority = 3, skills { german = 1 } }
            later = [
              { after = 90s, happens = no }
              { after = 91s }
            ]
          }
        ]
        """;

    assertThat(new Examples("x.conf").attempt(strategy, text))
        .isInstanceOfSatisfying(
            Examples.Outcome.Tried.class,
            tried -> {
              assertThat(tried.good()).isFalse();
              assertThat(tried.results().getFirst().place()).isEqualTo("x.conf:2:3");
              assertThat(tried.results().getFirst().differences())
                  .containsExactly(
                      "expected a call to one of the strategy's routing points, but it is to 77",
                      "expected case \"closed\", but got \"everybody else\" (4)",
                      "expected a refusal, but got none",
                      "expected queue sales, but got support",
                      "expected priority 3, but got the routing point's",
                      "expected skills {german=1}, but got {}",
                      "step 1: expected nothing to happen, but its condition holds",
                      "step 2: expected it after 91 s, but there is none");
            });
  }

  @Test
  void shouldNameFaultsOfTheExamplesThemselves() {
    assertThat(
            new Examples("x.conf")
                .attempt(strategy, "examples = [ { name = a, att = 5, call { }, expect { } } ]"))
        .isInstanceOfSatisfying(
            Examples.Outcome.Faulty.class,
            faulty ->
                assertThat(faulty.faults())
                    .extracting(Fault::toString)
                    .anySatisfy(it -> assertThat(it).contains("did you mean \"at\"?"))
                    .anySatisfy(
                        it -> assertThat(it).startsWith("x.conf:1:").contains("examples[1].at")));
    assertThat(new Examples("x.conf").attempt(strategy, "examples = ["))
        .isInstanceOf(Examples.Outcome.Faulty.class);
  }
}
