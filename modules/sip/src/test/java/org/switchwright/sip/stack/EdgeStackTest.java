package org.switchwright.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchwright.sip.RawPeer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeStackTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private final int port = RawPeer.freePort();
  private EdgeStack stack;
  private RawPeer peer;

  @BeforeAll
  void open() throws IOException {
    stack = open(port, Admission.Limits.DEFAULT);
    peer = new RawPeer(loopback(port));
  }

  private EdgeStack open(int port, Admission.Limits limits) throws IOException {
    return EdgeStack.open(
        StackSettings.of("edge" + port, "127.0.0.1", port),
        new Admission(limits, () -> 0, System::nanoTime),
        new Answering());
  }

  @AfterAll
  void close() {
    peer.close();
    stack.close();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refusal(
            "other version", "505 Version Not Supported", s -> s.replace("1 SIP/2.0", "1 SIP/7.0")),
        refusal("no Max-Forwards", "400 Missing Mandatory Header", without("Max-Forwards")),
        refusal("no Call-ID", "400 Missing Mandatory Header", without("Call-ID")),
        refusal("no From", "400 Missing Mandatory Header", without("From")),
        refusal("no CSeq", "400 Missing Mandatory Header", without("CSeq")),
        refusal("no To", "400 Missing Mandatory Header", without("To")),
        refusal(
            "other CSeq method", "400 CSeq Method Mismatch", s -> s.replace("1 OPTIONS", "1 BYE")),
        refusal(
            "huge CSeq", "400 Bad CSeq", s -> s.replace("CSeq: 1 ", "CSeq: 36893488147419103232 ")),
        refusal(
            "branch without value",
            "400 Bad Via Branch",
            s -> s.replaceAll("branch=[^;]*", "branch")),
        refusal("empty branch", "400 Bad Via Branch", s -> s.replaceAll("branch=[^;]*", "branch=")),
        refusal("branch without cookie", "400 Bad Via Branch", s -> s.replace("z9hG4bK", "x")),
        refusal("other transport", "400 Bad Via Transport", s -> s.replace("2.0/UDP", "2.0/TCP")),
        refusal(
            "answer to another",
            "400 Bad Via Transport",
            s -> s.replace(";rport", ";maddr=x.invalid;rport")),
        refusal("two Content-Length", "400 Repeated Single Header", adding("Content-Length: 0")),
        refusal("two From", "400 Repeated Single Header", adding("f: <sip:b@127.0.0.1>;tag=1")),
        refusal("two To", "400 Repeated Single Header", adding("To: <sip:b@127.0.0.1>")),
        refusal("two CSeq", "400 Repeated Single Header", adding("CSeq: 1 OPTIONS")),
        refusal("two Call-ID", "400 Repeated Single Header", adding("i: 1")),
        refusal("two Max-Forwards", "400 Repeated Single Header", adding("Max-Forwards: 5")),
        refusal(
            "long body told", "400 Bad Content-Length", s -> s.replace("Length: 0", "Length: 9")),
        refusal(
            "negative length", "400 Bad Content-Length", s -> s.replace("Length: 0", "Length: -9")),
        refusal(
            "vast length",
            "400 Bad Content-Length",
            s -> s.replace("Length: 0", "Length: 2000000000")),
        refusal("words for hops", "400 Bad Max-Forwards", s -> s.replace(": 70", ": many")),
        refusal("no hop left", "483 Too Many Hops", s -> s.replace(": 70", ": 0")),
        refusal("unknown extension", "420 Bad Extension", adding("Require: timer, warp")),
        refusal("headers never end", "400 Unfinished Headers", s -> s.substring(0, s.length() - 2)),
        refusal(
            "many headers", "400 Too Many Headers", adding("X-A: 1\r\n".repeat(200) + "X-B: 2")),
        refusal(
            "unreadable From",
            "400 Unreadable Header",
            s -> s.replace("<sip:caller@127.0.0.1>;tag", "<<;;>tag")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void shouldRefuseWithOwnPhraseAndGoOn(
      String what, String expected, UnaryOperator<String> change) {
    peer.send(change.apply(peer.request("OPTIONS")));

    String answer = peer.receive(SOON).orElseThrow();
    assertThat(answer).startsWith("SIP/2.0 " + expected + "\r\n");
    assertThat(answer).contains(";received=127.0.0.1").doesNotContain("[B@");
    assertNormalRequestPasses();
  }

  @Test
  void shouldNameUnsupportedExtension() {
    peer.send(adding("Require: timer, warp").apply(peer.request("OPTIONS")));

    assertThat(peer.receive(SOON).orElseThrow()).contains("Unsupported: warp\r\n");
  }

  static Stream<Arguments> dropped() {
    return Stream.of(
        Arguments.of("empty lines", "\r\n\r\n", Fault.KEEP_ALIVE),
        Arguments.of("text", "hello\r\nworld\r\n\r\n", Fault.GARBAGE),
        Arguments.of("one line", "OPTIONS sip:a@b SIP/2.0", Fault.GARBAGE),
        Arguments.of("binary", "\u0001\u0002\u00ff\u00fe\n\u0000\u0000", Fault.GARBAGE),
        Arguments.of(
            "request without headers", "OPTIONS sip:a@b SIP/2.0\r\n\r\n", Fault.MISSING_HEADER),
        Arguments.of(
            "bad ACK", "ACK sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n\r\n", Fault.MISSING_HEADER),
        Arguments.of("response of other version", "SIP/3.0 200 OK\r\n\r\n", Fault.VERSION),
        Arguments.of("response without headers", "SIP/2.0 200 OK\r\n\r\n", Fault.MISSING_HEADER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dropped")
  void shouldDropAndCountAndGoOn(String what, String text, Fault fault) {
    long before = stack.faults().of(fault);

    peer.send(text);

    assertNormalRequestPasses();
    assertThat(stack.faults().of(fault)).isEqualTo(before + 1);
  }

  @Test
  void shouldTreatDatagramOfMaximumSizeAsGarbage() {
    byte[] big = new byte[20_000];
    byte[] head = peer.request("OPTIONS").getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, big, 0, head.length);

    peer.send(big);

    assertNormalRequestPasses();
    assertThat(stack.faults().of(Fault.TRUNCATED)).isEqualTo(1);
  }

  @Test
  void shouldSurviveErrorsOfTheListener() {
    for (int i = 0; i < 20; i++) {
      peer.send(peer.request("INFO"));
    }

    assertNormalRequestPasses();
  }

  @Test
  void shouldRefuseNewCallsButNotDialogsWhenFull() throws IOException {
    int fullPort = RawPeer.freePort();
    var limits = new Admission.Limits(Duration.ofSeconds(1), 0, 100, Duration.ofSeconds(5));
    try (EdgeStack full = open(fullPort, limits);
        RawPeer caller = new RawPeer(loopback(fullPort))) {
      caller.send(caller.request("INVITE"));
      String answer = caller.receive(SOON).orElseThrow();
      assertThat(answer).startsWith("SIP/2.0 503 ");
      assertThat(answer).containsPattern("Retry-After: ([5-9]|10)\r\n");

      caller.send(
          caller
              .request("INVITE")
              .replace("To: <sip:sales@127.0.0.1>", "To: <sip:sales@127.0.0.1>;tag=t"));
      assertThat(afterTrying(caller)).startsWith("SIP/2.0 486 ");
      assertThat(full.waiting()).isZero();
    }
  }

  @Test
  void shouldNotRefuseRetransmissionOfAdmittedCall() throws IOException {
    int onePort = RawPeer.freePort();
    var limits = new Admission.Limits(Duration.ofSeconds(1), 9, 1, Duration.ofSeconds(5));
    try (EdgeStack one = open(onePort, limits);
        RawPeer caller = new RawPeer(loopback(onePort))) {
      String invite = caller.request("INVITE").replace("sales@127.0.0.1 SIP", "ring@127.0.0.1 SIP");
      caller.send(invite);
      assertThat(afterTrying(caller)).startsWith("SIP/2.0 180 ");

      caller.send(invite);
      assertThat(afterTrying(caller)).startsWith("SIP/2.0 180 ");

      caller.send(caller.request("INVITE"));
      assertThat(afterTrying(caller)).startsWith("SIP/2.0 503 ");
      assertThat(one.waiting()).isZero();
    }
  }

  @Test
  void shouldAnswerToSourceWhateverNameTheViaBears() {
    peer.send(
        peer.request("OPTIONS")
            .replaceFirst("UDP 127.0.0.1:[0-9]+", "UDP does-not-exist.invalid:5099"));

    assertThat(peer.receive(SOON).orElseThrow()).startsWith("SIP/2.0 200 ");
  }

  private void assertNormalRequestPasses() {
    String request = peer.request("OPTIONS");
    String callId = request.lines().filter(l -> l.startsWith("Call-ID")).findFirst().orElseThrow();
    peer.send(request);
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(peer.receive(SOON).orElseThrow())
                .startsWith("SIP/2.0 200 ")
                .contains(callId));
  }

  /** The stack's own 100 comes first or not at all, as it waits 200 ms for something better. */
  private static String afterTrying(RawPeer caller) {
    String answer = caller.receive(SOON).orElseThrow();
    return answer.startsWith("SIP/2.0 100 ") ? afterTrying(caller) : answer;
  }

  private static Arguments refusal(String what, String expected, UnaryOperator<String> change) {
    return Arguments.of(what, expected, change);
  }

  private static UnaryOperator<String> without(String header) {
    return text -> text.replaceFirst("(?m)^" + header + ":.*\r\n", "");
  }

  private static UnaryOperator<String> adding(String line) {
    return text -> text.replace("Content-Length: 0\r\n", "Content-Length: 0\r\n" + line + "\r\n");
  }

  /** Answers 200, calls with 486, 180 to calls for "ring"; throws an error on INFO. */
  private static final class Answering implements SipListener {
    @Override
    public void processRequest(RequestEvent event) {
      Request request = event.getRequest();
      if (request.getMethod().equals("INFO")) {
        throw new IllegalStateException("planted");
      }
      boolean invite = request.getMethod().equals("INVITE");
      int status = request.getRequestURI().toString().contains("ring") ? 180 : invite ? 486 : 200;
      SipProvider provider = (SipProvider) event.getSource();
      try {
        Response response = new MessageFactoryImpl().createResponse(status, request);
        if (invite) {
          provider.getNewServerTransaction(request).sendResponse(response);
        } else {
          provider.sendResponse(response);
        }
      } catch (ParseException | SipException | InvalidArgumentException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void processResponse(ResponseEvent event) {}

    @Override
    public void processTimeout(TimeoutEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}
  }
}
