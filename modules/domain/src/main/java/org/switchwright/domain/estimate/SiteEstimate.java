package org.switchwright.domain.estimate;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a site is believed to be like at one moment after its reports stopped.
 *
 * @param cutAt when the link was lost
 * @param at of when this is
 * @param similarDays of how many days like this one it is made
 * @param bySchedule whether who is logged in follows a schedule of the day of the cut
 * @param learned whether it is told as fitted the last weeks best, rather than as a blend of the
 *     last report and the average of similar days
 * @param reported each quantity by the last report, in its unit
 * @param figures each quantity that is known
 * @param lines which share of the calls that wait is in which queue
 */
public record SiteEstimate(
    Instant cutAt,
    Instant at,
    int similarDays,
    boolean bySchedule,
    boolean learned,
    SortedMap<Quantity, Double> reported,
    SortedMap<Quantity, Figure> figures,
    SortedMap<String, Double> lines) {
  /**
   * @param mean to route by
   * @param median to show
   * @param low and {@code high}, between which the truth is nine times in ten
   */
  public record Figure(double mean, double median, double low, double high) {}

  public SiteEstimate {
    reported = Collections.unmodifiableSortedMap(new TreeMap<>(reported));
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
  }

  public Optional<Figure> figure(Quantity quantity) {
    return Optional.ofNullable(figures.get(quantity));
  }
}
