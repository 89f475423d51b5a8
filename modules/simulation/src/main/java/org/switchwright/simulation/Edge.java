package org.switchwright.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.agent.StationWatch;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;

/**
 * A SIP edge, at the level of verbs: owns the live transactions and nothing else. One that was
 * started after another died knows nothing, and works with the data that signals carry.
 */
final class Edge {
  static final EdgeId ID = new EdgeId("edge");

  /** Longer than anything takes on a wire that loses nothing. */
  private static final Duration HANG_UP = Duration.ofMillis(700);

  private final Surroundings world;
  private final Host host;
  private final Intake intake;
  private final Function<String, @Nullable Phone> phones;
  private final CallerLines callers;
  private final StationLines stations;
  private final Players players;
  private final Reinvites reinvites;
  private final Probes probes;
  private final Set<LegKey> leaving = new HashSet<>();
  private final Set<LegKey> attended = new HashSet<>();
  private final Set<String> referred = new HashSet<>();
  private final Set<String> accepted = new HashSet<>();
  private final Set<CallId> hungUp = new HashSet<>();
  private boolean dead;

  Edge(Surroundings world, Host host, Players players, Function<String, @Nullable Phone> phones) {
    this.world = world;
    this.host = host;
    this.phones = phones;
    this.intake = new Intake(host);
    this.players = players;
    this.callers = new CallerLines(this, world);
    this.stations = new StationLines(this, world);
    this.reinvites = new Reinvites(this, world);
    this.probes = new Probes(this, world);
    players.restart();
  }

  void die() {
    dead = true;
    intake.die();
    callers.excuseUnknown();
  }

  boolean dead() {
    return dead;
  }

  Intake intake() {
    return intake;
  }

  /** What is live still, for the end of a run; empty for nothing. */
  String busy() {
    String busy = callers.busy() + stations.busy() + reinvites.busy() + players.busy();
    return leaving.isEmpty() ? busy : busy + leaving;
  }

  /** Whoever hears something else from now on needs no player. */
  void plays(CallId call, String session) {
    if (!players.plays(call, session)) {
      players.stop(call);
    }
  }

  @Nullable String playing(CallId call) {
    return players.session(call);
  }

  /** As {@link #plays}, for what a player does that was there when this was proposed. */
  void hears(CallId call, String session, @Nullable String before) {
    if (before != null && players.plays(call, before) && !session.equals(before)) {
      players.stop(call);
    }
  }

  void stopPlaying(CallId call) {
    players.stop(call);
  }

  void report(LegKey key, LegReport report) {
    report(key, report, () -> {});
  }

  void report(LegKey key, LegReport report, Runnable failed) {
    report(key, report, () -> {}, failed);
  }

  void report(LegKey key, LegReport report, Runnable taken, Runnable failed) {
    world.trace().note("edge", "reports of", key, report);
    intake.submit(key.call(), report, _ -> taken.run(), failed);
  }

  /** A fault that is planted. */
  boolean waitsForWrites() {
    return host.fault() == Cast.HostFault.HANGS_UP_AFTER_WRITING;
  }

  /** What ends something never waits for the journal; only what gives something does. */
  void expectEndWithoutWriting(CallerPhone phone) {
    if (world.weather().faults().losePacket() > 0) {
      return;
    }
    after(
        HANG_UP,
        () ->
            Promises.promise(
                phone.state() != CallerPhone.State.CANCELLING,
                "a hang-up waits for no write",
                phone.call()));
  }

  void after(Duration delay, Runnable action) {
    world
        .agenda()
        .in(
            delay,
            () -> {
              if (!dead) {
                action.run();
              }
            });
  }

  CallerPhone caller(ServerTransaction invite) {
    if (phones.apply(invite.headers().text().orElseThrow()) instanceof CallerPhone caller) {
      return caller;
    }
    throw new IllegalStateException("Expected a caller's INVITE, but got " + invite);
  }

  @Nullable Phone phone(Personal address) {
    return phones.apply(address.text().orElseThrow());
  }

  static Personal personal(CallId call, String text) {
    return Personal.of(new KeyId("k-" + call), text);
  }

  static Dialog dialog(LegKey key, String tag, String phone, SessionTimer timer) {
    CallId call = key.call();
    return new Dialog(
        personal(call, "sip-" + key),
        key.toString(),
        tag,
        personal(call, "sip:us"),
        personal(call, "sip:" + phone),
        personal(call, phone),
        personal(call, ""),
        timer);
  }

  // What phones send.

