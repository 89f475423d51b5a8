package org.switchwright.benchmarks;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.store.EventFormatSetup;
import org.switchwright.journal.store.JournalConfiguration;

/** Persistent actors on the product's own way to the journal, written to by turns. */
final class JournalWriters implements AutoCloseable {
  static final int ACTORS = 1_000;

  /** Makes the event about as large as the events of a call are on average. */
  private static final int NAMED_AGENTS = 5;

  private static final EventFormat FORMAT = new EventFormat(new SealedPersonal());

  private final ActorSystem<Void> system;
  private final List<ActorRef<Writer.Write>> writers = new ArrayList<>();

  private JournalWriters(ActorSystem<Void> system) {
    this.system = system;
    for (int n = 0; n < ACTORS; n++) {
      writers.add(system.systemActorOf(Writer.create("writer-" + n), "w" + n, Props.empty()));
    }
  }

  static JournalWriters start(DatabaseSettings settings) {
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(
                ConfigFactory.parseString("pekko { loglevel = WARNING, log-dead-letters = off }")
                    .withFallback(JournalConfiguration.of(settings))
                    .withFallback(ConfigFactory.load())),
            new EventFormatSetup(FORMAT));
    return new JournalWriters(ActorSystem.create(Behaviors.empty(), "journal", setup));
  }

  /**
   * Keeps so many writes under way for so long.
   *
   * @return events a second
   */
  double write(int inFlight, Duration time) throws Exception {
    CompletableFuture<Double> rate = new CompletableFuture<>();
    system.systemActorOf(
        Pump.create(writers, inFlight, time, rate), "pump-" + System.nanoTime(), Props.empty());
    return rate.get(time.toSeconds() + 60, TimeUnit.SECONDS);
  }

  static Journaled<SiteEvent> event() {
    Instant at = Instant.parse("2026-01-31T12:00:00.123456Z");
    CallId call = new CallId("c7f3a9d5e1b2c4d6f8a0b1c2d3e4f5a6");
    AgentId chosen = new AgentId("agent-0001");
    List<RoutingDecision.Considered> considered = new ArrayList<>();
    for (int n = 1; n <= NAMED_AGENTS; n++) {
      considered.add(
          new RoutingDecision.Considered(
              new AgentId("agent-000" + n),
              n == 1 ? RoutingDecision.Verdict.CHOSEN : RoutingDecision.Verdict.IDLE_FOR_LESS,
              null,
              at,
              (long) n));
    }
    RoutingDecision decision =
        new RoutingDecision(
            new QueueId("sales"), chosen, AgentChoice.LONGEST_IDLE, 0, considered, 450, 0);
    Instant until = at.plusSeconds(15);
    return new Journaled<>(
        new SiteEvent.AgentReserved(at, new OfferId(call, 1), chosen, until, decision), until);
  }

  static byte[] payload() {
    return FORMAT.write(event());
  }

  static String manifest() {
    return FORMAT.name(event());
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
