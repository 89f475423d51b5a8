package org.switchwright.domain.estimate;

import static org.switchwright.domain.estimate.SiteHistory.NOBODY;

/**
 * One course that a site may take after a cut: events in continuous time, in seconds after the cut.
 * Calls are taken in the order in which they entered, less their head start, by whoever has been
 * idle for the longest. What the controller sees happens as it is seen; where that contradicts the
 * course, the course is mended and weighs less.
 */
final class Particle {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** A wait that is still undecided so long after its window is told as it stands. */
  private static final double WAIT_LIMIT_SECONDS = 900;

  /** How busy the day is, is told anew by the calls that were seen. */
  private static final int LEVEL_EVERY_MINUTES = 15;

  private static final double WAIT_WINDOW_SECONDS = Horizons.WAIT_WINDOW_MS / 1_000.0;

  /** Each time that what is seen contradicts it, a course loses so much of its weight. */
  private static final double CONTRADICTED = StrictMath.log(0.7);

  /** The same for an agent who seems to be free while others are seen to wait. */
  private static final double DOUBTED = StrictMath.log(0.9);

  /** What contradicted a course long ago says little of it now: factor per minute. */
  private static final double MEMORY = 0.98;

  /** Who is free is doubted while somebody is seen to wait for longer. */
  private static final double DOUBTED_SECONDS = 20;

  private final SiteModel model;
  private final Sightings seen;
  private final Chance chance;
  private final Staffing staffing;
  private final Floor floor;
  private final Line line;
  private Fates fates = new Fates();
  private double now;
  private int nextSighting;
  private double nextEntry;
  private int nextMinute = 1;
  private double level;
  private double levelFrom;

  /** How busy the day of this course is, among those that it may be: a standard normal number. */
  private double dayRank;

  private double logWeight;
  private WorkTimes.Today today = WorkTimes.Today.ORDINARY;

  /** Whether it goes on beyond what has been seen: then it is a forecast. */
  private boolean ahead;

  Particle(SiteModel model, Sightings seen, long seed) {
    this.model = model;
    this.seen = seen;
    this.chance = new Chance(seed);
    this.staffing = new Staffing(model.staffing().draw(chance), model.staffing().unsure());
    this.floor = new Floor();
    this.line = new Line();
    begin();
  }

  /** The same course, from here on a forecast that sees nothing more. */
  private Particle(Particle of) {
    this.model = of.model;
    this.seen = of.seen;
    this.chance = new Chance(of.chance.bits());
    this.staffing = of.staffing.copy();
    this.floor = of.floor.copy();
    this.line = of.line.copy();
    this.now = of.now;
    this.nextMinute = of.nextMinute;
    this.level = of.level;
    this.levelFrom = of.levelFrom;
    this.dayRank = of.dayRank;
    this.today = of.today;
    this.ahead = true;
    letGo();
  }

  private void begin() {
    Snapshot snapshot = model.snapshot();
    boolean follows = seen.level() == ObservationLevel.C;
    today = model.today();
    dayRank = chance.normal();
    drawLevel();
    Snapshot.Recent recent = snapshot.recent();
    for (int i = 0; i < recent.entered().length; i++) {
      fates.add(recent.entered()[i], recent.waited()[i], recent.answered()[i]);
    }
    Snapshot.Talking talking = snapshot.talking();
    for (int i = 0; i < talking.call().length; i++) {
      int call = talking.call()[i];
      double since = talking.since()[i];
      int agent = talking.agent()[i];
      int queue = talking.queue()[i];
      boolean followed = follows && seen.ours(call);
      floor.add(agent, since);
      floor.talk(
          floor.size() - 1,
          since,
          followed ? NEVER : model.times().restOfHandling(queue, agent, -since, today, chance),
          queue,
          followed ? call : NOBODY);
    }
    Snapshot.Waiting waiting = snapshot.waiting();
    Snapshot.Idle idle = snapshot.idle();
    for (int i = 0; i < idle.agent().length; i++) {
      double age = -idle.since()[i];
      floor.add(idle.agent()[i], -age);
      if (pausesAtCut(idle.pausesUntil()[i], age, model.paused()[i])) {
        double over = model.times().pauseBeyond(age, chance) - age;
        double latest = idle.pausesUntil()[i];
        floor.pause(floor.size() - 1, Double.isNaN(latest) ? over : Math.min(over, latest));
      }
    }
    for (int i = 0; i < waiting.call().length; i++) {
      join(
          waiting.entered()[i],
          waiting.queue()[i],
          waiting.headStartMs()[i],
          waiting.call()[i],
          follows);
    }
    dispatch();
    nextEntry = drawEntry(0);
  }

