package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Reminders;

/**
 * An actor on one node: decides, writes, then acts; holds back what comes while it writes; keeps
 * one timer; repeats what is owed; dies, also of a write that fails, and comes back with what was
 * written.
 */
final class Incarnation<C, E, S> {
  /** How long a recovered actor lets the world answer before it acts on what it missed. */
  static final Duration GRACE = Duration.ofSeconds(3);

  /** How long a timer waits that rang and was refused. */
  private static final Duration TIMER_PAUSE = Duration.ofSeconds(1);

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int MAX_HELD_BACK = 1_000;

  private final Actor<C, E, S> actor;
  private final Host host;
  private final ArrayDeque<Runnable> heldBack = new ArrayDeque<>();
  private Reminders reminders = new Reminders();
  private S state;
  private int known;
  private boolean up = true;
  private boolean dead;
  private boolean writing;
  private Instant pausedUntil = Instant.MIN;
  private int life;
  private @Nullable Instant timerAt;
  private int timer;
  private boolean ticking;
  private Instant patientUntil = Instant.MIN;

  private record Sending<E>(int number, @Nullable E event, Effect effect) {}

  /** A decision on its way to the journal. */
  private record Write<C, E, S>(
      C command,
      int known,
      List<E> events,
      S after,
      List<Sending<E>> sendings,
      Receipt receipt,
      Consumer<Receipt> reply) {}

  enum CrashPoint {
    NONE,
    BEFORE_WRITE,
    AFTER_WRITE,
    AMONG_EFFECTS,
    AFTER_EFFECTS
  }

  Incarnation(Actor<C, E, S> actor, Host host, S state) {
    this.actor = actor;
    this.host = host;
    this.state = state;
    this.known = actor.writes();
  }

  boolean up() {
    return up;
  }

  private boolean busy() {
    return !up || writing || paused();
  }

  private boolean paused() {
    return host.now().isBefore(pausedUntil);
  }

  void receive(C command, Consumer<Receipt> reply) {
    if (busy()) {
      boolean lost = dead || heldBack.size() >= MAX_HELD_BACK || (!up && host.weather().loses());
      if (!lost) {
        heldBack.add(() -> receive(command, reply));
      }
      return;
    }
    switch (actor.rules().decide(state, command, host.now())) {
      case Decision.Rejected<E> no -> {
        host.trace().note(actor.name(), "refuses", command, no.reason());
        reply.accept(new Receipt.Refused(no.reason(), no.sentence()));
      }
      case Decision.Accepted<E> yes -> accept(command, yes, reply);
    }
  }

  private void accept(C command, Decision.Accepted<E> yes, Consumer<Receipt> reply) {
    CrashPoint crash = yes.events().isEmpty() ? CrashPoint.NONE : host.crashPoint();
    if (crash == CrashPoint.BEFORE_WRITE) {
      crash("dies before writing", command);
      return;
    }
    List<Sending<E>> sendings = new ArrayList<>();
    S after = state;
    int number = known;
    for (E event : yes.events()) {
      after = actor.rules().evolve(after, event);
      number++;
      for (Effect effect : actor.rules().react(after, event)) {
        sendings.add(new Sending<>(number, event, effect));
      }
    }
    if (host.fault() == Cast.HostFault.ACTS_FIRST) {
      sendings.forEach(this::perform);
      sendings.clear();
    }
    yes.answers().forEach(effect -> sendings.add(new Sending<>(0, null, effect)));
    Receipt receipt = new Receipt.Taken(yes.named());
    Write<C, E, S> write =
        new Write<>(command, known, yes.events(), after, sendings, receipt, reply);
    if (yes.events().isEmpty()) {
      afterwards(write, CrashPoint.NONE);
      return;
    }
    Duration takes = host.weather().writeTakes(host.now());
    if (takes.isZero()) {
      land(write, crash, life);
      return;
    }
    writing = true;
    int lived = life;
    host.in(takes, () -> land(write, crash, lived));
  }

  /** The write reaches the database, whether its writer still lives or not. */
  private void land(Write<C, E, S> write, CrashPoint crash, int lived) {
    boolean fails = host.weather().failsWrite(host.now());
    // Of a write that failed, or whose writer died, nobody knows what became.
    boolean happens = (!fails && lived == life) || host.upTo(3) == 0;
    boolean taken = happens && actor.append(write.known(), write.events(), write.after());
    if (lived != life) {
      return;
    }
    whenAwake(
        lived,
        () -> {
          writing = false;
          if (fails || !taken) {
            failed(write);
          } else {
            known += write.events().size();
            state = write.after();
            afterwards(write, crash);
            workOff();
          }
        });
  }

