package org.switchwright.domain.estimate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Compares what was told of a site during a cut with what its reports said when they came again.
 */
public final class Hindsight {
  /**
   * Who enters within five minutes of a horizon has been answered or is gone by then, or counts
   * not.
   */
  public static final Duration SETTLED = Duration.ofMinutes(7);

  private Hindsight() {}

  /**
   * @param told what was estimated, by the minutes after the cut
   * @param then what the site was like at these times, as far as that is known
   * @param history the site's calls of the day of the cut and the one before, those of the cut
   *     among them, and those that are still talked about
   * @return empty where nothing can be compared
   */
  public static Optional<ScoredCut> of(
      SortedMap<Integer, SiteEstimate> told,
      SortedMap<Integer, SiteAtCut> then,
      List<CallRecord> history,
      ZoneId zone) {
    if (told.isEmpty()) {
      return Optional.empty();
    }
    SiteHistory calls = SiteHistory.of(history, zone);
    List<EstimateScore> scores = new ArrayList<>();
    told.forEach((minutes, estimate) -> {
      SiteAtCut site = then.get(minutes);
      if (site != null) {
        estimate
            .figures()
            .forEach((quantity, figure) -> {
              double truth = truth(quantity, site, calls, zone);
              if (!Double.isNaN(truth)) {
                scores.add(
                    new EstimateScore(
                        quantity,
                        minutes,
                        figure.mean(),
                        figure.median(),
                        figure.low(),
                        figure.high(),
                        truth));
              }
            });
      }
    });
    SiteEstimate first = told.get(told.firstKey());
    SiteEstimate last = told.get(told.lastKey());
    return scores.isEmpty() || first == null || last == null
        ? Optional.empty()
        : Optional.of(
            new ScoredCut(
                first.cutAt(), first.similarDays(), first.bySchedule(), last.learned(), scores));
  }

  private static double truth(Quantity quantity, SiteAtCut site, SiteHistory calls, ZoneId zone) {
    return switch (quantity) {
      case LOGGED_IN -> site.talking().size() + site.idle().size();
      case BUSY -> site.talking().size();
      case WAITING -> site.waiting().size();
      case EXPECTED_WAIT, SERVICE_LEVEL -> calls.truth(quantity, civil(site.at(), zone));
    };
  }

  static long civil(Instant at, ZoneId zone) {
    return at.toEpochMilli() + zone.getRules().getOffset(at).getTotalSeconds() * 1_000L;
  }
}