  private boolean pausesAtCut(double until, double age, double known) {
    if (Double.isNaN(until)) {
      return known >= age || chance.uniform() < model.times().stillPausing(age, known);
    }
    return until > 0;
  }

  /** Of the calls that nobody tells of. */
  private double unseenShare() {
    return ahead || seen.level() == ObservationLevel.A ? 1 : 1 - seen.share();
  }

  private void drawLevel() {
    double window = 60.0 * ArrivalForecast.OBSERVED_MINUTES;
    double reported = model.snapshot().enteredWithin(Math.max(0, window - now));
    double since = seen.entered(now) - seen.entered(now - window);
    level = model.arrivals().level(now, reported, since, seen.shareOfDay(), dayRank);
    levelFrom = now;
  }

  /** Next arrival that is not seen, by the exponential's way through minutes of constant rate. */
  private double drawEntry(double from) {
    double share = unseenShare();
    if (share <= 0) {
      return NEVER;
    }
    double left = chance.exponential();
    double at = from;
    double end = 60.0 * StaffingPaths.MINUTES;
    while (at < end) {
      double until = (Math.floor(at / 60) + 1) * 60;
      double rate = share * model.arrivals().rate(at, levelFrom, level);
      if (rate * (until - at) >= left) {
        return at + left / rate;
      }
      left -= rate * (until - at);
      at = until;
    }
    return NEVER;
  }

  /** Goes on to that time. */
  void advance(double to) {
    while (true) {
      double sighting = !ahead && nextSighting < seen.size() ? seen.at(nextSighting) : NEVER;
      double next = Math.min(Math.min(sighting, nextEntry), 60.0 * nextMinute);
      next = Math.min(next, Math.min(floor.nextEnd(), line.nextLeave()));
      if (next > to) {
        break;
      }
      now = Math.max(now, next);
      if (next == floor.nextEnd()) {
        endOfAgent();
      } else if (next == line.nextLeave()) {
        giveUp(line.leaving());
      } else if (next == sighting) {
        see(seen.kind(nextSighting), seen.call(nextSighting));
        nextSighting++;
      } else if (next == nextEntry) {
        enterUnseen();
        nextEntry = drawEntry(now);
      } else {
        staff();
        nextMinute++;
      }
      dispatch();
    }
    now = to;
  }

  private void enterUnseen() {
    SiteModel.Kinds kinds = model.kinds();
    if (kinds.queue().length == 0) {
      return;
    }
    int like = chance.below(kinds.queue().length);
    join(now, kinds.queue()[like], kinds.headStartMs()[like], NOBODY, false);
  }

  private void join(double entered, int queue, int headStartMs, int call, boolean follows) {
    boolean followed = follows && call != NOBODY && seen.ours(call);
    if (line.size() >= model.times().lineLimit() && !followed) {
      return;
    }
    double age = now - entered;
    double leaves =
        followed
            ? NEVER
            : entered + model.times().patienceBeyond(queue, age, press(), today, chance);
    line.join(entered, headStartMs / 1_000.0, leaves, queue, followed ? call : NOBODY);
  }

  /** Calls that wait per agent. */
  private double press() {
    return (double) line.size() / Math.max(1, floor.size());
  }

  private void endOfAgent() {
    int agent = floor.ending();
    if (floor.talks(agent)) {
      endOfCall(agent);
    } else {
      floor.free(agent);
    }
  }

