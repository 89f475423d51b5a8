package org.switchwright.server.outside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.http.query.CustomerRecords.Lookup;
import org.switchwright.server.configuration.CustomerRecordSettings;
import org.switchwright.server.configuration.CustomerRecordSettings.Secret;

class HttpCustomerRecordsTest {
  private static final CallId CALL = new CallId("c1");
  private static final Duration SOON = Duration.ofSeconds(10);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-28T10:00:00Z"));
  private final CountDownLatch answer = new CountDownLatch(1);
  private HttpServer server;
  private HttpCustomerRecords records;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    reply(
        "/customers/4711",
        200,
        "{\"name\":\"Ada\",\"address\":{\"city\":\"Bremen\"},\"orders\":[1]}");
    reply("/customers/a%2Fb%20c", 200, "{\"name\":\"Odd\"}");
    reply("/customers/broken", 200, "no JSON");
    reply("/customers/ill", 500, "");
    reply("/customers/long", 200, "\"" + "x".repeat(2_000) + "\"");
    server.createContext(
        "/customers/slow",
        exchange -> {
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    records =
        new HttpCustomerRecords(
            new CustomerRecordSettings(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/customers/{customer}",
                Duration.ofSeconds(3),
                1_024,
                Optional.of(new Secret("X-Key", "secret")),
                new TreeMap<>(
                    Map.of("name", "/name", "city", "/address/city", "orders", "/orders"))),
            now::get);
  }

  private void reply(String path, int status, String body) {
    server.createContext(
        URI.create(path).getPath(),
        exchange -> {
          asked.add(
              exchange.getRequestURI().getRawPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Key"));
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    answer.countDown();
    records.close();
    server.stop(0);
  }

  private static SortedMap<String, Personal> customer(String id) {
    return new TreeMap<>(Map.of("customer", Personal.of(new KeyId("k"), id)));
  }

  private Lookup settled(String id) {
    await().atMost(SOON).until(() -> !(records.of(CALL, customer(id)) instanceof Lookup.Pending));
    return records.of(CALL, customer(id));
  }

  private static void assertFailed(Lookup lookup, String why) {
    assertThat(lookup).isInstanceOf(Lookup.Failed.class);
    assertThat(((Lookup.Failed) lookup).why()).contains(why);
  }

  @Test
  void shouldShowTheFieldsThatWereChosen() {
    Lookup found = settled("4711");

    assertThat(found)
        .isEqualTo(new Lookup.Found(new TreeMap<>(Map.of("name", "Ada", "city", "Bremen"))));
    assertThat(asked).containsExactly("/customers/4711 secret");
  }

  @Test
  void shouldAnswerAtOnceAndAskOnce() {
    assertThat(records.of(CALL, customer("4711"))).isEqualTo(new Lookup.Pending());
    settled("4711");
    now.updateAndGet(it -> it.plusSeconds(60));

    assertThat(settled("4711")).isInstanceOf(Lookup.Found.class);
    assertThat(asked).hasSize(1);
  }

  @Test
  void shouldKeepAKeyWithinItsPlaceInTheAddress() {
    assertThat(settled("a/b c")).isInstanceOf(Lookup.Found.class);

    assertThat(asked).containsExactly("/customers/a%2Fb%20c secret");
    assertThat(records.of(CALL, customer(".."))).isEqualTo(new Lookup.None());
  }

  @Test
  void shouldHaveNoRecordWithoutAKey() {
    assertThat(records.of(CALL, new TreeMap<>())).isEqualTo(new Lookup.None());
    assertThat(records.of(CALL, customer(" "))).isEqualTo(new Lookup.None());
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldSayWhyThereIsNone() {
    assertFailed(settled("nobody"), "there is none");
    assertFailed(settled("broken"), "as JSON");
    assertFailed(settled("ill"), "but got 500");
    assertFailed(settled("long"), "at most 1024 bytes");
    assertFailed(settled("slow"), "within 3000 ms");
    server.stop(0);
    assertFailed(settled("else"), "cannot be reached");
  }

  @Test
  void shouldAskAgainAWhileAfterAFailure() {
    settled("ill");
    settled("ill");
    assertThat(asked).hasSize(1);

    now.updateAndGet(it -> it.plus(HttpCustomerRecords.AGAIN_AFTER).plusMillis(1));
    settled("ill");

    await().atMost(SOON).until(() -> asked.size() == 2);
  }

  @Test
  void shouldRefuseMoreLookUpsThanAreMadeAtOnce() {
    for (int i = 0; i < HttpCustomerRecords.MAX_UNDER_WAY; i++) {
      records.of(new CallId("slow" + i), customer("slow"));
    }

    assertFailed(records.of(CALL, customer("4711")), "look-ups at once");
  }
}
