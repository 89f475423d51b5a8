package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.call.CallEvent;

/** With every logger at its most talkative, and with standard error watched too. */
class NoPersonsInLogsTest {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private Level before;

  @BeforeEach
  void watch() {
    before = root.getLevel();
    root.setLevel(Level.TRACE);
    log.start();
    root.addAppender(log);
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(standardError);
    root.detachAppender(log);
    root.setLevel(before);
  }

  @Test
  void shouldNeverNameNumberOrAddressOfAPerson() {
    try (EdgeFixture fixture = new EdgeFixture();
        RawPhone caller = new RawPhone(fixture.port);
        RawPhone agent = new RawPhone(fixture.port)) {
      fixture.ready("a1", agent);
      EdgeFixture.Conversation talks = fixture.connect(caller, agent);
      caller.request("INVITE", talks.caller(), caller.sdp(2).replace("o=raw", "o="));
      agent.respond(agent.awaitRequest("INVITE"), 488, "at", "");
      caller.awaitResponse(488, "INVITE");
      caller.request("BYE", talks.caller(), "");
      caller.awaitResponse(200, "BYE");
      agent.respond(agent.awaitRequest("BYE"), 200, "at", "");
      fixture.await(CallEvent.LegReleased.class);

      caller.invite("sales", caller.sdp(1).replace("m=audio", "m=audio audio"));
      caller.awaitResponse(400, "INVITE");
      caller.peer.send(caller.peer.request("OPTIONS").replace("<sip:caller", "<<sip:caller"));
      caller.awaitResponse(400, "OPTIONS");
      caller.peer.send("Ann Caller calls from 127.0.0.1");
      caller.peer.send(caller.peer.request("OPTIONS"));
      caller.awaitResponse(200, "OPTIONS");
    }

    StringBuilder text = new StringBuilder(errors.toString(StandardCharsets.UTF_8));
    for (ILoggingEvent event : log.list) {
      text.append(event.getLoggerName()).append(event.getFormattedMessage());
      text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    assertThat(text.toString()).doesNotContain("Ann").doesNotContain("127.0.0.1");
    assertThat(text.toString()).doesNotContainPattern("sip:|caller@|o=");
  }
}
