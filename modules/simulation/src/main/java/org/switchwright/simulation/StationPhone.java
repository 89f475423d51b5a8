package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.routing.Destination;

/** An agent's phone, with the agent's hand on it. */
sealed class StationPhone extends Phone permits Mixer, Trunk.Here {
  private static final Duration GIVES_UP_RINGING = Duration.ofMinutes(3);

  /** Nobody hangs up before the ACK of the answer has come (RFC 3261, section 15). */
  private static final Duration ACKNOWLEDGED = Duration.ofMillis(100);

  private final AgentId agent;

  /** How often an agent asks for a conference before it is too late for that. */
  private static final int CONFERS = 4;

  private final Map<LegKey, Instant> ringing = new LinkedHashMap<>();
  private final Map<LegKey, Done> done = new HashMap<>();
  private final Map<LegKey, Integer> said = new HashMap<>();
  private int tags;
  private int seatings;
  private int wishes;
  private final SecondLine second;

  /** The final answer that an INVITE got, repeated while its transaction lives. */
  private record Done(int status, Instant at) {}

  /** How a phone takes an INVITE. */
  enum Manner {
    ANSWER,
    ANSWER_AT_ONCE,
    REJECT,
    BUSY,
    SILENT,
    RING_FOR_EVER,
    NOT_ACCEPTABLE
  }

  StationPhone(AgentId agent, Surroundings world) {
    super("phone-" + agent, world);
    this.agent = agent;
    this.second = new SecondLine(this, world);
  }

  AgentId agent() {
    return agent;
  }

  Map<LegKey, Instant> ringing() {
    return ringing;
  }

  /** What this phone said at last to the INVITE of a leg: SIP's status; null where nothing. */
  @Nullable Integer said(LegKey key) {
    return said.get(key);
  }

  @Override
  void vanish() {
    ringing.clear();
    second.vanish();
    seatings++;
    super.vanish();
  }

  void invited(Edge edge, LegKey key, String offered) {
    Dialogue up = dialogs().get(key);
    if (up != null) {
      answer(up);
      return;
    }
    if (ringing.containsKey(key)) {
      rings(key);
      return;
    }
    Done before = done.get(key);
    if (before != null && before.at().plus(Wire.PATIENCE).isAfter(world.now())) {
      refuse(key, before.status());
      return;
    }
    Manner manner = manner();
    world.trace().note(name, "is invited by", key, manner);
    switch (manner) {
      case ANSWER -> {
        rings(key);
        after(world.scenario().answerDelay(world.dice()), key, () -> pickUp(key, offered));
      }
      case ANSWER_AT_ONCE -> {
        ringing.put(key, world.now());
        pickUp(key, offered);
      }
      case REJECT -> {
        rings(key);
        after(world.dice().millis(200, 5_000), key, () -> refuse(key, 603));
      }
      case BUSY -> refuse(key, 486);
      case NOT_ACCEPTABLE -> refuse(key, 488);
      case SILENT -> {}
      case RING_FOR_EVER -> {
        rings(key);
        after(GIVES_UP_RINGING, key, () -> refuse(key, 480));
      }
    }
  }

  Manner manner() {
    boolean occupied = !dialogs().isEmpty() || !ringing.isEmpty();
    return occupied ? Manner.BUSY : world.scenario().manners().draw(world.dice());
  }

  private void after(Duration delay, LegKey key, Runnable action) {
    int seated = seatings;
    world
        .agenda()
        .in(
            delay,
            () -> {
              if (ringing.containsKey(key) && !gone() && seatings == seated) {
                action.run();
              }
            });
  }

  void rings(LegKey key) {
    ringing.putIfAbsent(key, world.now());
    said.putIfAbsent(key, 180);
    world.wire().toEdge(edge -> edge.stationRang(this, key), () -> {});
  }

  void refuse(LegKey key, int status) {
    ringing.remove(key);
    done.put(key, new Done(status, world.now()));
    said.merge(key, status, (before, now) -> before == 200 ? before : now);
    world.trace().note(name, "says", status, "to", key);
    world.wire().toEdge(edge -> edge.stationRefused(key, status), () -> {});
  }

  private void pickUp(LegKey key, String offered) {
    converse(pickUp(key, Sdp.of(name, ""), offered, world.scenario().stationTimer()));
  }

  Dialogue pickUp(LegKey key, String session, String offered, SessionTimer timer) {
    ringing.remove(key);
    said.put(key, 200);
    Dialogue dialog = new Dialogue(key, name + "-" + ++tags, timer, session, offered, world.now());
    world.trace().note(name, "answers", key);
    begin(dialog);
    answer(dialog);
    return dialog;
  }

  void answer(Dialogue dialog) {
    SessionTimer timer = dialog.timer;
    world
        .wire()
        .toEdge(
            edge -> edge.stationAnswered(this, dialog.key, dialog.tag, dialog.local, timer),
            () -> hangUp(dialog.key));
  }

