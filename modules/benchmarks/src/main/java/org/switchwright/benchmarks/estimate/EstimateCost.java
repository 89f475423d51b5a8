package org.switchwright.benchmarks.estimate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchwright.domain.CallId;
import org.switchwright.domain.estimate.Calibrations;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.LiveEstimate;
import org.switchwright.domain.estimate.SentCall;
import org.switchwright.domain.estimate.Sighting;
import org.switchwright.domain.estimate.SiteAtCut;
import org.switchwright.domain.estimate.SiteHistory;

/**
 * Prints what estimates of many cut sites cost that are refreshed each second: processor time of
 * one core, and memory for each site. Each site is a {@link LargeSite} with its calls of three
 * months, cut at a busy hour; all its calls are the controller's, which sees what becomes of them.
 */
public final class EstimateCost {
  private static final LocalDate FIRST = LocalDate.of(2025, 3, 3);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long[] MINUTES = {0, 60};

  private final int sites = Integer.getInteger("sites", 100);
  private final int seconds = Integer.getInteger("seconds", 60);
  private final int days = Integer.getInteger("days", 91);

  /** An estimate of one cut site: whatever makes one can be put here. */
  interface CutSite {
    void see(Sighting it);

    /**
     * @return a figure of it, so that it is made
     */
    double refreshed(Instant to);
  }

  private record Live(LiveEstimate estimate) implements CutSite {
    @Override
    public void see(Sighting it) {
      estimate.see(it);
    }

    @Override
    public double refreshed(Instant to) {
      estimate.advance(to);
      return estimate.told().orElseThrow().figures().size();
    }
  }

  private EstimateCost() {}

  public static void main(String[] arguments) {
    new EstimateCost().run();
  }

  private void run() {
    List<CallRecord> calls = new LargeSite(1).calls(FIRST, days);
    System.out.println(LargeSiteLog.Figures.of(calls).text());
    Instant cut = busyHour();
    SiteHistory history = SiteHistory.of(calls, ZoneOffset.UTC);
    long cpu = THREADS.getCurrentThreadCpuTime();
    int day = (int) (cut.getEpochSecond() / 86_400);
    Calibrations calibrations = Calibrations.learn(history, day, 1, 1);
    System.out.printf(
        Locale.ROOT, "Calibration of one site, on 25 days: %.1f s%n", cpuMs(cpu) / 1_000);
    System.out.printf(
        Locale.ROOT,
        "%n%d cut sites, refreshed each second, %d courses each%n%n"
            + "| since the cut | to begin, a site | a refresh, a site | of one core, all | memory, a site |%n"
            + "|---|---|---|---|---|%n",
        sites,
        LiveEstimate.PARTICLES);
    List<Sighting> sightings = sightings(calls, cut);
    for (long minutes : MINUTES) {
      measure(minutes, calls, cut, calibrations, sightings);
    }
  }

  /** The last Tuesday but one, at 11:00. */
  private Instant busyHour() {
    LocalDate day = FIRST.plusDays(days - 2L);
    while (day.getDayOfWeek() != DayOfWeek.TUESDAY) {
      day = day.minusDays(1);
    }
    return day.atTime(11, 0).toInstant(ZoneOffset.UTC);
  }

  private void measure(
      long minutes,
      List<CallRecord> calls,
      Instant cut,
      Calibrations calibrations,
      List<Sighting> sightings) {
    SiteAtCut at = siteAt(calls, cut);
    long before = usedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    List<CutSite> all = new ArrayList<>();
    for (int site = 0; site < sites; site++) {
      all.add(
          new Live(
              LiveEstimate.begin(at, calls, ZoneOffset.UTC, calibrations, 1, site).orElseThrow()));
    }
    double making = cpuMs(cpu) / sites;
    Instant from = cut.plus(Duration.ofMinutes(minutes));
    int seen = refresh(all, sightings, 0, from);
    cpu = THREADS.getCurrentThreadCpuTime();
    for (int second = 1; second <= seconds; second++) {
      seen = refresh(all, sightings, seen, from.plusSeconds(second));
    }
    double aSecond = cpuMs(cpu) / seconds;
    System.out.printf(
        Locale.ROOT,
        "| %d min | %.0f ms | %.2f ms | %.0f%% | %.1f MB |%n",
        minutes,
        making,
        aSecond / sites,
        aSecond / 10,
        (usedBytes() - before) / 1e6 / all.size());
  }

