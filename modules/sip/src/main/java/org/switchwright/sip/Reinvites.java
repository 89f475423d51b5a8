package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.LegReport.ReinviteRefusal;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.LiveCall.IncomingInvite;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.LiveCall.OutgoingReinvite;
import org.switchwright.sip.Reports.Outcome;

/** Re-INVITEs in both directions (RFC 3261 14). */
final class Reinvites {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int NO_SUCH_DIALOG = 481;

  private final EdgeParts parts;
  private final Finals finals;

  Reinvites(EdgeParts parts, Finals finals) {
    this.parts = parts;
    this.finals = finals;
  }

  // The peer's.

  /** Runs in the call's lane; 100 has been answered. */
  void arrived(
      LiveLeg leg,
      @Nullable KeyId callKey,
      SIPRequest request,
      javax.sip.ServerTransaction transaction) {
    String branch = SipReader.branch(request);
    if (leg.incoming.containsKey(branch)) {
      return;
    }
    KeyId key = callKey == null ? parts.keys().issue() : callKey;
    ServerTransaction data = SipReader.transaction(request, parts.tokens().write(leg.name), key);
    IncomingInvite invite = new IncomingInvite(data, transaction);
    leg.incoming.put(branch, invite);
    Optional<Statuses.Status> fault = fault(leg, callKey, request);
    if (fault.isPresent()) {
      finals.refuse(invite, fault.get(), leg.name);
      return;
    }
    leg.remoteCseq = data.cseq();
    SipReader.target(request).ifPresent(target -> leg.target = target);
    Personal offered = SipReader.session(request).map(text -> Personal.of(key, text)).orElse(null);
    parts
        .reports()
        .submit(
            leg.name.call(),
            new LegReport.ReinviteArrived(leg.name.leg(), data, offered),
            outcome -> judged(leg, invite, outcome));
  }

  private static Optional<Statuses.Status> fault(
      LiveLeg leg, @Nullable KeyId callKey, SIPRequest request) {
    if (leg.gone) {
      return Optional.of(Statuses.of(Refusal.CALL_OVER));
    }
    if (callKey == null) {
      // Just restarted: the call has not said yet that this leg is ours.
      return Optional.of(Statuses.of(Refusal.RENEGOTIATING));
    }
    if (request.getCSeq().getSeqNumber() <= leg.remoteCseq) {
      return Optional.of(new Statuses.Status(500, "CSeq Out Of Order", 0));
    }
    if (!SipReader.bodyIsKnown(request)) {
      return Optional.of(new Statuses.Status(415, "Unsupported Media Type", 0));
    }
    return Optional.empty();
  }

  private void judged(LiveLeg leg, IncomingInvite invite, Outcome outcome) {
    switch (outcome) {
      case Outcome.Taken _ -> {}
      case Outcome.Refused(var reason) -> {
        switch (reason) {
          case ALREADY_DONE -> {}
          case UNKNOWN_CALL, CALL_OVER -> finals.refuse(invite, Refusal.CALL_OVER, leg.name);
          default -> finals.refuse(invite, Refusal.INTERNAL, leg.name);
        }
      }
      case Outcome.Lost _ -> finals.refuse(invite, Refusal.RENEGOTIATING, leg.name);
    }
  }

  private static IncomingInvite incoming(LiveLeg leg, ServerTransaction data) {
    return leg.incoming.computeIfAbsent(data.branch(), _ -> new IncomingInvite(data, null));
  }

  void answer(LiveLeg leg, ServerTransaction reinvite, String session, SessionTimer timer) {
    IncomingInvite invite = incoming(leg, reinvite);
    if (invite.acknowledged || (invite.finalStatus != 0 && invite.finalStatus != 200)) {
      return;
    }
    SIPResponse ok =
        parts.writer().ok(leg.name.call(), leg.name.leg(), invite.data, session, timer);
    finals.ok(
        leg,
        invite,
        ok,
        () ->
            parts
                .reports()
                .report(leg.name.call(), new LegReport.NeverAcknowledged(leg.name.leg())));
  }

  void refuse(LiveLeg leg, Signal.RefuseReinvite signal) {
    finals.refuse(incoming(leg, signal.reinvite()), signal.refusal(), leg.name);
  }

