package org.switchwright.benchmarks.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.strategy.RememberingCompiler;
import org.switchwright.strategy.TextCompiler;

/**
 * The whole decision about a new call at a site of 500 queues, 500 agents and 1,000 waiting calls:
 * by a strategy of 20 cases, of which the last applies and compares three queues by their estimated
 * wait; and, beside it, by the routing point alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class StrategyBenchmark {
  private static final int QUEUES = 500;
  private static final int AGENTS = 500;
  private static final int WAITING = 1_000;
  private static final List<Integer> COMPARED = List.of(100, 200, 300);
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Personal CALLER =
      Personal.of(new KeyId("k"), "\"Ann\" <sip:+4930123456@example.org>");

  private final Site site = Site.routingBy(new RememberingCompiler(new TextCompiler()));
  private final SiteState state = occupied();

  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(StrategyBenchmark.class.getName())
                .include(NetworkBenchmark.class.getName())
                .shouldFailOnError(true)
                .build())
        .run();
  }

  /** By the strategy. */
  @Benchmark
  public Decision<SiteEvent> byStrategy() {
    return site.decide(state, seek("routed", 1_000_000), NOW);
  }

  /** The same call and site without a strategy. */
  @Benchmark
  public Decision<SiteEvent> byRoutingPoint() {
    return site.decide(state, seek("plain", 1_000_000), NOW);
  }

  private static Site.Seek seek(String point, int number) {
    return new Site.Seek(
        new CallId("c" + number),
        new InteractionId("i" + number),
        new RoutingPointId(point),
        NOW,
        CALLER);
  }

  /** All agents talk, and the queues that are compared know how long that takes. */
  private SiteState occupied() {
    Instant opened = NOW.minusSeconds(600);
    SiteState occupied = site.initial("site");
    occupied = after(occupied, new Site.Configure(configuration()), opened);
    occupied =
        after(
            occupied,
            new Site.PublishStrategy(
                new StrategySource(strategy(), new TreeMap<>()), "bench", "measured"),
            opened);
    for (int i = 0; i < AGENTS; i++) {
      TreeMap<Skill, Integer> skills = new TreeMap<>();
      skills.put(new Skill("skill-" + i % 20), 1);
      occupied =
          after(
              occupied,
              new Site.ReportAgent(
                  new AgentId("a" + i),
                  1,
                  0,
                  new Wish.Ready(),
                  skills,
                  Optional.of(Personal.of(new KeyId("k"), "sip:a@127.0.0.1"))),
              opened);
    }
    int calls = 0;
    for (int queue : COMPARED) {
      Site.Seek seek = seek("point-" + queue, calls++);
      occupied = talking(occupied, seek, opened);
      Instant ended = opened.plusSeconds(180);
      occupied =
          after(occupied, new Site.CallOver(seek.call(), CallOutcome.SERVED, List.of()), ended);
    }
    occupied = after(occupied, new Site.Expire(), opened.plusSeconds(240));
    for (int i = 0; i < AGENTS; i++) {
      occupied = talking(occupied, seek("point-" + i % QUEUES, calls++), NOW.minusSeconds(100));
    }
    for (int i = 0; i < WAITING; i++) {
      occupied =
          after(occupied, seek("point-" + i % QUEUES, calls++), NOW.minusSeconds(60 - i / 20));
    }
    return occupied;
  }

  /** The call is answered by the agent whom it is offered to. */
  private SiteState talking(SiteState before, Site.Seek seek, Instant at) {
    SiteState offered = after(before, seek, at);
    return after(offered, new Site.OfferAccepted(new OfferId(seek.call(), 1)), at);
  }

  private SiteState after(SiteState before, Site.Command command, Instant at) {
    if (!(site.decide(before, command, at) instanceof Decision.Accepted<SiteEvent> yes)) {
      throw new IllegalStateException("Expected " + command + " to be accepted, but it was not");
    }
    SiteState after = before;
    for (SiteEvent event : yes.events()) {
      after = site.evolve(after, event);
    }
    return after;
  }

  private static SiteConfiguration configuration() {
    List<Queue> queues = new ArrayList<>();
    List<RoutingPoint> points = new ArrayList<>();
    for (int i = 0; i < QUEUES; i++) {
      TreeMap<Skill, Integer> required = new TreeMap<>();
      required.put(new Skill("skill-" + i % 20), 1);
      QueueId id = new QueueId("queue-" + i);
      queues.add(
          new Queue(
              id,
              required,
              100,
              Duration.ofHours(1),
              Optional.empty(),
              Duration.ofSeconds(15),
              Duration.ofSeconds(20),
              TreatmentMode.EARLY_MEDIA));
      points.add(new RoutingPoint(new RoutingPointId("point-" + i), id, 0));
    }
    points.add(new RoutingPoint(new RoutingPointId("routed"), new QueueId("queue-0"), 0));
    points.add(new RoutingPoint(new RoutingPointId("plain"), new QueueId("queue-0"), 0));
    return new SiteConfiguration(
        queues,
        points,
        new SiteConfiguration.Delays(Duration.ofSeconds(5), Duration.ofSeconds(5)),
        List.of("break"));
  }

  /** Nineteen cases that look at a queue, the clock and the caller, and do not apply. */
  private static String strategy() {
    StringBuilder text = new StringBuilder();
    text.append("name = bench\ntime-zone = \"Europe/Berlin\"\npoints = [routed]\n");
    text.append("hours { office { weekdays = [\"08:00-18:00\"] } }\ncases = [\n");
    for (int i = 1; i < 20; i++) {
      text.append(
          """
          {
            name = "case %d"
            when = "open.office && waiting('queue-%d') > 50 && caller.startsWith('+49%d')"
            targets = [queue-%d, queue-%d, queue-%d]
            choose = least estimated-wait
          }
          """
              .formatted(i, i, i, 3 * i, 3 * i + 1, 3 * i + 2));
    }
    text.append(
        """
        {
          name = everybody
          targets = [queue-%d, queue-%d, queue-%d]
          choose = least estimated-wait
          steps = [ { after = 20s, priority = 5 } ]
        }
        ]
        """
            .formatted(COMPARED.toArray()));
    return text.toString();
  }
}