  private static int refresh(List<CutSite> all, List<Sighting> sightings, int seen, Instant to) {
    int next = seen;
    while (next < sightings.size() && !sightings.get(next).at().isAfter(to)) {
      Sighting it = sightings.get(next++);
      all.forEach(site -> site.see(it));
    }
    double sum = 0;
    for (CutSite site : all) {
      sum += site.refreshed(to);
    }
    if (!(sum > 0)) {
      throw new IllegalStateException("Expected figures, but got " + sum);
    }
    return next;
  }

  private static SentCall sent(CallRecord call, int index) {
    return new SentCall(new CallId("c" + index + "-" + call.enteredMs() / 1_000), 1);
  }

  /** Who was in a call within 20 minutes before, and is in none, is there. */
  private static SiteAtCut siteAt(List<CallRecord> calls, Instant cut) {
    long at = cut.toEpochMilli();
    List<SiteAtCut.Waiting> waiting = new ArrayList<>();
    Map<String, SiteAtCut.Talking> talking = new TreeMap<>();
    Map<String, SiteAtCut.Idle> idle = new TreeMap<>();
    for (int i = 0; i < calls.size(); i++) {
      CallRecord call = calls.get(i);
      boolean left = Math.min(call.answeredMs(), call.endedMs()) <= at;
      if (call.enteredMs() > at || call.endedMs() <= at - SiteHistory.PAUSE_MS) {
        continue;
      }
      Instant entered = Instant.ofEpochMilli(call.enteredMs());
      if (!left) {
        waiting.add(new SiteAtCut.Waiting(entered, call.queue()));
      } else if (call.answered() && call.endedMs() > at) {
        talking.put(
            call.agent(),
            new SiteAtCut.Talking(
                entered,
                Instant.ofEpochMilli(call.answeredMs()),
                call.agent(),
                call.queue(),
                Optional.of(sent(call, i))));
      } else if (call.answered()) {
        idle.put(
            call.agent(),
            new SiteAtCut.Idle(
                call.agent(), Instant.ofEpochMilli(call.endedMs()), Optional.empty()));
      }
    }
    talking.keySet().forEach(idle::remove);
    waiting.sort(Comparator.comparing(SiteAtCut.Waiting::entered));
    return new SiteAtCut(cut, waiting, List.copyOf(talking.values()), List.copyOf(idle.values()));
  }

  private List<Sighting> sightings(List<CallRecord> calls, Instant cut) {
    long from = cut.toEpochMilli();
    long to = from + MINUTES[MINUTES.length - 1] * 60_000 + (seconds + 60) * 1_000L;
    List<Sighting> all = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      CallRecord call = calls.get(i);
      if (call.enteredMs() > to || call.endedMs() <= from) {
        continue;
      }
      SentCall name = sent(call, i);
      add(all, call, call.enteredMs(), Sighting.Kind.SENT, name, from);
      if (call.answered()) {
        add(all, call, call.answeredMs(), Sighting.Kind.ANSWERED, name, from);
      }
      Sighting.Kind end = call.answered() ? Sighting.Kind.ENDED : Sighting.Kind.GONE;
      add(all, call, call.endedMs(), end, name, from);
    }
    all.sort(Comparator.comparing(Sighting::at).thenComparing(Sighting::kind));
    return all;
  }

  private static void add(
      List<Sighting> all,
      CallRecord call,
      long atMs,
      Sighting.Kind kind,
      SentCall name,
      long fromMs) {
    if (atMs > fromMs) {
      all.add(new Sighting(Instant.ofEpochMilli(atMs), kind, name, call.queue()));
    }
  }

  private static double cpuMs(long since) {
    return (THREADS.getCurrentThreadCpuTime() - since) / 1e6;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
