package org.switchwright.domain.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The estimate of a {@link StateFigure} of one site while its link is cut: told what the controller
 * sees as it sees it, and asked at any time. Calibrated by {@link FigureCuts}, at the same level of
 * observation. A call is known by when it entered, in civil milliseconds. Not for several threads.
 */
public final class FigureEstimate {
  private final SiteHistory history;
  private final long cutMs;
  private final int day;
  private final int[] similar;
  private final FigureCuts cuts;
  private final Calibrations calibrations;
  private final Entered entered;
  private final Sightings seen;
  private final Courses courses;
  private final double last;
  private final double usual;

  /**
   * An agent who was there without a call, since a time in civil milliseconds.
   *
   * @param pauses whether the agent could not have been given a call
   */
  public record Idle(String agent, long sinceMs, boolean pauses) {}

  private FigureEstimate(
      SiteHistory history, long cutMs, List<Idle> idle, int[] similar, FigureCuts cuts) {
    this.history = history;
    this.cutMs = cutMs;
    this.day = OrdinaryDays.day(cutMs);
    this.similar = similar;
    this.cuts = cuts;
    this.calibrations = cuts.calibrations(day);
    Snapshot snapshot = Snapshot.of(history, cutMs).idle(idle(idle, history, cutMs));
    SiteModel model =
        SiteModel.of(
            history, cutMs, similar, WorkTimes.before(history, day), snapshot, snapshot.loggedIn());
    this.entered = new Entered(history);
    this.seen = new Sightings(cuts.level, 1, entered);
    this.courses = new Courses(model, seen, cuts.particles, cuts.seed);
    this.last = cuts.figure.of(snapshot.loggedIn(), history.busy(cutMs), history.waiting(cutMs));
    this.usual = FigureCuts.average(history, cuts.figure, cutMs, day, similar);
  }

  /**
   * Begins at the cut.
   *
   * @param history of the days before, and of the day up to the cut; those who waited or talked
   *     then are looked at as if they still did
   * @param idle who was there without a call at the cut
   * @throws IllegalArgumentException where there are fewer than three similar days to go by
   */
  public static FigureEstimate of(
      SiteHistory history, long cutMs, List<Idle> idle, FigureCuts cuts) {
    int[] similar = new OrdinaryDays(history).similar(OrdinaryDays.day(cutMs));
    if (similar.length < Backtest.LEAST_SIMILAR) {
      throw new IllegalArgumentException(
          "Expected at least "
              + Backtest.LEAST_SIMILAR
              + " similar days before the cut, but got "
              + similar.length);
    }
    return new FigureEstimate(history, cutMs, idle, similar, cuts);
  }

  private static Snapshot.Idle idle(List<Idle> idle, SiteHistory history, long cutMs) {
    int[] agent = new int[idle.size()];
    double[] since = new double[idle.size()];
    double[] pausesUntil = new double[idle.size()];
    for (int i = 0; i < agent.length; i++) {
      agent[i] = history.agentIndex(idle.get(i).agent());
      since[i] = (idle.get(i).sinceMs() - cutMs) / 1_000.0;
      pausesUntil[i] = idle.get(i).pauses() ? Double.POSITIVE_INFINITY : 0;
    }
    return new Snapshot.Idle(agent, since, pausesUntil);
  }

  /**
   * A call was sent there; not seen at level A.
   *
   * @param kind one that is not in the history counts as any other
   */
  public void entered(long civilMs, String kind, int headStartMs) {
    if (sees(ObservationLevel.B)) {
      seen.add(seconds(civilMs), Sightings.ENTER, entered.add(civilMs, kind, headStartMs));
    }
  }

  /**
   * Seen at level C.
   *
   * @param enteredMs when the call entered, by which it is known
   */
  public void answered(long civilMs, long enteredMs) {
    see(civilMs, Sightings.ANSWER, enteredMs);
  }

  /** Seen at level C. */
  public void gaveUp(long civilMs, long enteredMs) {
    see(civilMs, Sightings.GIVE_UP, enteredMs);
  }

  /** Seen at level C. */
  public void released(long civilMs, long enteredMs) {
    see(civilMs, Sightings.RELEASE, enteredMs);
  }

  private void see(long civilMs, byte what, long enteredMs) {
    if (sees(ObservationLevel.C)) {
      seen.add(seconds(civilMs), what, entered.number(enteredMs));
    }
  }

  private boolean sees(ObservationLevel from) {
    return cuts.level.compareTo(from) >= 0;
  }

  private double seconds(long civilMs) {
    return (civilMs - cutMs) / 1_000.0;
  }

  /**
   * The mean to route by.
   *
   * @param civilMs not before that of the last question
   */
  public double mean(long civilMs) {
    float[] values = courses.at(seconds(civilMs), cuts.figure);
    Calibration.Known known = new Calibration.Known(values, last, usual, average(civilMs));
    return calibrations.told(known, FigureCuts.PLACE, seconds(civilMs) / 60).mean();
  }

  /** The figure as last reported. */
  public double last() {
    return last;
  }

  /** What it usually is at that time. */
  public double average(long civilMs) {
    return FigureCuts.average(history, cuts.figure, civilMs, day, similar);
  }

  /**
   * The calls that were sent there, by number; those that were there at the cut are the history's.
   */
  private static final class Entered implements Sightings.Calls {
    private final SiteHistory history;
    private final String[] kinds;
    private final SortedMap<Long, Integer> numbers = new TreeMap<>();
    private int[] queue = new int[16];
    private int[] headStartMs = new int[16];
    private int size;

    Entered(SiteHistory history) {
      this.history = history;
      this.kinds = new String[history.queueCount()];
      Arrays.setAll(kinds, history::queueName);
    }

    int add(long enteredMs, String kind, int headStart) {
      if (size == queue.length) {
        queue = Arrays.copyOf(queue, 2 * size);
        headStartMs = Arrays.copyOf(headStartMs, 2 * size);
      }
      queue[size] = Math.max(0, Arrays.binarySearch(kinds, kind));
      headStartMs[size] = headStart;
      if (numbers.putIfAbsent(enteredMs, history.size() + size) != null) {
        throw new IllegalArgumentException(
            "Expected no two calls that enter at one millisecond, but got " + enteredMs + " twice");
      }
      return history.size() + size++;
    }

    int number(long enteredMs) {
      Integer sent = numbers.get(enteredMs);
      if (sent != null) {
        return sent;
      }
      int index = history.firstAfter(enteredMs) - 1;
      if (index < 0 || history.entered[index] != enteredMs) {
        throw new IllegalArgumentException(
            "Expected a call that entered at " + enteredMs + " ms, but there is none");
      }
      return index;
    }

    @Override
    public boolean ours(int call) {
      return true;
    }

    @Override
    public int queue(int call) {
      return call < history.size() ? history.queue[call] : queue[call - history.size()];
    }

    @Override
    public int headStartMs(int call) {
      return call < history.size() ? history.headStartMs[call] : headStartMs[call - history.size()];
    }
  }
}