  private void endOfCall(int agent) {
    if (floor.leaves(agent)) {
      floor.remove(agent);
      return;
    }
    floor.idleSince(agent, now);
    floor.pause(agent, now + model.times().pause(chance));
  }

  private void see(byte kind, int call) {
    switch (kind) {
      case Sightings.ENTER ->
          join(
              now,
              seen.queue(call),
              seen.headStartMs(call),
              call,
              seen.level() == ObservationLevel.C);
      case Sightings.ANSWER -> seeAnswer(call);
      case Sightings.GIVE_UP -> {
        int place = line.of(call);
        if (place >= 0) {
          giveUp(place);
        }
      }
      case Sightings.RELEASE -> {
        int agent = floor.with(call);
        if (agent >= 0) {
          endOfCall(agent);
        }
      }
      default -> throw new IllegalStateException("Expected a kind of sighting, but got " + kind);
    }
  }

  /**
   * Who is answered was the first of its kind: those before have been answered, where somebody was
   * free for them, or else have left, if ever they were there.
   */
  private void seeAnswer(int call) {
    int place = line.of(call);
    if (place < 0) {
      return;
    }
    int queue = seen.queue(call);
    boolean contradicted = false;
    for (int ahead = place - 1; ahead >= 0; ahead--) {
      if (line.call(ahead) == NOBODY && line.queue(ahead) == queue) {
        int free = floor.longestIdle(queue, model.times());
        if (free >= 0) {
          answer(ahead, free);
        } else {
          giveUp(ahead);
          contradicted = true;
        }
      }
    }
    logWeight += contradicted ? CONTRADICTED : 0;
    answer(line.of(call), forcedAgent(queue));
  }

  private void giveUp(int place) {
    fates.add(line.entered(place), now - line.entered(place), false);
    line.remove(place);
  }

  /** Somebody has answered: whoever may have been free after all. */
  private int forcedAgent(int queue) {
    int free = floor.longestIdle(queue, model.times());
    if (free >= 0) {
      return free;
    }
    logWeight += CONTRADICTED;
    int soonest = floor.soonestUnseen();
    if (soonest >= 0 && (!floor.talks(soonest) || chance.uniform() >= staffing.more(nextMinute))) {
      return soonest;
    }
    staffing.oneMore();
    floor.add(NOBODY, now);
    return floor.size() - 1;
  }

  private void answer(int place, int agent) {
    int call = line.call(place);
    int queue = line.queue(place);
    fates.add(line.entered(place), now - line.entered(place), true);
    floor.talk(agent, now, call != NOBODY ? NEVER : now + handling(queue, agent), queue, call);
    line.remove(place);
  }

  /**
   * Gives the calls that wait to agents who are free and take their kind. A call that is followed
   * waits to be seen answered; nobody who takes its kind is free for those behind it.
   */
  private void dispatch() {
    if (line.size() == 0 || floor.longestIdle(NOBODY, model.times()) < 0) {
      return;
    }
    floor.unblock();
    for (int place = 0; place < line.size(); ) {
      if (line.call(place) != NOBODY) {
        floor.block(line.queue(place), model.times());
        place++;
        continue;
      }
      int free = floor.longestIdle(line.queue(place), model.times());
      if (free < 0) {
        place++;
      } else {
        answer(place, free);
      }
    }
    floor.unblock();
  }

  /** Agents come and go as the path of this course says. */
  private void staff() {
    today = model.today().after(now);
    if (nextMinute % LEVEL_EVERY_MINUTES == 0 && unseenShare() < 1 && seen.shareOfDay() > 0) {
      drawLevel();
      nextEntry = drawEntry(now);
    }
    for (int place = 0; place < line.size(); place++) {
      if (line.call(place) != NOBODY && now - line.entered(place) > DOUBTED_SECONDS) {
        doubtFree(line.queue(place));
      }
    }
    logWeight *= MEMORY;
    // Of a line of which nothing is seen, a course only guesses.
    double response = seen.shareOfDay() > 0 ? model.response() : 0;
    double usualLine = model.staffing().usualLine(nextMinute);
    staffing.follow(nextMinute, floor, line.size() - usualLine, response, now, chance);
  }

