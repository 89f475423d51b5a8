package org.switchwright.server.outside;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.switchwright.journal.projection.ProjectionMetrics;
import org.switchwright.journal.store.WriteConflicts;
import org.switchwright.journal.store.WriteTimes;
import org.switchwright.replay.ladder.SipTraceWriter;
import org.switchwright.server.running.RunningServer;
import org.switchwright.sip.EdgeMetrics;
import org.switchwright.sip.stack.Fault;

/** What a node counts of itself. No label names a call, a number or a person. */
public final class NodeMetrics implements ProjectionMetrics {
  private static final String NAME = "switchwright.";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Duration> lags = new ConcurrentHashMap<>();
  private final EdgeMetrics edge = new Edge();

  public NodeMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** For {@link RunningServer#start}. */
  public RunningServer.Metrics forServer() {
    return new RunningServer.Metrics(
        this, edge, views -> new SiteTimes(views, registry, InstantSource.system()));
  }

  /** Adds what can be seen from outside once the node runs. */
  void watch(RunningServer server) {
    Gauge.builder(NAME + "sip.calls", server.edge(), it -> it.liveCalls())
        .description("Calls that this node's edge holds")
        .register(registry);
    Gauge.builder(NAME + "sip.calls.in.setup", server.edge(), it -> it.callsInSetUp())
        .description("Of those, calls that are not connected yet")
        .register(registry);
    Gauge.builder(NAME + "sip.treatments", server.edge(), it -> it.treatments())
        .description("Callers who hear treatment from this node")
        .register(registry);
    for (Fault fault : Fault.values()) {
      FunctionCounter.builder(NAME + "sip.rejected", server.edge(), it -> it.faults().of(fault))
          .description("Messages that were refused before they became anything")
          .tag("reason", Words.of(fault))
          .register(registry);
    }
    Gauge.builder(NAME + "commands.under.way", server.node(), it -> it.commandsUnderWay())
        .description("Commands that have come in and are not journaled yet")
        .register(registry);
    Gauge.builder(NAME + "call.actors", server.node(), it -> it.callActors().orElse(-1))
        .description("Calls whose actor is on this node, whichever edge they came to; -1: unknown")
        .register(registry);
    FunctionCounter.builder(NAME + "effects", server.node(), it -> it.performed())
        .description("Messages and signals that actors on this node have sent")
        .register(registry);
    Gauge.builder(NAME + "nodes", server.node(), it -> it.members())
        .description("Nodes of the cluster that are up")
        .register(registry);
    Gauge.builder(NAME + "keys.ready", server.keys(), it -> it.ready())
        .description("Keys of personal data that can be issued at once")
        .register(registry);
    WriteConflicts conflicts = WriteConflicts.of(server.node().system().classicSystem());
    Timer writes =
        Timer.builder(NAME + "journal.write")
            .description("From handing events over to their commit")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    WriteTimes.of(server.node().system().classicSystem())
        .observe(nanoseconds -> writes.record(nanoseconds, TimeUnit.NANOSECONDS));
    FunctionCounter.builder(NAME + "journal.conflicts", conflicts, it -> it.refused())
        .description("Writes refused because another writer had taken their number")
        .register(registry);
  }

  void watch(SipTraceWriter traces) {
    FunctionCounter.builder(NAME + "sip.trace.dropped", traces, it -> it.dropped())
        .description("Messages that are missing in ladders because too much came at once")
        .register(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }

  private void count(String name, String tag, String value, int by) {
    counters
        .computeIfAbsent(
            name + '|' + value,
            _ -> Counter.builder(NAME + name).tag(tag, value).register(registry))
        .increment(by);
  }

  @Override
  public void handled(String projection, int rows, Duration lag) {
    lags.computeIfAbsent(
        projection,
        name -> {
          Gauge.builder(
                  NAME + "projection.lag.seconds",
                  () -> lags.getOrDefault(name, Duration.ZERO).toMillis() / 1_000.0)
              .description("Age of the last event when it was stored")
              .tag("projection", name)
              .register(registry);
          return lag;
        });
    lags.put(projection, lag);
    count("projection.events", "projection", projection, rows);
  }

  @Override
  public void retried(String projection) {
    count("projection.retries", "projection", projection, 1);
  }

  @Override
  public void stopped(String projection) {
    count("projection.stops", "projection", projection, 1);
  }

  @Override
  public void rebuilt(String projection) {
    count("projection.rebuilds", "projection", projection, 1);
  }

  /** Codes and methods are what we know; a peer's own words never become a label. */
  private final class Edge implements EdgeMetrics {
    @Override
    public void sent(String method, int status) {
      if (status == 0) {
        count("sip.requests.sent", "method", known(method), 1);
      } else {
        count("sip.responses", "code", Integer.toString(status), 1);
      }
    }

    @Override
    public void received(String method, int status) {
      if (status == 0) {
        count("sip.requests.received", "method", known(method), 1);
      } else {
        count("sip.responses.received", "code", code(status), 1);
      }
    }

    @Override
    public void failed(Failure failure) {
      count("sip.failures", "failure", Words.of(failure), 1);
    }

    private static String known(String method) {
      return switch (method) {
        case "INVITE", "ACK", "BYE", "CANCEL", "REGISTER", "OPTIONS", "UPDATE" -> method;
        default -> "other";
      };
    }

    private static String code(int status) {
      return status >= 100 && status < 700 ? Integer.toString(status) : "other";
    }
  }
}
