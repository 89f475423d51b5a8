package org.switchwright.useragent;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A caller's host and a phone's host, nothing between them, with timers ten times faster. */
final class CallFixture implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(10);

  final UserAgents callers = UserAgents.at("127.0.0.1").t1(Duration.ofMillis(50)).start();
  final UserAgents phones = UserAgents.at("127.0.0.2").t1(Duration.ofMillis(50)).start();
  final Phone phone = phones.phone(Account.of("2001", "unused", "example.test", phones.address()));
  final Caller caller = callers.caller("+15550100").named("A \"quoted\" caller");

  CallRequest request() {
    return request(caller);
  }

  CallRequest request(Caller other) {
    return other.call("sip:2001@example.test", phones.address());
  }

  /** Two ends of one call that is up. */
  record Pair(Call calling, Call called) {
    void awaitAudioBothWays() {
      awaitAudible(calling, called);
      awaitAudible(called, calling);
    }

    private static void awaitAudible(Call listener, Call talker) {
      Instant since = Instant.now();
      await()
          .atMost(SOON)
          .until(() -> listener.audio().audibleSince(since).equals(Set.of(talker.audio().local())));
    }
  }

  Pair connect() {
    return connect(request());
  }

  Pair connect(CallRequest request) {
    Call calling = request.place();
    calling.awaitEstablished(SOON);
    Call called = phone.calls().getLast();
    called.awaitEstablished(SOON);
    return new Pair(calling, called);
  }

  /** What was sent for a call, without repetitions: those are the same to the byte. */
  static List<String> sent(UserAgents host, Call call) {
    return texts(host, call).distinct().map(CallFixture::name).toList();
  }

  static List<String> sentWithRepeats(UserAgents host, Call call) {
    return texts(host, call).map(CallFixture::name).toList();
  }

  private static Stream<String> texts(UserAgents host, Call call) {
    return host
        .messages(
            it -> it.callId().equals(call.sipCallId()) && it.way() == RecordedMessage.Way.SENT)
        .stream()
        .map(RecordedMessage::text);
  }

  private static String name(String text) {
    try {
      return SipMessage.parse(text.getBytes(StandardCharsets.UTF_8)).toString();
    } catch (ParseException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  @Override
  public void close() {
    callers.close();
    phones.close();
  }
}
