package org.switchwright.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.LegReport.ReinviteRefusal;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.Signal;

/** The edge's re-INVITEs: phones' own, and those of calls. */
final class Reinvites {
  /** After how long without an answer to a phone's re-INVITE the call is told again. */
  private static final Duration ASKS_AGAIN = Duration.ofSeconds(4);

  private final Edge edge;
  private final Surroundings world;
  private final Map<String, Incoming> incoming = new HashMap<>();
  private final Set<Outgoing> outgoing = new HashSet<>();

  private static final class Incoming {
    private boolean answered;
    private boolean acknowledged;
  }

  private record Outgoing(LegKey key, long cseq) {}

  Reinvites(Edge edge, Surroundings world) {
    this.edge = edge;
    this.world = world;
  }

  String busy() {
    return outgoing.isEmpty() ? "" : "re-INVITEs " + outgoing;
  }

  void arrived(Phone phone, LegKey key, String branch, long cseq, String offered) {
    if (incoming.containsKey(branch)) {
      return;
    }
    incoming.put(branch, new Incoming());
    ServerTransaction reinvite =
        new ServerTransaction(Edge.personal(key.call(), phone.name), branch, cseq);
    report(
        key,
        new LegReport.ReinviteArrived(key.leg(), reinvite, Edge.personal(key.call(), offered)));
  }

  /** Again until it is answered, because the answer may be lost. */
  private void report(LegKey key, LegReport.ReinviteArrived report) {
    ServerTransaction reinvite = report.reinvite();
    if (Objects.requireNonNull(incoming.get(reinvite.branch())).answered) {
      return;
    }
    edge.after(ASKS_AGAIN, () -> report(key, report));
    world.trace().note("edge", "reports of", key, report);
    edge.intake()
        .submit(
            key.call(),
            report,
            receipt -> {
              if (receipt instanceof Receipt.Refused no && no.reason() == Reason.UNKNOWN_CALL) {
                answer(key, reinvite, 481, null);
              }
            },
            () -> answer(key, reinvite, 500, null));
  }

  void acknowledged(String branch) {
    Incoming reinvite = incoming.get(branch);
    if (reinvite != null) {
      reinvite.acknowledged = true;
    }
  }

  void answer(LegKey key, ServerTransaction data, int status, @Nullable String session) {
    Phone phone = edge.phone(data.headers());
    Incoming reinvite = incoming.computeIfAbsent(data.branch(), _ -> new Incoming());
    if (phone == null || reinvite.answered) {
      return;
    }
    reinvite.answered = true;
    world
        .wire()
        .toPhone(phone, () -> phone.responded(edge, key, data.branch(), status, session), () -> {});
    if (status == 200) {
      edge.after(
          Wire.PATIENCE,
          () -> {
            if (!reinvite.acknowledged) {
              edge.report(key, new LegReport.NeverAcknowledged(key.leg()));
            }
          });
    }
  }

  void send(LegKey key, Signal.Reinvite it) {
    Phone phone = edge.phone(it.dialog().remoteTarget());
    Outgoing sent = new Outgoing(key, it.cseq());
    if (phone == null || !outgoing.add(sent)) {
      return;
    }
    String offered = it.session().text().text().orElseThrow();
    String before = edge.playing(key.call());
    world
        .wire()
        .toPhone(
            phone,
            () ->
                phone.reinvited(
                    key,
                    it.dialog().remoteTag(),
                    it.cseq(),
                    offered,
                    answer ->
                        world.wire().answerEdge(edge, _ -> done(sent, offered, before, answer))),
            () -> done(sent, offered, before, new Phone.Answer(408, null)));
  }

  private void done(Outgoing sent, String offered, @Nullable String before, Phone.Answer answer) {
    if (edge.dead() || !outgoing.remove(sent)) {
      return;
    }
    LegKey key = sent.key();
    String session = answer.session();
    if (session != null) {
      if (key.leg() == 0) {
        edge.hears(key.call(), offered, before);
      }
      edge.report(
          key,
          new LegReport.ReinviteAnswered(
              key.leg(), sent.cseq(), Edge.personal(key.call(), session)));
      return;
    }
    if (answer.status() == 481 && key.leg() == 0) {
      edge.callerGone(key.call());
    }
    ReinviteRefusal refusal =
        switch (answer.status()) {
          case 491 -> ReinviteRefusal.GLARE;
          case 488 -> ReinviteRefusal.NOT_ACCEPTABLE;
          case 408, 481 -> ReinviteRefusal.GONE;
          default -> ReinviteRefusal.FAILED;
        };
    edge.report(
        key, new LegReport.ReinviteRefused(key.leg(), sent.cseq(), refusal, answer.status()));
  }

  static int status(Refusal refusal) {
    return switch (refusal) {
      case GLARE -> 491;
      case RENEGOTIATING -> 500;
      case CALL_OVER -> 481;
      case NOT_FOUND,
          NOT_ACCEPTABLE,
          OVERLOADED,
          QUEUE_FULL,
          AGENT_BUSY,
          AGENT_REJECTED,
          NOBODY_THERE,
          WAITED_TOO_LONG,
          CANCELLED,
          HUNG_UP,
          SESSION_EXPIRED,
          TIMED_OUT,
          TRANSFERRED,
          HANDED_ON,
          TOO_LATE,
          INTERNAL ->
          488;
    };
  }
}
