package org.switchwright.domain.estimate;

import java.util.Arrays;
import java.util.List;

/**
 * How long things take at a site, from the weeks before a day: handling by kind of call and by
 * agent, the pause of an agent between calls while others wait, and the patience of callers.
 */
final class WorkTimes {
  static final int WEEKS = 8;

  /** A kind of call with fewer is drawn from all. */
  private static final int OWN_KIND = 100;

  /** An agent's own pace counts as much as that of all after so many calls. */
  private static final double AGENT_WORTH = 30;

  /** Callers and agents behave otherwise when many wait: bounds of calls that wait per agent. */
  private static final double[] PRESS = {0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4};

  private static final double LEAST_SHARE = 8;
  private static final double TAKES = 0.15;
  private static final int SURE = 3;
  private static final int LINE_SLACK = 3;
  private static final int LEAST_LEFT = 60;
  private static final double HURRY_WORTH = 30;
  private static final double PRESS_WORTH = 200;
  private static final double HALF_LIFE_SECONDS = 7_200;
  private static final long TODAY_MS = 2 * 3_600_000L;
  private static final double TODAY_CALLS = 100;
  private static final double TODAY_LEFT = 15;
  private static final double PAUSE_BIN_SECONDS = 1;
  private static final int PAUSE_BINS = 900;

  /** Where hardly ever anybody waits, no pause is seen to end: these count as seen, up to 10 s. */
  private static final int SUPPOSED_PAUSES = 20;

  private static final double SUPPOSED_PAUSE_SECONDS = 10;
  private static final double PATIENCE_BIN_SECONDS = 5;
  private static final int PATIENCE_BINS = 360;

  private final EmpiricalTimes[] handling;
  private final double[] pace;
  private final SurvivalTimes pauses;
  private final SurvivalTimes[] patience;
  private final double[] pacePressed;
  private final double[] hurry;
  private final Takes[][] takes;
  private final int lineLimit;
  private final double response;
  private final StaffingReturn returning;

  private WorkTimes(
      EmpiricalTimes[] handling,
      double[] pace,
      double[] pacePressed,
      SurvivalTimes pauses,
      SurvivalTimes[] patience,
      double[] hurry,
      Takes[][] takes,
      int lineLimit,
      double response,
      StaffingReturn returning) {
    this.handling = handling;
    this.pace = pace;
    this.pacePressed = pacePressed;
    this.pauses = pauses;
    this.patience = patience;
    this.hurry = hurry;
    this.takes = takes;
    this.lineLimit = lineLimit;
    this.response = response;
    this.returning = returning;
  }

  /** From what had ended before that day; of a history that ended long before, from its end. */
  static WorkTimes before(SiteHistory history, int day) {
    int known = Math.min(day, history.lastDay() + 1);
    long until = known * SiteHistory.DAY_MS;
    int first = history.firstAfter(until - WEEKS * 7 * SiteHistory.DAY_MS);
    int last = history.firstAfter(until);
    Expectation expectation = new Expectation(history, first, last, until);
    double[] pace = pace(history, first, last, until, expectation);
    List<DayDeviation> deviations = DayDeviation.before(history, known);
    SurvivalTimes[] patience = patience(history, first, last, until);
    return new WorkTimes(
        handling(history, first, last, until),
        pace,
        pacePressed(history, first, last, until, expectation, pace),
        pauses(history, first, last, until),
        patience,
        hurry(history, first, last, until, patience),
        takes(history, first, last, until),
        lineLimit(history, first, last),
        StaffingResponse.of(deviations),
        StaffingReturn.of(deviations));
  }

  /**
   * How today differs from the weeks before, by the calls that entered in the hours before a cut:
   * how many have ended, or have been given up, against how many would have by now on other days.
   * What still goes on counts by how long it has lasted; the long ones would be missed otherwise.
   *
   * @param pace how much longer calls take
   * @param hurry how much more likely callers are to give up at any moment
   */
  record Today(double pace, double hurry) {
    static final Today ORDINARY = new Today(1, 1);

    /** What is left of the difference after so long. */
    Today after(double seconds) {
      double fade = StrictMath.pow(0.5, seconds / HALF_LIFE_SECONDS);
      return new Today(1 + (pace - 1) * fade, 1 + (hurry - 1) * fade);
    }
  }

