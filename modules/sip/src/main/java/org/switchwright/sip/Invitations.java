package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.List;
import java.util.Optional;
import javax.sip.ServerTransaction;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.sip.LiveCall.IncomingInvite;
import org.switchwright.sip.sdp.SessionDescriptions;
import org.switchwright.sip.token.LegTokens.LegName;

/** Reads INVITEs outside of any dialog, and refuses those that nothing can come of. */
final class Invitations {
  private final EdgeParts parts;
  private final Finals finals;
  private final SessionTimers timers;

  Invitations(EdgeParts parts, Finals finals) {
    this.parts = parts;
    this.finals = finals;
    this.timers = new SessionTimers(parts.settings().times());
  }

  /**
   * An INVITE as data.
   *
   * @param key of what is personal in it
   * @param offered the session description; empty where it has none
   */
  record Invitation(IncomingInvite invite, KeyId key, Dialog dialog, Optional<String> offered) {}

  /** Empty where it has been refused. */
  Optional<Invitation> read(
      SIPRequest request, ServerTransaction transaction, LegName name, KeyId key) {
    String tag = parts.tokens().write(name);
    IncomingInvite invite =
        new IncomingInvite(SipReader.transaction(request, tag, key), transaction);
    Optional<SessionTimer> timer = timers.withCaller(request);
    if (timer.isEmpty()) {
      List<String> least = List.of("Min-SE: " + timers.leastSeconds());
      return refused(invite, 422, "Session Interval Too Small", least);
    }
    Optional<Dialog> dialog = SipReader.dialogOfCaller(request, tag, key, timer.get());
    Optional<String> offered = SipReader.session(request);
    if (dialog.isEmpty()) {
      return refused(invite, 400, "Unusable Contact Or Tag", List.of());
    }
    if (!SipReader.bodyIsKnown(request)) {
      return refused(invite, 415, "Unsupported Media Type", List.of("Accept: application/sdp"));
    }
    if (offered.isPresent() && !SessionDescriptions.isReadable(offered.get())) {
      return refused(invite, 400, "Unreadable Session Description", List.of());
    }
    return Optional.of(new Invitation(invite, key, dialog.get(), offered));
  }

  private Optional<Invitation> refused(
      IncomingInvite invite, int status, String phrase, List<String> headers) {
    finals.refuse(invite, status, phrase, headers, null);
    return Optional.empty();
  }
}
