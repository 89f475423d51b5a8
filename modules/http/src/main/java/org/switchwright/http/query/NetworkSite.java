package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A site that is watched.
 *
 * @param basis live, estimated or unknown
 * @param agentsReady while estimated, by the last report, less those who have got calls from here
 *     since
 * @param estimate absent while the link is up, and where too little is known of the site's past:
 *     then its last report is carried on
 * @param lastScore absent before any cut was compared with what the site reported of it
 * @param asOf what the figures are of; absent where they are unknown, as all figures are then
 */
public record NetworkSite(
    String site,
    Link link,
    Sent sent,
    String basis,
    Optional<Instant> asOf,
    Optional<Long> ageMs,
    Optional<Integer> agents,
    Optional<Integer> agentsLoggedIn,
    Optional<Integer> agentsReady,
    Optional<Integer> callsWaiting,
    Optional<Integer> callsTalking,
    List<OfQueue> queues,
    Optional<Estimate> estimate,
    Optional<Score> lastScore) {

  /**
   * How good estimates were of the last cut of which that is known.
   *
   * @param cutAt of when the site's last report was
   */
  public record Score(
      Instant cutAt,
      int similarDays,
      boolean bySchedule,
      boolean learned,
      List<ScoredFigure> figures) {
    public Score {
      figures = List.copyOf(figures);
    }
  }

  /**
   * @param horizonMinutes after the cut
   * @param truth as the site reported when it did so again
   */
  public record ScoredFigure(
      String quantity,
      String unit,
      int horizonMinutes,
      double mean,
      double median,
      double low,
      double high,
      double truth) {}

  /**
   * What the site is believed to be like while its link is cut, by its own history.
   *
   * @param cutAt when the link was lost
   * @param at of when this is
   * @param similarDays of how many days like this one it is made
   * @param bySchedule whether who is logged in follows a schedule of the day of the cut
   * @param learned whether it is told as fitted the last weeks best; else as a blend of the last
   *     report and the average of similar days
   */
  public record Estimate(
      Instant cutAt,
      Instant at,
      int similarDays,
      boolean bySchedule,
      boolean learned,
      List<Figure> figures) {
    public Estimate {
      figures = List.copyOf(figures);
    }
  }

  /**
   * @param quantity logged-in, busy, waiting, expected-wait or service-level
   * @param unit agents, calls, s or share
   * @param reported by the last report
   * @param mean what routing goes by
   * @param median what is shown
   * @param low and {@code high}, between which the truth is nine times in ten
   */
  public record Figure(
      String quantity,
      String unit,
      double reported,
      double mean,
      double median,
      double low,
      double high) {}

  /**
   * @param state up, down or unheard
   * @param since since when it is so; absent where it is unheard
   * @param trouble why it is down: silent, refused, unreadable or another-site
   * @param heardAt when the last heartbeat came
   * @param skewMs the site's clock less this one's
   * @param reported events of the site that it has reported
   * @param behind events that it has told of and not reported yet
   * @param agrees whether its reports come to the state that it has; absent while it is ahead of
   *     them
   */
  public record Link(
      String state,
      Optional<Instant> since,
      Optional<String> trouble,
      Optional<Instant> heardAt,
      Optional<Long> skewMs,
      long reported,
      long behind,
      Optional<Boolean> agrees) {}

  /**
   * What this site has sent there.
   *
   * @param inTransition calls that nobody there has answered yet
   * @param talking calls that somebody there has answered
   * @param path open, or failed where calls do not get there
   * @param failures how many in a row did not
   * @param triedAt when one is sent there again; absent where they get there
   */
  public record Sent(
      int inTransition, int talking, String path, int failures, Optional<Instant> triedAt) {}

  public record OfQueue(
      String queue,
      int waiting,
      Optional<Instant> oldestSince,
      int agentsReady,
      int agentsTalking) {}
}