  /** Ends what the peer asked and will not hear of any more, because it said BYE. */
  void terminate(LiveLeg leg) {
    leg.incoming.values().forEach(it -> finals.refuse(it, Refusal.CANCELLED, leg.name));
  }

  // Ours.

  void reinvite(LiveLeg leg, Signal.Reinvite signal) {
    leg.attended = true;
    leg.dialog = signal.dialog();
    OutgoingReinvite known = leg.outgoing.get(signal.cseq());
    if (known != null) {
      if (known.result != null) {
        parts.reports().report(leg.name.call(), known.result);
      }
      return;
    }
    OutgoingReinvite reinvite = new OutgoingReinvite();
    leg.outgoing.put(signal.cseq(), reinvite);
    try {
      String session = parts.writer().session(leg.name.call(), leg.name.leg(), signal.session());
      SIPRequest request =
          request(
              "INVITE",
              leg,
              signal.dialog(),
              signal.cseq(),
              SipWriter.timerHeaders(signal.dialog().timer()),
              session);
      if (parts.wire().request(request, leg.name).isPresent()) {
        return;
      }
    } catch (SipWriter.ErasedException e) {
      // As if it could not be sent.
    }
    refused(leg, signal.cseq(), ReinviteRefusal.GONE, REQUEST_TIMEOUT);
  }

  /**
   * A final or provisional response to a re-INVITE of ours, with or without a transaction.
   *
   * @return whether the peer knows no such dialog, and this was news
   */
  boolean answered(LiveLeg leg, @Nullable KeyId callKey, SIPResponse response, boolean live) {
    int status = response.getStatusCode();
    long cseq = response.getCSeq().getSeqNumber();
    if (status < 200) {
      return false;
    }
    if (status >= 300) {
      if (!live) {
        String uri = leg.target == null ? "sip:" + parts.settings().address() : leg.target;
        parts.wire().acknowledge(parts.writer().ackOfFailure(response, uri), leg.name);
      }
      return refused(leg, cseq, Statuses.reinviteRefusal(status), status)
          && status == NO_SUCH_DIALOG;
    }
    SIPRequest known = leg.acks.get(cseq);
    if (known != null) {
      parts.wire().acknowledge(known, leg.name);
      return false;
    }
    Dialog dialog = leg.dialog;
    if (dialog == null || callKey == null) {
      // Sent before our restart; it is repeated until the call has taken the leg over.
      return false;
    }
    SipReader.target(response).ifPresent(target -> leg.target = target);
    SIPRequest ack = request("ACK", leg, dialog, cseq, List.of(), "");
    leg.acks.put(cseq, ack);
    parts.wire().acknowledge(ack, leg.name);
    Optional<String> session = SipReader.session(response);
    if (session.isEmpty()) {
      refused(leg, cseq, ReinviteRefusal.FAILED, status);
    } else {
      settle(
          leg,
          cseq,
          new LegReport.ReinviteAnswered(
              leg.name.leg(), cseq, Personal.of(callKey, session.get())));
    }
    return false;
  }

  void timedOut(LiveLeg leg, long cseq) {
    refused(leg, cseq, ReinviteRefusal.GONE, REQUEST_TIMEOUT);
  }

  private boolean refused(LiveLeg leg, long cseq, ReinviteRefusal refusal, int status) {
    return settle(leg, cseq, new LegReport.ReinviteRefused(leg.name.leg(), cseq, refusal, status));
  }

  /** Whether this was news. */
  private boolean settle(LiveLeg leg, long cseq, LegReport result) {
    OutgoingReinvite reinvite = leg.outgoing.get(cseq);
    if (reinvite == null || reinvite.result != null) {
      return false;
    }
    reinvite.result = result;
    parts.reports().report(leg.name.call(), result);
    return true;
  }

  private SIPRequest request(
      String method, LiveLeg leg, Dialog dialog, long cseq, List<String> headers, String session) {
    return parts
        .writer()
        .inDialog(
            method,
            leg.name.call(),
            leg.name.leg(),
            dialog,
            leg.target == null ? SipWriter.text(dialog.remoteTarget()) : leg.target,
            cseq,
            headers,
            session);
  }
}
