package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Optional;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Refusal;
import org.switchwright.sip.LiveCall.IncomingInvite;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * Requests and responses in dialogs, found by the token in our tag. Every method but those that
 * start with "on" runs in the call's lane.
 */
final class Dialogs {
  private final EdgeParts parts;
  private final Finals finals;
  private final Farewells farewells;
  private final CallerInvites callers;
  private final StationInvites stations;
  private final Reinvites reinvites;
  private final Treatments treatments;

  Dialogs(
      EdgeParts parts,
      Finals finals,
      Farewells farewells,
      CallerInvites callers,
      StationInvites stations,
      Reinvites reinvites,
      Treatments treatments) {
    this.parts = parts;
    this.finals = finals;
    this.farewells = farewells;
    this.callers = callers;
    this.stations = stations;
    this.reinvites = reinvites;
    this.treatments = treatments;
  }

  void onReinvite(LegName name, SIPRequest request, javax.sip.ServerTransaction transaction) {
    KeyId none = new KeyId("none");
    IncomingInvite provisional =
        new IncomingInvite(
            SipReader.transaction(request, parts.tokens().write(name), none), transaction);
    finals.trying(provisional, name);
    boolean running =
        parts
            .lanes()
            .run(
                name.call(),
                () -> {
                  LiveCall call = parts.calls().get(name.call());
                  reinvites.arrived(call.leg(name.leg()), call.key, request, transaction);
                });
    if (!running) {
      finals.refuse(provisional, Refusal.RENEGOTIATING, name);
    }
  }

  void acknowledged(LegName name, SIPRequest ack) {
    long cseq = ack.getCSeq().getSeqNumber();
    parts.repeats().stop(EdgeParts.failureName(SipReader.branch(ack)));
    Optional<LiveCall> found = parts.calls().find(name.call());
    LiveLeg leg = found.map(call -> call.leg(name.leg())).orElse(null);
    if (leg != null) {
      finals.acknowledged(leg, cseq);
      leg.incoming.values().stream()
          .filter(it -> it.data.cseq() == cseq && it.finalStatus == 200)
          .forEach(it -> it.acknowledged = true);
    }
    if (name.leg() != 0) {
      return;
    }
    IncomingInvite invite = found.map(call -> call.invite).orElse(null);
    Optional<String> session = SipReader.session(ack);
    if (invite == null) {
      // Answered by an edge that is gone; the call knows whether it waits for this. A session in it
      // is asked for again when the call speaks up: until then its key is unknown.
      if (session.isEmpty()) {
        parts.reports().report(name.call(), new LegReport.CallerAcknowledged(null));
      }
    } else if (invite.data.cseq() == cseq && invite.finalStatus == 200) {
      KeyId key = invite.data.headers().key();
      callers.acknowledged(
          found.orElseThrow(), invite, session.map(text -> Personal.of(key, text)).orElse(null));
    }
  }

  /** The BYE has been answered. */
  void hungUp(LegName name) {
    LiveCall call = parts.calls().get(name.call());
    LiveLeg leg = call.leg(name.leg());
    if (!leg.gone) {
      gone(call, leg);
      parts.reports().report(name.call(), new LegReport.HungUp(name.leg()));
    }
  }

  private void gone(LiveCall call, LiveLeg leg) {
    leg.gone = true;
    if (leg.name.leg() == 0) {
      callers.terminate(call);
      treatments.stop(call);
    }
    reinvites.terminate(leg);
    if (leg.unacknowledged >= 0) {
      finals.acknowledged(leg, leg.unacknowledged);
    }
  }

  /**
   * A response to a request of ours.
   *
   * @param live whether its transaction is still there
   */
  void answered(LegName name, SIPResponse response, boolean live) {
    LiveCall call = parts.calls().get(name.call());
    LiveLeg leg = call.leg(name.leg());
    long cseq = response.getCSeq().getSeqNumber();
    int status = response.getStatusCode();
    switch (response.getCSeq().getMethod()) {
      case "INVITE" -> {
        if (name.leg() > 0 && cseq == StationInvites.CSEQ) {
          stations.answered(call, leg, response, live);
        } else {
          boolean unknown = reinvites.answered(leg, call.key, response, live);
          if (unknown && !leg.gone) {
            // Nothing more will come for this leg, not even our BYE.
            gone(call, leg);
          }
        }
      }
      case "BYE" -> {
        if (status >= 200 && live) {
          farewells.released(leg);
        }
      }
      case "CANCEL" -> {
        if (status >= 200) {
          stations.cancelAnswered(leg, status);
        }
      }
      default -> {}
    }
  }

  /** A request of ours got no final response. */
  void timedOut(LegName name, SIPRequest request) {
    Optional<LiveCall> call = parts.calls().find(name.call());
    if (call.isEmpty()) {
      return;
    }
    LiveLeg leg = call.get().leg(name.leg());
    long cseq = request.getCSeq().getSeqNumber();
    switch (request.getMethod()) {
      case "INVITE" -> {
        if (name.leg() > 0 && cseq == StationInvites.CSEQ) {
          stations.timedOut(leg);
        } else {
          reinvites.timedOut(leg, cseq);
        }
      }
      case "BYE" -> farewells.released(leg);
      case "CANCEL" -> stations.cancelAnswered(leg, 408);
      default -> {}
    }
  }
}
