package org.switchwright.useragent;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A caller's host and a phone's host, nothing between them, with timers 25 times faster. */
final class CallFixture implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(10);

  final UserAgents callers = UserAgents.at("127.0.0.1").t1(Duration.ofMillis(20)).start();
  final UserAgents phones = UserAgents.at("127.0.0.2").t1(Duration.ofMillis(20)).start();
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

  static List<String> sent(UserAgents host, Call call) {
    return host
        .messages(
            it -> it.callId().equals(call.sipCallId()) && it.way() == RecordedMessage.Way.SENT)
        .stream()
        .map(it -> it.message().toString())
        .toList();
  }

  @Override
  public void close() {
    callers.close();
    phones.close();
  }
}