  /**
   * Somebody waits, and is seen to: who seems to be free for such calls talks to one that nobody
   * sees, is in a pause, or is not there.
   */
  private void doubtFree(int queue) {
    int free = floor.longestIdle(queue, model.times());
    logWeight += free >= 0 ? DOUBTED : 0;
    while (free >= 0) {
      if (chance.uniform() < staffing.gone(nextMinute)) {
        staffing.oneLess();
        floor.remove(free);
      } else if (chance.uniform() < unseenShare()) {
        floor.talk(free, now, now + handling(queue, free), queue, NOBODY);
      } else {
        floor.pause(free, now + model.times().pause(chance));
      }
      free = floor.longestIdle(queue, model.times());
    }
  }

  private double handling(int queue, int agent) {
    return model.times().handling(queue, floor.id(agent), press(), today, chance);
  }

  int loggedIn() {
    return floor.size();
  }

  int busy() {
    return floor.talking();
  }

  int waiting() {
    return line.size();
  }

  /** Adds who waits to the counts by queue, and answers how many that are. */
  int countLine(int[] counts) {
    for (int place = 0; place < line.size(); place++) {
      counts[line.queue(place)]++;
    }
    return line.size();
  }

  /** How well it fits what has been seen, beside other courses. */
  double logWeight() {
    return logWeight;
  }

  /** NaN where no call's fate is known. */
  double serviceLevel() {
    int in = fates.answeredInTime(now);
    int all = fates.known(now);
    for (int place = 0; place < line.size(); place++) {
      double waited = now - line.entered(place);
      all += waited > Fates.LEVEL_TARGET_SECONDS && waited < Fates.LEVEL_WINDOW_SECONDS ? 1 : 0;
    }
    return all == 0 ? Double.NaN : (double) in / all;
  }

  /** The mean wait of calls that enter in the next five minutes, as a forecast from here. */
  double expectedWait() {
    Particle forecast = new Particle(this);
    double end = now + WAIT_WINDOW_SECONDS;
    if (forecast.nextEntry > end) {
      // It is asked how long calls wait, so there is one.
      forecast.nextEntry = now + forecast.chance.uniform() * WAIT_WINDOW_SECONDS;
    }
    forecast.fates = new Fates();
    forecast.advance(end);
    while (forecast.line.enteredBetween(now, end) && forecast.now < end + WAIT_LIMIT_SECONDS) {
      forecast.advance(forecast.now + 60);
    }
    double sum = 0;
    int count = 0;
    Fates known = forecast.fates;
    for (int i = 0; i < known.size(); i++) {
      if (known.entered(i) > now && known.entered(i) <= end) {
        sum += known.waited(i);
        count++;
      }
    }
    for (int place = 0; place < forecast.line.size(); place++) {
      double entered = forecast.line.entered(place);
      if (entered > now && entered <= end) {
        sum += forecast.now - entered;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** What was followed goes on by chance, from the ages that were seen. */
  private void letGo() {
    if (seen.level() != ObservationLevel.A) {
      drawLevel();
    }
    for (int place = 0; place < line.size(); place++) {
      if (line.call(place) != NOBODY) {
        double age = now - line.entered(place);
        line.letGo(
            place,
            line.entered(place)
                + model.times().patienceBeyond(line.queue(place), age, press(), today, chance));
      }
    }
    for (int agent = 0; agent < floor.size(); agent++) {
      if (floor.call(agent) != NOBODY) {
        double age = now - floor.since(agent);
        floor.letGo(
            agent,
            now
                + model
                    .times()
                    .restOfHandling(floor.queue(agent), floor.id(agent), age, today, chance));
      }
    }
    dispatch();
    nextEntry = drawEntry(now);
  }
}
