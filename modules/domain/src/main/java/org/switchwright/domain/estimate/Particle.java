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

  private static final int LEAD_MINUTES = 2;
  private static final double WAIT_WINDOW_SECONDS = Horizons.WAIT_WINDOW_MS / 1_000.0;
  private static final double LEVEL_WINDOW_SECONDS = Horizons.LEVEL_WINDOW_MS / 1_000.0;
  private static final double LEVEL_TARGET_SECONDS = Horizons.LEVEL_TARGET_MS / 1_000.0;

  /** Each time that what is seen contradicts it, a course loses so much of its weight. */
  private static final double CONTRADICTED = 0.7;

  private final SiteModel model;
  private final Sightings seen;
  private final Chance chance;
  private final int[] staffing;

  /** The same for an agent who seems to be free while others are seen to wait. */
  private static final double DOUBTED = 0.9;

  /** The share of those who are not there at all. */
  private static final double GONE = 0.2;

  /** Of those who answer although nobody seemed free, the share who had ended an unseen call. */
  private static final double ENDED_EARLIER = 0.5;

  /** What contradicted a course long ago says little of it now: exponent per minute. */
  private static final double MEMORY = 0.98;

  private static final double FORGOTTEN_PER_MINUTE = 1 / 60.0;

  private Floor floor;
  private Line line;
  private Fates fates = new Fates();
  private double now;
  private int nextSighting;
  private double nextEntry;
  private int nextMinute = 1;
  private double level;
  private double levelFrom;
  private int correction;
  private double weight = 1;
  private WorkTimes.Today today = WorkTimes.Today.ORDINARY;

  /** Whether it goes on beyond what has been seen: then it is a forecast. */
  private boolean ahead;

  Particle(SiteModel model, Sightings seen, long seed) {
    this.model = model;
    this.seen = seen;
    this.chance = new Chance(seed);
    this.staffing = model.staffing().draw(chance);
    this.floor = new Floor();
    this.line = new Line();
    begin();
  }

  /** The same course, from here on a forecast that sees nothing more. */
  private Particle(Particle of) {
    this.model = of.model;
    this.seen = of.seen;
    this.chance = new Chance(of.chance.bits());
    this.staffing = of.staffing;
    this.floor = of.floor.copy();
    this.line = of.line.copy();
    this.now = of.now;
    this.nextMinute = of.nextMinute;
    this.level = of.level;
    this.levelFrom = of.levelFrom;
    this.correction = of.correction;
    this.today = of.today;
    this.ahead = true;
    letGo();
  }

  private void begin() {
    Snapshot snapshot = model.snapshot();
    boolean follows = seen.level() == ObservationLevel.C;
    today = model.today();
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
    boolean queued = waiting.call().length > 0;
    for (int i = 0; i < snapshot.idle().agent().length; i++) {
      double age = -snapshot.idle().since()[i];
      floor.add(snapshot.idle().agent()[i], -age);
      // While others wait, whoever takes no call is in a pause for certain.
      if (queued || chance.uniform() < model.times().stillPausing(age)) {
        floor.pause(floor.size() - 1, model.times().pauseBeyond(age, chance) - age);
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

  /** Of the calls that nobody tells of. */
  private double unseenShare() {
    return ahead || seen.level() == ObservationLevel.A ? 1 : 1 - seen.share();
  }

  private void drawLevel() {
    double share = seen.level() == ObservationLevel.A || now == 0 ? 1 : seen.share();
    double window = 60.0 * ArrivalForecast.OBSERVED_MINUTES;
    double known = model.snapshot().enteredWithin(window);
    if (now > 0) {
      double before = Math.max(0, window - now);
      known =
          share * model.snapshot().enteredWithin(before)
              + seen.entered(now)
              - seen.entered(now - window);
    }
    level = model.arrivals().level(now, known, share, chance);
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
        int place = line.leaving();
        fates.add(line.entered(place), now - line.entered(place), false);
        line.remove(place);
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
          fates.add(line.entered(place), now - line.entered(place), false);
          line.remove(place);
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

  /** Who is answered was first in line: those before have been answered, or have left. */
  private void seeAnswer(int call) {
    int place = line.of(call);
    if (place < 0) {
      return;
    }
    for (int ahead = place - 1; ahead >= 0; ahead--) {
      if (line.call(ahead) == NOBODY) {
        answer(ahead, forcedAgent(line.queue(ahead)));
      }
    }
    answer(line.of(call), forcedAgent(seen.queue(call)));
  }

  /** Somebody has answered: whoever may have been free after all. */
  private int forcedAgent(int queue) {
    int free = floor.longestIdle(queue, model.times());
    if (free >= 0) {
      return free;
    }
    weight *= CONTRADICTED;
    int soonest = floor.soonestUnseen();
    if (soonest >= 0 && (!floor.talks(soonest) || chance.uniform() < ENDED_EARLIER)) {
      return soonest;
    }
    correction++;
    floor.add(NOBODY, now);
    return floor.size() - 1;
  }

  private void answer(int place, int agent) {
    int call = line.call(place);
    int queue = line.queue(place);
    fates.add(line.entered(place), now - line.entered(place), true);
    floor.talk(
        agent,
        now,
        call != NOBODY
            ? NEVER
            : now + model.times().handling(queue, floor.id(agent), press(), today, chance),
        queue,
        call);
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
    if (line.size() > 0 && line.call(0) != NOBODY && now - line.entered(0) > 20) {
      // Someone waits, and is seen to: who seems to be free is in a pause, or not there.
      int free = floor.longestIdle(line.queue(0), model.times());
      if (free >= 0) {
        weight *= DOUBTED;
        if (chance.uniform() < GONE) {
          correction--;
          floor.remove(free);
        } else {
          floor.pause(free, now + model.times().pause(chance));
        }
      }
    }
    weight = StrictMath.pow(weight, MEMORY);
    if (correction != 0 && chance.uniform() < FORGOTTEN_PER_MINUTE) {
      correction -= Integer.signum(correction);
    }
    int last = staffing.length - 1;
    int wanted = Math.max(0, staffing[Math.min(nextMinute, last)] + correction);
    // Who leaves ends a call first, so those who are to have left soon do it now.
    int most = Math.max(0, staffing[Math.min(nextMinute + LEAD_MINUTES, last)] + correction);
    int there = floor.staying();
    if (most >= wanted || there < Math.min(wanted, most)) {
      most = wanted;
    }
    while (there < Math.min(wanted, most)) {
      if (!floor.keepOne()) {
        floor.add(NOBODY, now);
      }
      there++;
    }
    while (there > Math.max(most, 0)) {
      int agent = floor.nextToLeave();
      if (floor.talks(agent)) {
        floor.leave(agent);
      } else {
        floor.remove(agent);
      }
      there--;
    }
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

  double weight() {
    return weight;
  }

  /** NaN where no call's fate is known. */
  double serviceLevel() {
    int in = fates.answeredInTime(now);
    int all = fates.known(now);
    for (int place = 0; place < line.size(); place++) {
      double waited = now - line.entered(place);
      all += waited > LEVEL_TARGET_SECONDS && waited < LEVEL_WINDOW_SECONDS ? 1 : 0;
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
