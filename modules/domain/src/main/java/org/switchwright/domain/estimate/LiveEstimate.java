package org.switchwright.domain.estimate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The estimate of a site for as long as its link is cut. Goes on in steps of a second, and by what
 * is seen of the calls that are sent there, and by nothing else: so whoever makes it again from the
 * same journal comes to the same figures. Not for several threads.
 *
 * <p>Costs 100 courses, of each of which a second is simulated at each step, and of one in {@value
 * #WAITS_EVERY} the next minutes, for the wait. After four and a half hours what is told is the
 * time-of-week average, and after a day nothing.
 */
public final class LiveEstimate {
  /** From one step to the next. */
  public static final Duration STEP = Duration.ofSeconds(1);

  /** For so long what is seen counts; afterwards the average is told. */
  public static final Duration SEES_FOR = Duration.ofMinutes(StaffingPaths.MINUTES);

  /** After that nothing is told. */
  public static final Duration TELLS_FOR = Duration.ofDays(1);

  /** How many courses are simulated. */
  public static final int PARTICLES = 100;

  static final int WAITS_EVERY = 20;

  private static final int AVERAGE_EVERY = 5;
  private static final int AVERAGES = 24 * 60 / AVERAGE_EVERY;
  private static final int SIMULATED_MINUTES = StaffingPaths.MINUTES;

  private final Instant cutAt;
  private final int similarDays;
  private final boolean bySchedule;
  private Calibrations calibrations;
  private final Sightings seen;
  private final SentCalls sent;
  private final Particle[] particles;
  private final double[] waits;
  private final double[] last;
  private final double[][] averages;
  private final float[][][] range;
  private final String[] queues;
  private final SortedMap<Integer, SiteEstimate> kept = new TreeMap<>();
  private long step;

  private LiveEstimate(
      Instant cutAt,
      int similarDays,
      boolean bySchedule,
      Calibrations calibrations,
      Sightings seen,
      SentCalls sent,
      Particle[] particles,
      double[] last,
      Averages averages,
      String[] queues) {
    this.cutAt = cutAt;
    this.similarDays = similarDays;
    this.bySchedule = bySchedule;
    this.calibrations = calibrations;
    this.seen = seen;
    this.sent = sent;
    this.particles = particles;
    this.waits = new double[particles.length];
    this.last = last;
    this.averages = averages.mean();
    this.range = averages.range();
    this.queues = queues;
    for (int p = 0; p < particles.length; p++) {
      waits[p] = particles[p].expectedWait();
    }
  }

  /**
   * Begins at the cut.
   *
   * @param past calls that were over by then, of the last thirteen weeks at least
   * @param zone whose wall clocks the site lives by
   * @param share which share of the site's calls come from the controller, 0 to 1
   * @param seed decides what is left to chance
   * @return empty where fewer than three days of the past are like this one
   */
  public static Optional<LiveEstimate> begin(
      SiteAtCut cut,
      List<CallRecord> past,
      ZoneId zone,
      Calibrations calibrations,
      double share,
      long seed) {
    return begin(cut, SitePast.of(past), zone, Schedule.NONE, calibrations, share, seed);
  }

  /**
   * @param schedule as it was at the cut, of the days of the past and of that day
   * @return empty where fewer than three days of the past are like this one
   */
  public static Optional<LiveEstimate> begin(
      SiteAtCut cut,
      SitePast past,
      ZoneId zone,
      Schedule schedule,
      Calibrations calibrations,
      double share,
      long seed) {
    long cutMs = Hindsight.civil(cut.at(), zone);
    SiteHistory history = SiteHistory.of(withOpen(cut, past), zone, schedule);
    int day = OrdinaryDays.day(cutMs);
    int[] similar = new OrdinaryDays(history).similar(day);
    if (similar.length < Backtest.LEAST_SIMILAR) {
      return Optional.empty();
    }
    Snapshot snapshot = Snapshot.of(history, cutMs).idle(idle(cut, history));
    SiteModel model =
        SiteModel.of(
            history, cutMs, similar, WorkTimes.before(history, day), snapshot, snapshot.loggedIn());
    String[] queues = new String[history.queueCount()];
    Arrays.setAll(queues, history::queueName);
    SentCalls sent = new SentCalls(queues, history, cut, snapshot);
    Sightings seen = Sightings.live(share, sent);
    Particle[] particles = new Particle[PARTICLES];
    for (int p = 0; p < PARTICLES; p++) {
      particles[p] = new Particle(model, seen, Chance.mix(seed + Chance.mix(cutMs) + 31L * p));
    }
    double[] last = new double[Quantity.values().length];
    for (Quantity quantity : Quantity.values()) {
      last[quantity.index()] = Cut.last(history, quantity, cutMs);
    }
    last[Quantity.LOGGED_IN.index()] = snapshot.loggedIn();
    return Optional.of(
        new LiveEstimate(
            cut.at(),
            similar.length,
            schedule.covers(cutMs),
            calibrations,
            seen,
            sent,
            particles,
            last,
            Averages.of(history, cutMs, day, similar, last),
            queues));
  }

  /** The calls that are not over end right after the cut, for all that is known. */
  private static SitePast withOpen(SiteAtCut cut, SitePast past) {
    long at = cut.at().toEpochMilli();
    List<CallRecord> calls = new ArrayList<>(past.calls().size());
    past.calls().stream()
        .filter(it -> it.endedMs() <= at)
        .map(LiveEstimate::inTurn)
        .forEach(calls::add);
    for (SiteAtCut.Waiting it : cut.waiting()) {
      long entered = notBefore(it.entered(), at);
      calls.add(new CallRecord(entered, CallRecord.NEVER, at + 1, "", it.queue(), 0));
    }
    for (SiteAtCut.Talking it : cut.talking()) {
      long since = notBefore(it.since(), at);
      long entered = Math.min(since, notBefore(it.entered(), at));
      calls.add(new CallRecord(entered, since, at + 1, it.agent(), it.queue(), 0));
    }
    return new SitePast(calls, past.presences());
  }

  /** Reports do not tell of head starts, so those of logs would overtake all that was reported. */
  private static CallRecord inTurn(CallRecord it) {
    return it.headStartMs() == 0
        ? it
        : new CallRecord(it.enteredMs(), it.answeredMs(), it.endedMs(), it.agent(), it.queue(), 0);
  }

  private static long notBefore(Instant began, long at) {
    return Math.max(began.toEpochMilli(), at + 1 - CallRecord.MAX_CALL_MS);
  }

  private static Snapshot.Idle idle(SiteAtCut cut, SiteHistory history) {
    int size = cut.idle().size();
    int[] agent = new int[size];
    double[] since = new double[size];
    double[] pausesUntil = new double[size];
    for (int i = 0; i < size; i++) {
      SiteAtCut.Idle it = cut.idle().get(i);
      agent[i] = history.agentIndex(it.agent());
      since[i] = Math.min(0, seconds(cut, it.since()));
      pausesUntil[i] = it.pausesUntil().map(until -> Math.max(0, seconds(cut, until))).orElse(0.0);
    }
    return new Snapshot.Idle(agent, since, pausesUntil);
  }

  private static double seconds(SiteAtCut cut, Instant at) {
    return Duration.between(cut.at(), at).toMillis() / 1_000.0;
  }

  /**
   * What has been learned meanwhile of the weeks before: it changes what is told, and no course.
   */
  public void tellBy(Calibrations learned) {
    calibrations = learned;
  }

  /** In the order of the journal; what comes late counts when it comes. */
  public void see(Sighting it) {
    if (step >= 60L * SIMULATED_MINUTES) {
      return;
    }
    double seconds = Duration.between(cutAt, it.at()).toMillis() / 1_000.0;
    double earliest = seen.size() == 0 ? 0 : seen.at(seen.size() - 1);
    double at = Math.max(Math.max(seconds, seconds()), earliest);
    int call = sent.number(it);
    if (call >= 0) {
      seen.add(at, kind(it.kind()), call);
    }
  }

  private static byte kind(Sighting.Kind kind) {
    return switch (kind) {
      case SENT -> Sightings.ENTER;
      case ANSWERED -> Sightings.ANSWER;
      case GONE -> Sightings.GIVE_UP;
      case ENDED -> Sightings.RELEASE;
    };
  }

  /** Goes on, by whole steps. */
  public void advance(Instant to) {
    long wanted = Duration.between(cutAt, to).dividedBy(STEP);
    while (step < wanted) {
      step++;
      if (step > 60L * SIMULATED_MINUTES) {
        step = wanted;
        return;
      }
      for (int p = 0; p < particles.length; p++) {
        particles[p].advance(seconds());
        if (p % WAITS_EVERY == step % WAITS_EVERY) {
          waits[p] = particles[p].expectedWait();
        }
      }
      if (step % 60 == 0 && Horizons.MINUTES.contains((int) (step / 60))) {
        told().ifPresent(it -> kept.put((int) (step / 60), it));
      }
    }
  }

  /** What was told at the horizons that have been passed, by the minutes after the cut. */
  public SortedMap<Integer, SiteEstimate> atHorizons() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }

  private double seconds() {
    return step * (STEP.toMillis() / 1_000.0);
  }

  /** As of the last step; empty after a day, and after a day only. */
  public Optional<SiteEstimate> told() {
    double minutes = seconds() / 60;
    int place = (int) (minutes / AVERAGE_EVERY);
    if (place >= AVERAGES) {
      return Optional.empty();
    }
    SortedMap<Quantity, SiteEstimate.Figure> figures = new TreeMap<>();
    int[] taken = resampled();
    for (Quantity quantity : Quantity.values()) {
      int q = quantity.index();
      figures.put(
          quantity,
          minutes > SIMULATED_MINUTES
              ? averaged(q, place)
              : figure(calibrations.told(known(quantity, place, taken), q, minutes)));
    }
    return Optional.of(
        new SiteEstimate(
            cutAt,
            cutAt.plus(STEP.multipliedBy(step)),
            similarDays,
            bySchedule,
            calibrations.learned() && minutes <= SIMULATED_MINUTES,
            reported(),
            figures,
            lines(taken)));
  }

  private SortedMap<Quantity, Double> reported() {
    SortedMap<Quantity, Double> reported = new TreeMap<>();
    for (Quantity quantity : Quantity.values()) {
      reported.put(quantity, last[quantity.index()]);
    }
    return reported;
  }

  private int[] resampled() {
    double[] weights = new double[particles.length];
    Arrays.setAll(weights, p -> particles[p].logWeight());
    return Ensemble.resampled(weights);
  }

  private Calibration.Known known(Quantity quantity, int place, int[] taken) {
    float[] values = new float[taken.length];
    for (int i = 0; i < taken.length; i++) {
      Particle particle = particles[taken[i]];
      values[i] =
          (float)
              switch (quantity) {
                case LOGGED_IN -> particle.loggedIn();
                case BUSY -> particle.busy();
                case WAITING -> particle.waiting();
                case EXPECTED_WAIT -> waits[taken[i]];
                case SERVICE_LEVEL -> particle.serviceLevel();
              };
    }
    Arrays.sort(values);
    int size = values.length;
    while (size > 0 && Float.isNaN(values[size - 1])) {
      size--;
    }
    int q = quantity.index();
    return new Calibration.Known(
        Arrays.copyOf(values, size), last[q], averages[q][0], averages[q][place]);
  }

  private static SiteEstimate.Figure figure(Calibration.Told told) {
    return new SiteEstimate.Figure(told.mean(), told.median(), told.low(), told.high());
  }

  private SiteEstimate.Figure averaged(int q, int place) {
    double mean = averages[q][place];
    return new SiteEstimate.Figure(mean, mean, range[q][place][0], range[q][place][1]);
  }

  private SortedMap<String, Double> lines(int[] taken) {
    int[] counts = new int[queues.length];
    int all = 0;
    for (int p : taken) {
      all += particles[p].countLine(counts);
    }
    SortedMap<String, Double> lines = new TreeMap<>();
    for (int queue = 0; queue < counts.length; queue++) {
      if (counts[queue] > 0) {
        lines.put(queues[queue], (double) counts[queue] / all);
      }
    }
    return lines;
  }

  /**
   * What similar days were like at the times after the cut.
   *
   * @param range by quantity and time, the least and the greatest of them
   */
  @SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
  private record Averages(double[][] mean, float[][][] range) {
    static Averages of(SiteHistory history, long cutMs, int day, int[] similar, double[] last) {
      double[][] mean = new double[last.length][AVERAGES];
      float[][][] range = new float[last.length][AVERAGES][2];
      for (Quantity quantity : Quantity.values()) {
        int q = quantity.index();
        for (int place = 0; place < AVERAGES; place++) {
          long at = cutMs + place * (AVERAGE_EVERY * SiteHistory.MINUTE_MS);
          double otherwise = place == 0 ? last[q] : mean[q][0];
          mean[q][place] = Cut.average(history, quantity, at, day, similar, otherwise);
          range[q][place] = range(history, quantity, at, day, similar, mean[q][place]);
        }
      }
      return new Averages(mean, range);
    }

    private static float[] range(
        SiteHistory history, Quantity quantity, long at, int day, int[] similar, double mean) {
      double least = mean;
      double greatest = mean;
      double[] planned =
          quantity == Quantity.LOGGED_IN
              ? Adherence.loggedIn(history, at, day, similar)
              : new double[0];
      for (int d = 0; d < similar.length; d++) {
        double value =
            quantity == Quantity.LOGGED_IN
                ? planned[d]
                : history.truth(quantity, at + (similar[d] - day) * SiteHistory.DAY_MS);
        if (!Double.isNaN(value)) {
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
        }
      }
      return new float[] {(float) least, (float) greatest};
    }
  }

  /** The calls of the controller's that the site has or was sent. */
  private static final class SentCalls implements Sightings.Calls {
    private final String[] queues;
    private final SortedMap<SentCall, Integer> numbers = new TreeMap<>();
    private final int inHistory;
    private int[] queue = new int[16];
    private int size;

    SentCalls(String[] queues, SiteHistory history, SiteAtCut cut, Snapshot snapshot) {
      this.queues = queues;
      this.inHistory = history.size();
      for (SiteAtCut.Talking it : cut.talking()) {
        it.ours()
            .ifPresent(call -> {
              int agent = history.agentIndex(it.agent());
              for (int i = 0; i < snapshot.talking().call().length; i++) {
                if (snapshot.talking().agent()[i] == agent) {
                  numbers.put(call, snapshot.talking().call()[i]);
                }
              }
            });
      }
    }

    /** By which it is known to the courses, or -1 where it is not. */
    int number(Sighting it) {
      Integer known = numbers.get(it.call());
      if (known != null) {
        return known;
      }
      if (it.kind() != Sighting.Kind.SENT) {
        return -1;
      }
      if (size == queue.length) {
        queue = Arrays.copyOf(queue, 2 * size);
      }
      // One that nobody knows is like the first of them.
      queue[size] = Math.max(0, Arrays.binarySearch(queues, it.queue()));
      numbers.put(it.call(), inHistory + size);
      return inHistory + size++;
    }

    @Override
    public boolean ours(int call) {
      return call >= inHistory || numbers.containsValue(call);
    }

    @Override
    public int queue(int call) {
      return queue[call - inHistory];
    }

    @Override
    public int headStartMs(int call) {
      return 0;
    }
  }
}