  void inviteArrived(CallerPhone phone) {
    CallId call = phone.call();
    world.wire().toPhone(phone, phone::trying, () -> {});
    ServerTransaction invite =
        new ServerTransaction(personal(call, phone.name), "z9hG4bK-" + phone.name, 1);
    if (!callers.begin(call, phone, invite)) {
      return;
    }
    LegKey key = new LegKey(call, 0);
    String session = phone.session();
    Call.Arrive arrive =
        new Call.Arrive(
            new InteractionId("i-" + call),
            host.siteId(),
            ID,
            phone.plan().point(),
            invite,
            dialog(key, phone.tag(), phone.name, phone.plan().timer()),
            personal(call, phone.from()),
            session == null ? null : personal(call, session),
            attached(call),
            phone.carried(),
            phone.passage());
    intake.submit(
        call,
        arrive,
        receipt -> {
          callers.known(call);
          if (receipt instanceof Receipt.Refused no && no.reason() != Reason.ALREADY_DONE) {
            refused(phone, no.reason());
          }
        },
        () -> callers.fail(call));
  }

  private void refused(CallerPhone phone, Reason why) {
    boolean late = why == Reason.CALL_OVER || why == Reason.OUT_OF_ORDER;
    if (late && phone instanceof Follower follower && follower.comesAnew()) {
      callers.goesOn(phone.call());
    } else {
      callers.reject(phone.call());
    }
  }

  /** What a trunk tells of some callers. */
  private static SortedMap<String, Personal> attached(CallId call) {
    TreeMap<String, Personal> attached = new TreeMap<>();
    switch (Math.floorMod(call.value().hashCode(), 4)) {
      case 0 -> attached.put("tier", personal(call, "gold"));
      case 1 -> attached.put("tier", personal(call, "silver"));
      default -> {}
    }
    return attached;
  }

  void cancelArrived(CallerPhone phone) {
    CallId call = phone.call();
    if (callers.cancelled(call)) {
      return;
    }
    intake.submit(
        call,
        new LegReport.CallerCancelled(),
        receipt -> {
          boolean unknown =
              receipt instanceof Receipt.Refused no && no.reason() == Reason.UNKNOWN_CALL;
          if (!unknown) {
            callers.cancelledUnseen(call, phone);
          }
        },
        () -> {});
  }

  void ackArrived(CallerPhone phone, @Nullable String answer) {
    CallId call = phone.call();
    if (callers.acknowledged(call)) {
      report(
          new LegKey(call, 0),
          new LegReport.CallerAcknowledged(answer == null ? null : personal(call, answer)));
    }
  }

  void callerGone(CallId call) {
    players.stop(call);
    hungUp.add(call);
  }

  void byeArrived(LegKey key) {
    if (key.leg() == 0) {
      callerGone(key.call());
    }
    report(key, new LegReport.HungUp(key.leg()));
  }

  void reinviteArrived(Phone phone, LegKey key, String branch, long cseq, String offered) {
    reinvites.arrived(phone, key, branch, cseq, offered);
  }

  void reinviteAcknowledged(String branch) {
    reinvites.acknowledged(branch);
  }

  /** What HTTP does for a desktop: asks the site, then tells the call. */
  void commanded(CallId call, Destination to, Call.Command command) {
    checked(to, () -> commanded(call, command));
  }

  void commanded(CallId call, Call.Command command) {
    intake.submit(call, command, _ -> {}, () -> {});
  }

  void referArrived(StationPhone phone, LegKey key, String branch, long cseq, Destination to) {
    if (referred.add(branch)) {
      ServerTransaction refer =
          new ServerTransaction(personal(key.call(), phone.name), branch, cseq);
      checked(to, () -> report(key, new LegReport.ReferArrived(key.leg(), refer, to)));
    }
  }

  void replaceArrived(StationPhone phone, LegKey key, String branch, long cseq, int replaced) {
    if (referred.add(branch)) {
      ServerTransaction refer =
          new ServerTransaction(personal(key.call(), phone.name), branch, cseq);
      report(key, new LegReport.ReplaceArrived(key.leg(), refer, replaced));
    }
  }

  /** An INVITE of an agent's phone outside of any dialog. */
  void dialled(StationPhone phone, String branch, Destination to) {
    if (!referred.add(branch)) {
      return;
    }
    AgentId agent = phone.agent();
    intake.submit(
        new Site.FindConversation(agent, to),
        receipt -> {
          Optional<CallId> call =
              receipt instanceof Receipt.Taken taken ? taken.named() : Optional.empty();
          call.ifPresentOrElse(
              it -> dialled(phone, agent, it, branch, to), () -> refuseDialled(phone, branch));
        });
  }

  private void dialled(
      StationPhone phone, AgentId agent, CallId call, String branch, Destination to) {
    int legs = Consultation.LAST_DIALLED - Consultation.FIRST_DIALLED + 1;
    int leg = Consultation.FIRST_DIALLED + Math.floorMod(branch.hashCode(), legs);
    LegKey key = new LegKey(call, leg);
    attended.add(key);
    Consultation.Dialled dialled =
        new Consultation.Dialled(
            leg,
            new ServerTransaction(personal(call, phone.name), branch, 1),
            dialog(key, phone.name + "-" + branch, phone.name, world.scenario().stationTimer()),
            personal(call, Sdp.of(phone.name, "")));
    LegReport.Dialled report = new LegReport.Dialled(agent, dialled, to);
    world.trace().note("edge", "reports of", key, report);
    intake.submit(
        call,
        report,
        receipt -> {
          if (receipt instanceof Receipt.Refused no && no.reason() != Reason.ALREADY_DONE) {
            refuseDialled(phone, branch);
          }
        },
        () -> refuseDialled(phone, branch));
  }

