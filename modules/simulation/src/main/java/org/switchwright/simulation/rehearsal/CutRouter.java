package org.switchwright.simulation.rehearsal;

import org.switchwright.domain.estimate.StateFigure;

/**
 * Sends each caller to the site with the shortest expected wait; of equal ones to the caller's own,
 * or else to the first. While the link to a site is cut, it goes by what is known of that one.
 */
final class CutRouter implements PlayedDay.Router {
  private final StateFigure wait;
  private final int cutSite;
  private final long fromMs;
  private final long untilMs;
  private final Known known;

  /** What a practice makes of a site that is not heard of. */
  interface Known {
    /**
     * @return in seconds; infinite: the site is left out
     */
    double expectedWait(PlayedDay day, long atMs);
  }

  /**
   * @param fromMs since when the link is cut
   * @param untilMs when it is up again
   */
  CutRouter(StateFigure wait, int cutSite, long fromMs, long untilMs, Known known) {
    this.wait = wait;
    this.cutSite = cutSite;
    this.fromMs = fromMs;
    this.untilMs = untilMs;
    this.known = known;
  }

  /** With all links up. */
  static CutRouter withAllLinks(StateFigure wait) {
    return new CutRouter(wait, 0, 0, 0, (day, _) -> live(wait, day, 0));
  }

  static double live(StateFigure wait, PlayedDay day, int site) {
    return wait.of(day.loggedIn(site), day.busy(site), day.waiting(site));
  }

  @Override
  public int siteFor(PlayedDay day, int caller, long atMs) {
    int home = day.arrivals().get(caller).home();
    int best = home;
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < day.sites(); i++) {
      // The caller's own first.
      int site = i == 0 ? home : i <= home ? i - 1 : i;
      boolean cut = site == cutSite && atMs > fromMs && atMs <= untilMs;
      double expected = cut ? known.expectedWait(day, atMs) : live(wait, day, site);
      if (expected < shortest) {
        shortest = expected;
        best = site;
      }
    }
    return best;
  }
}
