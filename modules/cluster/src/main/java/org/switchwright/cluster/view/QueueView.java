package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;

/**
 * Keeps {@code site_call}, {@code site_queue} and {@code queue_quarter}: who is where in which
 * queue, which queues there are, and how many came to each and left it how. From sites' events
 * alone.
 */
final class QueueView implements View {
  private static final String SELECT =
      """
      SELECT call_id, site, queue, priority, arrived_at, stand, offers_out FROM site_call
      WHERE call_id = ANY (?)
      """;

  private static final String UPSERT =
      """
      INSERT INTO site_call (call_id, site, queue, priority, arrived_at, stand, offers_out)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (call_id) DO UPDATE SET queue = EXCLUDED.queue, stand = EXCLUDED.stand,
        priority = EXCLUDED.priority, arrived_at = EXCLUDED.arrived_at,
        offers_out = EXCLUDED.offers_out
      """;

  private static final String DELETE = "DELETE FROM site_call WHERE call_id = ANY (?)";

  /** As {@link org.switchwright.domain.site.SiteCall.Stand}. */
  enum Stand {
    WAITING,
    OFFERED,
    TALKING,
    /** With an agent who asks another one; whoever is asked answers nothing of the queue's. */
    CONSULTING,
    RELEASED
  }

  /**
   * @param out how many offers are out
   */
  private record Row(
      String call,
      String site,
      String queue,
      int priority,
      Instant arrivedAt,
      Stand stand,
      int out) {
    Row {
      arrivedAt = Happening.micros(arrivedAt);
    }

    Row standing(Stand next) {
      return new Row(call, site, queue, priority, arrivedAt, next, out);
    }

    Row offered() {
      Stand next = stand == Stand.CONSULTING ? stand : Stand.OFFERED;
      return new Row(call, site, queue, priority, arrivedAt, next, out + 1);
    }

    /** Back at its place with the last of several; those that lost change nothing. */
    Row offerEnded() {
      int left = Math.max(0, out - 1);
      Stand next = stand == Stand.OFFERED && left == 0 ? Stand.WAITING : stand;
      return new Row(call, site, queue, priority, arrivedAt, next, left);
    }

    Row accepted() {
      return new Row(call, site, queue, priority, arrivedAt, Stand.TALKING, Math.max(0, out - 1));
    }

    Row asked() {
      return new Row(call, site, queue, priority, arrivedAt, stand, Math.max(0, out - 1));
    }

    Row prioritised(int next) {
      return new Row(call, site, queue, next, arrivedAt, stand, out);
    }

    Row movedTo(String next) {
      return new Row(call, site, next, priority, arrivedAt, stand, out);
    }

    /** The wait that counts for the queue begins with the transfer. */
    Row sentOn(String next, Instant at) {
      return new Row(call, site, next, priority, at, Stand.WAITING, out);
    }
  }

  /** What one batch does. */
  private record Work(
      WorkingSet<String, Row> rows,
      QueueCounts counts,
      Map<String, SiteConfiguration> configurations) {}

  private final SiteQueues queues;

  QueueView(SiteQueues queues) {
    this.queues = queues;
  }

  @Override
  public List<String> tables() {
    return List.of("site_call", "site_queue", "queue_quarter");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    List<Happening> ofSites = batch.stream().filter(it -> it.event() instanceof SiteEvent).toList();
    if (ofSites.isEmpty()) {
      return;
    }
    Set<String> calls =
        ofSites.stream()
            .flatMap(it -> it.subjects().call().stream())
            .map(CallId::value)
            .collect(Collectors.toSet());
    Work work = new Work(load(connection, calls), new QueueCounts(), new TreeMap<>());
    for (Happening it : ofSites) {
      apply(work, it.id(), (SiteEvent) it.event());
    }
    queues.store(connection, work.configurations());
    store(connection, work.rows());
    work.counts().store(connection);
  }