  private void refuseDialled(StationPhone phone, String branch) {
    world.wire().toPhone(phone, () -> phone.dialRefused(branch), () -> {});
  }

  private void checked(Destination to, Runnable then) {
    intake.submit(
        new Site.CheckDestination(to),
        receipt -> {
          if (receipt instanceof Receipt.Taken) {
            then.run();
          }
        });
  }

  private void referAccepted(LegKey key, Signal.AcceptRefer it) {
    if (phone(it.dialog().remoteTarget()) instanceof StationPhone phone
        && accepted.add(it.refer().branch())) {
      world.wire().toPhone(phone, () -> phone.referAccepted(key), () -> {});
    }
  }

  void stationRang(StationPhone phone, LegKey key) {
    stations.rang(phone, key);
  }

  void stationAnswered(
      StationPhone phone, LegKey key, String tag, String session, SessionTimer timer) {
    stations.answered(phone, key, tag, session, timer);
  }

  void stationRefused(LegKey key, int status) {
    stations.refused(key, status);
  }

  // What agents and calls ask for.

  void watch(AgentId agent, StationWatch watch) {
    probes.watch(agent, watch);
  }

  void signal(CallId call, Signal signal) {
    switch (signal) {
      case Signal.Progress it -> callers.progress(call, it);
      case Signal.Answer it -> callers.answer(call, it);
      case Signal.Refuse it -> callers.refuse(call, it);
      case Signal.Redirect it -> callers.redirect(call, it);
      case Signal.InviteStation it -> stations.invite(new LegKey(call, it.leg()), it);
      case Signal.CancelStation it -> stations.cancel(new LegKey(call, it.leg()), it);
      case Signal.SilenceStation it -> stations.silence(new LegKey(call, it.leg()));
      case Signal.Reinvite it -> reinvites.send(new LegKey(call, it.leg()), it);
      case Signal.AnswerReinvite it ->
          reinvites.answer(
              new LegKey(call, it.leg()),
              it.reinvite(),
              200,
              it.session().text().text().orElseThrow());
      case Signal.RefuseReinvite it ->
          reinvites.answer(
              new LegKey(call, it.leg()), it.reinvite(), Reinvites.status(it.refusal()), null);
      case Signal.AcceptRefer it -> referAccepted(new LegKey(call, it.leg()), it);
      case Signal.Bye it -> bye(new LegKey(call, it.leg()), it);
      case Signal.StartTreatment it -> {
        // An edge soon forgets a call whose caller is gone, and its player with it.
        if (!callers.failed(call) && !hungUp.contains(call)) {
          players.start(this, call, it);
        }
      }
      case Signal.DirectTreatment _, Signal.PlayMusic _ -> {}
      case Signal.RenewTreatment it -> {
        String session = players.session(call);
        // The player may have died with an edge; the next one is about to be told to the caller.
        int status = session == null ? Reinvites.status(Refusal.RENEGOTIATING) : 200;
        reinvites.answer(new LegKey(call, 0), it.reinvite(), status, session);
      }
      case Signal.Announce it -> players.announce(call, it);
      case Signal.StopTreatment _ -> players.stop(call);
      case Signal.Attend it -> attend(new LegKey(call, it.leg()), it);
    }
  }

  private void attend(LegKey key, Signal.Attend it) {
    boolean known =
        key.leg() == 0
            ? callers.attends(key.call()) || attended.contains(key)
            : stations.knows(key) || attended.contains(key);
    if (known) {
      return;
    }
    attended.add(key);
    if (it.invite() != null) {
      callers.adopt(key.call(), it.invite());
    }
    report(key, new LegReport.Orphaned(key.leg()));
  }

  private void bye(LegKey key, Signal.Bye it) {
    if (key.leg() == 0 && callers.byeMustWait(key.call(), it)) {
      return;
    }
    Phone phone = phone(it.dialog().remoteTarget());
    if (phone == null || !leaving.add(key)) {
      return;
    }
    world
        .wire()
        .toPhone(
            phone,
            () ->
                phone.byed(
                    key,
                    it.dialog().remoteTag(),
                    () -> world.wire().answerEdge(this, _ -> left(key))),
            () -> left(key));
  }

  void left(LegKey key) {
    if (!dead) {
      leaving.remove(key);
      if (key.leg() == 0) {
        players.stop(key.call());
      }
      report(key, new LegReport.Released(key.leg()));
    }
  }
}
