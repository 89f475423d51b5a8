package org.switchwright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final SiteForTests site = new SiteForTests();
  private final HttpClient client = HttpClient.newHttpClient();
  private ActorSystem<Void> system;
  private HttpEdge edge;

  @BeforeEach
  void start() {
    system = ActorSystem.create(Behaviors.empty(), "events-test");
    edge =
        HttpEdge.start(
            system,
            new HttpSettings("127.0.0.1", 0, 2, Duration.ofMillis(300), Duration.ofSeconds(2)),
            site.ports());
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    edge.close();
    system.terminate();
  }

  @Test
  void shouldTellEventsAsTheyCome() throws Exception {
    site.feed.add(3, "call.arrived/1");
    try (Follower follower = follow("", "")) {
      site.feed.add(2, "call.queued/1");

      await().atMost(SOON).until(() -> follower.ids("data").size() == 2);

      assertThat(follower.ids("data")).containsExactly("{\"number\":4}", "{\"number\":5}");
      assertThat(follower.ids("event")).containsOnly("call.queued/1");
    }
  }

  @Test
  void shouldResumeWithoutLossOrDoubles() throws Exception {
    site.feed.add(1_700, "call.arrived/1");
    String last;
    try (Follower first = follow("?from=start", "")) {
      await().atMost(SOON).until(() -> first.ids("data").size() >= 600);
      last = first.ids("id").get(600);
    }
    site.feed.add(10, "call.arrived/1");

    try (Follower second = follow("", last)) {
      int from = Integer.parseInt(last);
      await().atMost(SOON).until(() -> second.ids("data").size() >= 1_710 - from);

      assertThat(second.ids("data"))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(from + 1, 1_710)
                  .mapToObj(number -> "{\"number\":" + number + "}")
                  .toList());
    }
  }

  @Test
  void shouldMoveCursorOverWhatIsFilteredOut() throws Exception {
    try (Follower follower = follow("?type=call.q", "")) {
      site.feed.add(4, "call.arrived/1");
      await().atMost(SOON).until(() -> follower.ids("id").contains("4"));
      site.feed.add(1, "call.queued/1");
      await().atMost(SOON).until(() -> follower.ids("data").size() == 1);

      assertThat(follower.ids("data")).containsExactly("{\"number\":5}");
    }
  }

  @Test
  void shouldTellFollowerToStartOver() throws Exception {
    site.feed.add(2, "call.arrived/1");

    try (Follower follower = follow("?after=77", "")) {
      await().atMost(SOON).until(() -> follower.ids("data").size() == 3);

      assertThat(follower.ids("event"))
          .containsExactly("start-over", "call.arrived/1", "call.arrived/1");
    }
  }

  @Test
  void shouldShowThatItIsAlive() throws Exception {
    try (Follower follower = follow("", "")) {
      await().atMost(SOON).until(() -> follower.lines.stream().anyMatch(": alive"::equals));
    }
  }

  /** It is not enough to have been admitted when it began. */
  @Test
  void shouldEndForWhomeverIsDismissed() throws Exception {
    HttpRequest asked =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + edge.address().getPort() + "/api/v1/status/events"))
            .header("Authorization", "Bearer " + SiteForTests.LINK_TOKEN)
            .build();
    try (InputStream stream = client.send(asked, BodyHandlers.ofInputStream()).body()) {
      assertThat(stream.read()).isNotNegative();

      site.dismissed = true;
      site.feed.add(1, "site.call-left/2");

      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("number");
      assertThat(client.send(asked, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void shouldRefuseCursorThatWasNeverGivenOut() throws Exception {
    HttpResponse<String> response =
        client.send(request("?after=nonsense", "").build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("urn:switchwright:problem:bad-request");
  }

  @Test
  void shouldBoundFollowersAndTakeOthersWhenTheyLeave() throws Exception {
    try (Follower first = follow("", "")) {
      try (Follower second = follow("", "")) {
        await().atMost(SOON).until(() -> edge.followers() == 2);

        HttpResponse<String> third = client.send(request("", "").build(), BodyHandlers.ofString());

        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(second.lines).isNotNull();
      }
      await().atMost(SOON).until(() -> edge.followers() == 1);
      try (Follower next = follow("", "")) {
        await().atMost(SOON).until(() -> edge.followers() == 2);
        assertThat(next.lines).isNotNull();
      }
      assertThat(first.lines).isNotNull();
    }
  }

  @Test
  void shouldCutOffFollowerThatDoesNotRead() throws Exception {
    site.feed.add(200_000, "call.arrived/1");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.address().getPort())) {
      String request =
          "GET /api/v1/events?from=start HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + SiteForTests.TOKEN
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      await().atMost(SOON).until(() -> edge.followers() == 1);
      await().atMost(SOON).until(() -> edge.followers() == 0);
    }
  }

  private HttpRequest.Builder request(String query, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + edge.address().getPort() + "/api/v1/events" + query))
            .header("Authorization", "Bearer " + SiteForTests.TOKEN);
    return lastEventId.isEmpty() ? request : request.header("Last-Event-ID", lastEventId);
  }

  private Follower follow(String query, String lastEventId) throws Exception {
    HttpResponse<InputStream> response =
        client.send(request(query, lastEventId).build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    Follower follower = new Follower(response.body());
    await().atMost(SOON).until(() -> !follower.lines.isEmpty());
    return follower;
  }

  /** Reads lines as they come. */
  private static final class Follower implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final InputStream body;

    Follower(InputStream body) {
      this.body = body;
      var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
      Thread.startVirtualThread(() -> {
        try {
          reader.lines().forEach(lines::add);
        } catch (java.io.UncheckedIOException _) {
          // Closed by the test.
        }
      });
    }

    List<String> ids(String field) {
      return lines.stream()
          .filter(it -> it.startsWith(field + ": "))
          .map(it -> it.substring(field.length() + 2))
          .toList();
    }

    @Override
    public void close() throws Exception {
      body.close();
    }
  }
}
