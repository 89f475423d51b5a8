package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Reminders;

/**
 * One aggregate, hosted: decides, writes, then acts; keeps one timer; repeats what is owed; dies
 * and comes back with what was written.
 */
final class Actor<C, E, S> {
  /** How long a recovered actor lets the world answer before it acts on what it missed. */
  static final Duration GRACE = Duration.ofSeconds(3);

  /** How long a timer waits that rang and was refused. */
  private static final Duration TIMER_PAUSE = Duration.ofSeconds(1);

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int MAX_HELD_BACK = 1_000;

  private final String name;
  private final String id;
  private final Aggregate<C, E, S> rules;
  private final Host host;
  private final List<E> written = new ArrayList<>();
  private final ArrayDeque<Runnable> heldBack = new ArrayDeque<>();
  private Reminders reminders = new Reminders();
  private S state;
  private boolean up = true;
  private int life;
  private @Nullable Instant timerAt;
  private int timer;
  private boolean ticking;
  private Instant patientUntil = Instant.MIN;

  private record Sending(int number, Effect effect) {}

  Actor(String kind, String id, Aggregate<C, E, S> rules, Host host) {
    this.name = kind + " " + id;
    this.id = id;
    this.rules = rules;
    this.host = host;
    this.state = rules.initial(id);
  }

  String name() {
    return name;
  }

  S state() {
    return state;
  }

  boolean up() {
    return up;
  }

  int writes() {
    return written.size();
  }

  List<E> written() {
    return written;
  }

  Aggregate<C, E, S> rules() {
    return rules;
  }

  void receive(C command, Consumer<Receipt> reply) {
    if (!up) {
      if (host.weather().loses() || heldBack.size() >= MAX_HELD_BACK) {
        return;
      }
      heldBack.add(() -> receive(command, reply));
      return;
    }
    switch (rules.decide(state, command, host.now())) {
      case Decision.Rejected<E> no -> {
        host.trace().note(name, "refuses", command + " " + no.reason());
        reply.accept(new Receipt.Refused(no.reason(), no.sentence()));
      }
      case Decision.Accepted<E> yes -> accept(command, yes, reply);
    }
  }

  private void accept(C command, Decision.Accepted<E> yes, Consumer<Receipt> reply) {
    CrashPoint crash = yes.events().isEmpty() ? CrashPoint.NONE : host.crashPoint();
    if (crash == CrashPoint.BEFORE_WRITE) {
      host.trace().note(name, "dies before writing", command);
      crash();
      return;
    }
    S before = state;
    List<Sending> sendings = new ArrayList<>();
    for (E event : yes.events()) {
      state = rules.evolve(state, event);
      int number = written.size() + 1;
      List<Effect> effects = rules.react(state, event);
      if (host.actsFirst()) {
        effects.forEach(effect -> host.perform(this, number, effect));
      } else {
        effects.forEach(effect -> sendings.add(new Sending(number, effect)));
      }
      written.add(event);
      host.write(name, number, event);
      host.trace().note(name, "writes", event);
    }
    yes.answers().forEach(effect -> sendings.add(new Sending(0, effect)));
    if (!yes.events().isEmpty()) {
      host.witness().written(this, before, yes.events(), state);
    }
    if (crash == CrashPoint.AFTER_WRITE) {
      host.trace().note(name, "dies after writing", command);
      crash();
      return;
    }
    int limit =
        crash == CrashPoint.AMONG_EFFECTS ? host.upTo(sendings.size() + 1) : sendings.size();
    sendings.subList(0, limit).forEach(it -> host.perform(this, it.number(), it.effect()));
    if (crash == CrashPoint.AMONG_EFFECTS) {
      host.trace().note(name, "dies among its effects", command);
      crash();
      return;
    }
    reply.accept(new Receipt.Taken());
    plan();
    if (crash == CrashPoint.AFTER_EFFECTS) {
      host.trace().note(name, "dies after its effects", command);
      crash();
    }
  }

  enum CrashPoint {
    NONE,
    BEFORE_WRITE,
    AFTER_WRITE,
    AMONG_EFFECTS,
    AFTER_EFFECTS
  }

  void crash() {
    crashFor(host.weather().down());
  }

  void crashFor(Duration down) {
    if (!up) {
      return;
    }
    up = false;
    life++;
    int died = life;
    host.in(down, () -> recover(died));
  }

  private void recover(int died) {
    if (up || life != died) {
      return;
    }
    S folded = fold();
    host.checkFold(this, folded);
    state = folded;
    host.witness().recovered(this);
    up = true;
    life++;
    timerAt = null;
    ticking = false;
    reminders = new Reminders();
    patientUntil = host.now().plus(GRACE);
    host.trace().note(name, "is back", state);
    resume();
    while (up && !heldBack.isEmpty()) {
      heldBack.remove().run();
    }
  }

  S fold() {
    S folded = rules.initial(id);
    for (E event : written) {
      folded = rules.evolve(folded, event);
    }
    return folded;
  }

  /** After a recovery of the actor, or of the edge that it worked with. */
  void resume() {
    if (!up) {
      return;
    }
    rules.resume(state).forEach(effect -> host.perform(this, 0, effect));
    plan();
  }

  private void plan() {
    Optional<Instant> due = rules.due(state);
    Instant next = due.map(it -> it.isBefore(patientUntil) ? patientUntil : it).orElse(null);
    if (next == null) {
      timerAt = null;
      timer++;
    } else if (!next.equals(timerAt)) {
      timerAt = next;
      int set = ++timer;
      host.at(next, () -> ring(set));
    }
    List<Effect> owed = ticking ? List.of() : rules.owed(state);
    if (!owed.isEmpty()) {
      ticking = true;
      reminders.tick(owed);
      int now = life;
      host.in(TICK, () -> tick(now));
    }
  }

  private void ring(int set) {
    if (!up || set != timer) {
      return;
    }
    timerAt = null;
    int before = written.size();
    int lived = life;
    receive(rules.expire(), _ -> {});
    if (life == lived && written.size() == before) {
      patientUntil = host.now().plus(TIMER_PAUSE);
      plan();
    }
  }

  private void tick(int lived) {
    if (life != lived) {
      return;
    }
    reminders.tick(rules.owed(state)).forEach(effect -> host.perform(this, 0, effect));
    ticking = !reminders.quiet();
    if (ticking) {
      host.in(TICK, () -> tick(lived));
    }
  }
}
