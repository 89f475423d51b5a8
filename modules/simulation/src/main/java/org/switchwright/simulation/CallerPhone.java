package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.HandOver;
import org.switchwright.domain.call.Passage;
import org.switchwright.domain.call.SessionTimer;

/** One caller with a phone, who calls once; whoever calls back does so with another. */
sealed class CallerPhone extends Phone permits Trunk.There, Follower {
  /** Whoever has waited this long for a final answer hangs up, however patient. */
  private static final Duration GIVES_UP = Duration.ofSeconds(330);

  private final CallId call;
  private final LegKey leg;
  private final Plan plan;
  private final Instant calledAt;
  private State state = State.CALLING;
  private boolean joined;
  private boolean tried;
  private boolean gaveUp;
  private boolean excused;
  private int finals;
  private @Nullable Instant leftAt;
  private Runnable whenGivingUp = () -> {};
  private @Nullable Consumer<String> follows;

  enum State {
    CALLING,
    CANCELLING,
    UP,
    OVER
  }

  /**
   * What this caller is like.
   *
   * @param person who calls; the same for whoever calls back
   * @param offers whether the INVITE carries an offer
   * @param patience how long it waits to be joined with an agent
   * @param talks how long it talks then
   * @param hangsUp whether it ends the conversation, rather than wait for the agent to
   * @param holds whether it puts the agent on hold once
   * @param vanishes whether it is gone without a word, instead of leaving
   * @param fits whether it has a codec in common with agents
   */
  record Plan(
      String person,
      RoutingPointId point,
      boolean offers,
      Duration patience,
      Duration talks,
      boolean hangsUp,
      boolean holds,
      boolean vanishes,
      boolean fits,
      SessionTimer timer) {
    Plan at(RoutingPointId other) {
      return new Plan(
          person, other, offers, patience, talks, hangsUp, holds, vanishes, fits, timer);
    }

    Plan by(String who) {
      return new Plan(who, point, offers, patience, talks, hangsUp, holds, vanishes, fits, timer);
    }
  }

  CallerPhone(CallId call, Plan plan, Surroundings world) {
    super("caller-" + call, world);
    this.call = call;
    this.leg = new LegKey(call, 0);
    this.plan = plan;
    this.calledAt = world.now();
  }

  CallId call() {
    return call;
  }

  Plan plan() {
    return plan;
  }

  State state() {
    return state;
  }

  Instant calledAt() {
    return calledAt;
  }

  int finals() {
    return finals;
  }

  /** Since when this caller is gone, for whatever reason; null while it is there. */
  @Nullable Instant leftAt() {
    return leftAt;
  }

  /** Phones say of the same person the same address, with whatever else they like. */
  String from() {
    String address = "<sip:" + plan.person() + "@callers.example>;tag=" + tag();
    return plan.patience().toMillis() % 2 == 0 ? address : "\"Somebody\" " + address;
  }

  String tag() {
    return "t-" + call;
  }

  /** Whether it has heard anything of its INVITE. */
  boolean tried() {
    return tried;
  }

  /** Nobody can know of this call: it died with the edge before it was journaled. */
  void excuse() {
    excused = true;
  }

  boolean excused() {
    return excused;
  }

  /** What it says of a place that it has elsewhere. */
  Optional<Carried> carried() {
    return Optional.empty();
  }

  @Nullable String session() {
    return plan.offers() ? Sdp.of(name, "") : null;
  }

  void dial() {
    world.trace().note(name, "calls", plan);
    world.wire().toEdge(edge -> edge.inviteArrived(this), this::over);
    world.agenda().in(plan.patience(), this::loseInterest);
    world
        .agenda()
        .in(
            GIVES_UP,
            () -> {
              if (state == State.CALLING) {
                loseInterest();
              }
            });
  }

  /** What this caller does on giving up. */
  void onGivingUp(Runnable action) {
    whenGivingUp = action;
  }

  /** It goes where a 302 says, and its trunk is one that is told so. */
  void onRedirect(Consumer<String> goesOn) {
    follows = goesOn;
  }

