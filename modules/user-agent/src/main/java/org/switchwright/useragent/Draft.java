package org.switchwright.useragent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message to be sent: a start line, headers in order, a body. Plain text on purpose, so that a
 * misbehaving phone can say anything.
 */
final class Draft {
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(100, "Trying"),
          Map.entry(180, "Ringing"),
          Map.entry(183, "Session Progress"),
          Map.entry(200, "OK"),
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(420, "Bad Extension"),
          Map.entry(422, "Session Interval Too Small"),
          Map.entry(480, "Temporarily Unavailable"),
          Map.entry(481, "Call/Transaction Does Not Exist"),
          Map.entry(486, "Busy Here"),
          Map.entry(487, "Request Terminated"),
          Map.entry(488, "Not Acceptable Here"),
          Map.entry(491, "Request Pending"),
          Map.entry(500, "Server Internal Error"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(600, "Busy Everywhere"),
          Map.entry(603, "Decline"));

  private record Header(String name, String value) {}

  private final String startLine;
  private final List<Header> headers;
  private String body = "";

  private Draft(String startLine, List<Header> headers) {
    this.startLine = startLine;
    this.headers = headers;
  }

  static Draft request(String method, String uri) {
    return new Draft(method + " " + uri + " SIP/2.0", new ArrayList<>());
  }

  /** A response to {@code request} with our tag; the tag is left out where it is empty. */
  static Draft response(SipMessage request, int status, String toTag) {
    var draft = new Draft("SIP/2.0 " + status + " " + reason(status), new ArrayList<>());
    request.headers("Via").forEach(via -> draft.header("Via", via));
    if (status > 100 && status < 300) {
      request.headers("Record-Route").forEach(route -> draft.header("Record-Route", route));
    }
    draft.header("From", request.header("From").orElse(""));
    String to = request.header("To").orElse("");
    boolean tagged = !request.toTag().isEmpty() || toTag.isEmpty();
    draft.header("To", tagged ? to : to + ";tag=" + toTag);
    draft.header("Call-ID", request.callId());
    draft.header("CSeq", request.cseq() + " " + request.method());
    return draft;
  }

  static String reason(int status) {
    return REASONS.getOrDefault(status, "Other");
  }

  Draft copy() {
    var copy = new Draft(startLine, new ArrayList<>(headers));
    copy.body = body;
    return copy;
  }

  /** The same headers that name dialog and transaction, under another method (ACK, CANCEL). */
  Draft sibling(String method) {
    String uri = startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
    var sibling = request(method, uri);
    for (Header header : headers) {
      switch (header.name()) {
        case "Via", "From", "To", "Call-ID", "Route", "Max-Forwards" -> sibling.headers.add(header);
        default -> {}
      }
    }
    return sibling.header("CSeq", first("CSeq").orElse("").split(" ", 2)[0] + " " + method);
  }

  Draft header(String name, String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("Expected one line for header " + name);
    }
    headers.add(new Header(name, value));
    return this;
  }

  Draft replace(String name, String value) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).name().equals(name)) {
        headers.set(i, new Header(name, value));
        return this;
      }
    }
    return header(name, value);
  }

  Draft without(String name) {
    headers.removeIf(header -> header.name().equals(name));
    return this;
  }

  /** Puts our Via above all others. */
  Draft via(String via) {
    headers.addFirst(new Header("Via", via));
    return this;
  }

  Draft sdp(String sdp) {
    body = sdp;
    return replace("Content-Type", "application/sdp");
  }

  Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.name().equals(name))
        .map(Header::value)
        .findFirst();
  }

  String method() {
    return startLine.substring(0, startLine.indexOf(' '));
  }

  /** The status code of a response. */
  int status() {
    return Integer.parseInt(startLine.substring(8, 11));
  }

  String uri() {
    return startLine.split(" ", 3)[1];
  }

  byte[] bytes() {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    var text = new StringBuilder(512).append(startLine).append("\r\n");
    for (Header header : headers) {
      text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    text.append("Content-Length: ").append(content.length).append("\r\n\r\n").append(body);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
