package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.SessionTimer;

/**
 * A call from one data center to where it is expected in another: to the edge that calls it is a
 * station, to the other edge a caller, and what either sends to it the other gets.
 */
final class Trunk {
  private static final int INTERVAL_S = 300;

  private final Here here;
  private final There there;

  /**
   * @param home from where it is called
   * @param away where it is expected
   */
  Trunk(SiteId site, CallId expected, Surroundings home, Surroundings away) {
    boolean homeRefreshes = away.dice().chance(0.5);
    this.here = new Here(site, expected, home, new SessionTimer(INTERVAL_S, homeRefreshes));
    this.there = new There(expected, away, new SessionTimer(INTERVAL_S, !homeRefreshes));
    here.other = there;
    there.other = here;
    here.relay = new Relay(there, here.name);
    there.relay = new Relay(here, there.name);
  }

  Here here() {
    return here;
  }

  There there() {
    return there;
  }

  /** Where a call is expected. */
  static String address(SiteId site, CallId expected) {
    return "phone-" + site + "." + expected;
  }

  static String address(Call.Expect it) {
    return address(it.site(), it.origin().expected());
  }

  /** Whether it is in use, for the end of a run. */
  boolean busy() {
    return !here.dialogs().isEmpty() || !there.dialogs().isEmpty() || !here.ringing().isEmpty();
  }

  /** A leg's re-INVITEs on their way to the other edge, and the answers on theirs. */
  private static final class Relay {
    private final Map<Long, Asked> asked = new HashMap<>();
    private final Phone to;
    private final String name;

    Relay(Phone to, String name) {
      this.to = to;
      this.name = name;
    }

    private static final class Asked {
      private final List<Consumer<Phone.Answer>> replies = new ArrayList<>();
      private Phone.@Nullable Answer answer;
    }

    void ask(LegKey key, long cseq, String offered, Consumer<Phone.Answer> reply) {
      Asked known = asked.get(cseq);
      if (known != null && known.answer != null) {
        reply.accept(known.answer);
        return;
      }
      Asked it = asked.computeIfAbsent(cseq, _ -> new Asked());
      it.replies.add(reply);
      if (known == null) {
        String branch = name + "-" + cseq;
        Runnable timeout = () -> answer(it, new Phone.Answer(408, null));
        to.world
            .wire()
            .toEdge(edge -> edge.reinviteArrived(to, key, branch, cseq, offered), timeout);
        to.world.agenda().in(Wire.PATIENCE, timeout);
      }
    }

    private static void answer(Asked it, Phone.Answer answer) {
      if (it.answer == null) {
        it.answer = answer;
        it.replies.forEach(reply -> reply.accept(answer));
      }
    }

    void answered(Edge edge, String branch, int status, @Nullable String session) {
      if (status == 200) {
        to.world.wire().answerEdge(edge, it -> it.reinviteAcknowledged(branch));
      }
      Asked it = asked.get(Long.parseLong(branch.substring(name.length() + 1)));
      if (it != null) {
        answer(it, new Phone.Answer(status, session));
      }
    }
  }

  /** A phone's side of it. */
  private static void relay(
      @Nullable Dialogue dialog,
      String tag,
      Relay relay,
      LegKey key,
      long cseq,
      String offered,
      Consumer<Phone.Answer> reply) {
    if (dialog == null || !dialog.tag.equals(tag)) {
      reply.accept(new Phone.Answer(481, null));
    } else {
      relay.ask(key, cseq, offered, reply);
    }
  }

  /** What the edge calls that the call comes from. */
  static final class Here extends StationPhone {
    private final SessionTimer timer;
    private There other;
    private Relay relay;
    private @Nullable LegKey leg;

    @SuppressWarnings("NullAway.Init")
    private Here(SiteId site, CallId expected, Surroundings world, SessionTimer timer) {
      super(new AgentId(site + "." + expected), world);
      this.timer = timer;
    }

    @Override
    void invited(Edge edge, LegKey key, String offered) {
      Dialogue up = dialogs().get(key);
      if (up != null) {
        answer(up);
      } else if (ringing().containsKey(key)) {
        rings(key);
      } else if (leg == null) {
        leg = key;
        other.call(offered);
      } else if (!leg.equals(key) || said(key) != null) {
        refuse(key, 480);
      }
    }

