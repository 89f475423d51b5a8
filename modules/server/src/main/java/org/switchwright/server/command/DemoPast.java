package org.switchwright.server.command;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.running.MadeUpPast;

/**
 * Loads a made-up past of the demonstration's other sites, as {@code load-history} loads a log, so
 * that there is something to estimate them by. What is there already is left as it is.
 */
final class DemoPast {
  /** After all calls of a day: where they come from is all that is asked. */
  private static final int AFTER_ALL = 9_999_999;

  private final ApiClient controller;
  private final MadeUpPast past;
  private final SortedMap<SiteId, HistoryLoad> loads = new TreeMap<>();

  /**
   * @param sites the first is the one that callers dial, and watches the others
   */
  DemoPast(ApiClient controller, List<Configuration.Site> sites) {
    this.controller = controller;
    this.past = new MadeUpPast(sites);
    sites
        .subList(1, sites.size())
        .forEach(it -> loads.put(it.id(), new HistoryLoad(controller, it.id().value())));
  }

  /**
   * The days before one.
   *
   * @return how many calls were not there yet
   */
  long load(LocalDate today) {
    SortedMap<SiteId, LocalDate> from = new TreeMap<>();
    loads.keySet().forEach(site -> from.put(site, firstMissing(site, today)));
    LocalDate day = from.values().stream().min(LocalDate::compareTo).orElse(today);
    for (; day.isBefore(today); day = day.plusDays(1)) {
      SortedMap<SiteId, List<CallRecord>> calls = past.day(day);
      for (SiteId site : loads.keySet()) {
        if (!day.isBefore(from.getOrDefault(site, today))) {
          load(site, calls.getOrDefault(site, List.of()));
        }
      }
    }
    return loads.values().stream().mapToLong(HistoryLoad::added).sum();
  }

  private void load(SiteId site, List<CallRecord> calls) {
    HistoryLoad load = loads.get(site);
    if (load != null) {
      load.load(past.zone(), calls);
    }
  }

  /**
   * Days are loaded in order, so that of the last one there may be a part, and of those before it
   * there is all. A day on which the demonstration ran does not tell.
   */
  private LocalDate firstMissing(SiteId site, LocalDate today) {
    LocalDate oldest = today.minusDays(MadeUpPast.DAYS);
    for (LocalDate day = today.minusDays(1); day.isAfter(oldest); day = day.minusDays(1)) {
      String path = HistoryLoad.path(site.value()) + "/" + day + "?after=" + AFTER_ALL;
      if (controller.get(path).path("source").asText().equals("loaded")) {
        return day;
      }
    }
    return oldest;
  }

  ZoneId zone() {
    return past.zone();
  }
}