  /** Both are drawn to 1, the more the less has been seen. */
  Today today(SiteHistory history, long cutMs) {
    double ended = 0;
    double due = 0;
    double gaveUp = 0;
    double likely = 0;
    int last = history.firstAfter(cutMs);
    for (int i = history.firstAfter(cutMs - TODAY_MS); i < last; i++) {
      long left = Math.min(history.leftQueue(i), cutMs);
      gaveUp += history.answered[i] == SiteHistory.NEVER && left < cutMs ? 1 : 0;
      likely +=
          hurry[history.queue[i]]
              * patience[stratum(history.pressAtEntry[i])].hazard(
                  (left - history.entered[i]) / 1_000.0);
      if (history.answered[i] < cutMs) {
        double lasted = (Math.min(history.ended[i], cutMs) - history.answered[i]) / 1_000.0;
        double pace = pace(history.agent[i]) * pacePressed[stratum(history.pressAtAnswer[i])];
        ended += history.ended[i] <= cutMs ? 1 : 0;
        due += handling[history.queue[i]].hazard(lasted / pace);
      }
    }
    return new Today(
        (due + TODAY_CALLS) / (ended + TODAY_CALLS), (gaveUp + TODAY_LEFT) / (likely + TODAY_LEFT));
  }

  /**
   * @param press calls that wait per agent, as the call is answered
   */
  double handling(int queue, int agent, double press, Today today, Chance chance) {
    return handling[queue].draw(chance) * pace(agent) * pacePressed[stratum(press)] * today.pace();
  }

  double restOfHandling(int queue, int agent, double ageSeconds, Today today, Chance chance) {
    double pace = pace(agent) * today.pace();
    return handling[queue].residual(ageSeconds / pace, chance) * pace;
  }

  double pause(Chance chance) {
    return atMostPause(pauses.drawBeyond(0, chance));
  }

  /** A whole pause that has lasted for {@code ageSeconds}. */
  double pauseBeyond(double ageSeconds, Chance chance) {
    return Math.max(ageSeconds, atMostPause(pauses.drawBeyond(ageSeconds, chance)));
  }

  /** The share of pauses that last for longer, of those that last for {@code knownSeconds}. */
  double stillPausing(double ageSeconds, double knownSeconds) {
    double known = pauses.survival(knownSeconds);
    return known <= 0 ? 1 : pauses.survival(ageSeconds) / known;
  }

  /**
   * How long somebody waits at most who has waited for {@code ageSeconds}.
   *
   * @param press calls that wait per agent, as the call entered
   */
  double patienceBeyond(int queue, double ageSeconds, double press, Today today, Chance chance) {
    return patience[stratum(press)].drawBeyond(ageSeconds, hurry[queue] * today.hurry(), chance);
  }

  /** Whether an agent takes calls of a kind; where too little was seen, it is supposed. */
  boolean takes(int agent, int queue) {
    return agent == SiteHistory.NOBODY || takes[agent][queue] != Takes.NONE;
  }

  /** Whether an agent has been seen to take calls of a kind. */
  boolean surelyTakes(int agent, int queue) {
    return agent != SiteHistory.NOBODY && takes[agent][queue] == Takes.SURE;
  }

  private enum Takes {
    NONE,
    SUPPOSED,
    SURE
  }

  /** Who had far fewer of a kind than their share takes none of it. */
  private static Takes[][] takes(SiteHistory history, int first, int last, long until) {
    int[][] counts = new int[history.agentCount()][history.queueCount()];
    int[] ofAgent = new int[history.agentCount()];
    int[] ofQueue = new int[history.queueCount()];
    int all = 0;
    for (int i = first; i < last; i++) {
      if (history.answered[i] < until) {
        counts[history.agent[i]][history.queue[i]]++;
        ofAgent[history.agent[i]]++;
        ofQueue[history.queue[i]]++;
        all++;
      }
    }
    Takes[][] takes = new Takes[ofAgent.length][ofQueue.length];
    for (int agent = 0; agent < ofAgent.length; agent++) {
      for (int queue = 0; queue < ofQueue.length; queue++) {
        double share = (double) ofAgent[agent] * ofQueue[queue] / Math.max(1, all);
        int had = counts[agent][queue];
        boolean few = had <= TAKES * share;
        takes[agent][queue] =
            few && share >= LEAST_SHARE
                ? Takes.NONE
                : few || had < SURE ? Takes.SUPPOSED : Takes.SURE;
      }
    }
    return takes;
  }

  /** Nobody joins a line that is longer: lines run out, and such a line was never seen. */
  int lineLimit() {
    return lineLimit;
  }

