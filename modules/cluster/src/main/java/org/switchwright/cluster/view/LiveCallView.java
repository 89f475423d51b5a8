package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchwright.cluster.view.LiveCalls.State;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.Conference;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.site.SiteEvent;

/** Keeps {@code live_call}: from a call's arrival until the site has taken note of its end. */
final class LiveCallView implements View {
  private static final String SELECT =
      """
      SELECT call_id, interaction_id, site, routing_point, state, since, arrived_at, agent, offers,
        offers_out
      FROM live_call WHERE call_id = ANY (?)
      """;

  private static final String UPSERT =
      """
      INSERT INTO live_call
        (call_id, interaction_id, site, routing_point, state, since, arrived_at, agent, offers,
         offers_out)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (call_id) DO UPDATE SET
        state = EXCLUDED.state, since = EXCLUDED.since, agent = EXCLUDED.agent,
        offers = EXCLUDED.offers, offers_out = EXCLUDED.offers_out
      """;

  private static final String DELETE = "DELETE FROM live_call WHERE call_id = ANY (?)";

  /**
   * @param out how many offers are out
   */
  private record Row(
      String call,
      String interaction,
      String site,
      String point,
      State state,
      Instant since,
      Instant arrivedAt,
      @Nullable String agent,
      int offers,
      int out) {
    Row {
      since = Happening.micros(since);
      arrivedAt = Happening.micros(arrivedAt);
    }

    Row in(State next, Instant at) {
      return with(next, at, agent, offers, out);
    }

    private Row with(State next, Instant at, @Nullable String to, int highest, int open) {
      return new Row(call, interaction, site, point, next, at, arrivedAt, to, highest, open);
    }

    /** One that rings already rings on. */
    Row offered(String to, int number, Instant at) {
      int highest = Math.max(offers, number);
      return out > 0
          ? with(state, since, to, highest, out + 1)
          : with(State.OFFERED, at, to, highest, 1);
    }

    Row rang(Instant at) {
      return state == State.OFFERED ? in(State.RINGING, at) : this;
    }

    Row answered(int number, Instant at) {
      return with(State.JOINING, at, number == offers ? agent : null, offers, 0);
    }

    /** The site says so later than the call, which may have been sent on meanwhile. */
    Row answeredBy(String who) {
      return state != State.JOINING && state != State.CONNECTED
          ? this
          : with(state, since, who, offers, out);
    }

    /** The last of several; those that lost change nothing. */
    Row offerEnded(int number, Instant at) {
      if (state != State.OFFERED && state != State.RINGING) {
        return this;
      }
      @Nullable String left = number == offers ? null : agent;
      return out > 1 ? with(state, since, left, offers, out - 1) : sought(at);
    }

    /** Talks no longer with both agents, if it did. */
    Row unmixed(Instant at) {
      return state == State.CONNECTED ? in(State.CONSULTING, at) : this;
    }

    Row joining(String who, Instant at) {
      return with(State.JOINING, at, who, offers, out);
    }

    Row sought(Instant at) {
      return with(State.SEEKING, at, null, offers, 0);
    }
  }

  @Override
  public List<String> tables() {
    return List.of("live_call");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    Set<String> calls = batch.stream().flatMap(it -> call(it).stream()).collect(Collectors.toSet());
    if (calls.isEmpty()) {
      return;
    }
    WorkingSet<String, Row> rows = load(connection, calls);
    for (Happening it : batch) {
      switch (it.event()) {
        case CallEvent event -> apply(rows, it.id(), event);
        case SiteEvent.OfferAccepted accepted ->
            rows.change(
                accepted.offer().call().value(), row -> row.answeredBy(accepted.agent().value()));
        default -> {}
      }
    }
    store(connection, rows);
  }

  private static Optional<String> call(Happening it) {
    return switch (it.event()) {
      case CallEvent _ -> Optional.of(it.id());
      case SiteEvent.OfferAccepted accepted -> Optional.of(accepted.offer().call().value());
      default -> Optional.empty();
    };
  }

  private static void apply(WorkingSet<String, Row> rows, String call, CallEvent event) {
    Instant at = event.at();
    switch (event) {
      case CallEvent.CallArrived it ->
          rows.put(
              call,
              new Row(
                  call,
                  it.interaction().value(),
                  it.site().value(),
                  it.point().value(),
                  it.offered() == null ? State.GREETING : State.SEEKING,
                  at,
                  at,
                  null,
                  0,
                  0));
      case CallEvent.CallerConfirmed _ ->
          rows.change(call, row -> row.state() == State.GREETING ? row.sought(at) : row);
      case CallEvent.CallQueued _ -> searched(rows, call, row -> row.in(State.WAITING, at));
      case CallEvent.CallOffered it ->
          searched(rows, call, row -> row.offered(it.agent().value(), it.offer().number(), at));
      case CallEvent.StationRang _ -> searched(rows, call, row -> row.rang(at));
      case CallEvent.OfferEnded it ->
          searched(rows, call, row -> row.offerEnded(it.offer().number(), at));
      case CallEvent.ConsultBegan _ -> rows.change(call, row -> row.in(State.CONSULTING, at));
      case CallEvent.ConsultEnded it ->
          rows.change(
              call,
              row ->
                  it.ending() == Consultation.Ending.LEFT
                      ? row.sought(at)
                      : row.joining(it.agent().value(), at));
      case CallEvent.ConferenceJoined it when Conference.callers(it.leg()) ->
          rows.change(call, row -> row.in(State.CONNECTED, at));
      case CallEvent.ConferenceJoined _ -> {}
      case CallEvent.ConferenceEnded _ -> rows.change(call, row -> row.unmixed(at));
      case CallEvent.CallTransferred _ -> rows.change(call, row -> row.sought(at));
      case CallEvent.OfferAccepted it ->
          searched(rows, call, row -> row.answered(it.offer().number(), at));
      case CallEvent.CallConnected _ -> rows.change(call, row -> row.in(State.CONNECTED, at));
      case CallEvent.CallEnded _ -> rows.change(call, row -> row.in(State.ENDING, at));
      case CallEvent.CallSettled _ -> rows.remove(call);
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
          CallEvent.ReleaseGivenUp _ -> {}
    }
  }

  /** While an agent asks another one, the call is that agent's. */
  private static void searched(
      WorkingSet<String, Row> rows, String call, UnaryOperator<Row> change) {
    rows.change(call, row -> row.state() == State.CONSULTING ? row : change.apply(row));
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
                cells.text(),
                cells.constant(State.class),
                cells.at(),
                cells.at(),
                cells.textOrNull(),
                cells.count(),
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
            .text(row.interaction())
            .text(row.site())
            .text(row.point())
            .name(row.state())
            .at(row.since())
            .at(row.arrivedAt())
            .text(row.agent())
            .number(row.offers())
            .number(row.out())
            .addToBatch();
      }
      upsert.executeBatch();
    }
  }
}
