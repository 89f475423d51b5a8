package org.switchwright.server.outside;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.EventNames;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.projection.Projection;
import org.switchwright.journal.reader.JournalRow;

/**
 * Measures waits and offers while the read models take in the site's events, which happens on one
 * node of the cluster only: so the sum over nodes is right. What is older than a minute, as in a
 * rebuild, is not measured again.
 */
final class SiteTimes implements Projection {
  /** Calls whose arrival is remembered, at most; the oldest is forgotten first. */
  static final int MAX_CALLS = 50_000;

  private static final Duration OLD = Duration.ofMinutes(1);
  private static final Set<String> OF_INTEREST =
      Stream.of(
              SiteEvent.CallEntered.class,
              SiteEvent.AgentReserved.class,
              SiteEvent.OfferAccepted.class,
              SiteEvent.OfferEnded.class,
              SiteEvent.CallLeft.class)
          .flatMap(type -> EventNames.everyVersion(type).stream())
          .collect(Collectors.toUnmodifiableSet());

  /**
   * A call's arrival, and the offer that is out.
   *
   * @param out the offers that are out, and since when; no more than may ring for a call
   */
  private record Standing(QueueId queue, Instant arrivedAt, Map<OfferId, Instant> out) {}

  private final Projection measured;
  private final MeterRegistry registry;
  private final InstantSource clock;
  private final EventFormat format = new EventFormat(new SealedPersonal());
  private final Map<CallId, Standing> standings =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallId, Standing> eldest) {
          return size() > MAX_CALLS;
        }
      };

  SiteTimes(Projection measured, MeterRegistry registry, InstantSource clock) {
    this.measured = measured;
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public String name() {
    return measured.name();
  }

  /** Measured only once they are handled, so that a batch that is tried again counts once. */
  @Override
  public void handle(Connection connection, List<JournalRow> rows) throws Exception {
    measured.handle(connection, rows);
    Instant recent = clock.instant().minus(OLD);
    for (JournalRow row : rows) {
      if (OF_INTEREST.contains(row.manifest()) && row.writtenAt().isAfter(recent)) {
        measure((SiteEvent) format.read(row.manifest(), row.payload()).event());
      }
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    standings.clear();
    measured.clear(connection);
  }

  private void measure(SiteEvent event) {
    switch (event) {
      case SiteEvent.CallEntered it ->
          standings.put(it.call(), new Standing(it.queue(), it.arrivedAt(), new HashMap<>()));
      case SiteEvent.AgentReserved it ->
          standings.computeIfPresent(
              it.offer().call(),
              (_, call) -> {
                call.out().put(it.offer(), it.at());
                return new Standing(it.decision().queue(), call.arrivedAt(), call.out());
              });
      case SiteEvent.OfferAccepted it -> {
        Standing call = standings.get(it.offer().call());
        if (call != null) {
          record("switchwright.answer", "From arrival to answer", call, call.arrivedAt(), it.at());
          offered(call, it.offer(), "accepted", it.at());
        }
      }
      case SiteEvent.OfferEnded it -> {
        Standing call = standings.get(it.offer().call());
        if (call != null) {
          offered(call, it.offer(), Words.of(it.outcome()), it.at());
        }
      }
      case SiteEvent.CallLeft it -> standings.remove(it.call());
      default -> throw new IllegalStateException("Expected an event of interest, but got another");
    }
  }

  private void offered(Standing call, OfferId offer, String outcome, Instant at) {
    Instant offeredAt = call.out().remove(offer);
    if (offeredAt != null) {
      timer("switchwright.offer", "How long an offer was out")
          .tag("outcome", outcome)
          .register(registry)
          .record(between(offeredAt, at));
    }
  }

  private void record(String name, String what, Standing call, Instant from, Instant to) {
    timer(name, what)
        .tag("queue", call.queue().value())
        .register(registry)
        .record(between(from, to));
  }

  private static Timer.Builder timer(String name, String what) {
    return Timer.builder(name)
        .description(what)
        .serviceLevelObjectives(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(300),
            Duration.ofSeconds(600));
  }

  /** The clocks of two nodes may disagree. */
  private static Duration between(Instant from, Instant to) {
    Duration span = Duration.between(from, to);
    return span.isNegative() ? Duration.ZERO : span;
  }
}
