package org.switchwright.simulation.rehearsal;

import org.switchwright.domain.estimate.FigureEstimate;
import org.switchwright.domain.estimate.LoadedDay;

/**
 * Tells an estimate what happens at the site while its link is cut; what of it counts as seen is
 * the estimate's matter.
 */
final class EstimateWatcher implements PlayedDay.Watcher {
  private final FigureEstimate estimate;
  private final PlayedDay day;
  private final int site;
  private final long fromMs;
  private final long untilMs;
  private final long midnightMs;

  EstimateWatcher(
      FigureEstimate estimate,
      PlayedDay day,
      int site,
      long fromMs,
      long untilMs,
      long midnightMs) {
    this.estimate = estimate;
    this.day = day;
    this.site = site;
    this.fromMs = fromMs;
    this.untilMs = untilMs;
    this.midnightMs = midnightMs;
  }

  private boolean sees(int where, long atMs) {
    return where == site && atMs > fromMs && atMs <= untilMs;
  }

  private long enteredMs(int caller) {
    return midnightMs + day.arrivals().get(caller).atMs();
  }

  @Override
  public void entered(int caller, int where, long atMs) {
    if (sees(where, atMs)) {
      LoadedDay.Caller it = day.arrivals().get(caller).caller();
      estimate.entered(midnightMs + atMs, it.kind(), it.headStartMs());
    }
  }

  @Override
  public void answered(int caller, int where, long atMs) {
    if (sees(where, atMs)) {
      estimate.answered(midnightMs + atMs, enteredMs(caller));
    }
  }

  @Override
  public void gaveUp(int caller, int where, long atMs) {
    if (sees(where, atMs)) {
      estimate.gaveUp(midnightMs + atMs, enteredMs(caller));
    }
  }

  @Override
  public void released(int caller, int where, long atMs) {
    if (sees(where, atMs)) {
      estimate.released(midnightMs + atMs, enteredMs(caller));
    }
  }
}