  void converse(Dialogue dialog) {
    Duration talks = world.scenario().talk(world.dice());
    Duration wanted = world.dice().chance(0.6) ? talks : talks.plusSeconds(500);
    Duration patience = wanted.compareTo(ACKNOWLEDGED) < 0 ? ACKNOWLEDGED : wanted;
    boolean vanishes = world.dice().chance(world.scenario().vanishing());
    world
        .agenda()
        .in(
            patience,
            () -> {
              if (dialogs().get(dialog.key) == dialog && vanishes) {
                vanish();
              } else if (dialogs().get(dialog.key) == dialog) {
                hangUp(dialog.key);
              }
            });
    if (world.dice().chance(world.scenario().manners().sendOn())) {
      world.agenda().in(world.dice().between(Duration.ZERO, talks), () -> sendOn(dialog));
    }
    if (world.dice().chance(world.scenario().manners().sendOn())) {
      world.agenda().in(world.dice().between(Duration.ZERO, talks), () -> consult(dialog));
    }
    if (world.dice().chance(0.15)) {
      world.agenda().in(talks.dividedBy(4), () -> hold(dialog, true));
      world.agenda().in(talks.dividedBy(3), () -> hold(dialog, false));
    }
  }

  /** By a button on the desktop, or by one of the phone; some phones then hang up by themselves. */
  private void sendOn(Dialogue dialog) {
    if (dialogs().get(dialog.key) != dialog) {
      return;
    }
    Destination to = world.scenario().destination(world.dice());
    boolean kept = world.dice().chance(0.7);
    String wish = name + "-" + ++wishes;
    if (world.dice().chance(0.5)) {
      world.trace().note(name, "sends on by command " + dialog.key, to);
      world
          .wire()
          .toEdge(
              edge -> edge.commanded(dialog.key.call(), to, new Call.Transfer(to, kept, wish)),
              () -> {});
    } else {
      dialog.cseq++;
      long cseq = dialog.cseq;
      world.trace().note(name, "sends on by REFER " + dialog.key, to);
      world.wire().toEdge(edge -> edge.referArrived(this, dialog.key, wish, cseq, to), () -> {});
    }
  }

  /** Asks somebody else, and after a while hands over, or takes the caller back, or neither. */
  private void consult(Dialogue dialog) {
    if (dialogs().get(dialog.key) != dialog) {
      return;
    }
    Destination to = world.scenario().destination(world.dice());
    CallId call = dialog.key.call();
    if (world.dice().chance(0.3)) {
      world.agenda().in(world.dice().millis(2_000, 6_000), () -> confer(dialog, CONFERS));
    }
    String wish = name + "-" + ++wishes;
    if (world.dice().chance(0.4)) {
      second.consult(dialog, to, wish);
      return;
    }
    world.trace().note(name, "consults about " + dialog.key, to);
    world.wire().toEdge(edge -> edge.commanded(call, to, new Call.Consult(to, wish)), () -> {});
    Call.Command end =
        world.dice().chance(0.6) ? new Call.CompleteConsult() : new Call.RetrieveCaller();
    world
        .agenda()
        .in(
            world.dice().millis(0, 30_000),
            () -> {
              if (dialogs().get(dialog.key) == dialog) {
                world.trace().note(name, "ends asking about " + dialog.key, end);
                world.wire().toEdge(edge -> edge.commanded(call, end), () -> {});
              }
            });
  }

  /** Lets the caller in, as soon as somebody has answered. */
  private void confer(Dialogue dialog, int tries) {
    if (dialogs().get(dialog.key) == dialog && tries > 0) {
      world.trace().note(name, "wants a conference for " + dialog.key);
      Call.Confer command = new Call.Confer(Mixer.NAME);
      world.wire().toEdge(edge -> edge.commanded(dialog.key.call(), command), () -> {});
      world.agenda().in(world.dice().millis(2_000, 6_000), () -> confer(dialog, tries - 1));
    }
  }

  /** REFER in the first dialog, with Replaces of the second (RFC 5589, section 7.3). */
  void replace(Dialogue first, LegKey with) {
    first.cseq++;
    long cseq = first.cseq;
    String wish = name + "-" + ++wishes;
    world.trace().note(name, "hands over " + first.key, with);
    world
        .wire()
        .toEdge(edge -> edge.replaceArrived(this, first.key, wish, cseq, with.leg()), () -> {});
  }

  /** What was dialled about a caller is not to be. */
  void dialRefused(String branch) {
    second.failed(branch);
  }

  @Override
  void responded(Edge edge, LegKey key, String branch, int status, @Nullable String session) {
    if (!second.answered(edge, key, branch, status, session)) {
      super.responded(edge, key, branch, status, session);
    }
  }

  /** 202. */
  void referAccepted(LegKey key) {
    if (world.dice().chance(0.4)) {
      hangUp(key);
    }
  }

  /**
   * @param reply 200 when there was something to cancel or the dialog is up, 481 when not
   */
  void cancelled(LegKey key, Consumer<Integer> reply) {
    if (ringing.containsKey(key)) {
      reply.accept(200);
      refuse(key, 487);
    } else {
      Done before = done.get(key);
      if (before != null && before.status() == 487) {
        reply.accept(200);
        return;
      }
      reply.accept(481);
    }
  }

  @Override
  void ended(Dialogue dialog) {
    done.put(dialog.key, new Done(481, world.now()));
    second.ended(dialog.key);
  }

  @Override
  void heard(Dialogue dialog) {}

  @Override
  boolean accepts(String session) {
    return true;
  }
}
