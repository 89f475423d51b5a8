package org.switchwright.simulation.rehearsal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.LoadedDay;

/**
 * Several days of a log on one clock, each as a site of its own: callers of all of them are sent to
 * one of the sites, wait, lose patience or are answered, talk for as long as is laid down, and give
 * the agent a pause. Times are milliseconds after midnight. Can be copied at any time, to go on in
 * several ways.
 */
final class PlayedDay {
  static final int NOBODY = -1;

  private final List<Arrival> arrivals;
  private final List<List<String>> agents;
  private final PlayedSite[] sites;
  private final PriorityQueue<Happening> ahead;
  private final int[] busy;
  private final int[] waiting;
  private final boolean[][] there;
  private final boolean[][] talks;
  private final long[][] idleSince;
  private final boolean[][] pauses;
  private final int[] siteOf;
  private final int[] agentOf;
  private final long[] leftAt;
  private final long[] endedAt;
  private final long[] expiresAt;
  private long now;

  /** A caller of one of the days; no two of them call at the same millisecond. */
  record Arrival(long atMs, int home, LoadedDay.Caller caller) {}

  /** Where a caller is sent. */
  interface Router {
    int siteFor(PlayedDay day, int caller, long atMs);
  }

  /** Sees what becomes of callers, as it happens. */
  interface Watcher {
    Watcher NOBODY =
        new Watcher() {
          @Override
          public void entered(int caller, int site, long atMs) {}

          @Override
          public void answered(int caller, int site, long atMs) {}

          @Override
          public void gaveUp(int caller, int site, long atMs) {}

          @Override
          public void released(int caller, int site, long atMs) {}
        };

    void entered(int caller, int site, long atMs);

    void answered(int caller, int site, long atMs);

    void gaveUp(int caller, int site, long atMs);

    void released(int caller, int site, long atMs);
  }

  private enum Kind {
    // Of one instant in this order: who comes or is released may answer at once.
    LOG_IN,
    RELEASE,
    PAUSE_OVER,
    ARRIVE,
    GIVE_UP,
    EXPIRE,
    LOG_OUT
  }

  private record Happening(long atMs, Kind kind, int site, int who)
      implements Comparable<Happening> {
    private static final Comparator<Happening> ORDER =
        Comparator.comparingLong(Happening::atMs)
            .thenComparing(Happening::kind)
            .thenComparingInt(Happening::site)
            .thenComparingInt(Happening::who);

    @Override
    public int compareTo(Happening other) {
      return ORDER.compare(this, other);
    }
  }

  PlayedDay(List<LoadedDay> days) {
    this.arrivals = arrivals(days);
    this.agents = new ArrayList<>();
    int count = days.size();
    sites = new PlayedSite[count];
    ahead = new PriorityQueue<>();
    busy = new int[count];
    waiting = new int[count];
    there = new boolean[count][];
    talks = new boolean[count][];
    idleSince = new long[count][];
    pauses = new boolean[count][];
    siteOf = new int[arrivals.size()];
    agentOf = new int[arrivals.size()];
    leftAt = new long[arrivals.size()];
    endedAt = new long[arrivals.size()];
    expiresAt = new long[count];
    Arrays.fill(siteOf, NOBODY);
    Arrays.fill(agentOf, NOBODY);
    Arrays.fill(leftAt, CallRecord.NEVER);
    Arrays.fill(endedAt, CallRecord.NEVER);
    Arrays.fill(expiresAt, Long.MAX_VALUE);
    for (int site = 0; site < count; site++) {
      sites[site] = new PlayedSite(site);
      Map<String, Integer> numbers = new HashMap<>();
      List<String> names = new ArrayList<>();
      for (LoadedDay.Shift shift : days.get(site).shifts()) {
        Integer known = numbers.putIfAbsent(shift.agent(), names.size());
        if (known == null) {
          names.add(shift.agent());
        }
        int agent = known == null ? names.size() - 1 : known;
        ahead.add(new Happening(shift.fromMs(), Kind.LOG_IN, site, agent));
        ahead.add(new Happening(shift.toMs(), Kind.LOG_OUT, site, agent));
      }
      agents.add(names);
      there[site] = new boolean[names.size()];
      talks[site] = new boolean[names.size()];
      idleSince[site] = new long[names.size()];
      pauses[site] = new boolean[names.size()];
    }
    if (!arrivals.isEmpty()) {
      ahead.add(new Happening(arrivals.getFirst().atMs(), Kind.ARRIVE, 0, 0));
    }
  }

  private PlayedDay(PlayedDay of) {
    arrivals = of.arrivals;
    agents = of.agents;
    sites = Arrays.stream(of.sites).map(PlayedSite::copy).toArray(PlayedSite[]::new);
    ahead = new PriorityQueue<>(of.ahead);
    busy = of.busy.clone();
    waiting = of.waiting.clone();
    there = Arrays.stream(of.there).map(boolean[]::clone).toArray(boolean[][]::new);
    talks = Arrays.stream(of.talks).map(boolean[]::clone).toArray(boolean[][]::new);
    idleSince = Arrays.stream(of.idleSince).map(long[]::clone).toArray(long[][]::new);
    pauses = Arrays.stream(of.pauses).map(boolean[]::clone).toArray(boolean[][]::new);
    siteOf = of.siteOf.clone();
    agentOf = of.agentOf.clone();
    leftAt = of.leftAt.clone();
    endedAt = of.endedAt.clone();
    expiresAt = of.expiresAt.clone();
    now = of.now;
  }

