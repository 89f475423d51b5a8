package org.switchwright.benchmarks.estimate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.FigureCuts;
import org.switchwright.domain.estimate.FigureEstimate;
import org.switchwright.domain.estimate.ObservationLevel;
import org.switchwright.domain.estimate.SiteHistory;

/**
 * Prints what estimates of many cut sites cost that are refreshed each second: processor time of
 * one core, and memory for each site. The sites are a {@link LargeSite} each, with its calls of
 * three months, cut at a busy hour; at level B, so that each call that is sent there is told.
 */
public final class EstimateCost {
  private static final LocalDate FIRST = LocalDate.of(2025, 3, 3);
  private static final long MINUTE_MS = 60_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int sites = Integer.getInteger("sites", 100);
  private final int seconds = Integer.getInteger("seconds", 60);
  private final int days = Integer.getInteger("days", 91);
  private final int particles = Integer.getInteger("particles", 100);

  /** An estimate of one cut site: whatever makes one can be put here. */
  interface CutSite {
    void called(long civilMs);

    /**
     * @return the figure to route by
     */
    double refreshed(long civilMs);
  }

  private record OfCourses(FigureEstimate estimate, boolean withWait) implements CutSite {
    @Override
    public void called(long civilMs) {
      estimate.entered(civilMs);
    }

    @Override
    public double refreshed(long civilMs) {
      double mean = estimate.mean(civilMs);
      return withWait ? mean + estimate.simulatedWait(civilMs) : mean;
    }
  }

  private EstimateCost() {}

  public static void main(String[] arguments) {
    new EstimateCost().run();
  }

  private void run() {
    long begun = usedBytes();
    List<CallRecord> calls = new LargeSite(1).calls(FIRST, days);
    System.out.println(LargeSiteLog.Figures.of(calls).text());
    long[] entered = calls.stream().mapToLong(CallRecord::enteredMs).sorted().toArray();
    int count = calls.size();
    calls = List.of();
    begun = usedBytes() - 8L * count;
    SiteHistory history = SiteHistory.of(new LargeSite(1).calls(FIRST, days), ZoneOffset.UTC);
    double bytes = usedBytes() - 8.0 * count - begun;
    System.out.printf(
        Locale.ROOT,
        "A history of %d calls: %.1f MB, %.0f bytes for each call%n",
        count,
        bytes / 1e6,
        bytes / count);
    long cut = busyHour();
    FigureCuts cuts =
        new FigureCuts(
            history,
            (loggedIn, busy, waiting) -> waiting > 0 ? waiting : loggedIn > busy ? 0 : 0.5,
            ObservationLevel.B,
            90 * MINUTE_MS,
            particles,
            1);
    long before = THREADS.getCurrentThreadCpuTime();
    FigureEstimate.of(history, cut, cuts);
    System.out.printf(
        Locale.ROOT,
        "Calibration of one site, on 25 days: %.1f s%n",
        (THREADS.getCurrentThreadCpuTime() - before) / 1e9);
    System.out.printf(
        Locale.ROOT,
        "%n%d cut sites, refreshed each second, %d courses each%n%n"
            + "| | since the cut | at the cut, a site | a refresh | share of one core | memory a site |%n"
            + "|---|---|---|---|---|---|%n",
        sites,
        particles);
    for (long minutes : new long[] {0, 60}) {
      measure(
          "agents, busy, waiting",
          minutes,
          entered,
          it -> new OfCourses(FigureEstimate.of(history, it, cuts), false),
          cut);
      measure(
          "and the wait of the next five minutes",
          minutes,
          entered,
          it -> new OfCourses(FigureEstimate.of(history, it, cuts), true),
          cut);
    }
  }

  /** The last Tuesday at 11:00 that is no holiday. */
  private long busyHour() {
    LocalDate day = FIRST.plusDays(days - 2L);
    while (day.getDayOfWeek() != DayOfWeek.TUESDAY) {
      day = day.minusDays(1);
    }
    return day.atTime(11, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private void measure(
      String what, long minutes, long[] entered, LongFunction<CutSite> made, long cut) {
    long before = usedBytes();
    List<CutSite> all = new ArrayList<>();
    long cpu = THREADS.getCurrentThreadCpuTime();
    for (int site = 0; site < sites; site++) {
      all.add(made.apply(cut + site * 1_000L));
    }
    double making = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / sites;
    int[] next = new int[sites];
    for (int site = 0; site < sites; site++) {
      while (entered[next[site]] <= cut + site * 1_000L) {
        next[site]++;
      }
    }
    refresh(all, next, entered, cut + sites * 1_000L + minutes * MINUTE_MS);
    double sum = 0;
    cpu = THREADS.getCurrentThreadCpuTime();
    for (int second = 1; second <= seconds; second++) {
      sum +=
          refresh(
              all, next, entered, cut + (sites + second) * 1_000L + minutes * MINUTE_MS);
    }
    double refreshes = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / seconds;
    double memory = (usedBytes() - before) / 1e6 / sites;
    System.out.printf(
        Locale.ROOT,
        "| %s | %d min | %.1f ms | %.3f ms | %.1f%% | %.1f MB |%n",
        what,
        minutes,
        making,
        refreshes / sites,
        refreshes / 10,
        memory);
    if (!(sum >= 0) || all.size() != sites) {
      throw new IllegalStateException("Expected figures from 0 up, but got " + sum);
    }
  }

  private static double refresh(List<CutSite> all, int[] next, long[] entered, long at) {
    double sum = 0;
    for (int site = 0; site < all.size(); site++) {
      while (next[site] < entered.length && entered[next[site]] <= at) {
        all.get(site).called(entered[next[site]++]);
      }
      sum += all.get(site).refreshed(at);
    }
    return sum;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
