package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * How long things take at a site, from the weeks before a day: handling by kind of call and by agent,
 * the pause of an agent between calls while others wait, and the patience of callers.
 */
final class WorkTimes {
  static final int WEEKS = 8;

  /** A kind of call with fewer is drawn from all. */
  private static final int OWN_KIND = 100;

  /** An agent's own pace counts as much as that of all after so many calls. */
  private static final double AGENT_WORTH = 30;

  private static final double PAUSE_BIN_SECONDS = 1;
  private static final int PAUSE_BINS = 900;
  private static final double PATIENCE_BIN_SECONDS = 5;
  private static final int PATIENCE_BINS = 360;

  private final EmpiricalTimes[] handling;
  private final double[] pace;
  private final SurvivalTimes pauses;
  private final SurvivalTimes patience;

  private WorkTimes(
      EmpiricalTimes[] handling, double[] pace, SurvivalTimes pauses, SurvivalTimes patience) {
    this.handling = handling;
    this.pace = pace;
    this.pauses = pauses;
    this.patience = patience;
  }

  /** From what had ended before that day. */
  static WorkTimes before(SiteHistory history, int day) {
    long until = day * SiteHistory.DAY_MS;
    int first = history.firstAfter(until - WEEKS * 7 * SiteHistory.DAY_MS);
    int last = history.firstAfter(until);
    return new WorkTimes(
        handling(history, first, last, until),
        pace(history, first, last, until),
        pauses(history, first, last, until),
        patience(history, first, last, until));
  }

  double handling(int queue, int agent, Chance chance) {
    return handling[queue].draw(chance) * pace(agent);
  }

  double restOfHandling(int queue, int agent, double ageSeconds, Chance chance) {
    return handling[queue].residual(ageSeconds / pace(agent), chance) * pace(agent);
  }

  double pause(Chance chance) {
    return atMostPause(pauses.drawBeyond(0, chance));
  }

  /** A whole pause that has lasted for {@code ageSeconds}. */
  double pauseBeyond(double ageSeconds, Chance chance) {
    return Math.max(ageSeconds, atMostPause(pauses.drawBeyond(ageSeconds, chance)));
  }

  /** The share of pauses that last for longer. */
  double stillPausing(double ageSeconds) {
    return pauses.survival(ageSeconds);
  }

  /** How long somebody waits at most who has waited for {@code ageSeconds}. */
  double patienceBeyond(double ageSeconds, Chance chance) {
    return patience.drawBeyond(ageSeconds, chance);
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

  private static double[] pace(SiteHistory history, int first, int last, long until) {
    double[] sums = new double[history.queueCount()];
    int[] counts = new int[history.queueCount()];
    for (int i = first; i < last; i++) {
      if (history.answered[i] < until && history.ended[i] <= until) {
        sums[history.queue[i]] += seconds(history, i);
        counts[history.queue[i]]++;
      }
    }
    double[] took = new double[history.agentCount()];
    double[] expected = new double[history.agentCount()];
    double[] calls = new double[history.agentCount()];
    for (int i = first; i < last; i++) {
      if (history.answered[i] < until && history.ended[i] <= until) {
        took[history.agent[i]] += seconds(history, i);
        expected[history.agent[i]] += sums[history.queue[i]] / counts[history.queue[i]];
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

  private static SurvivalTimes patience(SiteHistory history, int first, int last, long until) {
    SurvivalTimes.Counts counts = new SurvivalTimes.Counts(PATIENCE_BIN_SECONDS, PATIENCE_BINS);
    for (int i = first; i < last; i++) {
      long left = Math.min(history.leftQueue(i), until);
      counts.add(
          (left - history.entered[i]) / 1_000.0,
          history.answered[i] == SiteHistory.NEVER && left < until);
    }
    return counts.estimate();
  }

  /**
   * A pause is seen from the end of a call for as long as others wait without a break; it ends with
   * the agent's next answer within the session.
   */
  private static SurvivalTimes pauses(SiteHistory history, int first, int last, long until) {
    SurvivalTimes.Counts counts = new SurvivalTimes.Counts(PAUSE_BIN_SECONDS, PAUSE_BINS);
    int[] order =
        Arrays.stream(history.byAgent()).filter(i -> i >= first && i < last).toArray();
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
