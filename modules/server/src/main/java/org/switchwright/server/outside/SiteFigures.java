package org.switchwright.server.outside;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.QueueStates;

/**
 * The site's own figures, read when they are asked for. Every node tells the same ones: take the
 * maximum over nodes, not the sum.
 */
final class SiteFigures {
  private static final Logger LOG = LoggerFactory.getLogger(SiteFigures.class);

  private final QueueStates queues;
  private final AgentStates agents;
  private final MultiGauge waiting;
  private final MultiGauge oldest;
  private final MultiGauge ready;
  private final MultiGauge states;

  SiteFigures(DataSource source, MeterRegistry registry) {
    this.queues = new QueueStates(source);
    this.agents = new AgentStates(source);
    this.waiting =
        MultiGauge.builder("switchwright.queue.waiting")
            .description("Calls that wait")
            .register(registry);
    this.oldest =
        MultiGauge.builder("switchwright.queue.oldest.seconds")
            .description("How long the one has waited that has waited longest; absent if none")
            .register(registry);
    this.ready =
        MultiGauge.builder("switchwright.queue.ready")
            .description("Agents that would be given a call of this queue now")
            .register(registry);
    this.states =
        MultiGauge.builder("switchwright.agents").description("Agents by state").register(registry);
  }

  /** What cannot be read now is not told, rather than told wrong. */
  void refresh() {
    try {
      queues();
      agents();
    } catch (SQLException e) {
      LOG.warn("The site's figures cannot be read now: SQLSTATE {}", e.getSQLState());
      List.of(waiting, oldest, ready, states).forEach(it -> it.register(List.of(), true));
    }
  }

  private void queues() throws SQLException {
    Instant now = InstantSource.system().instant();
    List<Row<?>> waitingRows = new ArrayList<>();
    List<Row<?>> oldestRows = new ArrayList<>();
    List<Row<?>> readyRows = new ArrayList<>();
    for (QueueStates.QueueNow queue : queues.read(now).queues()) {
      Tags tags = Tags.of("site", queue.site().value(), "queue", queue.queue().value());
      waitingRows.add(Row.of(tags, queue.waiting()));
      readyRows.add(Row.of(tags, queue.ready()));
      queue
          .oldestArrivedAt()
          .ifPresent(
              at -> oldestRows.add(Row.of(tags, Duration.between(at, now).toMillis() / 1_000.0)));
    }
    waiting.register(waitingRows, true);
    oldest.register(oldestRows, true);
    ready.register(readyRows, true);
  }

  private void agents() throws SQLException {
    Map<String, Integer> counts = new TreeMap<>();
    for (AgentStates.StateCount count : agents.counts()) {
      boolean works = count.work() != AgentStates.Work.FREE;
      String state = works ? Words.of(count.work()) : Words.of(count.wish());
      counts.merge(state, count.agents(), Integer::sum);
    }
    List<Row<?>> rows = new ArrayList<>();
    counts.forEach((state, count) -> rows.add(Row.of(Tags.of("state", state), count)));
    states.register(rows, true);
  }
}
