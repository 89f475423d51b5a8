package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.List;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.LiveCall.LiveLeg;

/** Our BYEs: not before the ACK of our 2xx (RFC 3261 15), and reported whatever comes of them. */
final class Farewells {
  private final EdgeParts parts;

  Farewells(EdgeParts parts) {
    this.parts = parts;
  }

  void bye(LiveLeg leg, Signal.Bye signal) {
    if (leg.gone) {
      released(leg);
      return;
    }
    if (leg.byeSent || leg.bye != null) {
      return;
    }
    leg.bye = signal;
    if (leg.unacknowledged < 0) {
      send(leg, signal);
    }
  }

  /** Our 2xx is acknowledged, or will never be. */
  void free(LiveLeg leg, long cseq) {
    if (leg.unacknowledged != cseq) {
      return;
    }
    leg.unacknowledged = -1;
    Signal.Bye waiting = leg.bye;
    if (waiting != null && !leg.byeSent && !leg.gone) {
      send(leg, waiting);
    }
  }

  private void send(LiveLeg leg, Signal.Bye signal) {
    leg.byeSent = true;
    SIPRequest bye;
    try {
      bye =
          parts
              .writer()
              .inDialog(
                  "BYE",
                  leg.name.call(),
                  leg.name.leg(),
                  signal.dialog(),
                  leg.target == null ? SipWriter.text(signal.dialog().remoteTarget()) : leg.target,
                  signal.cseq(),
                  List.of(reason(signal.why())),
                  "");
    } catch (SipWriter.ErasedException e) {
      released(leg);
      return;
    }
    if (parts.wire().request(bye, leg.name).isEmpty()) {
      released(leg);
    }
  }

  /** RFC 3326. */
  private static String reason(Refusal why) {
    Statuses.Status status = Statuses.of(why);
    return why == Refusal.HUNG_UP
        ? "Reason: Q.850;cause=16"
        : "Reason: SIP;cause=" + status.code() + ";text=\"" + status.phrase() + "\"";
  }

  /** Whatever a BYE gets back, the leg is gone. */
  void released(LiveLeg leg) {
    leg.gone = true;
    parts.reports().report(leg.name.call(), new LegReport.Released(leg.name.leg()));
  }
}
