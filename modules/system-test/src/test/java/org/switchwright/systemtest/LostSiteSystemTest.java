package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.HandoverNetwork.BERLIN;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.UserAgents;

/** A controller and two sites with one queue for all, one of which is killed. */
class LostSiteSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path home;
  private final HandoverNetwork network = new HandoverNetwork();
  private UserAgents phones;
  private UserAgents hamburgs;
  private UserAgents callers;

  @BeforeEach
  void start() throws Exception {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    hamburgs = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    network.start(home);
  }

  @AfterEach
  void stop() throws Exception {
    callers.close();
    phones.close();
    hamburgs.close();
    network.close();
  }

  private static Behaviour talking() {
    return Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10));
  }

  private void awaitLink(String state) {
    await()
        .atMost(SOON)
        .until(() -> network.seen(BERLIN).path("link").path("state").asText().equals(state));
  }

  private Call place() {
    return network.controller().call(callers, "sales");
  }

  private static int calls(TestSite site) throws Exception {
    return site.ask("/api/v1/calls").path("items").size();
  }

  private void awaitNobodyAtTheController() {
    await().atMost(SOON).until(() -> calls(network.controller()) == 0);
  }

  @Test
  void shouldLeaveOutASiteThatCallsDoNotGetToUntilTheyDo() throws Exception {
    // The controller has had a call there, and knows where calls can be sent that it cannot ask
    // about.
    network.berlin().ready(phones, 1).behave(talking());
    place().awaitEstablished(SOON);
    callers.hangUpAll(SOON);
    awaitNobodyAtTheController();
    await().atMost(SOON).until(() -> network.seen(BERLIN).path("agentsReady").asInt() == 1);
    network.killBerlin();
    awaitLink("down");

    Call call = place();
    await()
        .atMost(SOON)
        .until(() -> !Events.of(network.controller(), "site.path-failed").isEmpty());
    network.hamburg().ready(hamburgs, 1).behave(talking());
    call.awaitEstablished(SOON);
    call.hangUp();

    network.startBerlinAgain();
    awaitLink("up");
    Call first = place();
    first.awaitEstablished(SOON);
    Call second = place();
    second.awaitEstablished(Duration.ofSeconds(90));
    assertThat(calls(network.berlin()) + calls(network.hamburg())).isEqualTo(2);
    callers.hangUpAll(SOON);
    awaitNobodyAtTheController();
  }
}
