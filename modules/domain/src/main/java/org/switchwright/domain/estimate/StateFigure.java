package org.switchwright.domain.estimate;

/** A figure that a router goes by, as a function of how a site stands; finite. */
public interface StateFigure {
  /**
   * @param loggedIn agents
   * @param busy those who talk
   * @param waiting calls
   */
  double of(int loggedIn, int busy, int waiting);

  /** As it was. */
  default double at(SiteHistory history, long civilMs) {
    return of(history.loggedIn(civilMs), history.busy(civilMs), history.waiting(civilMs));
  }
}
