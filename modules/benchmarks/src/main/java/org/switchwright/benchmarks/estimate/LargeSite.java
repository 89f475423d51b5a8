package org.switchwright.benchmarks.estimate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.switchwright.domain.estimate.CallRecord;

/**
 * The calls of a middle-size site that nobody has, by a seed: about 45 agents of 300 logged in, 27
 * queues, 1.5 million calls a year on working days from 8 to 20 and Saturdays, 5% given up, and of
 * 22% of the calls legs that go on after the agent's next answer. Made after what is published of
 * such sites; a real one has surprises that this one has not.
 *
 * <p>What varies: the day's level of arrivals and within the day that of the quarter hour, how well
 * the day is staffed and the month, who is there, with shifts and breaks, each agent's pace and
 * skills, each queue's talk.
 */
final class LargeSite {
  static final int QUEUES = 27;
  static final int AGENTS = 311;

  private static final int OPEN_SECOND = 8 * 3_600;
  private static final int CLOSE_SECOND = 20 * 3_600;
  private static final int SLOT = 900;
  private static final double CALLS_ON_WEEKDAY = 6_450;
  private static final double SATURDAY = 0.25;
  private static final double TALK_SECONDS = 272;
  private static final double PAUSE_SECONDS = 64;
  private static final double LEGS = 0.235;
  private static final double LEG_SECONDS = 260;
  private static final double LOAD = 0.86;

  private final SplittableRandom random;
  private final double[] queueWeight = new double[QUEUES];
  private final double[] queueTalk = new double[QUEUES];
  private final double[] pace = new double[AGENTS];
  private final boolean[][] skills = new boolean[AGENTS][QUEUES];
  private final double[] month = new double[12];

  LargeSite(long seed) {
    random = new SplittableRandom(seed);
    double sum = 0;
    for (int queue = 0; queue < QUEUES; queue++) {
      queueWeight[queue] = 1 / (1.0 + queue);
      sum += queueWeight[queue];
    }
    double talk = 0;
    for (int queue = 0; queue < QUEUES; queue++) {
      queueWeight[queue] /= sum;
      queueTalk[queue] = lognormal(1, 0.35);
      talk += queueWeight[queue] * queueTalk[queue];
    }
    for (int queue = 0; queue < QUEUES; queue++) {
      queueTalk[queue] *= TALK_SECONDS / talk;
    }
    for (int agent = 0; agent < AGENTS; agent++) {
      pace[agent] = lognormal(1, 0.2);
      int group = random.nextInt(3);
      for (int queue = 0; queue < QUEUES; queue++) {
        double takes = queue < 2 ? 0.95 : queue % 3 == group ? 0.85 : 0.2;
        skills[agent][queue] = random.nextDouble() < takes;
      }
    }
    for (int i = 0; i < month.length; i++) {
      month[i] = 1 + 0.05 * gaussian();
    }
  }