  private void failed(Write<C, E, S> write) {
    if (host.fault() == Cast.HostFault.ACTS_THOUGH_REFUSED) {
      write.sendings().forEach(this::perform);
    }
    if (host.fault() == Cast.HostFault.BELIEVES_EVERY_WRITE) {
      known += write.events().size();
      state = write.after();
      afterwards(write, CrashPoint.NONE);
      return;
    }
    host.trace().note(actor.name(), "dies of a failed write", write.command());
    crashFor(host.weather().backoff());
  }

  private void perform(Sending<E> it) {
    host.perform(actor, it.number(), it.event(), it.effect());
  }

  private void afterwards(Write<C, E, S> write, CrashPoint crash) {
    if (crash == CrashPoint.AFTER_WRITE) {
      crash("dies after writing", write.command());
      return;
    }
    int all = write.sendings().size();
    int limit = crash == CrashPoint.AMONG_EFFECTS ? host.upTo(all + 1) : all;
    write.sendings().subList(0, limit).forEach(this::perform);
    if (crash == CrashPoint.AMONG_EFFECTS) {
      crash("dies among its effects", write.command());
      return;
    }
    write.reply().accept(write.receipt());
    plan();
    if (crash == CrashPoint.AFTER_EFFECTS) {
      crash("dies after its effects", write.command());
    }
  }

  private void crash(String how, C command) {
    host.trace().note(actor.name(), how, command);
    crashFor(host.weather().down());
  }

  void crashFor(Duration down) {
    if (!up || dead) {
      return;
    }
    up = false;
    writing = false;
    pausedUntil = Instant.MIN;
    life++;
    int died = life;
    host.in(down, () -> recover(died));
  }

  /** Taken over by another for good. */
  void die() {
    up = false;
    dead = true;
    life++;
    heldBack.clear();
  }

  /** Nothing happens until then, and nothing is lost. */
  void pauseUntil(Instant end) {
    pausedUntil = end;
    host.at(end, () -> whenAwake(life, this::workOff));
  }

  private void whenAwake(int lived, Runnable action) {
    if (life != lived) {
      return;
    }
    if (paused()) {
      host.at(pausedUntil, () -> whenAwake(lived, action));
    } else {
      action.run();
    }
  }

  private void recover(int died) {
    if (up || life != died) {
      return;
    }
    if (host.weather().journalIsOut(host.now()) || host.weather().stopped(host.now()) || paused()) {
      host.in(TICK, () -> recover(died));
      return;
    }
    S folded = actor.fold();
    host.checkFold(actor, folded);
    state = folded;
    known = actor.writes();
    host.witness().recovered(actor);
    up = true;
    life++;
    timerAt = null;
    ticking = false;
    reminders = new Reminders();
    patientUntil = host.now().plus(GRACE);
    host.trace().note(actor.name(), "is back", state);
    resume();
    workOff();
  }

  private void workOff() {
    while (!busy() && !heldBack.isEmpty()) {
      heldBack.remove().run();
    }
  }

  /** After a recovery of the actor, or of the edge that it worked with. */
  void resume() {
    if (busy()) {
      return;
    }
    owed(actor.rules().resume(state));
    plan();
  }

  private void owed(List<Effect> effects) {
    effects.forEach(effect -> host.perform(actor, 0, null, effect));
  }

  private void plan() {
    Optional<Instant> due = actor.rules().due(state);
    Instant next = due.map(it -> it.isBefore(patientUntil) ? patientUntil : it).orElse(null);
    if (next == null) {
      timerAt = null;
      timer++;
    } else if (!next.equals(timerAt)) {
      timerAt = next;
      int set = ++timer;
      host.at(next, () -> ring(set));
    }
    List<Effect> owed = ticking ? List.of() : actor.rules().owed(state);
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
    if (busy()) {
      heldBack.add(() -> ring(set));
      return;
    }
    timerAt = null;
    int before = known;
    int lived = life;
    receive(actor.rules().expire(), _ -> {});
    if (life == lived && known == before && !writing) {
      patientUntil = host.now().plus(TIMER_PAUSE);
      plan();
    }
  }

  private void tick(int lived) {
    if (life != lived) {
      return;
    }
    if (busy()) {
      heldBack.add(() -> tick(lived));
      return;
    }
    owed(reminders.tick(actor.rules().owed(state)));
    ticking = !reminders.quiet();
    if (ticking) {
      host.in(TICK, () -> tick(lived));
    }
  }
}
