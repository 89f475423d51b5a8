package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision.Verdict;

/**
 * Every rule by which a queue takes agents, on the same day: anna, ben and carla logged in at nine.
 * Anna (position 3) took two calls of a minute each, ben (position 1) one of five minutes, carla
 * (position 2) three of ten seconds; then anna was free first, after her ben, after him carla.
 */
class AgentChoiceTest {
  private static final AgentId CARLA = new AgentId("carla");
  private static final Instant NINE = NOW;
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  private static SiteConfiguration configuration(Choosing choosing) {
    return configuration(queueWith(choosing, List.of()));
  }

  private static SiteConfiguration configuration(SiteConfiguration.Queue queue) {
    return new SiteConfiguration(
        List.of(queue),
        List.of(new SiteConfiguration.RoutingPoint(HOTLINE, SALES, 0)),
        new SiteConfiguration.Delays(REJECTED, BUSY),
        List.of("break"));
  }

  private static SiteConfiguration.Queue queueWith(Choosing choosing, List<Widening> widenings) {
    return new SiteConfiguration.Queue(
        SALES,
        levels(TALK, 1),
        10,
        Duration.ofMinutes(30),
        Optional.empty(),
        RING,
        Duration.ZERO,
        TreatmentMode.EARLY_MEDIA,
        0,
        choosing,
        widenings,
        Presence.ALWAYS,
        Duration.ZERO);
  }

  private static Choosing choosing(AgentChoice by, int anna, int ben, int carla) {
    TreeMap<AgentId, Choosing.Member> members = new TreeMap<>();
    members.put(ANNA, new Choosing.Member(anna, 3));
    members.put(BEN, new Choosing.Member(ben, 1));
    members.put(CARLA, new Choosing.Member(carla, 2));
    return new Choosing(by, members, Duration.ZERO, Choosing.RING_STEP);
  }

  /** A day with its calls, built by commands as they would come. */
  private static final class Day {
    private SiteState state = Site.AGGREGATE.initial("berlin");
    private final Map<AgentId, Integer> levels = new HashMap<>();
    private int calls;

    Day(SiteConfiguration configuration) {
      tell(NINE.minusSeconds(1), new Site.Configure(configuration));
    }

    List<SiteEvent> tell(Instant at, Site.Command command) {
      var decision = Site.AGGREGATE.decide(state, command, at);
      List<SiteEvent> events =
          ((org.switchwright.domain.Decision.Accepted<SiteEvent>) decision).events();
      for (SiteEvent event : events) {
        state = Site.AGGREGATE.evolve(state, event);
      }
      return events;
    }

    Day logsIn(AgentId agent, int talk) {
      levels.put(agent, talk);
      tell(NINE, report(agent, 1, new Wish.Ready(), TALK, talk));
      return this;
    }

    Day isAway(AgentId agent, long version, Instant at) {
      tell(at, report(agent, version, new Wish.NotReady("break"), TALK, levels.get(agent)));
      return this;
    }

    Day isBack(AgentId agent, long version, Instant at) {
      tell(at, report(agent, version, new Wish.Ready(), TALK, levels.get(agent)));
      return this;
    }

    /** A call, and whom it is offered to. */
    AgentId arrives(Instant at) {
      CallId call = new CallId("call-" + ++calls);
      return tell(at, seek(call, HOTLINE, at)).stream()
          .filter(SiteEvent.AgentReserved.class::isInstance)
          .map(it -> ((SiteEvent.AgentReserved) it).agent())
          .findFirst()
          .orElseThrow();
    }

    Optional<AgentId> ends(int offer, OfferOutcome outcome, Instant at) {
      OfferId id = new OfferId(new CallId("call-" + calls), offer);
      return tell(at, new Site.OfferEnded(id, outcome)).stream()
          .filter(SiteEvent.AgentReserved.class::isInstance)
          .map(it -> ((SiteEvent.AgentReserved) it).agent())
          .findFirst();
    }

    void talks(Instant at, Duration time) {
      CallId call = new CallId("call-" + calls);
      tell(at, new Site.OfferAccepted(new OfferId(call, 1)));
      tell(at.plus(time), new Site.CallOver(call, CallOutcome.SERVED, List.of()));
    }
  }

