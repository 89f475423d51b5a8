package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.LiveCall.StationInvite;
import org.switchwright.sip.Reports.Outcome;

/** Our INVITE to a station: how it rings, is answered, refused or cancelled. */
final class StationInvites {
  static final long CSEQ = 1;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TERMINATED = 487;

  /** How long the INVITE's own end may take after a CANCEL that found nothing to cancel. */
  private static final Duration AFTER_LOST_CANCEL = Duration.ofSeconds(2);

  private static final int MAX_KEY_TRIES = 5;
  private static final Duration KEY_TRY_EVERY = Duration.ofMillis(500);

  private final EdgeParts parts;
  private final SessionTimers timers;

  StationInvites(EdgeParts parts) {
    this.parts = parts;
    this.timers = new SessionTimers(parts.settings().times());
  }

  void invite(LiveCall call, LiveLeg leg, Signal.InviteStation signal) {
    if (leg.station != null) {
      repeatResult(leg, leg.station);
      return;
    }
    StationInvite invite = new StationInvite(signal.station(), signal.caller());
    leg.station = invite;
    leg.attended = true;
    SIPRequest request;
    try {
      request = parts.writer().invite(call.id, signal);
    } catch (SipWriter.ErasedException e) {
      finish(leg, invite, StationRefusal.UNREACHABLE, 0);
      return;
    }
    invite.transaction = parts.wire().request(request, leg.name).orElse(null);
    if (invite.transaction == null) {
      finish(leg, invite, StationRefusal.UNREACHABLE, REQUEST_TIMEOUT);
      return;
    }
    parts
        .timers()
        .after(parts.settings().times().firstSign(), call.id, () -> firstSignDue(leg, invite));
  }

  private void firstSignDue(LiveLeg leg, StationInvite invite) {
    if (!invite.proceeding && invite.result == null) {
      stop(invite);
      finish(leg, invite, StationRefusal.UNREACHABLE, REQUEST_TIMEOUT);
    }
  }

  private static void stop(StationInvite invite) {
    if (invite.transaction != null) {
      try {
        invite.transaction.terminate();
      } catch (javax.sip.ObjectInUseException e) {
        // The stack ends it by itself then.
      }
      invite.transaction = null;
    }
  }

  void cancel(LiveCall call, LiveLeg leg, Signal.CancelStation signal) {
    StationInvite invite = leg.station;
    if (invite == null) {
      invite = new StationInvite(signal.station(), signal.caller());
      invite.proceeding = true;
      leg.station = invite;
      leg.attended = true;
      invite.cancelWanted = true;
      sendCancel(leg, invite);
      cancelEndsAfter(AFTER_LOST_CANCEL, leg, invite);
      return;
    }
    if (invite.result != null) {
      repeatResult(leg, invite);
      return;
    }
    cancel(leg, invite);
  }

  /** The call knows nothing of this one, and needs no report. */
  void silence(LiveLeg leg) {
    StationInvite invite = leg.station;
    if (invite != null && invite.result == null) {
      cancel(leg, invite);
    }
  }

  private void cancel(LiveLeg leg, StationInvite invite) {
    invite.cancelWanted = true;
    if (invite.proceeding && !invite.cancelSent) {
      sendCancel(leg, invite);
      cancelEndsAfter(parts.settings().times().patience(), leg, invite);
    }
  }

  private void sendCancel(LiveLeg leg, StationInvite invite) {
    invite.cancelSent = true;
    try {
      SIPRequest cancel =
          parts.writer().cancel(leg.name.call(), leg.name.leg(), invite.station, invite.caller);
      if (parts.wire().request(cancel, leg.name).isPresent()) {
        return;
      }
    } catch (SipWriter.ErasedException e) {
      // As if it could not be sent.
    }
    cancelEndsAfter(Duration.ZERO, leg, invite);
  }

  private void cancelEndsAfter(Duration delay, LiveLeg leg, StationInvite invite) {
    parts
        .timers()
        .after(
            delay,
            leg.name.call(),
            () -> {
              if (invite.result == null) {
                finish(leg, invite, StationRefusal.CANCELLED, TERMINATED);
              }
            });
  }

  /** What came back for a CANCEL of ours; 408 for nothing. */
  void cancelAnswered(LiveLeg leg, int status) {
    StationInvite invite = leg.station;
    if (invite != null && invite.result == null && status >= 300) {
      cancelEndsAfter(AFTER_LOST_CANCEL, leg, invite);
    }
  }

  /** A response to the INVITE, with or without a transaction. */
  void answered(LiveCall call, LiveLeg leg, SIPResponse response, boolean live) {
    StationInvite invite = leg.station;
    int status = response.getStatusCode();
    if (status >= 300) {
      failed(call, leg, response, live);
    } else if (status >= 200) {
      accepted(call, leg, response, 0);
    } else if (invite != null && invite.result == null) {
      proceeding(leg, invite, status);
    } else if (invite != null && !invite.cancelSent) {
      // It was given up, and rings now.
      sendCancel(leg, invite);
    }
  }

