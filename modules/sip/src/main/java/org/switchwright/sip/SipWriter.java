package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionDescription;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.sdp.Origin;
import org.switchwright.sip.sdp.SessionDescriptions;
import org.switchwright.sip.token.EdgeSecret;
import org.switchwright.sip.token.LegTokens;

/**
 * Writes messages from data, and nothing but data: the same call, leg and number give the same
 * message on any edge, so that one edge can cancel or repeat what another one sent. Pure.
 */
final class SipWriter {
  static final String ALLOW = "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, REFER";
  static final String FRAGMENT = "message/sipfrag;version=2.0";
  private static final String SDP = "application/sdp";
  static final String SUPPORTED = "Supported: timer";
  private static final int BRANCH_BYTES = 12;

  private final EdgeSettings settings;
  private final EdgeSecret secret;
  private final LegTokens tokens;

  SipWriter(EdgeSettings settings) {
    this.settings = settings;
    this.secret = settings.secret();
    this.tokens = new LegTokens(settings.secret());
  }

  /** A leg's peer could not be told from an erased key: nothing can be sent. */
  static final class ErasedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ErasedException() {
      super("Expected personal data to be readable, but its key was erased");
    }
  }

  static String text(Personal personal) {
    return personal.text().orElseThrow(ErasedException::new);
  }

  String contact(CallId call, int leg) {
    return "Contact: <sip:"
        + tokens.write(call, leg)
        + "@"
        + settings.address()
        + ":"
        + settings.port()
        + ">";
  }

  String branch(CallId call, int leg, String method, long cseq) {
    return "z9hG4bK"
        + secret.signText(
            BRANCH_BYTES, "branch", call.value(), Integer.toString(leg), method, "" + cseq);
  }

  String sipCallId(CallId call, int leg) {
    return call.value() + "-" + leg + "@" + settings.site().value();
  }

  /** Our description on a leg: its text under our own origin (RFC 3264 8). */
  String session(CallId call, int leg, SessionDescription session) {
    return SessionDescriptions.withOrigin(
        text(session.text()), origin(call, leg, session.version()));
  }

  Origin origin(CallId call, int leg, long version) {
    byte[] id = secret.sign(Long.BYTES, "origin", call.value(), Integer.toString(leg));
    // Within 53 bits, for peers that read it as a floating-point number.
    return new Origin(ByteBuffer.wrap(id).getLong() >>> 11, version, settings.address());
  }

  /** A response to what was received as data. */
  SIPResponse response(ServerTransaction to, int status, String phrase, List<String> headers) {
    return response(text(to.headers()), status, phrase, headers, "");
  }

  SIPResponse response(
      String repeated, int status, String phrase, List<String> headers, String session) {
    StringBuilder text = new StringBuilder(1024);
    text.append("SIP/2.0 ").append(status).append(' ').append(phrase).append("\r\n");
    text.append(repeated).append(repeated.endsWith("\r\n") ? "" : "\r\n");
    headers.forEach(header -> text.append(header).append("\r\n"));
    appendBody(text, session);
    return (SIPResponse) parse(text);
  }

  /** The 200 to an INVITE or a re-INVITE; we are the UAS (RFC 4028 9). */
  SIPResponse ok(
      CallId call,
      int leg,
      ServerTransaction invite,
      SessionDescription session,
      SessionTimer timer) {
    return ok(call, leg, invite, session(call, leg, session), timer);
  }

  SIPResponse ok(
      CallId call, int leg, ServerTransaction invite, String session, SessionTimer timer) {
    String refresher = timer.weRefresh() ? "uas" : "uac";
    String expires = "Session-Expires: " + timer.intervalSeconds() + ";refresher=" + refresher;
    List<String> headers =
        timer.weRefresh()
            ? List.of(contact(call, leg), ALLOW, SUPPORTED, expires)
            : List.of(contact(call, leg), ALLOW, SUPPORTED, expires, "Require: timer");
    return response(text(invite.headers()), 200, "OK", headers, session);
  }

  /** The first INVITE to a station. */
  SIPRequest invite(CallId call, Signal.InviteStation it) {
    int leg = it.leg();
    int hops = HistoryInfo.hopsLeft(it.passage());
    StringBuilder text = stationRequest("INVITE", call, leg, it.station(), it.caller(), hops);
    HistoryInfo.onward(it.passage(), text(it.station()))
        .forEach(entry -> text.append(entry).append("\r\n"));
    text.append(contact(call, leg)).append("\r\n");
    text.append(ALLOW).append("\r\n").append(SUPPORTED).append("\r\n");
    text.append("Session-Expires: ").append(settings.times().sessionInterval().toSeconds());
    text.append("\r\nMin-SE: ").append(settings.times().minSessionInterval().toSeconds());
    text.append("\r\n");
    appendBody(text, session(call, leg, it.offer()));
    return (SIPRequest) parse(text);
  }

  /** The CANCEL of {@link #invite}, with its branch (RFC 3261 9.1). */
  SIPRequest cancel(CallId call, int leg, Personal station, Personal caller) {
    StringBuilder text = stationRequest("CANCEL", call, leg, station, caller, HistoryInfo.MAX_HOPS);
    appendBody(text, "");
    return (SIPRequest) parse(text);
  }

  /** The ACK of a non-2xx that came without a transaction (RFC 3261 17.1.1.3). */
  SIPRequest ackOfFailure(SIPResponse failure, String requestUri) {
    StringBuilder text = new StringBuilder(512);
    text.append("ACK ").append(requestUri).append(" SIP/2.0\r\n");
    text.append(failure.getTopmostVia().toString().trim()).append("\r\n");
    text.append("Max-Forwards: 70\r\n");
    text.append(failure.getFrom().toString().trim()).append("\r\n");
    text.append(failure.getTo().toString().trim()).append("\r\n");
    text.append(failure.getCallId().toString().trim()).append("\r\n");
    text.append("CSeq: ").append(failure.getCSeq().getSeqNumber()).append(" ACK\r\n");
    appendBody(text, "");
    return (SIPRequest) parse(text);
  }

  /** Asks a phone whether it is there; what it can do does not matter. */
  SIPRequest options(Personal contact, String sipCallId, long cseq) {
    String target = text(contact);
    String branch =
        "z9hG4bK" + secret.signText(BRANCH_BYTES, "branch", sipCallId, "OPTIONS", "" + cseq);
    StringBuilder text = new StringBuilder(512);
    text.append("OPTIONS ").append(target).append(" SIP/2.0\r\n");
    text.append(via(branch));
    text.append("Max-Forwards: 70\r\n");
    text.append("From: <sip:").append(settings.address()).append(':').append(settings.port());
    text.append(">;tag=p").append(cseq);
    text.append("\r\nTo: <").append(target).append(">\r\n");
    text.append("Call-ID: ").append(sipCallId).append("\r\n");
    text.append("CSeq: ").append(cseq).append(" OPTIONS\r\n");
    text.append("Accept: application/sdp\r\n");
    appendBody(text, "");
    return (SIPRequest) parse(text);
  }

  private StringBuilder stationRequest(
      String method, CallId call, int leg, Personal station, Personal caller, int hops) {
    String target = text(station);
    StringBuilder text = new StringBuilder(1024);
    text.append(method).append(' ').append(target).append(" SIP/2.0\r\n");
    text.append(via(branch(call, leg, "INVITE", 1)));
    text.append("Max-Forwards: ").append(hops).append("\r\n");
    text.append("From: ").append(text(caller)).append(";tag=").append(tokens.write(call, leg));
    text.append("\r\nTo: <").append(target).append(">\r\n");
    text.append("Call-ID: ").append(sipCallId(call, leg)).append("\r\n");
    text.append("CSeq: 1 ").append(method).append("\r\n");
    return text;
  }

  /** A request in a dialog; {@code target} is where the peer's Contact is by now. */
  SIPRequest inDialog(
      String method,
      CallId call,
      int leg,
      Dialog dialog,
      String target,
      long cseq,
      List<String> headers,
      String session) {
    return inDialog(method, call, leg, dialog, target, cseq, headers, SDP, session);
  }

  /** The same with a body of another type. */
  SIPRequest inDialog(
      String method,
      CallId call,
      int leg,
      Dialog dialog,
      String target,
      long cseq,
      List<String> headers,
      String bodyType,
      String body) {
    StringBuilder text = new StringBuilder(1024);
    text.append(method).append(' ').append(target).append(" SIP/2.0\r\n");
    text.append(via(branch(call, leg, method, cseq)));
    text.append("Max-Forwards: 70\r\n");
    text(dialog.routeSet())
        .lines()
        .forEach(route -> text.append("Route: ").append(route).append("\r\n"));
    text.append("From: ").append(text(dialog.localParty()));
    text.append(";tag=").append(dialog.localTag());
    text.append("\r\nTo: ").append(text(dialog.remoteParty()));
    text.append(dialog.remoteTag().isEmpty() ? "" : ";tag=" + dialog.remoteTag());
    text.append("\r\nCall-ID: ").append(text(dialog.sipCallId()));
    text.append("\r\nCSeq: ").append(cseq).append(' ').append(method).append("\r\n");
    if (!method.equals("ACK") && !method.equals("BYE")) {
      text.append(contact(call, leg)).append("\r\n");
    }
    headers.forEach(header -> text.append(header).append("\r\n"));
    appendBody(text, bodyType, body);
    return (SIPRequest) parse(text);
  }

  /** A re-INVITE's headers; we are the UAC (RFC 4028 7). */
  static List<String> timerHeaders(SessionTimer timer) {
    String refresher = timer.weRefresh() ? "uac" : "uas";
    return List.of(
        ALLOW,
        SUPPORTED,
        "Session-Expires: " + timer.intervalSeconds() + ";refresher=" + refresher,
        "Min-SE: 90");
  }

  private String via(String branch) {
    return "Via: SIP/2.0/UDP "
        + settings.address()
        + ":"
        + settings.port()
        + ";branch="
        + branch
        + ";rport\r\n";
  }

  private static void appendBody(StringBuilder text, String session) {
    appendBody(text, SDP, session);
  }

  private static void appendBody(StringBuilder text, String type, String body) {
    if (!body.isEmpty()) {
      text.append("Content-Type: ").append(type).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    text.append("Content-Length: ").append(length).append("\r\n\r\n").append(body);
  }

  private static SIPMessage parse(StringBuilder text) {
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      SIPMessage message = new StringMsgParser().parseSIPMessage(bytes, true, false, null);
      if (message == null) {
        throw new IllegalStateException("Expected a message of ours to be one, but it is not");
      }
      return message;
    } catch (ParseException e) {
      // Its text is dropped: it quotes the message.
      throw new IllegalStateException("Expected a message of ours to be readable, but it is not");
    }
  }
}
