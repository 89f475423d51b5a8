package org.switchwright.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A phone that does exactly what the test says: builds requests and responses as text, and waits
 * for what it is told to wait for. Knows nothing of the edge's code.
 */
final class RawPhone implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(8);
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  final RawPeer peer;
  final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private final int edgePort;
  final int mediaPort = 20_000 + 2 * NEXT.getAndIncrement();

  RawPhone(int edgePort) {
    this.edgePort = edgePort;
    this.peer = new RawPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), edgePort));
  }

  String uri(String user) {
    return "sip:" + user + "@127.0.0.1:" + peer.port();
  }

  String sdp(int version, String... attributes) {
    return "v=0\r\no=raw 1 "
        + version
        + " IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
        + mediaPort
        + " RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"
        + List.of(attributes).stream().map(a -> a + "\r\n").collect(Collectors.joining());
  }

  /** One call that this phone is party to. */
  static final class Talk {
    String callId;
    String branch;
    String local;
    String remote;
    String target;
    long cseq;
    String invite;
    List<String> routes = List.of();
  }

  Talk invite(String user, String sdp, String... headers) {
    int n = NEXT.getAndIncrement();
    Talk talk = new Talk();
    talk.callId = "raw-call-" + n + "-" + peer.port();
    talk.branch = "z9hG4bKraw" + n;
    talk.local = "\"Ann \\\"A\\\" Caller\" <sip:caller@127.0.0.1>;tag=raw" + n;
    talk.remote = "<sip:" + user + "@127.0.0.1>";
    talk.target = "sip:" + user + "@127.0.0.1:" + edgePort;
    talk.cseq = 1;
    talk.invite = text("INVITE", talk, talk.branch, List.of(headers), sdp);
    peer.send(talk.invite);
    return talk;
  }

  /** A dialog that has not begun. */
  Talk dialog(String user) {
    int n = NEXT.getAndIncrement();
    Talk talk = new Talk();
    talk.callId = "raw-dialog-" + n + "-" + peer.port();
    talk.local = "<sip:" + user + "@127.0.0.1>;tag=raw" + n;
    talk.remote = "<sip:" + user + "@127.0.0.1>";
    talk.target = "sip:" + user + "@127.0.0.1:" + edgePort;
    return talk;
  }

  /** A request in the dialog under a fresh branch; ACK keeps the number. */
  void request(String method, Talk talk, String sdp, String... headers) {
    if (!method.equals("ACK") && !method.equals("CANCEL")) {
      talk.cseq++;
    }
    String branch =
        method.equals("CANCEL") ? talk.branch : "z9hG4bKraw" + NEXT.getAndIncrement() + "x";
    peer.send(text(method, talk, branch, List.of(headers), sdp));
  }

  String text(String method, Talk talk, String branch, List<String> headers, String sdp) {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(talk.target).append(" SIP/2.0\r\n");
    text.append("Via: SIP/2.0/UDP 127.0.0.1:").append(peer.port());
    text.append(";rport;branch=").append(branch).append("\r\nMax-Forwards: 70\r\n");
    talk.routes.forEach(route -> text.append("Route: ").append(route).append("\r\n"));
    text.append("From: ").append(talk.local).append("\r\nTo: ").append(talk.remote);
    text.append("\r\nCall-ID: ").append(talk.callId).append("\r\nCSeq: ");
    text.append(talk.cseq).append(' ').append(method).append("\r\n");
    text.append("Contact: <").append(uri("raw")).append(">\r\n");
    headers.forEach(header -> text.append(header).append("\r\n"));
    text.append(sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n");
    text.append("Content-Length: ").append(sdp.length()).append("\r\n\r\n").append(sdp);
    return text.toString();
  }

  /** A response to a request that came. */
  void respond(String request, int status, String tag, String sdp, String... headers) {
    StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Whatever\r\n");
    for (String line : request.split("\r\n", -1)) {
      if (line.matches("(Via|From|Call-ID|CSeq|Record-Route): .*")) {
        text.append(line).append("\r\n");
      } else if (line.startsWith("To: ")) {
        text.append(line).append(line.contains("tag=") ? "" : ";tag=" + tag).append("\r\n");
      }
    }
    text.append("Contact: <").append(uri("raw")).append(">\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    text.append(sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n");
    text.append("Content-Length: ").append(sdp.length()).append("\r\n\r\n").append(sdp);
    peer.send(text.toString());
  }

  /** The next message that fits; others are kept for later. Fails when none comes. */
  String await(Predicate<String> fits, String what) {
    return awaitMaybe(fits, SOON)
        .orElseThrow(() -> new AssertionError("Expected " + what + ", but saw only " + seen));
  }

  Optional<String> awaitMaybe(Predicate<String> fits, Duration within) {
    for (String message : unread) {
      if (fits.test(message)) {
        unread.remove(message);
        return Optional.of(message);
      }
    }
    long end = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < end) {
      Optional<String> message =
          peer.receive(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
      if (message.isPresent()) {
        seen.add(message.get());
        if (fits.test(message.get())) {
          return message;
        }
        unread.add(message.get());
      }
    }
    return Optional.empty();
  }

  String awaitRequest(String method) {
    return await(m -> m.startsWith(method + " "), method);
  }

  String awaitResponse(int status, String method) {
    return await(
        m -> m.startsWith("SIP/2.0 " + status + " ") && header(m, "CSeq").endsWith(method),
        status + " to " + method);
  }

  /** Takes the dialog's remote side from a response to our INVITE. */
  void learn(Talk talk, String response) {
    talk.remote = header(response, "To");
    talk.target = header(response, "Contact").isEmpty() ? talk.target : contact(response);
  }

  /** The dialog as the one who was called sees it. */
  Talk talkOf(String invite, String tag) {
    Talk talk = new Talk();
    talk.callId = header(invite, "Call-ID");
    talk.local = header(invite, "To") + ";tag=" + tag;
    talk.remote = header(invite, "From");
    talk.target = contact(invite);
    talk.cseq = 100;
    talk.invite = invite;
    return talk;
  }

  static String contact(String message) {
    Matcher matcher = Pattern.compile("<([^>]+)>").matcher(header(message, "Contact"));
    if (!matcher.find()) {
      throw new AssertionError("Expected a Contact in " + message);
    }
    return matcher.group(1);
  }

  static String header(String message, String name) {
    return message
        .lines()
        .takeWhile(line -> !line.isBlank())
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).trim())
        .findFirst()
        .orElse("");
  }

  static String body(String message) {
    int at = message.indexOf("\r\n\r\n");
    return at < 0 ? "" : message.substring(at + 4);
  }

  @Override
  public void close() {
    peer.close();
  }
}
