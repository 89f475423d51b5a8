package org.switchwright.domain.network;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.LearnedEstimates;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.site.Site;

/**
 * What a controller knows of one of its sites: folds the site's reports, each once and in order
 * whatever the link does to them, and notes when the link is lost and restored.
 */
public final class SiteMonitor
    implements Aggregate<SiteMonitor.Command, MonitorEvent, MonitorState> {
  /** Enough for whoever only folds what was journaled. */
  public static final SiteMonitor AGGREGATE = new SiteMonitor(Optional.empty());

  /** Reports of one command, at most. */
  public static final int MAX_REPORTS = 200;

  /** Calls of the past of one command, at most. */
  public static final int MAX_LOADED = 500;

  /** Steps of the planned days of one command, at most: some 90 kB. */
  public static final int MAX_STEPS = 3_000;

  /** Nobody knows of a later day who will be there. */
  public static final Duration PLANNED_AHEAD = Duration.ofDays(13 * 7L);

  private final Optional<SiteId> controller;
  private final Lendings lendings;

  private SiteMonitor(Optional<SiteId> controller) {
    this.controller = controller;
    this.lendings = new Lendings(controller);
  }

  /** Monitors that tell the controller's own site how the link stands. */
  public static SiteMonitor telling(SiteId controller) {
    return new SiteMonitor(Optional.of(controller));
  }

  public sealed interface Command {}

  /**
   * What came by the link: any of it may have come before.
   *
   * @param upTo the place in the site's stream of events after the last of them
   * @param reports 1 to {@value #MAX_REPORTS}
   */
  public record Take(String upTo, List<Report> reports) implements Command {
    public Take {
      reports = List.copyOf(reports);
      if (reports.isEmpty() || reports.size() > MAX_REPORTS) {
        throw new IllegalArgumentException(
            "Expected 1 to " + MAX_REPORTS + " reports, but got " + reports.size());
      }
    }
  }

  /**
   * The site says that its journal is not the one that was followed.
   *
   * @param from the place before the first event of the present one
   */
  public record StartOver(String from) implements Command {}

  /** A heartbeat came. */
  public record Hear() implements Command {}

  /** The site cannot be followed. */
  public record Lose(Optional<Instant> lastHeardAt, Trouble why) implements Command {}

  /**
   * Somebody has a log of the site's past.
   *
   * @param zone whose wall clocks the site lives by
   * @param calls 1 to {@value #MAX_LOADED}
   */
  public record Load(ZoneId zone, List<LoadedCall> calls) implements Command {
    public Load {
      calls = List.copyOf(calls);
      if (calls.isEmpty() || calls.size() > MAX_LOADED) {
        throw new IllegalArgumentException(
            "Expected 1 to " + MAX_LOADED + " calls, but got " + calls.size());
      }
    }
  }

  /** What was loaded of the site's past was wrong. */
  public record Forget() implements Command {}

  /** Somebody has learned how estimates are told best. */
  public record Learn(LearnedEstimates learned) implements Command {}

  /**
   * Somebody has a schedule of the site.
   *
   * @param zone whose wall clocks the site lives by
   * @param days at least one, each once, with at most {@value #MAX_STEPS} steps taken together
   */
  public record Plan(ZoneId zone, List<PlannedDay> days) implements Command {
    public Plan {
      days = List.copyOf(days);
      int steps = days.stream().mapToInt(it -> it.steps().size()).sum();
      if (days.isEmpty() || steps > MAX_STEPS) {
        throw new IllegalArgumentException(
            "Expected days with 1 to " + MAX_STEPS + " steps, but got " + steps);
      }
      if (days.stream().map(PlannedDay::day).distinct().count() < days.size()) {
        throw new IllegalArgumentException("Expected each day once, but got one twice");
      }
    }
  }

  /** Somebody has compared what was estimated during a cut with what the site then reported. */
  public record Score(ScoredCut cut) implements Command {}

  /** Nothing is ever due. */
  public record Expire() implements Command {}

  @Override
  public MonitorState initial(String id) {
    return MonitorState.initial(new SiteId(id));
  }

  @Override
  public Decision<MonitorEvent> decide(MonitorState state, Command command, Instant now) {
    return switch (command) {
      case Take it -> take(state, it, now);
      case StartOver it ->
          state.sequence() == 0 && state.cursor().equals(Optional.of(it.from()))
              ? already(state, "been started over")
              : accepted(new MonitorEvent.StartedOver(now, it.from()));
      case Hear _ ->
          state.linked()
              ? answer(state, "been heard")
              : accepted(new MonitorEvent.LinkRestored(now));
      case Lose it ->
          state.trouble().equals(Optional.of(it.why()))
              ? answer(state, "been lost")
              : accepted(new MonitorEvent.LinkLost(now, it.lastHeardAt(), it.why()));
      case Load it -> load(it, now);
      case Forget _ -> accepted(new MonitorEvent.HistoryForgotten(now));
      case Learn it ->
          state.learned().filter(known -> !known.day().isBefore(it.learned().day())).isPresent()
              ? already(state, "had its estimates learned for " + it.learned().day())
              : accepted(new MonitorEvent.EstimatesLearned(now, it.learned()));
      case Plan it -> plan(it, now);
      case Score it ->
          state.scored().filter(known -> !known.cutAt().isBefore(it.cut().cutAt())).isPresent()
              ? already(state, "had the estimates of this cut compared")
              : accepted(new MonitorEvent.EstimateScored(now, it.cut()));
      case Expire _ ->
          rejected(
              Reason.OUT_OF_ORDER,
              "Expected a deadline of site " + state.site() + ", but there is none");
    };
  }

  /** Repeated with every heartbeat, so that it comes through some time. */
  private Decision<MonitorEvent> answer(MonitorState state, String what) {
    return controller.isEmpty()
        ? already(state, what)
        : new Decision.Accepted<>(List.of(), link(state));
  }

  private List<Effect> link(MonitorState state) {
    return controller.stream()
        .<Effect>map(site ->
            new Effect.TellSite(
                site, new Site.NoteLink(state.site(), state.linked(), state.free())))
        .toList();
  }

  private static Decision<MonitorEvent> take(MonitorState state, Take it, Instant now) {
    List<Report> news =
        it.reports().stream().filter(report -> report.sequence() > state.sequence()).toList();
    if (news.isEmpty()) {
      return already(state, "reported this");
    }
    long next = state.sequence();
    for (Report report : news) {
      next++;
      if (report.sequence() != next) {
        return rejected(
            Reason.OUT_OF_ORDER,
            "Expected report "
                + next
                + " of site "
                + state.site()
                + ", but got report "
                + report.sequence());
      }
    }
    MonitorEvent.Reported reported = new MonitorEvent.Reported(now, it.upTo(), news);
    try {
      state.with(reported);
    } catch (IllegalStateException | IllegalArgumentException | NoSuchElementException e) {
      return rejected(
          Reason.UNREADABLE,
          "Expected reports of site "
              + state.site()
              + " up to "
              + next
              + " that fit what it reported before, but they do not");
    }
    return accepted(reported);
  }

  private static Decision<MonitorEvent> load(Load it, Instant now) {
    return it.calls().stream()
        .filter(call -> call.ended().isAfter(now))
        .findFirst()
        .<Decision<MonitorEvent>>map(call ->
            rejected(
                Reason.UNREADABLE,
                "Expected calls that are over by " + now + ", but one ended at " + call.ended()))
        .orElseGet(() -> accepted(new MonitorEvent.HistoryLoaded(now, it.zone(), it.calls())));
  }

  private static Decision<MonitorEvent> plan(Plan it, Instant now) {
    LocalDate last = LocalDate.ofInstant(now.plus(PLANNED_AHEAD), it.zone());
    return it.days().stream()
        .filter(day -> day.day().isAfter(last))
        .findFirst()
        .<Decision<MonitorEvent>>map(day ->
            rejected(
                Reason.UNREADABLE,
                "Expected a schedule of days up to " + last + ", but one is of " + day.day()))
        .orElseGet(() -> accepted(new MonitorEvent.ScheduleLoaded(now, it.zone(), it.days())));
  }

  private static Decision<MonitorEvent> already(MonitorState state, String what) {
    return rejected(
        Reason.ALREADY_DONE,
        "Expected site " + state.site() + " not to have " + what + ", but it has");
  }

  @Override
  public MonitorState evolve(MonitorState state, MonitorEvent event) {
    return state.with(event);
  }

  @Override
  public List<Effect> react(MonitorState state, MonitorEvent event) {
    return switch (event) {
      case MonitorEvent.Reported it -> lendings.react(state, it);
      case MonitorEvent.LinkRestored _, MonitorEvent.LinkLost _ -> link(state);
      case MonitorEvent.StartedOver _,
          MonitorEvent.HistoryLoaded _,
          MonitorEvent.HistoryForgotten _,
          MonitorEvent.EstimatesLearned _,
          MonitorEvent.ScheduleLoaded _,
          MonitorEvent.EstimateScored _ ->
          List.of();
    };
  }

  @Override
  public List<Effect> owed(MonitorState state) {
    return lendings.owed(state);
  }

  @Override
  public List<Effect> resume(MonitorState state) {
    return lendings.owed(state);
  }

  @Override
  public Optional<Instant> due(MonitorState state) {
    return Optional.empty();
  }

  @Override
  public Command expire() {
    return new Expire();
  }

  /** Reports keep coming. */
  @Override
  public boolean over(MonitorState state) {
    return false;
  }
}
