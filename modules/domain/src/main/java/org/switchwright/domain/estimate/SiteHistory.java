package org.switchwright.domain.estimate;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A site's past calls and who was logged in, in columns, so that a year of a large site is small
 * and quick to ask. Its time is <i>civil</i>: milliseconds as the site's wall clocks show them,
 * counted from 1 January 1970, so that the same time of two days differs by whole days.
 *
 * <p>Of two calls of one agent that overlap, the first one ends where the second was answered: what
 * follows in a log is a leg that was passed on. Where a log has no logins, an agent counts as
 * logged in from one answer to the last end before a pause of more than {@link #PAUSE_MS}.
 */
public final class SiteHistory {
  /** Who takes no call for longer was not logged in. */
  public static final long PAUSE_MS = 20 * 60_000L;

  public static final long DAY_MS = 86_400_000L;
  static final long MINUTE_MS = 60_000L;
  static final long NEVER = CallRecord.NEVER;
  static final int NOBODY = -1;

  /** By when they entered; what else there is makes the order one of its own. */
  private static final Comparator<CallRecord> ORDER =
      Comparator.comparingLong(CallRecord::enteredMs)
          .thenComparingLong(CallRecord::answeredMs)
          .thenComparingLong(CallRecord::endedMs)
          .thenComparing(CallRecord::agent)
          .thenComparing(CallRecord::queue)
          .thenComparingInt(CallRecord::headStartMs);

  final long[] entered;

  final long[] answered;
  final long[] ended;
  final int[] agent;
  final int[] queue;
  final int[] headStartMs;

  private final String[] agents;
  private final String[] queues;
  final Sessions sessions;
  private final Schedule schedule;

  private final int[] byAgent;
  private final long[] answers;
  private final long[] left;
  private final long[] releases;

  /** Calls waiting per agent logged in, as each call found it when it entered. */
  final float[] pressAtEntry;

  /** The same as it was left when each call was answered; 0 where it was not. */
  final float[] pressAtAnswer;

  /** From when until when somebody waited, by time. */
  final long[] queueFrom;

  final long[] queueTo;

  private SiteHistory(SitePast past, ZoneId zone, Schedule schedule) {
    this.schedule = schedule;
    List<CallRecord> calls = past.calls().stream().sorted(ORDER).toList();
    int size = calls.size();
    agents =
        names(
            Stream.concat(
                    calls.stream().map(CallRecord::agent).filter(it -> !it.isEmpty()),
                    past.presences().stream().map(Presence::agent))
                .toList());
    queues = names(calls.stream().map(CallRecord::queue).toList());
    entered = new long[size];
    answered = new long[size];
    ended = new long[size];
    agent = new int[size];
    queue = new int[size];
    headStartMs = new int[size];
    ZoneRules rules = zone.getRules();
    for (int i = 0; i < size; i++) {
      CallRecord call = calls.get(i);
      // One offset for the whole call: a call through a change of clocks keeps its length.
      long offsetMs = offsetMs(rules, call.enteredMs());
      entered[i] = call.enteredMs() + offsetMs;
      answered[i] = call.answered() ? call.answeredMs() + offsetMs : NEVER;
      ended[i] = call.endedMs() + offsetMs;
      agent[i] = call.answered() ? Arrays.binarySearch(agents, call.agent()) : NOBODY;
      queue[i] = Arrays.binarySearch(queues, call.queue());
      headStartMs[i] = call.headStartMs();
    }
    sortByCivilTime();
    sessions = Sessions.of(answered, ended, agent, agents.length, told(past.presences(), rules));
    answers = Arrays.stream(answered).filter(it -> it != NEVER).sorted().toArray();
    left = new long[size];
    for (int i = 0; i < size; i++) {
      left[i] = leftQueue(i);
    }
    Arrays.sort(left);
    byAgent = Sessions.byAgentAndAnswer(answered, agent);
    releases = Arrays.stream(byAgent).mapToLong(i -> ended[i]).sorted().toArray();
    long[] from = new long[size];
    long[] to = new long[size];
    int spells = 0;
    int waiting = 0;
    for (int in = 0, out = 0; out < size; ) {
      if (in < size && entered[in] <= left[out]) {
        from[spells] = waiting++ == 0 ? entered[in] : from[spells];
        in++;
      } else {
        to[spells] = left[out++];
        spells += --waiting == 0 && to[spells] > from[spells] ? 1 : 0;
      }
    }
    queueFrom = Arrays.copyOf(from, spells);
    queueTo = Arrays.copyOf(to, spells);
    pressAtEntry = new float[size];
    pressAtAnswer = new float[size];
    for (int i = 0; i < size; i++) {
      pressAtEntry[i] = press(entered[i] - 1);
      pressAtAnswer[i] = answered[i] == NEVER ? 0 : press(answered[i]);
    }
  }

  private static long offsetMs(ZoneRules rules, long epochMs) {
    return rules.getOffset(Instant.ofEpochMilli(epochMs)).getTotalSeconds() * 1_000L;
  }

  private Sessions.Told told(List<Presence> presences, ZoneRules rules) {
    int[] who = new int[presences.size()];
    long[] from = new long[who.length];
    long[] to = new long[who.length];
    for (int i = 0; i < who.length; i++) {
      Presence it = presences.get(i);
      who[i] = Arrays.binarySearch(agents, it.agent());
      from[i] = it.fromMs() + offsetMs(rules, it.fromMs());
      to[i] = Math.max(from[i], it.toMs() + offsetMs(rules, it.toMs() - 1));
    }
    return new Sessions.Told(who, from, to);
  }

  /**
   * @param records in any order
   * @param zone whose wall clocks the site lives by
   */
  public static SiteHistory of(List<CallRecord> records, ZoneId zone) {
    return of(records, zone, Schedule.NONE);
  }

  /**
   * @param schedule of any of the days, and of days to come
   */
  public static SiteHistory of(List<CallRecord> records, ZoneId zone, Schedule schedule) {
    return of(SitePast.of(records), zone, schedule);
  }

  /** The same, of which the site has told itself who was there. */
  public static SiteHistory of(SitePast past, ZoneId zone, Schedule schedule) {
    return new SiteHistory(past, zone, schedule);
  }

  Schedule schedule() {
    return schedule;
  }

  public int size() {
    return entered.length;
  }

  public int agentCount() {
    return agents.length;
  }

  public int queueCount() {
    return queues.length;
  }

  public String agentName(int index) {
    return agents[index];
  }

  public String queueName(int index) {
    return queues[index];
  }

  /** {@link #NOBODY} for somebody who never answered a call. */
  int agentIndex(String name) {
    return Math.max(NOBODY, Arrays.binarySearch(agents, name));
  }

  /** How many agents were logged in. */
  public int loggedIn(long civilMs) {
    return sessions.open(civilMs);
  }

  /** How many agents talked. */
  public int busy(long civilMs) {
    return upTo(answers, civilMs) - upTo(releases, civilMs);
  }

  /** How many calls waited. */
  public int waiting(long civilMs) {
    return upTo(entered, civilMs) - upTo(left, civilMs);
  }

  int lineAtEntry(int call) {
    return waiting(entered[call]);
  }

  private float press(long civilMs) {
    return (float) waiting(civilMs) / Math.max(1, loggedIn(civilMs));
  }

  /** How many calls entered after {@code from} and not after {@code to}. */
  public int entered(long from, long to) {
    return upTo(entered, to) - upTo(entered, from);
  }

  /** {@link Quantity#EXPECTED_WAIT} in seconds, or NaN where no call entered. */
  public double expectedWait(long civilMs) {
    int first = upTo(entered, civilMs);
    int last = upTo(entered, civilMs + Horizons.WAIT_WINDOW_MS);
    double sum = 0;
    for (int i = first; i < last; i++) {
      sum += leftQueue(i) - entered[i];
    }
    return last == first ? Double.NaN : sum / (last - first) / 1_000;
  }

  /**
   * The mean wait in seconds of calls that ceased to wait in the last five minutes, or where there
   * are none in the last half hour; 0 where there are none either. What a last report tells of the
   * wait.
   */
  public double lastWait(long civilMs) {
    double five = waitOfThoseWhoLeft(civilMs, Horizons.WAIT_WINDOW_MS);
    double thirty =
        Double.isNaN(five) ? waitOfThoseWhoLeft(civilMs, Horizons.LEVEL_WINDOW_MS) : five;
    return Double.isNaN(thirty) ? 0 : thirty;
  }

  private double waitOfThoseWhoLeft(long civilMs, long windowMs) {
    double sum = 0;
    int count = 0;
    int last = upTo(entered, civilMs);
    for (int i = upTo(entered, civilMs - windowMs - CallRecord.MAX_CALL_MS / 4); i < last; i++) {
      if (leftQueue(i) <= civilMs && leftQueue(i) > civilMs - windowMs) {
        sum += leftQueue(i) - entered[i];
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count / 1_000;
  }

  /** {@link Quantity#SERVICE_LEVEL}, or NaN where there is no call of known fate. */
  public double serviceLevel(long civilMs) {
    int in = 0;
    int all = 0;
    for (int i = upTo(entered, civilMs - Horizons.LEVEL_WINDOW_MS);
        i < upTo(entered, civilMs);
        i++) {
      long until = Math.min(leftQueue(i), civilMs);
      boolean inTime = answered[i] <= civilMs && until - entered[i] <= Horizons.LEVEL_TARGET_MS;
      boolean known = leftQueue(i) <= civilMs || until - entered[i] > Horizons.LEVEL_TARGET_MS;
      in += inTime ? 1 : 0;
      all += known ? 1 : 0;
    }
    return all == 0 ? Double.NaN : (double) in / all;
  }

  /** What the site was like; NaN where it was not defined. */
  public double truth(Quantity quantity, long civilMs) {
    return switch (quantity) {
      case LOGGED_IN -> loggedIn(civilMs);
      case BUSY -> busy(civilMs);
      case WAITING -> waiting(civilMs);
      case EXPECTED_WAIT -> expectedWait(civilMs);
      case SERVICE_LEVEL -> serviceLevel(civilMs);
    };
  }

  /** When a call ceased to wait. */
  long leftQueue(int call) {
    return Math.min(answered[call], ended[call]);
  }

  /** The index of the first call that entered after that. */
  int firstAfter(long civilMs) {
    return upTo(entered, civilMs);
  }

  /** Counted from 1 January 1970. */
  public int firstDay() {
    return OrdinaryDays.day(firstMs());
  }

  public int lastDay() {
    return OrdinaryDays.day(lastMs());
  }

  long firstMs() {
    return size() == 0 ? 0 : entered[0];
  }

  long lastMs() {
    return size() == 0 ? 0 : entered[size() - 1];
  }

  /** How many of a sorted column are not after that. */
  static int upTo(long[] sorted, long civilMs) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= civilMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The answered calls, by agent and then by answer. */
  int[] byAgent() {
    return byAgent;
  }

  /** Clocks that were set back have disturbed the order. */
  private void sortByCivilTime() {
    for (int i = 1; i < entered.length; i++) {
      for (int j = i; j > 0 && entered[j - 1] > entered[j]; j--) {
        swap(entered, j);
        swap(answered, j);
        swap(ended, j);
        swap(agent, j);
        swap(queue, j);
        swap(headStartMs, j);
      }
    }
  }

  private static void swap(long[] column, int j) {
    long kept = column[j];
    column[j] = column[j - 1];
    column[j - 1] = kept;
  }

  private static void swap(int[] column, int j) {
    int kept = column[j];
    column[j] = column[j - 1];
    column[j - 1] = kept;
  }

  private static String[] names(List<String> all) {
    return new TreeSet<>(all).toArray(new String[0]);
  }
}