  /** How many more agents are there for each call that waits beyond the usual. */
  double response() {
    return response;
  }

  StaffingReturn returning() {
    return returning;
  }

  private static int lineLimit(SiteHistory history, int first, int last) {
    int longest = 0;
    for (int i = first; i < last; i++) {
      longest = Math.max(longest, history.lineAtEntry(i));
    }
    return LINE_SLACK + longest + longest / 4;
  }

  private static int stratum(double press) {
    int stratum = 0;
    while (stratum < PRESS.length && press > PRESS[stratum]) {
      stratum++;
    }
    return stratum;
  }

  private double pace(int agent) {
    return agent == SiteHistory.NOBODY ? 1 : pace[agent];
  }

  private static double atMostPause(double seconds) {
    return Math.min(seconds, PAUSE_BINS * PAUSE_BIN_SECONDS);
  }

  private static EmpiricalTimes[] handling(SiteHistory history, int first, int last, long until) {
    int[] counts = new int[history.queueCount()];
    double[] all = new double[last - first];
    int size = 0;
    for (int i = first; i < last; i++) {
      if (history.answered[i] < until && history.ended[i] <= until) {
        all[size++] = seconds(history, i);
        counts[history.queue[i]]++;
      }
    }
    EmpiricalTimes together =
        new EmpiricalTimes(size == 0 ? new double[] {180} : Arrays.copyOf(all, size));
    EmpiricalTimes[] handling = new EmpiricalTimes[counts.length];
    for (int queue = 0; queue < counts.length; queue++) {
      handling[queue] =
          counts[queue] < OWN_KIND
              ? together
              : new EmpiricalTimes(ofQueue(history, first, last, until, queue, counts[queue]));
    }
    return handling;
  }

  private static double[] ofQueue(
      SiteHistory history, int first, int last, long until, int queue, int count) {
    double[] times = new double[count];
    int size = 0;
    for (int i = first; i < last; i++) {
      if (history.queue[i] == queue && history.answered[i] < until && history.ended[i] <= until) {
        times[size++] = seconds(history, i);
      }
    }
    return times;
  }

  private static double seconds(SiteHistory history, int call) {
    return (history.ended[call] - history.answered[call]) / 1_000.0;
  }

  /** What a call takes on average, by its kind. */
  private static final class Expectation {
    private final double[] mean;

    Expectation(SiteHistory history, int first, int last, long until) {
      double[] sums = new double[history.queueCount()];
      int[] counts = new int[history.queueCount()];
      for (int i = first; i < last; i++) {
        if (history.answered[i] < until && history.ended[i] <= until) {
          sums[history.queue[i]] += seconds(history, i);
          counts[history.queue[i]]++;
        }
      }
      mean = new double[sums.length];
      for (int queue = 0; queue < mean.length; queue++) {
        mean[queue] = counts[queue] == 0 ? 0 : sums[queue] / counts[queue];
      }
    }
  }

  private static double[] pace(
      SiteHistory history, int first, int last, long until, Expectation expectation) {
    double[] took = new double[history.agentCount()];
    double[] expected = new double[history.agentCount()];
    double[] calls = new double[history.agentCount()];
    for (int i = first; i < last; i++) {
      if (history.answered[i] < until && history.ended[i] <= until) {
        took[history.agent[i]] += seconds(history, i);
        expected[history.agent[i]] += expectation.mean[history.queue[i]];
        calls[history.agent[i]]++;
      }
    }
    double[] pace = new double[took.length];
    for (int agent = 0; agent < pace.length; agent++) {
      double own = expected[agent] <= 0 ? 1 : took[agent] / expected[agent];
      pace[agent] = (calls[agent] * own + AGENT_WORTH) / (calls[agent] + AGENT_WORTH);
      pace[agent] = Math.clamp(pace[agent], 0.3, 3);
    }
    return pace;
  }

  private static double[] pacePressed(
      SiteHistory history,
      int first,
      int last,
      long until,
      Expectation expectation,
      double[] paceOfAgent) {
    double[] took = new double[PRESS.length + 1];
    double[] expected = new double[PRESS.length + 1];
    double[] calls = new double[PRESS.length + 1];
    for (int i = first; i < last; i++) {
      if (history.answered[i] < until && history.ended[i] <= until) {
        int stratum = stratum(history.pressAtAnswer[i]);
        took[stratum] += seconds(history, i);
        expected[stratum] += expectation.mean[history.queue[i]] * paceOfAgent[history.agent[i]];
        calls[stratum]++;
      }
    }
    double[] pace = new double[took.length];
    for (int stratum = 0; stratum < pace.length; stratum++) {
      double own = expected[stratum] <= 0 ? 1 : took[stratum] / expected[stratum];
      pace[stratum] = (calls[stratum] * own + PRESS_WORTH) / (calls[stratum] + PRESS_WORTH);
    }
    return pace;
  }

