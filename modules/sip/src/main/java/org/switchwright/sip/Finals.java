package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.call.Refusal;
import org.switchwright.sip.LiveCall.IncomingInvite;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.token.LegTokens.LegName;

/** Answers to INVITEs: sends them, and repeats those that nothing else repeats. */
final class Finals {
  private final EdgeParts parts;
  private final Farewells farewells;

  Finals(EdgeParts parts, Farewells farewells) {
    this.parts = parts;
    this.farewells = farewells;
  }

  void trying(IncomingInvite invite, @Nullable LegName leg) {
    SIPResponse trying = parts.writer().response(invite.data, 100, "Trying", List.of());
    parts.wire().respond(invite.transaction, trying, leg);
  }

  void refuse(IncomingInvite invite, Refusal refusal, @Nullable LegName leg) {
    Statuses.Status status = Statuses.of(refusal);
    refuse(invite, status, leg);
  }

  void refuse(IncomingInvite invite, Statuses.Status status, @Nullable LegName leg) {
    refuse(invite, status.code(), status.phrase(), status.headers(), leg);
  }

  void refuse(
      IncomingInvite invite,
      int status,
      String phrase,
      List<String> headers,
      @Nullable LegName leg) {
    if (invite.finalStatus != 0) {
      return;
    }
    invite.finalStatus = status;
    SIPResponse response = parts.writer().response(invite.data, status, phrase, headers);
    Wire.Sent sent = parts.wire().respond(invite.transaction, response, leg);
    if (sent == Wire.Sent.STATELESSLY) {
      parts
          .repeats()
          .start(
              EdgeParts.failureName(invite.data.branch()),
              () -> parts.wire().respond(null, (SIPResponse) response.clone(), leg),
              () -> {});
    }
  }

  /** Sends a 2xx and repeats it until its ACK; the same 2xx a second time does nothing. */
  void ok(LiveLeg leg, IncomingInvite invite, SIPResponse ok, Runnable neverAcknowledged) {
    long cseq = invite.data.cseq();
    String name = EdgeParts.okName(leg.name.call(), leg.name.leg(), cseq);
    if (parts.repeats().runs(name)) {
      return;
    }
    boolean first = invite.finalStatus == 0;
    invite.finalStatus = 200;
    leg.unacknowledged = cseq;
    parts.wire().respond(first ? invite.transaction : null, ok, leg.name);
    parts
        .repeats()
        .start(
            name,
            () -> parts.wire().respond(null, (SIPResponse) ok.clone(), leg.name),
            () ->
                parts
                    .lanes()
                    .run(
                        leg.name.call(),
                        () -> {
                          neverAcknowledged.run();
                          farewells.free(leg, cseq);
                        }));
  }

  /** An ACK came; true when it was awaited. */
  boolean acknowledged(LiveLeg leg, long cseq) {
    boolean awaited = parts.repeats().stop(EdgeParts.okName(leg.name.call(), leg.name.leg(), cseq));
    farewells.free(leg, cseq);
    return awaited;
  }
}