  private static void apply(Work work, String site, SiteEvent event) {
    switch (event) {
      case SiteEvent.SiteConfigured it -> work.configurations().put(site, it.configuration());
      // It waits, and counts, where it has its place.
      case SiteEvent.CallEntered it when it.origin().isPresent() -> {}
      case SiteEvent.CallEntered it -> {
        String call = it.call().value();
        String queue = it.queue().value();
        work.rows()
            .put(call, new Row(call, site, queue, it.priority(), it.arrivedAt(), Stand.WAITING, 0));
        work.counts().at(site, queue, it.at()).offered++;
      }
      case SiteEvent.CallTakenOver it -> {
        String call = it.call().value();
        String queue = it.queue().value();
        Stand stand = it.out() > 0 ? Stand.OFFERED : Stand.WAITING;
        work.rows()
            .put(call, new Row(call, site, queue, it.priority(), it.arrivedAt(), stand, it.out()));
        work.counts().at(site, queue, it.at()).offered++;
      }
      case SiteEvent.CallOverflowed it when work.rows().find(it.call().value()).isEmpty() -> {}
      case SiteEvent.CallOverflowed it -> {
        work.rows().change(it.call().value(), row -> row.movedTo(it.to().value()));
        work.counts().at(site, it.from().value(), it.at()).overflowed++;
        work.counts().at(site, it.to().value(), it.at()).offered++;
      }
      case SiteEvent.CallTransferred it ->
          sentOn(work, site, it.offer(), it.to().value(), it.priority(), it.at());
      case SiteEvent.CallRequeued it ->
          sentOn(work, site, it.offer(), it.queue().value(), 0, it.at());
      case SiteEvent.CallStepped it -> stepped(work, site, it);
      case SiteEvent.CallReleased it ->
          work.rows().change(it.call().value(), row -> row.standing(Stand.RELEASED));
      case SiteEvent.AgentReserved it -> change(work, it.offer(), Row::offered);
      case SiteEvent.OfferEnded it -> change(work, it.offer(), Row::offerEnded);
      case SiteEvent.OfferAccepted it -> {
        change(work, it.offer(), Row::accepted);
        work.rows()
            .find(it.offer().call().value())
            .ifPresent(row -> {
              QueueCounts.Counts counts = work.counts().at(site, row.queue(), it.at());
              counts.answered++;
              counts.answeredWaitedMs += Duration.between(row.arrivedAt(), it.at()).toMillis();
            });
      }
      case SiteEvent.CallLeft it -> {
        work.rows()
            .find(it.call().value())
            .filter(row -> row.stand() != Stand.TALKING && row.stand() != Stand.CONSULTING)
            .ifPresent(row -> left(work.counts().at(site, row.queue(), it.at()), it.outcome()));
        work.rows().remove(it.call().value());
      }
      case SiteEvent.CallReprioritised it ->
          work.rows().change(it.call().value(), row -> row.prioritised(it.to()));
      case SiteEvent.ConsultBegan it ->
          change(work, it.offer(), row -> row.standing(Stand.CONSULTING));
      case SiteEvent.ConsultAnswered it -> change(work, it.offer(), Row::asked);
      case SiteEvent.ConferenceBegan it ->
          change(work, it.conferring().offer(), row -> row.standing(Stand.TALKING));
      case SiteEvent.ConferenceEnded it ->
          change(work, it.conferring().offer(), row -> row.standing(Stand.CONSULTING));
      case SiteEvent.ConsultEnded it ->
          change(work, it.offer(), row -> row.standing(Stand.TALKING));
      case SiteEvent.OfOtherSites _,
          SiteEvent.CallQueued _,
          SiteEvent.CallWidened _,
          SiteEvent.CallAnnounced _,
          SiteEvent.CallRouted _,
          SiteEvent.StrategyPublished _,
          SiteEvent.StrategyActivated _,
          SiteEvent.QueueDeserted _,
          SiteEvent.QueueAttended _,
          SiteEvent.WrapUpExtended _,
          SiteEvent.CallUndirected _,
          SiteEvent.RingStepped _,
          SiteEvent.OfferOverdue _,
          SiteEvent.ConversationChecked _,
          SiteEvent.ConversationEnded _,
          SiteEvent.WrapUpEnded _,
          SiteEvent.AgentRested _,
          SiteEvent.UnknownCallEnded _,
          SiteEvent.AgentReported _ -> {}
    }
  }

  /** The caller was answered where he came from, and comes to a queue once more. */
  private static void sentOn(
      Work work, String site, OfferId offer, String queue, int priority, Instant at) {
    String call = offer.call().value();
    if (work.rows().find(call).isPresent()) {
      work.rows().change(call, row -> row.sentOn(queue, at));
    } else {
      work.rows().put(call, new Row(call, site, queue, priority, at, Stand.WAITING, 0));
    }
    work.counts().at(site, queue, at).offered++;
  }

  /** A strategy's step that moves a call counts as the queue's passing it on. */
  private static void stepped(Work work, String site, SiteEvent.CallStepped it) {
    String call = it.call().value();
    Optional<String> to = it.aim().flatMap(Route.Aim::queue).map(QueueId::value);
    Optional<String> from =
        work.rows().find(call).map(Row::queue).filter(queue -> !to.equals(Optional.of(queue)));
    if (to.isPresent() && from.isPresent()) {
      work.rows().change(call, row -> row.movedTo(to.get()));
      work.counts().at(site, from.get(), it.at()).overflowed++;
      work.counts().at(site, to.get(), it.at()).offered++;
    }
    it.aim()
        .flatMap(Route.Aim::priority)
        .ifPresent(next -> work.rows().change(call, row -> row.prioritised(next)));
  }

  private static void change(Work work, OfferId offer, UnaryOperator<Row> change) {
    work.rows().change(offer.call().value(), change);
  }

  /** Without having talked to an agent as far as the site knows. */
  private static void left(QueueCounts.Counts counts, CallOutcome outcome) {
    switch (outcome) {
      case SERVED -> counts.answered++;
      case ABANDONED -> counts.abandoned++;
      case OVERFLOWED -> counts.overflowed++;
      case REFUSED -> counts.refused++;
      case FAILED -> counts.failed++;
      // As one that moved on to another queue.
      case HANDED_ON -> counts.overflowed++;
      case ELSEWHERE -> {}
    }
  }

  private static WorkingSet<String, Row> load(Connection connection, Collection<String> calls)
      throws SQLException {
    WorkingSet<String, Row> rows = new WorkingSet<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      new Parameters(select).texts(calls);
      Cells cells = new Cells(select.executeQuery());
      while (cells.next()) {
        Row row =
            new Row(
                cells.text(),
                cells.text(),
                cells.text(),
                cells.count(),
                cells.at(),
                cells.constant(Stand.class),
                cells.count());
        rows.loaded(row.call(), row);
      }
    }
    return rows;
  }

  private static void store(Connection connection, WorkingSet<String, Row> rows)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE);
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      if (!rows.removed().isEmpty()) {
        new Parameters(delete).texts(rows.removed());
        delete.executeUpdate();
      }
      Parameters parameters = new Parameters(upsert);
      for (Row row : rows.changed()) {
        parameters
            .text(row.call())
            .text(row.site())
            .text(row.queue())
            .number(row.priority())
            .at(row.arrivedAt())
            .name(row.stand())
            .number(row.out())
            .addToBatch();
      }
      upsert.executeBatch();
    }
  }
}