  private void proceeding(LiveLeg leg, StationInvite invite, int status) {
    invite.proceeding = true;
    if (invite.cancelWanted && !invite.cancelSent) {
      sendCancel(leg, invite);
      cancelEndsAfter(parts.settings().times().patience(), leg, invite);
    } else if (status > 100 && !invite.rang) {
      invite.rang = true;
      parts.reports().report(leg.name.call(), new LegReport.Ringing(leg.name.leg()));
    }
  }

  private void failed(LiveCall call, LiveLeg leg, SIPResponse response, boolean live) {
    StationInvite invite = leg.station;
    if (!live) {
      String uri =
          invite == null
              ? "sip:" + parts.settings().address()
              : invite.station.text().orElse("sip:" + parts.settings().address());
      parts.wire().acknowledge(parts.writer().ackOfFailure(response, uri), leg.name);
    }
    int status = response.getStatusCode();
    if (invite == null) {
      leg.gone = true;
      parts
          .reports()
          .report(
              call.id,
              new LegReport.Refused(leg.name.leg(), Statuses.stationRefusal(status), status));
    } else if (invite.result == null) {
      finish(leg, invite, Statuses.stationRefusal(status), status);
    }
  }

  private void accepted(LiveCall call, LiveLeg leg, SIPResponse response, int tries) {
    SIPRequest known = leg.acks.get(CSEQ);
    if (known != null && sameTag(known, response)) {
      parts.wire().acknowledge(known, leg.name);
      return;
    }
    if (call.key == null && tries < MAX_KEY_TRIES) {
      // Just restarted: the call is about to say under which key its persons are kept.
      parts.timers().after(KEY_TRY_EVERY, call.id, () -> accepted(call, leg, response, tries + 1));
      return;
    }
    KeyId key = call.key == null ? parts.keys().issue() : call.key;
    String token = parts.tokens().write(leg.name);
    Optional<Dialog> dialog =
        SipReader.dialogOfStation(response, token, key, timers.withStation(response));
    if (dialog.isEmpty()) {
      refuseAnswer(leg);
      return;
    }
    SIPRequest ack = request("ACK", leg, dialog.get(), CSEQ);
    parts.wire().acknowledge(ack, leg.name);
    if (known != null) {
      // Another branch of a fork answered too: it is let go (RFC 3261 13.2.2.4).
      parts.wire().request(request("BYE", leg, dialog.get(), CSEQ + 1), leg.name);
      return;
    }
    leg.acks.put(CSEQ, ack);
    leg.gone = false;
    leg.dialog = dialog.get();
    Optional<String> session = SipReader.session(response);
    if (session.isEmpty()) {
      parts.wire().request(request("BYE", leg, dialog.get(), CSEQ + 1), leg.name);
      refuseAnswer(leg);
      return;
    }
    LegReport.Answered report =
        new LegReport.Answered(leg.name.leg(), dialog.get(), Personal.of(key, session.get()));
    if (leg.station != null) {
      leg.station.result = report;
    }
    parts.reports().submit(call.id, report, outcome -> reported(leg, dialog.get(), outcome));
  }

  private void reported(LiveLeg leg, Dialog dialog, Outcome outcome) {
    if (outcome instanceof Outcome.Lost) {
      // Nobody will ever talk to this agent about the call: let the phone go.
      parts.wire().request(request("BYE", leg, dialog, CSEQ + 1), leg.name);
      leg.gone = true;
      parts
          .reports()
          .report(
              leg.name.call(),
              new LegReport.Refused(leg.name.leg(), StationRefusal.UNREACHABLE, REQUEST_TIMEOUT));
    }
  }

  private SIPRequest request(String method, LiveLeg leg, Dialog dialog, long cseq) {
    return parts
        .writer()
        .inDialog(
            method,
            leg.name.call(),
            leg.name.leg(),
            dialog,
            SipWriter.text(dialog.remoteTarget()),
            cseq,
            List.of(),
            "");
  }

  private static boolean sameTag(SIPRequest ack, SIPResponse response) {
    return ack.getToTag() == null
        ? response.getToTag() == null
        : ack.getToTag().equals(response.getToTag());
  }

  /** An answer that makes no sense. */
  private void refuseAnswer(LiveLeg leg) {
    StationInvite invite = leg.station;
    if (invite != null && invite.result == null) {
      finish(leg, invite, StationRefusal.UNREACHABLE, 200);
    }
  }

  /** The stack gave up on the INVITE. */
  void timedOut(LiveLeg leg) {
    StationInvite invite = leg.station;
    if (invite != null && invite.result == null) {
      boolean cancelled = invite.cancelWanted;
      finish(
          leg,
          invite,
          cancelled ? StationRefusal.CANCELLED : StationRefusal.UNREACHABLE,
          REQUEST_TIMEOUT);
    }
  }

  private void finish(LiveLeg leg, StationInvite invite, StationRefusal refusal, int status) {
    LegReport report = new LegReport.Refused(leg.name.leg(), refusal, status);
    invite.result = report;
    leg.gone = true;
    parts.reports().report(leg.name.call(), report);
  }

  private void repeatResult(LiveLeg leg, StationInvite invite) {
    if (invite.result != null) {
      parts.reports().report(leg.name.call(), invite.result);
    }
  }
}
