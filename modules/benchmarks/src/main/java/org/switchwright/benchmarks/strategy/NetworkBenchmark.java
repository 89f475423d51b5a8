package org.switchwright.benchmarks.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.switchwright.benchmarks.FarSite;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.network.FiguresThen;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Pulse;
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
 * The whole decision about a new call at a controller whose five queues are served by sites of 200
 * agents each: a strategy compares the queues by their expected wait, and so asks for the figures
 * of all sites, which were made of what they have reported.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class NetworkBenchmark {
  private static final int QUEUES = 5;
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Instant OPENED = Instant.parse("2026-11-24T09:00:00Z");
  private static final Instant NOW = OPENED.plusSeconds(300);
  private static final Pulse PULSE = new Pulse(Optional.of(NOW), Duration.ZERO, 1, 1);
  private static final RoutingPointId POINT = new RoutingPointId("sales");
  private static final Personal CALLER =
      Personal.of(new KeyId("k"), "\"Ann\" <sip:+4930123456@example.org>");

  @Param({"5", "100"})
  private int sites;

  private final Map<SiteId, FiguresThen.Known> known = new TreeMap<>();
  private final Map<SiteId, Set<RoutingPointId>> points = new TreeMap<>();
  private Site controller = Site.AGGREGATE;
  private SiteState state = Site.AGGREGATE.initial("controller");

  @Setup
  public void prepare() {
    for (int n = 0; n < sites; n++) {
      FarSite far = new FarSite("site-" + n, 200, n, OPENED);
      for (Instant at = OPENED; at.isBefore(NOW); at = at.plusSeconds(1)) {
        far.advance(at);
      }
      SiteId id = new SiteId("site-" + n);
      MonitorState reported =
          new MonitorState(
              id,
              Optional.of("p1"),
              1,
              Optional.of(NOW),
              Optional.of(OPENED),
              Optional.empty(),
              far.state(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      known.put(id, new FiguresThen.Known(reported, PULSE, state.sentTo(id), Optional.empty()));
      points.put(id, Set.of(POINT));
    }
    FiguresThen figures = lookedAtAllSites();
    controller = Site.routingBy(new RememberingCompiler(new TextCompiler()), figures);
    state = after(new Site.Configure(configuration()));
    state =
        after(
            new Site.PublishStrategy(
                new StrategySource(strategy(), new TreeMap<>()), "bench", "measured"));
    if (!(overAllSites() instanceof Decision.Accepted<SiteEvent>)) {
      throw new IllegalStateException("Expected the call to be taken, but it was not");
    }
  }

  private SiteState after(Site.Command command) {
    Decision<SiteEvent> decided = controller.decide(state, command, OPENED);
    if (!(decided instanceof Decision.Accepted<SiteEvent> yes)) {
      throw new IllegalStateException(
          "Expected " + command + " to be accepted, but got " + decided);
    }
    SiteState after = state;
    for (SiteEvent event : yes.events()) {
      after = controller.evolve(after, event);
    }
    return after;
  }

  private SiteConfiguration configuration() {
    TreeMap<Skill, Integer> required = new TreeMap<>();
    required.put(new Skill("sales"), 1);
    List<Queue> queues = new ArrayList<>();
    List<RoutingPoint> points = new ArrayList<>();
    for (int q = 0; q < QUEUES; q++) {
      TreeMap<SiteId, RoutingPointId> elsewhere = new TreeMap<>();
      for (int n = q; n < sites; n += QUEUES) {
        elsewhere.put(new SiteId("site-" + n), POINT);
      }
      QueueId id = new QueueId("queue-" + q);
      queues.add(
          new Queue(
                  id,
                  required,
                  100,
                  Duration.ofHours(1),
                  Optional.empty(),
                  Duration.ofSeconds(15),
                  Duration.ofSeconds(20),
                  TreatmentMode.EARLY_MEDIA)
              .lookingElsewhere(elsewhere));
      points.add(new RoutingPoint(new RoutingPointId("point-" + q), id, 0));
    }
    points.add(new RoutingPoint(new RoutingPointId("routed"), new QueueId("queue-0"), 0));
    return new SiteConfiguration(
        queues,
        points,
        new SiteConfiguration.Delays(Duration.ofSeconds(5), Duration.ofSeconds(5)),
        List.of("break"));
  }

  private static String strategy() {
    return """
    name = bench
    time-zone = "Europe/Berlin"
    points = [routed]
    cases = [ {
      name = everybody
      targets = [queue-0, queue-1, queue-2, queue-3, queue-4]
      choose = least estimated-wait
    } ]
    """;
  }

  /** What a node does beside its decisions, each half second. */
  @Benchmark
  public FiguresThen lookedAtAllSites() {
    return new FiguresThen(known, points, BEAT, NOW);
  }

  @Benchmark
  public Decision<SiteEvent> overAllSites() {
    return controller.decide(
        state,
        new Site.Seek(
            new CallId("c1"), new InteractionId("i1"), new RoutingPointId("routed"), NOW, CALLER),
        NOW);
  }
}
