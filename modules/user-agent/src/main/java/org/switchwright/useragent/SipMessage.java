package org.switchwright.useragent;

import gov.nist.core.CommonLogger;
import gov.nist.core.StackLogger;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.header.extensions.SessionExpires;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sip.address.SipURI;
import javax.sip.address.URI;

/** One SIP message as it was on the wire, parsed (RFC 3261). Immutable. */
public final class SipMessage {
  // Without a logger the parser looks for log4j; what it would say names persons.
  static {
    if (CommonLogger.legacyLogger == null) {
      CommonLogger.legacyLogger = silentLogger();
    }
  }

  private final SIPMessage parsed;
  private final String text;

  private SipMessage(SIPMessage parsed, String text) {
    this.parsed = parsed;
    this.text = text;
  }

  /**
   * Parses one datagram.
   *
   * @throws ParseException if it is no SIP message or lacks Via, From, To, Call-ID or CSeq
   */
  public static SipMessage parse(byte[] datagram) throws ParseException {
    SIPMessage message;
    try {
      message = new StringMsgParser().parseSIPMessage(datagram, true, false, null);
    } catch (RuntimeException malformed) {
      throw new ParseException("Expected a SIP message, but the parser failed", 0);
    }
    if (message == null
        || message.getTopmostVia() == null
        || message.getFrom() == null
        || message.getTo() == null
        || message.getCallId() == null
        || message.getCSeq() == null) {
      throw new ParseException("Expected a SIP message with its mandatory headers", 0);
    }
    return new SipMessage(message, new String(datagram, StandardCharsets.UTF_8));
  }

  public boolean isRequest() {
    return parsed instanceof SIPRequest;
  }

  /** The request's method, or the method of the request that this response answers. */
  public String method() {
    return parsed.getCSeq().getMethod();
  }

  public boolean isRequest(String method) {
    return parsed instanceof SIPRequest request && request.getMethod().equals(method);
  }

  /** The status code, 0 for a request. */
  public int status() {
    return parsed instanceof SIPResponse response ? response.getStatusCode() : 0;
  }

  public String reasonPhrase() {
    return parsed instanceof SIPResponse response && response.getReasonPhrase() != null
        ? response.getReasonPhrase()
        : "";
  }

  /** The request URI, empty for a response. */
  public String requestUri() {
    return parsed instanceof SIPRequest request ? request.getRequestURI().toString() : "";
  }

  /** The user part of the request URI, empty if there is none. */
  public String requestUser() {
    return parsed instanceof SIPRequest request ? user(request.getRequestURI()) : "";
  }

  public String fromUser() {
    return user(parsed.getFrom().getAddress().getURI());
  }

  public String callId() {
    return parsed.getCallId().getCallId();
  }

  public long cseq() {
    return parsed.getCSeq().getSeqNumber();
  }

  public String fromTag() {
    return parsed.getFromTag() == null ? "" : parsed.getFromTag();
  }

  /** The To tag, empty if there is none. */
  public String toTag() {
    return parsed.getToTag() == null ? "" : parsed.getToTag();
  }

  /** The URI of the first Contact. */
  public Optional<String> contact() {
    return Optional.ofNullable(parsed.getContactHeader())
        .map(contact -> contact.getAddress().getURI().toString());
  }

  /** All values of a header, in order, one per element also where a line held several. */
  public List<String> headers(String name) {
    var values = new ArrayList<String>();
    for (Iterator<SIPHeader> found = parsed.getHeaders(name); found.hasNext(); ) {
      String line = found.next().encode();
      values.add(line.substring(line.indexOf(':') + 1).strip());
    }
    return List.copyOf(values);
  }

  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** The body as text, empty if there is none. */
  public String body() {
    byte[] content = parsed.getRawContent();
    return content == null ? "" : new String(content, StandardCharsets.UTF_8);
  }

  public Optional<String> sdp() {
    var type = parsed.getContentTypeHeader();
    boolean isSdp = type != null && "sdp".equalsIgnoreCase(type.getContentSubType());
    return isSdp && !body().isBlank() ? Optional.of(body()) : Optional.empty();
  }

  /** The whole message as received or sent. */
  public String text() {
    return text;
  }

  String branch() {
    String branch = topVia().getBranch();
    return branch == null ? "" : branch;
  }

  Via topVia() {
    return parsed.getTopmostVia();
  }

  Optional<SessionExpires> sessionExpires() {
    return parsed.getHeader(SessionExpires.NAME) instanceof SessionExpires header
        ? Optional.of(header)
        : Optional.empty();
  }

  SIPMessage parsed() {
    return parsed;
  }

  private static StackLogger silentLogger() {
    return (StackLogger)
        Proxy.newProxyInstance(
            StackLogger.class.getClassLoader(),
            new Class<?>[] {StackLogger.class},
            (_, method, _) ->
                switch (method.getReturnType().getSimpleName()) {
                  case "boolean" -> false;
                  case "int" -> 0;
                  case "String" -> "silent";
                  default -> null;
                });
  }

  private static String user(URI uri) {
    return uri instanceof SipURI sip && sip.getUser() != null ? sip.getUser() : "";
  }

  /** Says what it is without a word about persons. */
  @Override
  public String toString() {
    return isRequest() ? method() : status() + " (" + method() + ")";
  }
}
