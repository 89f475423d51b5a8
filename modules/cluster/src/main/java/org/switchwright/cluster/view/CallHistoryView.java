package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.Conference;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.SiteEvent;

/** Keeps {@code call_history}: one row a call from its arrival on, filled as events come. */
final class CallHistoryView implements View {
  private static final String COLUMNS =
      """
      call_id, interaction_id, site, routing_point, queue, arrived_at, queued_at, offers, agent,
      answered_at, connected_at, ended_at, outcome, cause, ended_by
      """;

  private static final String SELECT =
      "SELECT " + COLUMNS + ", talked_ms FROM call_history WHERE call_id = ANY (?)";

  private static final String UPSERT =
      "INSERT INTO call_history ("
          + COLUMNS
          + ", waited_ms, talked_ms)"
          + """
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (call_id) DO UPDATE SET
             queue = EXCLUDED.queue, queued_at = EXCLUDED.queued_at, offers = EXCLUDED.offers,
             agent = EXCLUDED.agent, answered_at = EXCLUDED.answered_at,
             connected_at = EXCLUDED.connected_at, ended_at = EXCLUDED.ended_at,
             outcome = EXCLUDED.outcome, cause = EXCLUDED.cause, ended_by = EXCLUDED.ended_by,
             waited_ms = EXCLUDED.waited_ms, talked_ms = EXCLUDED.talked_ms
          """;

  @Override
  public List<String> tables() {
    return List.of("call_history");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    Set<String> calls =
        batch.stream()
            .flatMap(it -> it.subjects().call().stream())
            .map(CallId::value)
            .collect(Collectors.toSet());
    if (calls.isEmpty()) {
      return;
    }
    WorkingSet<String, HistoryRow> rows = load(connection, calls);
    for (Happening it : batch) {
      switch (it.event()) {
        case CallEvent event -> apply(rows, it.id(), event);
        case SiteEvent event -> apply(rows, event);
        default -> {}
      }
    }
    store(connection, rows);
  }

  private static void apply(WorkingSet<String, HistoryRow> rows, String call, CallEvent event) {
    switch (event) {
      case CallEvent.CallArrived it -> rows.put(call, HistoryRow.arrived(call, it));
      case CallEvent.CallQueued it -> rows.change(call, row -> row.queued(it.at()));
      case CallEvent.CallOffered it ->
          rows.change(call, row -> row.offered(it.offer().number(), it.agent().value()));
      case CallEvent.OfferEnded it -> rows.change(call, row -> row.offerEnded(it.offer().number()));
      case CallEvent.OfferAccepted it ->
          rows.change(call, row -> row.answered(it.offer().number(), it.at()));
      case CallEvent.ConsultBegan it -> rows.change(call, row -> row.consulting(it.at()));
      case CallEvent.ConsultEnded it ->
          rows.change(
              call,
              row ->
                  it.ending() == Consultation.Ending.LEFT
                      ? row.sentOn(it.at())
                      : row.consulting(it.at()).consulted(it.agent().value()));
      case CallEvent.ConferenceJoined it when Conference.callers(it.leg()) ->
          rows.change(call, row -> row.connected(it.at()));
      case CallEvent.ConferenceJoined _ -> {}
      case CallEvent.ConferenceEnded it -> rows.change(call, row -> row.consulting(it.at()));
      case CallEvent.CallConnected it -> rows.change(call, row -> row.connected(it.at()));
      case CallEvent.CallTransferred it -> rows.change(call, row -> row.sentOn(it.at()));
      case CallEvent.CallEnded it -> rows.change(call, row -> row.ended(it));
      case CallEvent.OfExpectation _,
          CallEvent.OfData _,
          CallEvent.ConferenceBegan _,
          CallEvent.ConferenceNoted _,
          CallEvent.ConsultNoted _,
          CallEvent.SoughtAgain _,
          CallEvent.TreatmentStarted _,
          CallEvent.TreatmentFailed _,
          CallEvent.TreatmentRestarted _,
          CallEvent.TreatmentRenewed _,
          CallEvent.CallerConfirmed _,
          CallEvent.StationRang _,
          CallEvent.OfferEnding _,
          CallEvent.OfferForgone _,
          CallEvent.LegReinvited _,
          CallEvent.ReinvitePostponed _,
          CallEvent.ReinviteSettled _,
          CallEvent.RenegotiationStarted _,
          CallEvent.RenegotiationAgreed _,
          CallEvent.RenegotiationRefused _,
          CallEvent.SessionRefreshed _,
          CallEvent.AnsweredTooLate _,
          CallEvent.LegReleased _,
          CallEvent.ReleaseGivenUp _,
          CallEvent.CallSettled _ -> {}
    }
  }