  /** Which way its INVITE comes. */
  Optional<Passage> passage() {
    return follows == null
        ? Optional.empty()
        : Optional.of(new Passage(70, Edge.personal(call, ""), HandOver.REDIRECT));
  }

  private void loseInterest() {
    if (joined || state == State.OVER) {
      return;
    }
    whenGivingUp.run();
    if (plan.vanishes()) {
      vanish();
      over();
    } else if (state == State.UP) {
      hangUp(leg);
    } else if (state == State.CALLING) {
      stopCalling();
    }
  }

  void stopCalling() {
    state = State.CANCELLING;
    leftAt = world.now();
    if (tried) {
      cancel();
    }
  }

  void up() {
    finals++;
    state = State.UP;
  }

  /** Only after a provisional response (RFC 3261, section 9.1). */
  private void cancel() {
    world.trace().note(name, "cancels", call);
    world.wire().toEdge(edge -> edge.cancelArrived(this), () -> {});
    world
        .agenda()
        .in(
            Wire.PATIENCE,
            () -> {
              if (state == State.CANCELLING) {
                gaveUp = true;
                over();
              }
            });
  }

  /** Whether its CANCEL had no final answer to the INVITE; the caller then takes it for one. */
  boolean gaveUp() {
    return gaveUp;
  }

  void over() {
    state = State.OVER;
    if (leftAt == null) {
      leftAt = world.now();
    }
  }

  // From the edge.

  void trying() {
    if (!tried) {
      tried = true;
      if (state == State.CANCELLING) {
        cancel();
      }
    }
  }

  void refused(int status) {
    world.trace().note(name, "gets", status);
    if (state == State.CALLING || state == State.CANCELLING) {
      finals++;
      over();
    }
  }

  void redirected(String to) {
    world.trace().note(name, "is to go to", to);
    boolean goesOn = state == State.CALLING;
    refused(302);
    if (goesOn && follows != null) {
      follows.accept(to);
    }
  }

  void early(String session) {
    world.trace().note(name, "hears early", session);
  }

  void answered(Edge edge, String session) {
    world.trace().note(name, "is answered", state, session);
    Dialogue known = dialogs().get(leg);
    boolean late = state == State.CANCELLING || state == State.OVER;
    if (state == State.CALLING || state == State.CANCELLING) {
      finals++;
    }
    String answer = plan.offers() ? null : Sdp.of(name, "");
    world.wire().answerEdge(edge, it -> it.ackArrived(this, answer));
    if (known != null) {
      return;
    }
    if (state == State.OVER && finals > 0) {
      world.wire().toEdge(it -> it.byeArrived(leg), () -> {});
      return;
    }
    state = State.UP;
    Dialogue dialog =
        new Dialogue(leg, tag(), plan.timer(), Sdp.of(name, ""), session, world.now());
    begin(dialog);
    if (late) {
      hangUp(leg);
    } else {
      if (plan.holds()) {
        world.agenda().in(world.dice().millis(0, 5_000), () -> hold(dialog, true));
        world.agenda().in(world.dice().millis(5_000, 8_000), () -> hold(dialog, false));
      }
      heard(dialog);
    }
  }

  @Override
  void heard(Dialogue dialog) {
    if (joined || !Sdp.owner(dialog.remote).startsWith("phone")) {
      return;
    }
    joined = true;
    Duration talks = plan.hangsUp() ? plan.talks() : plan.talks().plusSeconds(600);
    world
        .agenda()
        .in(
            talks,
            () -> {
              if (plan.vanishes() && state == State.UP) {
                vanish();
              } else {
                hangUp(leg);
              }
            });
    if (plan.holds()) {
      world.agenda().in(plan.talks().dividedBy(4), () -> hold(dialog, true));
      world.agenda().in(plan.talks().dividedBy(3), () -> hold(dialog, false));
    }
  }

  @Override
  void ended(Dialogue dialog) {
    over();
  }

  @Override
  boolean accepts(String session) {
    return plan.fits() || !Sdp.owner(session).startsWith("phone");
  }
}
