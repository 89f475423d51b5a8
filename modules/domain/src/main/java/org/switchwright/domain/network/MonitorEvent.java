package org.switchwright.domain.network;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.estimate.LearnedEstimates;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.estimate.ScoredCut;

/** What a controller journals of a site that it watches. */
public sealed interface MonitorEvent {
  /** By the controller's clock. */
  Instant at();

  /**
   * The site's next events, in order.
   *
   * @param upTo the place in the site's stream of events after the last of them
   */
  record Reported(Instant at, String upTo, List<Report> reports) implements MonitorEvent {
    public Reported {
      reports = List.copyOf(reports);
    }
  }

  /**
   * The site's journal is another one, restored from a backup for one: what it reported before
   * counts no more.
   *
   * @param from the place in the site's stream before its first event
   */
  record StartedOver(Instant at, String from) implements MonitorEvent {}

  /** Heartbeats come, for the first time or again. */
  record LinkRestored(Instant at) implements MonitorEvent {}

  /**
   * @param lastHeardAt the last heartbeat; empty where there was none
   */
  record LinkLost(Instant at, Optional<Instant> lastHeardAt, Trouble why) implements MonitorEvent {}

  /** How estimates of the site are told best was learned from its past. */
  record EstimatesLearned(Instant at, LearnedEstimates learned) implements MonitorEvent {}

  /** The site reports again, and has said what was true while it did not. */
  record EstimateScored(Instant at, ScoredCut cut) implements MonitorEvent {}

  /**
   * Calls of the site's past were loaded from a log. Any of them may have been loaded before: of
   * calls that are equal there is one.
   *
   * @param zone whose wall clocks the site lives by; the last one that was told counts
   * @param calls 1 to {@value SiteMonitor#MAX_LOADED}, in any order
   */
  record HistoryLoaded(Instant at, ZoneId zone, List<LoadedCall> calls) implements MonitorEvent {
    public HistoryLoaded {
      calls = List.copyOf(calls);
    }
  }

  /**
   * All that had been loaded of the site's past is none of it: it was another site's, or its map
   * was wrong. What the site has reported itself stays.
   */
  record HistoryForgotten(Instant at) implements MonitorEvent {}

  /**
   * What the site plans, of the days that are named: it counts instead of what was planned of them
   * before. Says how many are to be at work, not who.
   *
   * @param zone whose wall clocks the site lives by; the last one that was told counts
   * @param days with {@value SiteMonitor#MAX_STEPS} steps at most, taken together
   */
  record ScheduleLoaded(Instant at, ZoneId zone, List<PlannedDay> days) implements MonitorEvent {
    public ScheduleLoaded {
      days = List.copyOf(days);
    }
  }
}
