package org.switchwright.simulation.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * One site, by the aggregate that a data center runs: its calls wait in one queue and are taken by
 * who has been idle for the longest. Whoever is offered a call answers it at once. Callers and
 * agents are numbers.
 */
final class PlayedSite {
  /** A point of priority is worth so much waiting. */
  private static final Duration PRIORITY_WORTH = Duration.ofSeconds(30);

  private static final int MOST_PRIORITY = 480;
  private static final Duration LONGEST_WAIT = Duration.ofHours(12);

  /** Longer than any pause, which the agent ends. */
  private static final Duration WRAP_UP = Duration.ofMinutes(30);

  private static final QueueId QUEUE = new QueueId("calls");
  private static final Personal SOMEBODY = Personal.of(new KeyId("rehearsal"), "sip:rehearsal");
  private static final SiteConfiguration CONFIGURATION = configuration();

  private SiteState state;
  private long reports;

  /** What came of a command: which agent answered which call. */
  record Answer(int caller, int agent) {}

  PlayedSite(int number) {
    state = Site.AGGREGATE.initial("s" + number);
    tell(new Site.Configure(CONFIGURATION), 0);
  }

  private PlayedSite(SiteState state, long reports) {
    this.state = state;
    this.reports = reports;
  }

  /** The same, to go on otherwise. */
  PlayedSite copy() {
    return new PlayedSite(state, reports);
  }

  SiteId id() {
    return state.id();
  }

  private static SiteConfiguration configuration() {
    List<SiteConfiguration.RoutingPoint> points = new ArrayList<>();
    for (int priority = 0; priority <= MOST_PRIORITY; priority++) {
      points.add(new SiteConfiguration.RoutingPoint(point(priority), QUEUE, priority));
    }
    return new SiteConfiguration(
        List.of(
            new SiteConfiguration.Queue(
                QUEUE,
                Collections.emptySortedMap(),
                100_000,
                LONGEST_WAIT,
                Optional.empty(),
                Duration.ofSeconds(30),
                WRAP_UP,
                TreatmentMode.EARLY_MEDIA)),
        points,
        new SiteConfiguration.Delays(Duration.ofSeconds(10), Duration.ofSeconds(10)),
        List.of(),
        new SiteConfiguration.Rules(PRIORITY_WORTH, WRAP_UP));
  }

  private static RoutingPointId point(int priority) {
    return new RoutingPointId("p" + priority);
  }

  private static AgentId agent(int number) {
    return new AgentId("a" + number);
  }

  private static CallId call(int number) {
    return new CallId("c" + number);
  }

  private static int number(String id) {
    return Integer.parseInt(id, 1, id.length(), 10);
  }

  List<Answer> logIn(int agent, long atMs) {
    return report(agent, new Wish.Ready(), atMs);
  }

  /** After the call, where one is talked. */
  void logOut(int agent, long atMs) {
    report(agent, new Wish.LoggedOut(), atMs);
  }

  private List<Answer> report(int agent, Wish wish, long atMs) {
    return tell(
        new Site.ReportAgent(
            agent(agent), ++reports, 0, wish, Collections.emptySortedMap(), Optional.of(SOMEBODY)),
        atMs);
  }

  List<Answer> enter(int caller, int headStartMs, long atMs) {
    int priority = (int) Math.min(headStartMs / PRIORITY_WORTH.toMillis(), MOST_PRIORITY);
    return tell(
        new Site.Seek(
            call(caller),
            new InteractionId("i" + caller),
            point(priority),
            instant(atMs),
            SOMEBODY,
            new TreeMap<>()),
        atMs);
  }

  void giveUp(int caller, long atMs) {
    tell(new Site.CallOver(call(caller), CallOutcome.ABANDONED, List.of()), atMs);
  }

  /** The agent is in wrap-up from now on. */
  void release(int caller, long atMs) {
    tell(new Site.CallOver(call(caller), CallOutcome.SERVED, List.of()), atMs);
  }

  List<Answer> endWrapUp(int agent, long atMs) {
    return tell(new Site.EndWrapUp(agent(agent)), atMs);
  }

  List<Answer> expire(long atMs) {
    return tell(new Site.Expire(), atMs);
  }

  /** When {@link #expire} is due; or never. */
  long dueMs() {
    return Site.AGGREGATE.due(state).map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
  }

  private static Instant instant(long atMs) {
    return Instant.ofEpochMilli(atMs);
  }

  private List<Answer> tell(Site.Command command, long atMs) {
    List<Answer> answers = new ArrayList<>();
    for (SiteEvent.AgentReserved it : take(command, atMs)) {
      take(new Site.OfferAccepted(it.offer()), atMs);
      answers.add(new Answer(number(it.offer().call().value()), number(it.agent().value())));
    }
    return answers;
  }

  /** Carries a command out, and says who is offered what. */
  private List<SiteEvent.AgentReserved> take(Site.Command command, long atMs) {
    List<SiteEvent.AgentReserved> reserved = new ArrayList<>();
    switch (Site.AGGREGATE.decide(state, command, instant(atMs))) {
      case Decision.Accepted<SiteEvent> accepted -> {
        for (SiteEvent event : accepted.events()) {
          state = Site.AGGREGATE.evolve(state, event);
          if (event instanceof SiteEvent.AgentReserved it) {
            reserved.add(it);
          }
        }
      }
      case Decision.Rejected<SiteEvent> rejected ->
          throw new IllegalStateException(
              "Expected " + command + " to be accepted, but: " + rejected.sentence());
    }
    return reserved;
  }
}
