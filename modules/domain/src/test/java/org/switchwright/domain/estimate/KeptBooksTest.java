package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.statistics.Ledger;
import org.switchwright.domain.statistics.Offering;
import org.switchwright.domain.statistics.Statistics;
import org.switchwright.domain.statistics.Stint;
import org.switchwright.domain.statistics.Visit;

/** A site's events, and the calls that they make of its history. */
class KeptBooksTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final SiteId SITE = new SiteId("berlin");
  private static final CallId CALL = new CallId("c1");
  private static final QueueId SALES = new QueueId("sales");
  private static final QueueId SERVICE = new QueueId("service");
  private static final AgentId ANNA = new AgentId("anna");
  private static final AgentId BEN = new AgentId("ben");
  private static final AgentId LENT = new AgentId("hamburg.carla");
  private static final OfferId FIRST = new OfferId(CALL, 1);
  private static final OfferId SECOND = new OfferId(CALL, 2);

  private final Kept books = new Kept();
  private final Ledger ledger = new Ledger(SITE, books);

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private void happens(SiteEvent... events) {
    for (AgentId agent : List.of(ANNA, BEN)) {
      ledger.note(
          new SiteEvent.AgentReported(
              at(0), agent, 1, 0, new Wish.Ready(), new TreeMap<>(), Optional.empty()));
    }
    List.of(events).forEach(ledger::note);
  }

  private List<CallRecord> calls() {
    return KeptBooks.calls(facts());
  }

  private Statistics.Facts facts() {
    return new Statistics.Facts(
        List.copyOf(books.visits.values()),
        List.copyOf(books.offerings.values()),
        List.copyOf(books.stints.values()));
  }

  private static SiteEvent entered(int seconds) {
    return entered(seconds, Optional.empty());
  }

  private static SiteEvent entered(int seconds, Optional<Origin> origin) {
    return new SiteEvent.CallEntered(
        at(seconds),
        CALL,
        new InteractionId("i1"),
        new RoutingPointId("hotline"),
        SALES,
        0,
        at(seconds),
        Optional.empty(),
        Optional.empty(),
        origin);
  }

  private static SiteEvent reserved(int seconds, OfferId offer, AgentId agent, QueueId queue) {
    return new SiteEvent.AgentReserved(
        at(seconds),
        offer,
        agent,
        at(seconds + 15),
        new RoutingDecision(queue, agent, AgentChoice.LONGEST_IDLE, 0, List.of(), 0, 0));
  }

  private static SiteEvent accepted(int seconds, OfferId offer, AgentId agent) {
    return new SiteEvent.OfferAccepted(at(seconds), offer, agent, at(seconds + 900));
  }

  private static SiteEvent ended(int seconds, OfferId offer, AgentId agent) {
    return new SiteEvent.ConversationEnded(at(seconds), offer, agent, null);
  }

  private static SiteEvent left(int seconds, CallOutcome outcome) {
    return new SiteEvent.CallLeft(at(seconds), CALL, outcome, Optional.empty());
  }

  private static CallRecord answered(int entered, int answered, int ended, AgentId by, QueueId of) {
    return new CallRecord(
        at(entered).toEpochMilli(),
        at(answered).toEpochMilli(),
        at(ended).toEpochMilli(),
        by.value(),
        of.value(),
        0);
  }

  private static CallRecord givenUp(int entered, int ended, QueueId of) {
    return new CallRecord(
        at(entered).toEpochMilli(), CallRecord.NEVER, at(ended).toEpochMilli(), "", of.value(), 0);
  }

  @Test
  void shouldTellWhoWasThereToTakeCallsOrTalked() {
    Statistics.Facts facts =
        new Statistics.Facts(
            List.of(),
            List.of(),
            List.of(
                stint(1, 0, at(10), Stint.Wanted.LOGGED_OUT, true, Stint.Doing.NOTHING),
                stint(2, 10, at(20), Stint.Wanted.READY, false, Stint.Doing.NOTHING),
                stint(3, 20, at(30), Stint.Wanted.READY, true, Stint.Doing.NOTHING),
                stint(4, 30, at(40), Stint.Wanted.READY, true, Stint.Doing.RESERVED),
                stint(5, 40, at(50), Stint.Wanted.NOT_READY, true, Stint.Doing.TALKING),
                stint(6, 50, at(60), Stint.Wanted.NOT_READY, true, Stint.Doing.WRAPPING_UP),
                stint(7, 60, null, Stint.Wanted.READY, true, Stint.Doing.WRAPPING_UP)));

    assertThat(KeptBooks.presences(facts, at(100)))
        .containsExactly(present(20, 30), present(30, 40), present(40, 50), present(60, 100));
  }

  private static Presence present(int from, int to) {
    return new Presence(ANNA.value(), at(from).toEpochMilli(), at(to).toEpochMilli());
  }

  private static Stint stint(
      int number,
      int from,
      @Nullable Instant to,
      Stint.Wanted wanted,
      boolean station,
      Stint.Doing doing) {
    return new Stint(
        SITE,
        ANNA,
        number,
        at(from),
        to,
        new Stint.Standing(wanted, Optional.empty(), station, doing, Optional.empty(), 1, 0));
  }

  @Test
  void shouldTellWhoAnsweredFromWhenUntilWhen() {
    happens(
        entered(5),
        reserved(20, FIRST, ANNA, SALES),
        new SiteEvent.OfferEnded(at(30), FIRST, ANNA, OfferOutcome.MISSED, null, false),
        reserved(31, SECOND, BEN, SALES),
        accepted(40, SECOND, BEN),
        ended(100, SECOND, BEN),
        left(100, CallOutcome.SERVED));

    assertThat(calls()).containsExactly(answered(5, 40, 100, BEN, SALES));
  }

  @Test
  void shouldTellWhoGaveUp() {
    happens(entered(5), left(65, CallOutcome.ABANDONED));

    assertThat(calls()).containsExactly(givenUp(5, 65, SALES));
  }

  @Test
  void shouldLetACallWaitThroughItsQueues() {
    happens(
        entered(5),
        new SiteEvent.CallOverflowed(at(50), CALL, SALES, SERVICE),
        reserved(60, FIRST, ANNA, SERVICE),
        accepted(70, FIRST, ANNA),
        ended(90, FIRST, ANNA));

    assertThat(calls()).containsExactly(answered(5, 70, 90, ANNA, SERVICE));
  }

  @Test
  void shouldLetACallThatIsSentOnComeAnew() {
    happens(
        entered(5),
        reserved(6, FIRST, ANNA, SALES),
        accepted(10, FIRST, ANNA),
        ended(50, FIRST, ANNA),
        new SiteEvent.CallTransferred(
            at(50), FIRST, ANNA, SALES, SERVICE, Optional.empty(), true, 0, at(5)),
        reserved(52, SECOND, BEN, SERVICE),
        accepted(60, SECOND, BEN),
        ended(95, SECOND, BEN),
        left(95, CallOutcome.SERVED));

    assertThat(calls())
        .containsExactly(answered(5, 10, 50, ANNA, SALES), answered(50, 60, 95, BEN, SERVICE));
  }

  /** Its wait is another site's; only the agent's time is this one's. */
  @Test
  void shouldCountACallOfAnotherSiteOnlyWhereItWasAnsweredHere() {
    Origin origin = new Origin(new SiteId("hq"), new CallId("c9"), 1);
    happens(
        entered(5, Optional.of(origin)),
        reserved(30, FIRST, ANNA, SALES),
        accepted(33, FIRST, ANNA),
        ended(80, FIRST, ANNA),
        left(80, CallOutcome.SERVED));
    assertThat(calls()).containsExactly(answered(30, 33, 80, ANNA, SALES));
  }

  @Test
  void shouldForgetACallOfAnotherSiteThatWasNotNeededHere() {
    Origin origin = new Origin(new SiteId("hq"), new CallId("c9"), 1);
    happens(entered(5, Optional.of(origin)), left(40, CallOutcome.ELSEWHERE));

    assertThat(calls()).isEmpty();
  }

  @Test
  void shouldTakeACallThatAnotherSiteAnsweredAsGone() {
    happens(
        entered(5),
        reserved(10, FIRST, LENT, SALES),
        accepted(20, FIRST, LENT),
        ended(90, FIRST, LENT),
        left(90, CallOutcome.SERVED));

    assertThat(calls()).containsExactly(givenUp(5, 20, SALES));
  }

  @Test
  void shouldNotTellOfWhatIsNotOver() {
    happens(entered(5), reserved(10, FIRST, ANNA, SALES), accepted(20, FIRST, ANNA));

    assertThat(calls()).isEmpty();
    assertThat(KeptBooks.calls(facts(), Optional.of(at(60))))
        .containsExactly(answered(5, 20, 60, ANNA, SALES));
  }

  @Test
  void shouldEndWhatLastsTooLong() {
    int day = (int) Duration.ofDays(1).toSeconds();
    happens(
        entered(0),
        reserved(0, FIRST, ANNA, SALES),
        accepted(10, FIRST, ANNA),
        ended(day, FIRST, ANNA));

    assertThat(calls()).containsExactly(answered(0, 10, 4 * 3_600, ANNA, SALES));
  }

  /** Books in memory. */
  private static final class Kept implements Ledger.Books {
    private final Map<Integer, Visit> visits = new LinkedHashMap<>();
    private final Map<OfferId, Offering> offerings = new LinkedHashMap<>();
    private final Map<AgentId, Stint> stints = new LinkedHashMap<>();

    @Override
    public void configured(SiteId site, SiteConfiguration configuration) {}

    @Override
    public List<Skill> skills(SiteId site, QueueId queue) {
      return Collections.emptyList();
    }

    @Override
    public Optional<Visit> visit(CallId call) {
      List<Visit> all = new ArrayList<>(visits.values());
      return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    @Override
    public Optional<Offering> offering(OfferId offer) {
      return Optional.ofNullable(offerings.get(offer));
    }

    @Override
    public Optional<Offering> accepted(AgentId agent) {
      return offerings.values().stream()
          .filter(it -> it.agent().equals(agent) && !it.over())
          .findFirst();
    }

    @Override
    public Optional<Stint> stint(AgentId agent) {
      return Optional.ofNullable(stints.get(agent));
    }

    @Override
    public void put(Visit visit) {
      visits.put(visit.number(), visit);
    }

    @Override
    public void put(Offering offering) {
      offerings.put(offering.offer(), offering);
    }

    @Override
    public void put(Stint stint) {
      stints.put(stint.agent(), stint);
    }
  }
}