  private static Day day(SiteConfiguration configuration) {
    Day day = new Day(configuration);
    Instant at = NINE.plusSeconds(10);
    long version = 1;
    day.logsIn(ANNA, 5).logsIn(BEN, 7).logsIn(CARLA, 6);
    for (AgentId alone : List.of(CARLA, ANNA, BEN)) {
      for (AgentId other : List.of(ANNA, BEN, CARLA)) {
        if (!other.equals(alone)) {
          day.isAway(other, version + 1, at);
        }
      }
      int calls = alone.equals(ANNA) ? 2 : alone.equals(BEN) ? 1 : 3;
      Duration time = Duration.ofSeconds(alone.equals(ANNA) ? 60 : alone.equals(BEN) ? 300 : 10);
      for (int i = 0; i < calls; i++) {
        assertThat(day.arrives(at)).isEqualTo(alone);
        day.talks(at.plusSeconds(1), time);
        at = at.plusSeconds(400);
      }
      for (AgentId other : List.of(ANNA, BEN, CARLA)) {
        if (!other.equals(alone)) {
          day.isBack(other, version + 2, at);
        }
      }
      version += 2;
    }
    for (AgentId agent : List.of(ANNA, BEN, CARLA)) {
      Instant free = LATER.minusSeconds(agent.equals(ANNA) ? 90 : agent.equals(BEN) ? 60 : 30);
      day.isAway(agent, version + 1, free.minusSeconds(1)).isBack(agent, version + 2, free);
    }
    return day;
  }

  @ParameterizedTest
  @CsvSource({
    // rule, tiers of anna, ben and carla | who gets the next call
    "LONGEST_IDLE, 1, 1, 1, anna", // Asterisk leastrecent, FreeSWITCH longest-idle-agent
    "LONGEST_IDLE, 2, 2, 1, carla",
    "FEWEST_CALLS, 1, 1, 1, ben", // fewestcalls, agent-with-fewest-calls
    "FEWEST_CALLS, 1, 2, 1, anna",
    "LEAST_TALK_TIME, 1, 1, 1, carla", // agent-with-least-talk-time
    "LEAST_TALK_TIME, 1, 1, 2, anna",
    "LEAST_OCCUPIED, 1, 1, 1, carla",
    "LEAST_OCCUPIED, 1, 1, 2, anna",
    "MOST_SKILLED, 1, 1, 1, ben",
    "MOST_SKILLED, 1, 2, 1, carla",
    "ROUND_ROBIN, 1, 1, 1, carla", // rrmemory, rrordered, round-robin: ben had the last
    "ROUND_ROBIN, 1, 1, 2, anna",
    "TOP_DOWN, 1, 1, 1, ben", // linear, top-down
    "TOP_DOWN, 1, 2, 1, carla",
    "IN_ORDER, 1, 1, 1, ben", // sequentially-by-agent-order
    "IN_ORDER, 1, 2, 2, anna",
    "RANDOM, 2, 2, 1, carla", // random
    "WEIGHTED_RANDOM, 1, 100000000, 100000000, anna", // wrandom
    "RING_ALL, 1, 1, 1, anna", // ringall, ring-all
    "RING_PROGRESSIVELY, 1, 1, 1, ben", // ring-progressively
  })
  void shouldTakeAgentsByTheRule(AgentChoice by, int anna, int ben, int carla, String chosen) {
    Day day = day(configuration(choosing(by, anna, ben, carla)));

    assertThat(day.arrives(LATER)).isEqualTo(new AgentId(chosen));
  }

  @ParameterizedTest
  @CsvSource({
    // rule | who gets a call when the first two rejected it
    "ROUND_ROBIN, carla, anna, ben",
    "TOP_DOWN, ben, carla, anna",
    "IN_ORDER, ben, carla, anna",
  })
  void shouldGoOnWithTheNextOneAfterAnOfferThatFailed(
      AgentChoice by, String first, String second, String third) {
    Day day = day(configuration(choosing(by, 1, 1, 1)));

    assertThat(day.arrives(LATER)).isEqualTo(new AgentId(first));
    assertThat(day.ends(1, OfferOutcome.REJECTED, LATER.plusSeconds(1)))
        .contains(new AgentId(second));
    assertThat(day.ends(2, OfferOutcome.REJECTED, LATER.plusSeconds(2)))
        .contains(new AgentId(third));
  }