  /** Of all days from that one on, in order. */
  List<CallRecord> calls(LocalDate first, int days) {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < days; i++) {
      LocalDate day = first.plusDays(i);
      boolean holiday = random.nextInt(40) == 0;
      if (day.getDayOfWeek() != DayOfWeek.SUNDAY && !holiday) {
        new Day(day).play(calls);
      }
    }
    return calls;
  }

  private double gaussian() {
    return random.nextGaussian();
  }

  private double lognormal(double mean, double sigma) {
    return mean * Math.exp(sigma * gaussian() - sigma * sigma / 2);
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  /** How busy a time of day is, 1 on average: a hump before noon and one after. */
  private static double profile(double second) {
    double hour = second / 3_600;
    double morning = Math.exp(-(hour - 10.5) * (hour - 10.5) / 4);
    double afternoon = Math.exp(-(hour - 14.5) * (hour - 14.5) / 7);
    return (0.35 + morning + 0.8 * afternoon) / 1.1;
  }

  /** One day, second by second where something happens. */
  private final class Day {
    private final double midnight;
    private final double level;
    private final double staffed;
    private final double[] slots = new double[(CLOSE_SECOND - OPEN_SECOND) / SLOT];
    private final List<Agent> there = new ArrayList<>();
    private final List<Waiting> line = new ArrayList<>();
    private final List<Talk> talks = new ArrayList<>();
    private final List<Agent> shifts = new ArrayList<>();

    private final class Agent {
      private final int id;
      private final double from;
      private final double to;
      private final double[] breaks;
      private int nextBreak;
      private double freeAt;
      private int lastTalk = -1;

      Agent(int id, double from, double to) {
        this.id = id;
        this.from = from;
        this.to = to;
        this.freeAt = from;
        double middle = (from + to) / 2 + 900 * gaussian();
        this.breaks = new double[] {(from + middle) / 2, middle, (middle + to) / 2};
      }

      /** A pause after a talk, longer where a break is due. */
      void endAt(double at) {
        double pause = lognormal(PAUSE_SECONDS * 0.75, 0.9);
        pause += random.nextDouble() < 0.08 ? exponential(200) : 0;
        if (nextBreak < breaks.length && at >= breaks[nextBreak]) {
          pause += nextBreak == 1 && to - from > 6 * 3_600 ? 1_800 : 780;
          nextBreak++;
        }
        freeAt = at + pause;
      }
    }

    private record Waiting(double entered, int queue, double leaves) {}

    private record Talk(
        double entered, int queue, int agent, double answered, double ended, int next) {}

    Day(LocalDate day) {
      midnight = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      DayOfWeek weekday = day.getDayOfWeek();
      double usual = 1 - 0.045 * (weekday.getValue() - 3);
      double volume = CALLS_ON_WEEKDAY * (weekday == DayOfWeek.SATURDAY ? SATURDAY : usual);
      double expected = volume * month[day.getMonthValue() - 1];
      level = lognormal(1, 0.10);
      staffed = lognormal(1, 0.05);
      double noise = 0;
      for (int slot = 0; slot < slots.length; slot++) {
        noise = 0.8 * noise + 0.05 * gaussian();
        double at = OPEN_SECOND + (slot + 0.5) * SLOT;
        slots[slot] = expected / slots.length * profile(at);
        plan(slot, slots[slot], volume);
        slots[slot] *= level * Math.exp(noise);
      }
    }

    /** Shifts begin where the plan has fewer than it needs. */
    private void plan(int slot, double calls, double volume) {
      double at = OPEN_SECOND + slot * (double) SLOT;
      double wanted =
          staffed * calls * (TALK_SECONDS + PAUSE_SECONDS) / SLOT / LOAD + volume / 4_000;
      int planned = (int) shifts.stream().filter(it -> it.from <= at && at < it.to).count();
      for (; planned < wanted; planned++) {
        double hours = 3.5 + random.nextInt(6);
        double from = Math.max(OPEN_SECOND - 60, at + 200 * gaussian());
        double to = Math.min(CLOSE_SECOND, at + hours * 3_600) + 120 * gaussian();
        shifts.add(new Agent(someone(), from, Math.max(from + 1_800, to)));
      }
    }

    private int someone() {
      while (true) {
        int id = random.nextInt(AGENTS);
        if (shifts.stream().noneMatch(it -> it.id == id)) {
          return id;
        }
      }
    }

    void play(List<CallRecord> calls) {
      double second = OPEN_SECOND;
      int begun = 0;
      shifts.sort((one, other) -> Double.compare(one.from, other.from));
      double entry = nextEntry(OPEN_SECOND);
      while (second < CLOSE_SECOND + 7_200 && (entry < CLOSE_SECOND || !line.isEmpty())) {
        double until = Math.min(Math.floor(second) + 1, CLOSE_SECOND + 7_200.0);
        while (begun < shifts.size() && shifts.get(begun).from <= until) {
          there.add(shifts.get(begun++));
        }
        double now = until;
        there.removeIf(it -> it.to <= now && it.freeAt <= now);
        while (entry <= until && entry < CLOSE_SECOND) {
          double patience = random.nextDouble() < 0.02 ? exponential(15) : exponential(620);
          line.add(new Waiting(entry, queue(), entry + patience));
          entry = nextEntry(entry);
        }
        dispatch(until);
        for (int place = line.size() - 1; place >= 0; place--) {
          Waiting it = line.get(place);
          if (it.leaves <= now || now >= CLOSE_SECOND + 3_600) {
            double left = Math.min(it.leaves, now);
            calls.add(record(it.entered, CallRecord.NEVER, left, "", it.queue));
            line.remove(place);
          }
        }
        second = until;
      }
      for (Talk talk : talks) {
        double ended = talk.ended;
        // A leg of the call goes on elsewhere: what a log tells of its end is later.
        if (talk.next >= 0 && random.nextDouble() < LEGS) {
          ended = talks.get(talk.next).answered + exponential(LEG_SECONDS);
        }
        calls.add(record(talk.entered, ms(talk.answered), ended, "agent" + talk.agent, talk.queue));
      }
    }

    private void dispatch(double now) {
      for (int place = 0; place < line.size(); ) {
        Waiting call = line.get(place);
        Agent longest = null;
        for (Agent agent : there) {
          if (agent.freeAt <= now
              && agent.to > now
              && skills[agent.id][call.queue]
              && (longest == null || agent.freeAt < longest.freeAt)) {
            longest = agent;
          }
        }
        if (longest == null || call.leaves <= now) {
          place++;
          continue;
        }
        line.remove(place);
        double takes = lognormal(queueTalk[call.queue] * pace[longest.id], 0.85);
        double ended = now + Math.clamp(takes, 4, 5_400);
        if (longest.lastTalk >= 0) {
          Talk before = talks.get(longest.lastTalk);
          talks.set(
              longest.lastTalk,
              new Talk(
                  before.entered,
                  before.queue,
                  before.agent,
                  before.answered,
                  before.ended,
                  talks.size()));
        }
        longest.lastTalk = talks.size();
        talks.add(new Talk(call.entered, call.queue, longest.id, now, ended, -1));
        longest.endAt(ended);
      }
    }

    /**
     * @param answered in milliseconds
     */
    private CallRecord record(
        double entered, long answered, double ended, String agent, int queue) {
      long from = ms(entered);
      long to = Math.clamp(ms(ended), from, from + CallRecord.MAX_CALL_MS);
      return new CallRecord(from, answered, to, agent, "queue" + (100 + queue), 0);
    }

    private long ms(double second) {
      return Math.round(midnight + second) * 1_000;
    }

    private double nextEntry(double from) {
      double left = exponential(1);
      double at = from;
      while (at < CLOSE_SECOND) {
        int slot = (int) ((at - OPEN_SECOND) / SLOT);
        double end = OPEN_SECOND + (slot + 1.0) * SLOT;
        double rate = slots[slot] / SLOT;
        if (rate * (end - at) >= left) {
          return at + left / rate;
        }
        left -= rate * (end - at);
        at = end;
      }
      return Double.POSITIVE_INFINITY;
    }

    private int queue() {
      double at = random.nextDouble();
      int queue = 0;
      while (queue < QUEUES - 1 && at >= queueWeight[queue]) {
        at -= queueWeight[queue++];
      }
      return queue;
    }
  }
}
