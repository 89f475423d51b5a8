package org.switchwright.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.QueueFigures.Figure;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.Route.Rule;
import org.switchwright.domain.routing.Route.Weighed;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.SiteEvent;

/** What a strategy did, as a person would say it. */
class RoutesTest {
  private static final QueueId SUPPORT = new QueueId("support");
  private static final QueueId GOLD = new QueueId("gold");

  private static Route.Aim aim(Rule rule, Optional<Figure> figure, Weighed... weighed) {
    return new Route.Aim(
        Optional.of(new Route.Target(SUPPORT, rule, figure, List.of(weighed))),
        Optional.of(new TreeMap<>(Map.of(new Skill("german"), 7))),
        Optional.of(50));
  }

  private static String routed(int number, boolean refused, Route.Aim aim, Integer... unclear) {
    return Routes.of(
        new SiteEvent.CallRouted(
            Instant.EPOCH,
            new CallId("c1"),
            new RoutingPointId("1000"),
            new StrategyId("care"),
            3,
            new Route(
                number,
                "gold customers",
                refused,
                aim,
                Optional.empty(),
                List.of(Duration.ofSeconds(20)),
                List.of(unclear))));
  }

  @Test
  void shouldSayWhichCaseAppliedAndWhyThisQueue() {
    assertThat(
            routed(
                2,
                false,
                aim(
                    Rule.LEAST,
                    Optional.of(Figure.ESTIMATED_WAIT),
                    new Weighed(GOLD, Optional.empty()),
                    new Weighed(SUPPORT, Optional.of(40_000L))),
                1))
        .startsWith(
            "Case 2 \"gold customers\" of strategy care (version 3) applied: queue support, which"
                + " had the least estimated wait (gold unknown, support ")
        .endsWith(
            "), needing german at level 7, priority 50; case 1 could not be judged, because what it"
                + " looks at was not known");
    assertThat(
            routed(
                2,
                false,
                aim(Rule.SHARE, Optional.empty(), new Weighed(SUPPORT, Optional.of(70L)))))
        .contains("queue support, by shares (support 70%)");
  }

  private static Weighed weighed(QueueId queue, long value, Basis basis, int ageS) {
    return new Weighed(
        queue,
        Optional.of(value),
        Optional.of(basis),
        Optional.of(Duration.ofSeconds(ageS)).filter(_ -> ageS > 0),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void shouldSayWhatFiguresWereOfAndWhatTheyCountedAs() {
    Weighed corrected =
        new Weighed(
            SUPPORT,
            Optional.of(40_000L),
            Optional.of(Basis.LIVE),
            Optional.empty(),
            Optional.of(60_000L),
            Optional.empty());
    assertThat(
            routed(
                1,
                false,
                aim(
                    Rule.LEAST,
                    Optional.of(Figure.ESTIMATED_WAIT),
                    weighed(GOLD, 50_000, Basis.ESTIMATED, 12),
                    corrected)))
        .contains("(gold 50 s estimated 12 s ago, support 40 s live counted as 1 min 0 s)");
  }

  @Test
  void shouldSayWhatWasBelievedOfASiteThatIsEstimated() {
    Weighed estimated =
        new Weighed(
            GOLD,
            Optional.of(50_000L),
            Optional.of(Basis.ESTIMATED),
            Optional.of(Duration.ofSeconds(12)),
            Optional.of(60_000L),
            Optional.empty(),
            List.of(
                new Route.Estimated(
                    new SiteId("hamburg"),
                    50_000,
                    new EstimatedFigures.Range(30_000, 0, 180_000),
                    1,
                    false,
                    false)));

    assertThat(choice(estimated, weighed(SUPPORT, 70_000, Basis.LIVE, 0)))
        .contains(
            "(gold 50 s estimated 12 s ago with hamburg at 50 s (median 30 s, 90% 0 ms to"
                + " 3 min 0 s, from 1 similar day and the last report alone)"
                + " counted as 1 min 0 s, support 1 min 10 s live)");
  }

  @Test
  void shouldSayWhoIsLeftOutForNotBeingBetter() {
    Weighed unknown =
        new Weighed(
            GOLD,
            Optional.empty(),
            Optional.of(Basis.UNKNOWN),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(30)));
    Weighed worse =
        new Weighed(
            GOLD,
            Optional.of(20_000L),
            Optional.of(Basis.LIVE),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(30)));
    Weighed home = new Weighed(SUPPORT, Optional.of(40_000L));
    Weighed nothing = new Weighed(SUPPORT, Optional.empty());

    assertThat(choice(unknown, home))
        .contains("(gold unknown left out as not known to be better by 30 s, support 40 s)");
    assertThat(choice(worse, home))
        .contains("(gold 20 s live left out as not better by 30 s, support 40 s)");
    assertThat(choice(worse, nothing))
        .contains("(gold 20 s live left out as not known to be better by 30 s, support unknown)");
  }

  private static String choice(Weighed... weighed) {
    return routed(1, false, aim(Rule.LEAST, Optional.of(Figure.ESTIMATED_WAIT), weighed));
  }

  @Test
  void shouldSayHowAnotherSiteStoodThatIsAskedToo() {
    SiteSeen live =
        new SiteSeen(
            Basis.LIVE,
            Optional.empty(),
            Optional.of(2),
            Optional.of(1),
            Optional.of(Duration.ofSeconds(15)));
    SiteSeen old =
        new SiteSeen(
            Basis.ESTIMATED,
            Optional.of(Duration.ofSeconds(20)),
            Optional.of(1),
            Optional.of(0),
            Optional.empty());

    assertThat(Words.seen(live)).isEqualTo("2 agents ready, 1 call waiting, 15 s to wait, live");
    assertThat(Words.seen(old))
        .isEqualTo("1 agent ready, 0 calls waiting, wait unknown, estimated 20 s ago");
    assertThat(Words.seen(SiteSeen.of(Optional.empty(), Instant.EPOCH)))
        .isEqualTo("how it stands there is not known");
  }

  @Test
  void shouldSayThatNobodyIsThereOrThatNothingApplied() {
    Route.Aim nowhere = new Route.Aim(Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(routed(1, true, nowhere))
        .endsWith("applied: the caller is told that nobody is there");
    assertThat(routed(0, false, nowhere))
        .isEqualTo(
            "No case of strategy care (version 3) applied, so the call goes to the queue of its"
                + " routing point");
  }

  @Test
  void shouldSayWhatAStepChanged() {
    CallId call = new CallId("c1");
    Route.Aim skills =
        new Route.Aim(Optional.empty(), Optional.of(new TreeMap<>()), Optional.empty());

    Route.Aim either =
        new Route.Aim(
            Optional.empty(),
            Optional.of(new TreeMap<>(Map.of(new Skill("german"), 7))),
            List.of(new TreeMap<>(Map.of(new Skill("english"), 5, new Skill("sales"), 3))),
            Optional.empty());

    assertThat(Routes.of(new SiteEvent.CallStepped(Instant.EPOCH, call, 3, Optional.of(either))))
        .isEqualTo(
            "Step 3 of the strategy: the queue stays, needing german at level 7, or english at level"
                + " 5 and sales at level 3");
    assertThat(Routes.of(new SiteEvent.CallStepped(Instant.EPOCH, call, 1, Optional.of(skills))))
        .isEqualTo("Step 1 of the strategy: the queue stays, no skill needed");
    assertThat(Routes.of(new SiteEvent.CallStepped(Instant.EPOCH, call, 2, Optional.empty())))
        .isEqualTo("Step 2 of the strategy: nothing changes, because its condition does not hold");
  }
}