  /** Two calls that are matched in one decision: the second goes on where the first was. */
  @Test
  void shouldGoOnWithinOneDecision() {
    Day day = new Day(configuration(choosing(AgentChoice.ROUND_ROBIN, 1, 1, 1)));
    for (AgentId agent : List.of(ANNA, BEN, CARLA)) {
      day.logsIn(agent, 5);
    }
    for (AgentId agent : List.of(ANNA, BEN, CARLA)) {
      day.isAway(agent, 2, LATER);
    }
    day.tell(LATER, seek(new CallId("one"), HOTLINE, LATER));
    day.tell(LATER, seek(new CallId("two"), HOTLINE, LATER));

    SiteState both = day.state;
    for (AgentId agent : List.of(BEN, CARLA)) {
      SiteAgent away = both.agents().get(agent);
      both =
          both.with(
              new SiteAgent(
                  away.id(),
                  away.version(),
                  new Wish.Ready(),
                  away.skills(),
                  away.station(),
                  away.work(),
                  away.idleSince(),
                  away.workload()));
    }

    assertThat(new Matching(both, LATER).matches())
        .extracting(Matching.Match::agent)
        .containsExactly(BEN, CARLA);
    assertThat(new Matching(both.turned(SALES, BEN), LATER).matches())
        .extracting(Matching.Match::agent)
        .containsExactly(CARLA, BEN);
  }

  /** The difference between the two: the first one is free again when the second rejects. */
  @ParameterizedTest
  @CsvSource({"TOP_DOWN, carla, anna", "IN_ORDER, carla, ben"})
  void shouldRememberOrForgetWhomACallHasTried(AgentChoice by, String second, String third) {
    Day day = day(configuration(choosing(by, 1, 1, 1)));
    Instant rested = LATER.plus(REJECTED).plusSeconds(1);

    day.arrives(LATER);
    assertThat(day.ends(1, OfferOutcome.REJECTED, LATER)).contains(new AgentId(second));
    day.tell(rested, new Site.Expire());

    assertThat(day.ends(2, OfferOutcome.REJECTED, rested)).contains(new AgentId(third));
  }

  @Test
  void shouldDrawEverybodyAboutAsOften() {
    Map<AgentId, Integer> drawn = drawn(choosing(AgentChoice.RANDOM, 1, 1, 1));

    assertThat(drawn.values()).allSatisfy(times -> assertThat(times).isBetween(240, 430));
  }

  /** Asterisk's wrandom: the lowest of a number below 2,000 each for two, below 4,000 for one. */
  @Test
  void shouldDrawALowerTierMoreOften() {
    Map<AgentId, Integer> drawn = drawn(choosing(AgentChoice.WEIGHTED_RANDOM, 1, 1, 3));

    assertThat(drawn.get(CARLA)).isBetween(90, drawn.get(ANNA) - 100);
    assertThat(drawn.get(CARLA)).isLessThan(drawn.get(BEN) - 100);
  }