  /**
   * Only the site knows the queue of a call that never waited, or that was moved on, and says which
   * of several agents has it.
   */
  private static void apply(WorkingSet<String, HistoryRow> rows, SiteEvent event) {
    switch (event) {
      case SiteEvent.CallEntered it ->
          rows.change(it.call().value(), row -> row.entered(it.queue().value()));
      case SiteEvent.CallOverflowed it ->
          rows.change(it.call().value(), row -> row.moved(it.to().value()));
      case SiteEvent.CallTransferred it ->
          rows.change(it.offer().call().value(), row -> row.moved(it.to().value()));
      case SiteEvent.OfferAccepted it ->
          rows.change(it.offer().call().value(), row -> row.answeredBy(it.agent().value()));
      case SiteEvent.CallStepped it ->
          it.aim()
              .flatMap(Route.Aim::queue)
              .ifPresent(to -> rows.change(it.call().value(), row -> row.moved(to.value())));
      case SiteEvent.ConsultBegan _,
          SiteEvent.ConsultAnswered _,
          SiteEvent.ConferenceBegan _,
          SiteEvent.ConferenceEnded _,
          SiteEvent.ConsultEnded _,
          SiteEvent.SiteConfigured _,
          SiteEvent.CallRequeued _,
          SiteEvent.CallUndirected _,
          SiteEvent.OfOtherSites _,
          SiteEvent.CallQueued _,
          SiteEvent.CallReleased _,
          SiteEvent.CallWidened _,
          SiteEvent.CallAnnounced _,
          SiteEvent.CallRouted _,
          SiteEvent.StrategyPublished _,
          SiteEvent.StrategyActivated _,
          SiteEvent.CallReprioritised _,
          SiteEvent.QueueDeserted _,
          SiteEvent.QueueAttended _,
          SiteEvent.WrapUpExtended _,
          SiteEvent.AgentReserved _,
          SiteEvent.RingStepped _,
          SiteEvent.OfferOverdue _,
          SiteEvent.OfferEnded _,
          SiteEvent.ConversationChecked _,
          SiteEvent.ConversationEnded _,
          SiteEvent.CallLeft _,
          SiteEvent.WrapUpEnded _,
          SiteEvent.AgentRested _,
          SiteEvent.UnknownCallEnded _,
          SiteEvent.AgentReported _ -> {}
    }
  }

  private static WorkingSet<String, HistoryRow> load(
      Connection connection, Collection<String> calls) throws SQLException {
    WorkingSet<String, HistoryRow> rows = new WorkingSet<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      new Parameters(select).texts(calls);
      Cells cells = new Cells(select.executeQuery());
      while (cells.next()) {
        HistoryRow row =
            new HistoryRow(
                    cells.text(),
                    cells.text(),
                    cells.text(),
                    cells.text(),
                    cells.textOrNull(),
                    cells.at(),
                    cells.atOrNull(),
                    cells.count(),
                    cells.textOrNull(),
                    cells.atOrNull(),
                    cells.atOrNull(),
                    cells.atOrNull(),
                    cells.textOrNull(),
                    cells.textOrNull(),
                    cells.textOrNull(),
                    0)
                .havingTalked(cells.number());
        rows.loaded(row.call(), row);
      }
    }
    return rows;
  }

  private static void store(Connection connection, WorkingSet<String, HistoryRow> rows)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      Parameters parameters = new Parameters(upsert);
      for (HistoryRow row : rows.changed()) {
        parameters
            .text(row.call())
            .text(row.interaction())
            .text(row.site())
            .text(row.point())
            .text(row.queue())
            .at(row.arrivedAt())
            .at(row.queuedAt())
            .number(row.offers())
            .text(row.agent())
            .at(row.answeredAt())
            .at(row.connectedAt())
            .at(row.endedAt())
            .text(row.outcome())
            .text(row.cause())
            .text(row.endedBy())
            .numberOrNull(row.waitedMs())
            .numberOrNull(row.talkedMs())
            .addToBatch();
      }
      upsert.executeBatch();
    }
  }
}
