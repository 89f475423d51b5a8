package org.switchwright.cluster.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorEvent.LinkLost;
import org.switchwright.domain.network.MonitorEvent.LinkRestored;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.network.Trouble;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;

/** A link to an HTTP server that does what sites and networks do; the monitor is in memory. */
class StatusLinkTest {
  private static final SiteId BERLIN = new SiteId("berlin");
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Far far = new Far();
  private final Near near = new Near();
  private Database database;
  private StatusLinks link;

  /** The site as it is seen over the network. */
  private static final class Far {
    private final HttpServer server;
    volatile String site = "berlin";
    volatile int status = 200;
    volatile boolean mute;
    volatile int events;
    volatile String name = "site.agent-rested/1";
    volatile boolean dead;

    /** Before a stream opens. */
    volatile Runnable asked = () -> {};

    Far() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/api/v1/status/heartbeat", this::heartbeat);
      server.createContext("/api/v1/status/events", this::follow);
      server.start();
    }

    private void heartbeat(HttpExchange exchange) throws IOException {
      if (mute) {
        return;
      }
      String body =
          "{\"site\":\"%s\",\"at\":\"%s\",\"last\":%d,\"hash\":\"a1\"}"
              .formatted(site, Instant.now(), events);
      exchange.sendResponseHeaders(status, body.length());
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body.getBytes(UTF_8));
      }
    }

    /** The n-th event has the place pn. */
    private void follow(HttpExchange exchange) throws IOException {
      if (mute) {
        return;
      }
      asked.run();
      exchange.sendResponseHeaders(status, 0);
      String after = exchange.getRequestHeaders().getFirst("Last-Event-ID");
      int next = after == null ? 1 : Integer.parseInt(after.substring(1)) + 1;
      boolean stays = dead;
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(("id: p" + (next - 1) + "\n\n").getBytes(UTF_8));
        out.flush();
        while (status == 200 && !mute) {
          for (; !stays && next <= events; next++) {
            out.write(event(next).getBytes(UTF_8));
            out.flush();
          }
          Thread.sleep(20);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private String event(int n) {
      return """
      id: p%d
      event: %s
      data: {"id":"p%d","name":"%s","at":"2026-03-02T09:00:00Z","entity":{"kind":"site","id":"%s",\
      "sequence":%d},"data":{"call":"c%d"}}

      """
          .formatted(n, name, n, name, site, n, n);
    }
  }

  /** Monitors as their host has them, without a journal. */
  private static final class Near implements NetworkIntake {
    private MonitorState state = SiteMonitor.AGGREGATE.initial("berlin");
    final List<MonitorEvent> journal = new CopyOnWriteArrayList<>();

    @Override
    public synchronized CompletionStage<Receipt> submit(SiteId site, SiteMonitor.Command command) {
      return switch (SiteMonitor.AGGREGATE.decide(state, command, Instant.now())) {
        case Decision.Rejected<MonitorEvent> no ->
            CompletableFuture.completedFuture(new Receipt.Refused(no.reason(), no.sentence()));
        case Decision.Accepted<MonitorEvent> yes -> {
          for (MonitorEvent event : yes.events()) {
            journal.add(event);
            state = SiteMonitor.AGGREGATE.evolve(state, event);
          }
          yield CompletableFuture.completedFuture(new Receipt.Taken());
        }
      };
    }

    synchronized MonitorState state() {
      return state;
    }

    List<Object> links() {
      return journal.stream()
          .flatMap(event ->
              switch (event) {
                case LinkLost it -> List.<Object>of(it.why()).stream();
                case LinkRestored _ -> List.<Object>of("up").stream();
                default -> List.<Object>of().stream();
              })
          .toList();
    }
  }

  @BeforeEach
  void start() {
    far.name = "site.unknown-call-ended/1";
    database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL, Schema.KEYS);
    link = follow();
  }

  private StatusLinks follow() {
    URI url = URI.create("http://127.0.0.1:" + far.server.getAddress().getPort());
    return StatusLinks.start(
        List.of(new WatchedSite(BERLIN, url, "token-of-hq-0123")),
        near,
        database,
        EVERY,
        InstantSource.system());
  }

  @AfterEach
  void stop() {
    link.close();
    far.server.stop(0);
    database.close();
  }

  private void awaitReported(long last) {
    await().atMost(SOON).until(() -> near.state().sequence() == last);
  }

  private void awaitLinks(Object... links) {
    await().atMost(SOON).until(() -> near.links().equals(List.of(links)));
  }

  /** Through several heartbeats. */
  private void staysWithLinks(Object... links) {
    await()
        .during(EVERY.multipliedBy(5))
        .atMost(SOON)
        .until(() -> near.links().equals(List.of(links)));
  }

  @Test
  void shouldFollowAndSayOnceThatTheLinkIsThere() {
    far.events = 7;

    awaitReported(7);
    awaitLinks("up");
    far.events = 450;
    awaitReported(450);
    staysWithLinks("up");
  }

  @Test
  void shouldTellSilenceAndComeBack() {
    far.events = 3;
    awaitReported(3);

    far.mute = true;
    awaitLinks("up", Trouble.SILENT);
    far.events = 5;
    far.mute = false;
    awaitLinks("up", Trouble.SILENT, "up");
    awaitReported(5);
  }

  @Test
  void shouldTellRefusalAndComeBack() {
    awaitLinks("up");

    far.status = 401;
    awaitLinks("up", Trouble.REFUSED);
    far.status = 200;
    awaitLinks("up", Trouble.REFUSED, "up");
  }

  /** What came before it is known; what cannot be read is tried again, and said once. */
  @Test
  void shouldTellWhatItCannotRead() {
    far.events = 3;
    awaitReported(3);
    awaitLinks("up");

    far.name = "site.of-another-age/9";
    far.events = 4;
    awaitLinks("up", Trouble.UNREADABLE);
    staysWithLinks("up", Trouble.UNREADABLE);
    far.name = "site.unknown-call-ended/1";
    awaitLinks("up", Trouble.UNREADABLE, "up");
    awaitReported(4);
  }

  @Test
  void shouldNotTakeAnotherSiteForThisOne() {
    far.site = "hamburg";
    far.events = 3;

    await().atMost(SOON).until(() -> near.links().contains(Trouble.ANOTHER_SITE));
    await().during(EVERY.multipliedBy(5)).atMost(SOON).until(() -> near.state().sequence() == 0);
  }

  /** Heartbeats come by connections of their own, and the stream's is dead. */
  @Test
  void shouldOpenAStreamAgainThatBringsNothing() {
    far.dead = true;
    far.events = 3;
    awaitLinks("up");
    await().pollDelay(EVERY.multipliedBy(5)).until(() -> near.state().sequence() == 0);

    far.dead = false;
    awaitReported(3);
  }

  /** The site's journal is an older one, and nothing says so but what it tells. */
  @Test
  void shouldStartOverWhereTheSiteKnowsLessThanItReported() {
    far.events = 9;
    awaitReported(9);

    far.events = 4;
    awaitReported(4);
    assertThat(near.journal).hasAtLeastOneElementOfType(MonitorEvent.StartedOver.class);
  }

  /** The stream is asked for after a place of before, and comes when more is known. */
  @Test
  void shouldStartOverWhereThatIsToldWhileTheStreamOpens() {
    far.events = 9;
    awaitReported(9);
    far.mute = true;
    awaitLinks("up", Trouble.SILENT);

    far.asked =
        () -> {
          far.events = 4;
          await().pollDelay(EVERY.multipliedBy(2)).until(() -> true);
        };
    far.mute = false;
    awaitReported(4);
    assertThat(near.journal)
        .filteredOn(MonitorEvent.StartedOver.class::isInstance)
        .singleElement()
        .extracting(it -> ((MonitorEvent.StartedOver) it).from())
        .isEqualTo("p0");
  }

  @Test
  void shouldGoOnFromWhereAnotherNodeWas() throws Exception {
    far.events = 5;
    awaitReported(5);
    LinkTable table = new LinkTable(database.dataSource());
    await().atMost(SOON).until(() -> table.read(BERLIN).reported() == 5);
    near.submit(BERLIN, new SiteMonitor.Lose(Optional.empty(), Trouble.SILENT));

    StatusLinks other = follow();
    link.close();
    far.events = 6;
    awaitReported(6);
    await().atMost(SOON).until(() -> near.state().linked());
    other.close();
    assertThat(table.read(BERLIN).cursor()).contains("p6");
    link = follow();
  }

  @Test
  void shouldEndWhereNothingIsFollowed() {
    StatusLinks none = StatusLinks.start(List.of(), near, database, EVERY, InstantSource.system());

    assertThatCode(none::close).doesNotThrowAnyException();
  }
}