  private static Map<AgentId, Integer> drawn(Choosing choosing) {
    Day day = new Day(configuration(choosing)).logsIn(ANNA, 5).logsIn(BEN, 5).logsIn(CARLA, 5);
    Map<AgentId, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      Instant at = NINE.plusSeconds(10 + i);
      drawn.merge(day.arrives(at), 1, Integer::sum);
      day.tell(
          at.plusMillis(1),
          new Site.CallOver(new CallId("call-" + (i + 1)), CallOutcome.ABANDONED, List.of()));
    }
    return drawn;
  }

  @Test
  void shouldKeepAQueueToItsMembersAndSayThatOfTheOthers() {
    TreeMap<AgentId, Choosing.Member> members = new TreeMap<>();
    members.put(BEN, new Choosing.Member(1, 1));
    Choosing choosing =
        new Choosing(AgentChoice.LONGEST_IDLE, members, Duration.ZERO, Choosing.RING_STEP);
    Day day = new Day(configuration(choosing)).logsIn(ANNA, 5).logsIn(BEN, 5);

    SiteEvent.AgentReserved reserved =
        (SiteEvent.AgentReserved)
            day.tell(NINE.plusSeconds(5), seek(C1, HOTLINE, NINE.plusSeconds(5))).get(1);

    assertThat(reserved.agent()).isEqualTo(BEN);
    assertThat(reserved.decision().considered())
        .anySatisfy(it -> {
          assertThat(it.agent()).isEqualTo(ANNA);
          assertThat(it.verdict()).isEqualTo(Verdict.NOT_A_MEMBER);
        });
  }

  @Test
  void shouldWaitForEachTierOfWhichSomebodyIsThere() {
    Choosing tiers = choosing(AgentChoice.LONGEST_IDLE, 1, 2, 3);
    Choosing waiting =
        new Choosing(tiers.by(), tiers.members(), Duration.ofSeconds(20), tiers.ringStep());
    Day day = new Day(configuration(waiting)).logsIn(ANNA, 5).logsIn(CARLA, 5);
    Instant at = NINE.plusSeconds(10);
    day.isAway(ANNA, 2, at);

    List<SiteEvent> atOnce = day.tell(at, seek(C1, HOTLINE, at));
    List<SiteEvent> late = day.tell(at.plusSeconds(20), new Site.Expire());

    assertThat(atOnce).last().isInstanceOf(SiteEvent.CallQueued.class);
    assertThat(late)
        .satisfiesExactly(
            it ->
                assertThat(it)
                    .isEqualTo(
                        new SiteEvent.CallWidened(at.plusSeconds(20), C1, Duration.ofSeconds(20))),
            it -> assertThat(((SiteEvent.AgentReserved) it).agent()).isEqualTo(CARLA));
  }

  /** The second tier and the widening open at once: ben has what will do, the others all. */
  @Test
  void shouldCompareBySkillsOfTheRequirementThatTheChosenMeet() {
    Choosing tiers = choosing(AgentChoice.MOST_SKILLED, 2, 1, 2);
    Duration wait = Duration.ofSeconds(20);
    Day day =
        new Day(
            configuration(
                queueWith(
                    new Choosing(tiers.by(), tiers.members(), wait, tiers.ringStep()),
                    List.of(new Widening(wait, levels(SPANISH, 1), Optional.empty())))));
    day.tell(NINE, report(BEN, 1, new Wish.Ready(), SPANISH, 9));
    day.tell(NINE.plusSeconds(1), report(ANNA, 1, new Wish.Ready(), TALK, 5, SPANISH, 9));
    day.tell(NINE.plusSeconds(2), report(CARLA, 1, new Wish.Ready(), TALK, 9));
    day.tell(LATER, seek(C1, HOTLINE, LATER));

    assertThat(day.tell(LATER.plus(wait), new Site.Expire()))
        .filteredOn(SiteEvent.AgentReserved.class::isInstance)
        .map(it -> ((SiteEvent.AgentReserved) it).agent())
        .containsExactly(CARLA);
  }

  private static SiteConfiguration widening(Widening... widenings) {
    SiteConfiguration.Queue queue = queueWith(Choosing.LONGEST_IDLE, List.of(widenings));
    SiteConfiguration.Queue strict =
        new SiteConfiguration.Queue(
            queue.id(),
            levels(TALK, 5),
            queue.maxWaiting(),
            queue.maxWait(),
            queue.overflowTo(),
            queue.ringTimeout(),
            queue.wrapUp(),
            queue.treatment(),
            0,
            queue.choosing(),
            queue.widenings(),
            queue.presence(),
            queue.keepPlace());
    return new SiteConfiguration(
        List.of(strict),
        List.of(new SiteConfiguration.RoutingPoint(HOTLINE, SALES, 0)),
        new SiteConfiguration.Delays(REJECTED, BUSY),
        List.of("break"));
  }

  /** Level 5 is asked for, 3 will do after 20 s under a condition, 2 after 40 s in any case. */
  @ParameterizedTest
  @CsvSource({
    // the condition: figure at least limit; level of the only agent | which widening it took
    "WAITING, 1, 3, 1",
    "WAITING, 2, 3, 2",
    "FREE_AGENTS, 1, 3, 1",
    "FREE_AGENTS, 2, 3, 2",
    "STAFFED, 0, 3, 1",
    "STAFFED, 1, 3, 2",
    "WAITING, 1, 2, 2",
    "WAITING, 1, 1, 0",
    "WAITING, 2, 5, 0",
  })
  void shouldMakeDoWithLessAfterAWhile(Widening.Figure figure, long limit, int talk, int widening) {
    Widening.Condition condition = new Widening.Condition(figure, true, limit);
    Day day =
        new Day(
                widening(
                    new Widening(Duration.ofSeconds(20), levels(TALK, 3), Optional.of(condition)),
                    new Widening(Duration.ofSeconds(40), levels(TALK, 2), Optional.empty())))
            .logsIn(ANNA, talk);

    List<SiteEvent> events = new ArrayList<>(day.tell(NINE, seek(C1, HOTLINE, NINE)));
    for (int n = 1; n <= 2 && events.stream().noneMatch(AgentChoiceTest::reserves); n++) {
      events.addAll(day.tell(NINE.plusSeconds(20L * n), new Site.Expire()));
    }

    List<Integer> met =
        events.stream()
            .filter(AgentChoiceTest::reserves)
            .map(it -> ((SiteEvent.AgentReserved) it).decision().widening())
            .toList();
    assertThat(met).isEqualTo(talk == 1 ? List.of() : List.of(widening));
  }

  /** Within one decision: the one who is served leaves only one who waits. */
  @Test
  void shouldJudgeEachCallByWhatIsTrueAfterTheOneBefore() {
    Widening.Condition atMostOneWaits = new Widening.Condition(Widening.Figure.WAITING, false, 1);
    Day day =
        new Day(
                widening(
                    new Widening(
                        Duration.ofSeconds(20), levels(TALK, 2), Optional.of(atMostOneWaits))))
            .logsIn(CARLA, 2);
    day.tell(NINE, seek(C1, HOTLINE, NINE));
    day.tell(NINE.plusSeconds(1), seek(C2, HOTLINE, NINE.plusSeconds(1)));

    List<SiteEvent> beside = day.tell(NINE.plusSeconds(25), new Site.Expire());
    List<SiteEvent> after =
        day.tell(NINE.plusSeconds(30), report(ANNA, 1, new Wish.Ready(), TALK, 5));

    assertThat(beside).noneMatch(AgentChoiceTest::reserves);
    assertThat(after.stream().filter(AgentChoiceTest::reserves))
        .extracting(
            it -> ((SiteEvent.AgentReserved) it).offer().call(),
            it -> ((SiteEvent.AgentReserved) it).agent())
        .containsExactly(tuple(C1, ANNA), tuple(C2, CARLA));
  }

  @Test
  void shouldKnowWhatWillDoForWhoComesBackFromAnOffer() {
    Day day =
        new Day(widening(new Widening(Duration.ofSeconds(20), levels(TALK, 2), Optional.empty())))
            .logsIn(ANNA, 5)
            .logsIn(CARLA, 2);
    day.tell(NINE, seek(C1, HOTLINE, NINE));

    List<SiteEvent> back =
        day.tell(
            NINE.plusSeconds(25), new Site.OfferEnded(new OfferId(C1, 1), OfferOutcome.REJECTED));

    assertThat(back)
        .hasSize(3)
        .contains(new SiteEvent.CallWidened(NINE.plusSeconds(25), C1, Duration.ofSeconds(25)))
        .last()
        .satisfies(it -> assertThat(((SiteEvent.AgentReserved) it).agent()).isEqualTo(CARLA));
  }

  private static boolean reserves(SiteEvent event) {
    return event instanceof SiteEvent.AgentReserved;
  }
}