  /** By how many wait; where few have given up, as with fewer waiting. */
  private static SurvivalTimes[] patience(SiteHistory history, int first, int last, long until) {
    SurvivalTimes.Counts[] counts = new SurvivalTimes.Counts[PRESS.length + 1];
    int[] gaveUp = new int[counts.length];
    for (int stratum = 0; stratum < counts.length; stratum++) {
      counts[stratum] = new SurvivalTimes.Counts(PATIENCE_BIN_SECONDS, PATIENCE_BINS);
    }
    SurvivalTimes.Counts all = new SurvivalTimes.Counts(PATIENCE_BIN_SECONDS, PATIENCE_BINS);
    for (int i = first; i < last; i++) {
      long left = Math.min(history.leftQueue(i), until);
      boolean end = history.answered[i] == SiteHistory.NEVER && left < until;
      int stratum = stratum(history.pressAtEntry[i]);
      counts[stratum].add((left - history.entered[i]) / 1_000.0, end);
      all.add((left - history.entered[i]) / 1_000.0, end);
      gaveUp[stratum] += end ? 1 : 0;
    }
    SurvivalTimes[] patience = new SurvivalTimes[counts.length];
    SurvivalTimes known = all.estimate();
    for (int stratum = 0; stratum < patience.length; stratum++) {
      known = gaveUp[stratum] >= LEAST_LEFT ? counts[stratum].estimate() : known;
      patience[stratum] = known;
    }
    return patience;
  }

  /** How much more likely callers of a kind are to give up at any moment than all of them. */
  private static double[] hurry(
      SiteHistory history, int first, int last, long until, SurvivalTimes[] patience) {
    double[] gaveUp = new double[history.queueCount()];
    double[] likely = new double[history.queueCount()];
    for (int i = first; i < last; i++) {
      long left = Math.min(history.leftQueue(i), until);
      gaveUp[history.queue[i]] += history.answered[i] == SiteHistory.NEVER && left < until ? 1 : 0;
      likely[history.queue[i]] +=
          patience[stratum(history.pressAtEntry[i])].hazard((left - history.entered[i]) / 1_000.0);
    }
    double[] hurry = new double[gaveUp.length];
    for (int queue = 0; queue < hurry.length; queue++) {
      hurry[queue] = (gaveUp[queue] + HURRY_WORTH) / (likely[queue] + HURRY_WORTH);
    }
    return hurry;
  }

  /**
   * A pause is seen from the end of a call for as long as others wait without a break; it ends with
   * the agent's next answer within the session.
   */
  private static SurvivalTimes pauses(SiteHistory history, int first, int last, long until) {
    SurvivalTimes.Counts counts = new SurvivalTimes.Counts(PAUSE_BIN_SECONDS, PAUSE_BINS);
    for (int k = 0; k < SUPPOSED_PAUSES; k++) {
      counts.add(SUPPOSED_PAUSE_SECONDS * (k + 0.5) / SUPPOSED_PAUSES, true);
    }
    int[] order = Arrays.stream(history.byAgent()).filter(i -> i >= first && i < last).toArray();
    for (int k = 0; k < order.length; k++) {
      long end = history.ended[order[k]];
      long next =
          k + 1 < order.length && history.agent[order[k + 1]] == history.agent[order[k]]
              ? history.answered[order[k + 1]]
              : SiteHistory.NEVER;
      int spell = SiteHistory.upTo(history.queueFrom, end) - 1;
      if (spell < 0 || end >= until || history.queueTo[spell] <= end) {
        continue;
      }
      // Whoever takes no call for so long has gone, and that is a matter of staffing.
      if (next - end > SiteHistory.PAUSE_MS) {
        continue;
      }
      boolean taken = next <= history.queueTo[spell];
      long seen = Math.min(taken ? next : history.queueTo[spell], until);
      counts.add((seen - end) / 1_000.0, taken && next < until);
    }
    return counts.estimate();
  }
}