    /** Anything but a final answer. */
    private void proceeds() {
      if (leg != null && said(leg) == null) {
        rings(leg);
      }
    }

    private void fails(int status) {
      if (leg != null && dialogs().isEmpty()) {
        refuse(leg, status);
      }
    }

    private void answered(String offered, String session) {
      if (leg != null) {
        pickUp(leg, session, offered, timer);
      }
    }

    @Override
    void cancelled(LegKey key, Consumer<Integer> reply) {
      boolean pending = ringing().containsKey(key);
      reply.accept(pending ? 200 : 481);
      if (pending) {
        other.cancel();
      }
    }

    @Override
    void begin(Dialogue dialog) {
      dialogs().put(dialog.key, dialog);
    }

    @Override
    void reinvited(LegKey key, String tag, long cseq, String offered, Consumer<Answer> reply) {
      relay(dialogs().get(key), tag, relay, other.key, cseq, offered, reply);
    }

    @Override
    void responded(Edge edge, LegKey key, String branch, int status, @Nullable String session) {
      other.relay.answered(edge, branch, status, session);
    }

    @Override
    void ended(Dialogue dialog) {
      super.ended(dialog);
      other.hangUp(other.key);
    }
  }

  /** Who calls, to the edge where the call is expected. */
  static final class There extends CallerPhone {
    private final LegKey key;
    private Here other;
    private Relay relay;
    private String offered = "";

    @SuppressWarnings("NullAway.Init")
    private There(CallId expected, Surroundings world, SessionTimer timer) {
      super(expected, plan(timer), world);
      this.key = new LegKey(expected, 0);
    }

    private static Plan plan(SessionTimer timer) {
      return new Plan(
          "another site",
          new RoutingPointId("expected"),
          true,
          Duration.ZERO,
          Duration.ZERO,
          false,
          false,
          false,
          true,
          timer);
    }

    private void call(String session) {
      offered = session;
      world.trace().note(name, "calls", key);
      world
          .wire()
          .toEdge(
              edge -> edge.inviteArrived(this),
              () -> {
                if (state() == State.CALLING) {
                  over();
                  other.fails(408);
                }
              });
    }

    private void cancel() {
      if (state() == State.CALLING) {
        stopCalling();
      }
    }

    /** Also where nobody answers the CANCEL. */
    @Override
    void over() {
      boolean cancelling = state() == State.CANCELLING;
      super.over();
      if (cancelling) {
        other.fails(487);
      }
    }

    @Override
    String session() {
      return offered;
    }

    @Override
    void trying() {
      super.trying();
      other.proceeds();
    }

    @Override
    void refused(int status) {
      boolean news = state() == State.CALLING;
      super.refused(status);
      if (news) {
        other.fails(status);
      }
    }

    @Override
    void answered(Edge edge, String session) {
      world.trace().note(name, "is answered", state(), session);
      world.wire().answerEdge(edge, it -> it.ackArrived(this, null));
      if (state() == State.OVER) {
        world.wire().toEdge(it -> it.byeArrived(key), () -> {});
      } else if (!dialogs().containsKey(key)) {
        up();
        begin(new Dialogue(key, tag(), plan().timer(), offered, session, world.now()));
        other.answered(offered, session);
      }
    }

    @Override
    void begin(Dialogue dialog) {
      dialogs().put(dialog.key, dialog);
    }

    @Override
    void heard(Dialogue dialog) {}

    @Override
    void reinvited(LegKey leg, String tag, long cseq, String session, Consumer<Answer> reply) {
      LegKey others = other.leg;
      if (others == null) {
        reply.accept(new Answer(481, null));
      } else {
        Trunk.relay(dialogs().get(leg), tag, relay, others, cseq, session, reply);
      }
    }

    @Override
    void responded(Edge edge, LegKey leg, String branch, int status, @Nullable String session) {
      other.relay.answered(edge, branch, status, session);
    }

    @Override
    void ended(Dialogue dialog) {
      super.ended(dialog);
      LegKey others = other.leg;
      if (others != null) {
        other.hangUp(others);
      }
    }
  }
}
