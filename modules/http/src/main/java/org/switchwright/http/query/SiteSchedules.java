package org.switchwright.http.query;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SiteMonitor;

/** What the sites plan that this server watches: how many agents are to be at work when. */
public interface SiteSchedules {
  /**
   * Of one site.
   *
   * @param zone whose wall clocks its days go by
   * @param firstDay that is planned; absent where none is
   * @param days how many are
   */
  record Overview(
      String site,
      String zone,
      Optional<LocalDate> firstDay,
      Optional<LocalDate> lastDay,
      long days) {}

  /**
   * One day as it is planned now.
   *
   * @param planned whether it is
   * @param steps in their order; none where it is not
   */
  record Day(LocalDate day, boolean planned, List<Step> steps) {
    public Day {
      steps = List.copyOf(steps);
    }
  }

  /**
   * So many agents from a minute on, of those whose shifts begin on the day.
   *
   * @param minute after its midnight, up to 2880
   */
  record Step(int minute, int agents) {}

  /**
   * What became of days that were to be loaded.
   *
   * @param changed how many were not planned so
   */
  record Loaded(int changed, int asBefore, Receipt receipt) {}

  /**
   * @throws IllegalArgumentException if no site of that name is watched
   */
  Overview overview(SiteId site);

  /**
   * @throws IllegalArgumentException if no site of that name is watched
   */
  Day day(SiteId site, LocalDate day);

  /**
   * Journals those that are not planned so already.
   *
   * @throws IllegalArgumentException if no site of that name is watched
   */
  CompletionStage<Loaded> load(SiteId site, SiteMonitor.Plan plan);
}
