package org.switchwright.http.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.Presence;
import org.switchwright.domain.network.SiteMonitor;

/** What is known of the past of the sites that this server watches. */
public interface SiteHistories {
  /** Calls of one page of a day, at most. */
  int PAGE = 5_000;

  /**
   * Of one site.
   *
   * @param zone whose wall clocks its days go by
   * @param firstDay on which anything is known; absent where nothing is
   * @param loaded how many calls were loaded from logs
   */
  record Overview(
      String site,
      String zone,
      Optional<LocalDate> firstDay,
      Optional<LocalDate> lastDay,
      long loaded) {}

  /**
   * The calls that entered on one day, or a page of them.
   *
   * @param source reported, loaded or none
   * @param present who was there to take calls, as the site reported it; on the first page
   * @param next what to ask for to get the next page; absent on the last
   */
  record Day(
      LocalDate day,
      String source,
      List<HistoryCall> calls,
      List<Presence> present,
      Optional<Integer> next) {
    public Day {
      calls = List.copyOf(calls);
      present = List.copyOf(present);
    }
  }

  /**
   * Milliseconds since the epoch.
   *
   * @param answeredMs absent where nobody answered, as the agent is
   */
  record HistoryCall(
      long enteredMs,
      Optional<Long> answeredMs,
      long endedMs,
      Optional<String> agent,
      String queue,
      int headStartMs) {}

  /**
   * What became of calls that were to be loaded.
   *
   * @param added how many were not there yet
   */
  record Loaded(int added, int alreadyThere, Receipt receipt) {}

  /**
   * @throws IllegalArgumentException if no site of that name is watched
   */
  Overview overview(SiteId site);

  /**
   * @param after how many calls of the day to leave out
   * @throws IllegalArgumentException if no site of that name is watched
   */
  Day day(SiteId site, LocalDate day, int after);

  /**
   * What was believed of a site at a moment of the past, as it was told then.
   *
   * @param at the moment
   * @param estimate absent where the link was up then, and where too little was known of the site's
   *     past
   */
  record Believed(String site, Instant at, Optional<NetworkSite.Estimate> estimate) {}

  /**
   * Made anew from the journal.
   *
   * @throws IllegalArgumentException if no site of that name is watched
   */
  Believed believed(SiteId site, Instant at);

  /**
   * What became of a wish to forget.
   *
   * @param forgotten how many loaded calls counted until then
   */
  record Forgotten(long forgotten, Receipt receipt) {}

  /**
   * Journals that what was loaded of a site's past is none of it. What the site has reported stays.
   * Completes once nobody sees it any more, so that what is loaded next is not taken for known.
   *
   * @throws IllegalArgumentException if no site of that name is watched
   */
  CompletionStage<Forgotten> forget(SiteId site);

  /**
   * Journals those that are not there yet.
   *
   * @throws IllegalArgumentException if no site of that name is watched
   */
  CompletionStage<Loaded> load(SiteId site, SiteMonitor.Load load);
}
