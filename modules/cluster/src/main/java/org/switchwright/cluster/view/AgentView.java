package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.switchwright.cluster.view.AgentStates.Work;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteEvent;

/**
 * Keeps {@code agent_now} and {@code agent_stint}: wish and station from agents' events, work from
 * their site's, and from a call's that the phone rings.
 */
final class AgentView implements View {
  private final SkillLevels levels;

  AgentView(SkillLevels levels) {
    this.levels = levels;
  }

  @Override
  public List<String> tables() {
    return List.of("agent_now", "agent_stint");
  }

  @Override
  public void handle(Connection connection, List<Happening> batch) throws SQLException {
    Set<String> agents =
        batch.stream()
            .flatMap(it -> it.subjects().agents().stream())
            .map(AgentId::value)
            .collect(Collectors.toSet());
    Set<String> ringing =
        batch.stream()
            .filter(it -> it.event() instanceof CallEvent.StationRang)
            .map(Happening::id)
            .collect(Collectors.toSet());
    if (agents.isEmpty() && ringing.isEmpty()) {
      return;
    }
    AgentTables tables = AgentTables.load(connection, agents, ringing);
    for (Happening it : batch) {
      switch (it.event()) {
        case AgentEvent event -> apply(tables, it.id(), event);
        case SiteEvent event -> apply(tables, event);
        case CallEvent.StationRang event -> rang(tables, event);
        default -> {}
      }
    }
    tables.store(connection);
  }

  private void apply(AgentTables tables, String agent, AgentEvent event) {
    Instant at = event.at();
    switch (event) {
      case AgentEvent.AgentConfigured it -> {
        String skills = levels.write(it.skills());
        tables.create(agent, skills, at);
        change(
            tables,
            agent,
            at,
            row -> {
              row.site = it.site().value();
              row.skills = skills;
              row.version = it.version();
            });
      }
      case AgentEvent.WishChanged it ->
          change(
              tables,
              agent,
              at,
              row -> {
                row.wishing(it.wish(), at);
                row.version = it.version();
              });
      case AgentEvent.StationRegistered it ->
          change(
              tables,
              agent,
              at,
              row -> {
                row.station = true;
                row.version = it.version();
              });
      case AgentEvent.StationLost it ->
          change(
              tables,
              agent,
              at,
              row -> {
                row.station = false;
                row.version = it.version();
              });
      case AgentEvent.JudgementNoted it ->
          change(tables, agent, at, row -> row.version = it.version());
      case AgentEvent.ReportAcknowledged it ->
          change(tables, agent, at, row -> row.acknowledged = it.version());
      case AgentEvent.WishRenewed _, AgentEvent.RegistrationRefreshed _ -> {}
    }
  }

  private static void apply(AgentTables tables, SiteEvent event) {
    Instant at = event.at();
    switch (event) {
      case SiteEvent.AgentReserved it ->
          change(
              tables,
              it.agent(),
              at,
              row -> row.busyWith(Work.RESERVED, it.offer(), at, it.until()));
      case SiteEvent.OfferAccepted it ->
          change(tables, it.agent(), at, row -> row.busyWith(Work.TALKING, it.offer(), at, null));
      case SiteEvent.ConsultAnswered it ->
          change(tables, it.agent(), at, row -> row.busyWith(Work.TALKING, it.offer(), at, null));
      case SiteEvent.OfferEnded it ->
          change(
              tables,
              it.agent(),
              at,
              row -> {
                row.working(it.spared() ? Work.RESTING : after(it.outcome()), at, it.until());
                row.judgedVersion = row.siteVersion;
              });
      case SiteEvent.ConversationEnded it -> {
        Instant until = it.wrapUpUntil();
        Work next = until == null ? Work.FREE : Work.WRAP_UP;
        change(tables, it.agent(), at, row -> row.working(next, at, until));
      }
      case SiteEvent.WrapUpExtended it ->
          change(tables, it.agent(), at, row -> row.workUntil = Happening.micros(it.until()));
      case SiteEvent.WrapUpEnded it -> free(tables, it.agent(), at);
      case SiteEvent.AgentRested it -> free(tables, it.agent(), at);
      case SiteEvent.AgentReported it ->
          change(
              tables,
              it.agent(),
              at,
              row -> {
                row.siteVersion = it.version();
                if (row.work == Work.JUDGED && it.judged() >= row.judgedVersion) {
                  row.working(Work.FREE, at, null);
                }
              });
      case SiteEvent.ConsultBegan _,
          SiteEvent.ConferenceBegan _,
          SiteEvent.ConferenceEnded _,
          SiteEvent.ConsultEnded _,
          SiteEvent.SiteConfigured _,
          SiteEvent.UnknownCallEnded _,
          SiteEvent.CallEntered _,
          SiteEvent.OfOtherSites _,
          SiteEvent.CallQueued _,
          SiteEvent.CallOverflowed _,
          SiteEvent.CallTransferred _,
          SiteEvent.CallRequeued _,
          SiteEvent.CallUndirected _,
          SiteEvent.CallReleased _,
          SiteEvent.CallWidened _,
          SiteEvent.CallAnnounced _,
          SiteEvent.CallRouted _,
          SiteEvent.CallStepped _,
          SiteEvent.StrategyPublished _,
          SiteEvent.StrategyActivated _,
          SiteEvent.CallReprioritised _,
          SiteEvent.QueueDeserted _,
          SiteEvent.QueueAttended _,
          SiteEvent.RingStepped _,
          SiteEvent.OfferOverdue _,
          SiteEvent.ConversationChecked _,
          SiteEvent.CallLeft _ -> {}
    }
  }

  private static Work after(OfferOutcome outcome) {
    return switch (outcome) {
      case WITHDRAWN -> Work.FREE;
      case REJECTED, BUSY -> Work.RESTING;
      case MISSED, UNREACHABLE -> Work.JUDGED;
      case ACCEPTED ->
          throw new IllegalStateException("Expected an offer that ended, but it was accepted");
    };
  }

  /** A call does not name the agent here; it is whoever is reserved for the offer. */
  private static void rang(AgentTables tables, CallEvent.StationRang it) {
    tables
        .holding(it.offer())
        .filter(row -> row.work == Work.RESERVED)
        .ifPresent(row ->
            change(
                tables,
                row.agent,
                it.at(),
                ringing -> ringing.busyWith(Work.RINGING, it.offer(), it.at(), ringing.workUntil)));
  }

  private static void free(AgentTables tables, AgentId agent, Instant at) {
    change(tables, agent, at, row -> row.working(Work.FREE, at, null));
  }

  private static void change(
      AgentTables tables, AgentId agent, Instant at, Consumer<AgentRow> change) {
    change(tables, agent.value(), at, change);
  }

  private static void change(
      AgentTables tables, String agent, Instant at, Consumer<AgentRow> change) {
    tables.change(agent, Happening.micros(at), change);
  }
}