  private static List<Arrival> arrivals(List<LoadedDay> days) {
    List<Arrival> all = new ArrayList<>();
    for (int home = 0; home < days.size(); home++) {
      for (LoadedDay.Caller caller : days.get(home).callers()) {
        all.add(new Arrival(caller.atMs(), home, caller));
      }
    }
    all.sort(Comparator.comparingLong(Arrival::atMs).thenComparingInt(Arrival::home));
    long last = -1;
    List<Arrival> apart = new ArrayList<>();
    for (Arrival each : all) {
      last = Math.max(last + 1, each.atMs());
      apart.add(new Arrival(last, each.home(), each.caller()));
    }
    return apart;
  }

  PlayedDay copy() {
    return new PlayedDay(this);
  }

  /** Plays everything that is not after that. */
  void playUntil(long atMs, Router router, Watcher watcher) {
    while (!ahead.isEmpty() && ahead.peek().atMs() <= atMs) {
      Happening it = ahead.remove();
      now = it.atMs();
      happen(it, router, watcher);
    }
    now = Math.max(now, atMs);
  }

  /** Plays until all is over. */
  void playOut(Router router, Watcher watcher) {
    while (!ahead.isEmpty()) {
      playUntil(ahead.peek().atMs(), router, watcher);
    }
  }

  private void happen(Happening it, Router router, Watcher watcher) {
    PlayedSite site = sites[it.site()];
    switch (it.kind()) {
      case LOG_IN -> {
        there[it.site()][it.who()] = true;
        idleSince[it.site()][it.who()] = now;
        answer(it.site(), site.logIn(it.who(), now), watcher);
      }
      case LOG_OUT -> {
        there[it.site()][it.who()] = false;
        site.logOut(it.who(), now);
      }
      case ARRIVE -> arrive(it.who(), router, watcher);
      case GIVE_UP -> {
        if (leftAt[it.who()] == CallRecord.NEVER) {
          leftAt[it.who()] = now;
          endedAt[it.who()] = now;
          waiting[it.site()]--;
          site.giveUp(it.who(), now);
          watcher.gaveUp(it.who(), it.site(), now);
        }
      }
      case RELEASE -> {
        endedAt[it.who()] = now;
        busy[it.site()]--;
        talks[it.site()][agentOf[it.who()]] = false;
        idleSince[it.site()][agentOf[it.who()]] = now;
        pauses[it.site()][agentOf[it.who()]] = true;
        site.release(it.who(), now);
        watcher.released(it.who(), it.site(), now);
        long pause = arrivals.get(it.who()).caller().pauseMs();
        ahead.add(new Happening(now + pause, Kind.PAUSE_OVER, it.site(), agentOf[it.who()]));
      }
      case PAUSE_OVER -> {
        pauses[it.site()][it.who()] = false;
        answer(it.site(), site.endWrapUp(it.who(), now), watcher);
      }
      case EXPIRE -> {
        expiresAt[it.site()] = Long.MAX_VALUE;
        if (site.dueMs() <= now) {
          answer(it.site(), site.expire(now), watcher);
        }
      }
    }
    plan(it.site());
  }

  private void plan(int site) {
    long due = sites[site].dueMs();
    if (due < expiresAt[site]) {
      expiresAt[site] = due;
      ahead.add(new Happening(due, Kind.EXPIRE, site, 0));
    }
  }

  private void arrive(int caller, Router router, Watcher watcher) {
    if (caller + 1 < arrivals.size()) {
      ahead.add(new Happening(arrivals.get(caller + 1).atMs(), Kind.ARRIVE, 0, caller + 1));
    }
    int to = router.siteFor(this, caller, now);
    LoadedDay.Caller it = arrivals.get(caller).caller();
    siteOf[caller] = to;
    waiting[to]++;
    watcher.entered(caller, to, now);
    ahead.add(new Happening(now + it.patienceMs(), Kind.GIVE_UP, to, caller));
    answer(to, sites[to].enter(caller, it.headStartMs(), now), watcher);
    plan(to);
  }

  private void answer(int site, List<PlayedSite.Answer> answers, Watcher watcher) {
    for (PlayedSite.Answer it : answers) {
      waiting[site]--;
      busy[site]++;
      leftAt[it.caller()] = now;
      agentOf[it.caller()] = it.agent();
      talks[site][it.agent()] = true;
      watcher.answered(it.caller(), site, now);
      long talk = arrivals.get(it.caller()).caller().talkMs();
      ahead.add(new Happening(now + talk, Kind.RELEASE, site, it.caller()));
    }
  }

  int sites() {
    return sites.length;
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  /** With those who talk to a last caller. */
  int loggedIn(int site) {
    int count = 0;
    for (int agent = 0; agent < there[site].length; agent++) {
      count += there[site][agent] || talks[site][agent] ? 1 : 0;
    }
    return count;
  }

  int busy(int site) {
    return busy[site];
  }

  int waiting(int site) {
    return waiting[site];
  }

  /**
   * An agent who is there and in no call.
   *
   * @param pauses whether the agent cannot be given one, as the site reports it
   */
  record Idle(String agent, long sinceMs, boolean pauses) {}

  List<Idle> idle(int site) {
    List<Idle> idle = new ArrayList<>();
    for (int agent = 0; agent < there[site].length; agent++) {
      if (there[site][agent] && !talks[site][agent]) {
        String name = agents.get(site).get(agent);
        idle.add(new Idle(name, idleSince[site][agent], pauses[site][agent]));
      }
    }
    return idle;
  }

  /** Where a caller was sent, or nowhere yet. */
  int siteOf(int caller) {
    return siteOf[caller];
  }

  /** When the caller ceased to wait. */
  long leftAt(int caller) {
    return leftAt[caller];
  }

  long endedAt(int caller) {
    return endedAt[caller];
  }

  boolean answered(int caller) {
    return agentOf[caller] != NOBODY;
  }

  String agentOf(int caller) {
    return agents.get(siteOf[caller]).get(agentOf[caller]);
  }
}
