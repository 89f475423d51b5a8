package org.switchwright.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.statistics.Stint.Activity;

/** Nobody talked to the caller while asking another agent, or being asked. */
class ConsultLedgerTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final SiteId SITE = new SiteId("berlin");
  private static final CallId CALL = new CallId("c1");
  private static final QueueId SALES = new QueueId("sales");
  private static final QueueId SERVICE = new QueueId("service");
  private static final AgentId ANNA = new AgentId("anna");
  private static final AgentId BEN = new AgentId("ben");
  private static final OfferId FIRST = new OfferId(CALL, 1);
  private static final OfferId SECOND = new OfferId(CALL, 2);

  private final Kept books = new Kept();
  private final Ledger ledger = new Ledger(SITE, books);

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static SiteEvent logsIn(AgentId agent) {
    return new SiteEvent.AgentReported(
        at(0),
        agent,
        1,
        0,
        new Wish.NotReady("break"),
        Collections.emptySortedMap(),
        Optional.empty());
  }

  private static SiteEvent reserved(int seconds, OfferId offer, AgentId agent, QueueId queue) {
    return new SiteEvent.AgentReserved(
        at(seconds),
        offer,
        agent,
        at(seconds + 15),
        new RoutingDecision(queue, agent, AgentChoice.LONGEST_IDLE, 0, List.of(), 0, 0));
  }

  /** Anna talks from 10. */
  private void talks() {
    List.of(
            logsIn(ANNA),
            logsIn(BEN),
            new SiteEvent.CallEntered(
                at(0),
                CALL,
                new InteractionId("i1"),
                new RoutingPointId("hotline"),
                SALES,
                0,
                at(0),
                Optional.empty(),
                Optional.empty()),
            reserved(0, FIRST, ANNA, SALES),
            new SiteEvent.OfferAccepted(at(10), FIRST, ANNA, at(900)))
        .forEach(ledger::note);
  }

  /** Anna talks from 10, asks from 40; Ben answers at 50. */
  private void asked() {
    talks();
    List.of(
            new SiteEvent.ConsultBegan(at(40), 1, FIRST, ANNA, SALES, SERVICE, Optional.of(BEN)),
            reserved(40, SECOND, BEN, SERVICE),
            new SiteEvent.ConsultAnswered(at(50), SECOND, BEN, at(900)))
        .forEach(ledger::note);
  }

  private Statistics statistics() {
    return Statistics.of(
        new Statistics.Facts(
            List.copyOf(books.visits.values()),
            List.copyOf(books.offerings.values()),
            List.copyOf(books.stints.values())),
        new Interval(START, at(1_000)),
        ServiceCounts.Thresholds.USUAL);
  }

  private static void spent(Statistics.AgentFigures figures, int talkS, int consultS, int handleS) {
    assertThat(figures.talkTimes().sum()).isEqualTo(Duration.ofSeconds(talkS));
    assertThat(figures.consultTimes().sum()).isEqualTo(Duration.ofSeconds(consultS));
    assertThat(figures.handleTimes().sum()).isEqualTo(Duration.ofSeconds(handleS));
    assertThat(figures.times().getOrDefault(Activity.TALKING, Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(talkS));
    assertThat(figures.times().getOrDefault(Activity.CONSULTING, Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(consultS));
  }

  @Test
  void shouldCountTalkOfWhoeverHasTheCallerWhenHandedOver() {
    asked();
    List.of(
            new SiteEvent.ConversationEnded(at(70), FIRST, ANNA, null),
            new SiteEvent.ConsultEnded(at(70), 1, SECOND, BEN, at(900)),
            new SiteEvent.ConversationEnded(at(100), SECOND, BEN, null),
            new SiteEvent.CallLeft(at(100), CALL, CallOutcome.SERVED, Optional.empty()))
        .forEach(ledger::note);

    Statistics all = statistics();

    spent(all.agents().get(ANNA), 30, 30, 60);
    spent(all.agents().get(BEN), 30, 20, 50);
    assertThat(all.site().offered()).isEqualTo(1);
    assertThat(all.site().answered()).isEqualTo(1);
    assertThat(all.queues().get(SERVICE).answered()).isZero();
    assertThat(all.queues().get(SERVICE).offers()).containsEntry(OfferOutcome.ACCEPTED, 1L);
  }

  @Test
  void shouldCountTalkOfWhoeverHasTheCallerBack() {
    asked();
    List.of(
            new SiteEvent.ConversationEnded(at(70), SECOND, BEN, null),
            new SiteEvent.ConsultEnded(at(70), 1, FIRST, ANNA, at(900)),
            new SiteEvent.ConversationEnded(at(100), FIRST, ANNA, null),
            new SiteEvent.CallLeft(at(100), CALL, CallOutcome.SERVED, Optional.empty()))
        .forEach(ledger::note);

    Statistics all = statistics();

    spent(all.agents().get(ANNA), 60, 30, 90);
    spent(all.agents().get(BEN), 0, 20, 20);
  }

  private static SiteEvent.Conferring conferring(int change) {
    return new SiteEvent.Conferring(1, change, FIRST, ANNA, SECOND, BEN);
  }

  /** From 60 to 80 the caller talks to both; Ben has the call from 90. */
  @Test
  void shouldCountTalkOfBothWhileTheCallerTakesPart() {
    asked();
    List.of(
            new SiteEvent.ConferenceBegan(at(60), conferring(1)),
            new SiteEvent.ConferenceEnded(at(80), conferring(2)),
            // The site learns of a third that it had not heard begin.
            new SiteEvent.ConferenceEnded(at(85), conferring(4)),
            new SiteEvent.ConversationEnded(at(90), FIRST, ANNA, null),
            new SiteEvent.ConsultEnded(at(90), 1, SECOND, BEN, at(900)),
            new SiteEvent.ConversationEnded(at(100), SECOND, BEN, null),
            new SiteEvent.CallLeft(at(100), CALL, CallOutcome.SERVED, Optional.empty()))
        .forEach(ledger::note);

    Statistics all = statistics();

    spent(all.agents().get(ANNA), 30 + 20, 20 + 10, 80);
    spent(all.agents().get(BEN), 20 + 10, 10 + 10, 50);
  }

  /** An hour of three is an hour of talk, and no consultation is left when it ends in that. */
  @Test
  void shouldCountTalkOfBothUntilTheEndOfAConference() {
    asked();
    List.of(
            new SiteEvent.ConferenceBegan(at(60), conferring(1)),
            new SiteEvent.ConversationEnded(at(860), SECOND, BEN, null),
            new SiteEvent.ConsultEnded(at(860), 1, FIRST, ANNA, at(900)),
            new SiteEvent.ConversationEnded(at(900), FIRST, ANNA, null),
            new SiteEvent.CallLeft(at(900), CALL, CallOutcome.SERVED, Optional.empty()))
        .forEach(ledger::note);

    Statistics all = statistics();

    spent(all.agents().get(ANNA), 30 + 840, 20, 890);
    spent(all.agents().get(BEN), 800, 10, 810);
  }

  @Test
  void shouldCountConsultationsThatTheCallerEnds() {
    asked();
    List.of(
            new SiteEvent.ConversationEnded(at(70), SECOND, BEN, null),
            new SiteEvent.ConsultEnded(at(70), 1, FIRST, ANNA, at(900)),
            new SiteEvent.ConversationEnded(at(70), FIRST, ANNA, null),
            new SiteEvent.CallLeft(at(70), CALL, CallOutcome.SERVED, Optional.empty()))
        .forEach(ledger::note);

    spent(statistics().agents().get(ANNA), 30, 30, 60);
  }

  /** Nobody talks for an hour because somebody sent the caller on. */
  @Test
  void shouldCountTalkOfEachAgentOfACallerWhoIsSentOn() {
    talks();
    List.of(
            new SiteEvent.ConversationEnded(at(40), FIRST, ANNA, null),
            new SiteEvent.CallTransferred(
                at(40), FIRST, ANNA, SALES, SERVICE, Optional.empty(), true, 0, at(0)),
            reserved(60, SECOND, BEN, SERVICE),
            new SiteEvent.OfferAccepted(at(70), SECOND, BEN, at(900)),
            new SiteEvent.ConversationEnded(at(170), SECOND, BEN, null),
            new SiteEvent.CallLeft(at(170), CALL, CallOutcome.SERVED, Optional.empty()))
        .forEach(ledger::note);

    Statistics all = statistics();

    spent(all.agents().get(ANNA), 30, 0, 30);
    spent(all.agents().get(BEN), 100, 0, 100);
    assertThat(all.site().offered()).isEqualTo(1);
    assertThat(all.site().answered()).isEqualTo(1);
    assertThat(all.queues().get(SALES).answered()).isEqualTo(1);
    assertThat(all.queues().get(SERVICE).answered()).isEqualTo(1);
  }

  /** Books in memory. */
  private static final class Kept implements Ledger.Books {
    private final Map<String, Visit> visits = new LinkedHashMap<>();
    private final Map<OfferId, Offering> offerings = new LinkedHashMap<>();
    private final Map<String, Stint> stints = new LinkedHashMap<>();

    @Override
    public void configured(SiteId site, SiteConfiguration configuration) {}

    @Override
    public List<Skill> skills(SiteId site, QueueId queue) {
      return List.of();
    }

    @Override
    public Optional<Visit> visit(CallId call) {
      return latest(new ArrayList<>(visits.values()));
    }

    @Override
    public Optional<Offering> offering(OfferId offer) {
      return Optional.ofNullable(offerings.get(offer));
    }

    @Override
    public Optional<Offering> accepted(AgentId agent) {
      return latest(
          offerings.values().stream()
              .filter(it -> it.agent().equals(agent) && !it.over())
              .toList());
    }

    @Override
    public Optional<Stint> stint(AgentId agent) {
      return latest(stints.values().stream().filter(it -> it.agent().equals(agent)).toList());
    }

    private static <T> Optional<T> latest(List<T> all) {
      @Nullable T last = all.isEmpty() ? null : all.getLast();
      return Optional.ofNullable(last);
    }

    @Override
    public void put(Visit visit) {
      visits.put(visit.call() + "/" + visit.number(), visit);
    }

    @Override
    public void put(Offering offering) {
      offerings.put(offering.offer(), offering);
    }

    @Override
    public void put(Stint stint) {
      stints.put(stint.agent() + "/" + stint.number(), stint);
    }
  }
}
