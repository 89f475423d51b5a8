package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.SessionTimer;

/**
 * A call from one data center to another, where it is expected or which was not asked: to the edge
 * that calls it is a station, to the other edge a caller, and what either sends to it the other
 * gets.
 */
final class Trunk {
  private static final int INTERVAL_S = 300;
  private static final String STANDING = "standing-";
  private static final RoutingPointId EXPECTED = new RoutingPointId("expected");

  private final Here here;
  private final There there;

  /**
   * What an address says of a call.
   *
   * @param site where it leads
   * @param there the call's id there
   * @param point at which it comes in, where that is not settled
   * @param carried what that site was not told otherwise
   */
  record To(SiteId site, CallId there, RoutingPointId point, Optional<Carried> carried) {
    static To expected(SiteId site, CallId there) {
      return new To(site, there, EXPECTED, Optional.empty());
    }

    private static Optional<Carried> carried(String[] parts) {
      SortedMap<String, String> parameters = new TreeMap<>();
      for (String part : parts) {
        int end = part.indexOf('=');
        if (end > 0) {
          parameters.put(part.substring(0, end), part.substring(end + 1));
        }
      }
      return Carried.read(parameters);
    }

    /** An address that a caller was told to go to. */
    static To handedOn(Collection<SiteId> sites, String address) {
      String[] parts = address.split(";", -1);
      Carried carried = carried(parts).orElseThrow();
      CallId expected = carried.origin().expected();
      SiteId site =
          sites.stream()
              .filter(it -> address(it, expected).equals(parts[0]))
              .findFirst()
              .orElseThrow();
      return new To(site, expected, carried.point().orElseThrow(), Optional.of(carried));
    }

    /** Empty where it is no address at which a site takes calls that it was not asked about. */
    static Optional<To> standing(String address) {
      String[] parts = address.split(";", -1);
      if (!parts[0].startsWith(STANDING)) {
        return Optional.empty();
      }
      String[] names = parts[0].substring(STANDING.length()).split("-", 2);
      return carried(parts)
          .map(it ->
              new To(
                  new SiteId(names[0]),
                  unasked(it.origin()),
                  new RoutingPointId(names[1]),
                  Optional.of(it)));
    }

    /** A site that was not asked gives a call an id of its own; here it tells what call it is. */
    private static CallId unasked(Origin origin) {
      return new CallId(origin.call() + ".u" + origin.number());
    }
  }

  /**
   * @param home from where it is called
   * @param path the way there
   */
  Trunk(To to, Surroundings home, Surroundings away, CallPath path) {
    boolean homeRefreshes = away.dice().chance(0.5);
    this.here = new Here(to, home, new SessionTimer(INTERVAL_S, homeRefreshes));
    this.there = new There(to, away, new SessionTimer(INTERVAL_S, !homeRefreshes), path);
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
  static String address(SiteId site, Object expected) {
    return "phone-" + site + "." + expected;
  }

  static String address(Call.Expect it) {
    return address(it.site(), it.origin().expected());
  }

  /** Where calls come to a routing point of a site without being expected. */
  static String standing(Call.Expect it) {
    return STANDING + it.site() + "-" + it.point();
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
    private Here(To to, Surroundings world, SessionTimer timer) {
      super(new AgentId(to.site() + "." + to.there()), world);
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

  /** Who calls, to the edge of the other data center. */
  static final class There extends CallerPhone {
    private final LegKey key;
    private final Optional<Carried> carried;
    private final CallPath path;
    private Here other;
    private Relay relay;
    private String offered = "";

    @SuppressWarnings("NullAway.Init")
    private There(To to, Surroundings world, SessionTimer timer, CallPath path) {
      super(to.there(), plan(to.point(), timer), world);
      this.key = new LegKey(to.there(), 0);
      this.carried = to.carried();
      this.path = path;
    }

    private static Plan plan(RoutingPointId point, SessionTimer timer) {
      return new Plan(
          "another site",
          point,
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
      world.trace().note(name, "calls", key, path.way());
      switch (path.way()) {
        case OPEN -> world.wire().toEdge(edge -> edge.inviteArrived(this), () -> failed(408));
        case SILENT -> world.agenda().in(Wire.PATIENCE, () -> failed(408));
        case REFUSING -> world.agenda().in(world.dice().millis(1, 40), () -> failed(503));
      }
    }

    private void failed(int status) {
      if (state() == State.CALLING) {
        over();
        other.fails(status);
      }
    }

    @Override
    Optional<Carried> carried() {
      return carried;
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
