package org.switchwright.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Sites that a controller can follow over HTTP, all in this process. */
final class FarSites implements AutoCloseable {
  static final int AGENTS = 200;
  private static final int TICK_MS = 20;

  private final List<FarSite> sites = new ArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> advancing;
  private volatile boolean over;

  FarSites(int count) throws IOException {
    for (int n = 0; n < count; n++) {
      FarSite site = new FarSite("site-" + n, AGENTS, n, Instant.now());
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(answers);
      server.createContext("/api/v1/status/heartbeat", exchange -> heartbeat(site, exchange));
      server.createContext("/api/v1/status/events", exchange -> follow(site, exchange));
      server.start();
      sites.add(site);
      servers.add(server);
    }
    advancing = ticks.scheduleAtFixedRate(this::advance, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private void advance() {
    sites.forEach(site -> site.advance(Instant.now()));
  }

  private static void heartbeat(FarSite site, HttpExchange exchange) throws IOException {
    byte[] body = site.heartbeat().getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void follow(FarSite site, HttpExchange exchange) throws IOException {
    String after = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    int told = after == null ? 0 : Integer.parseInt(after.substring(1));
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(("id: p" + told + "\n\n").getBytes(UTF_8));
      while (!over) {
        String more = site.after(told);
        out.write(more.getBytes(UTF_8));
        out.flush();
        told += count(more);
        Thread.sleep(TICK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int count(String events) {
    return events.split("\n\n", -1).length - 1;
  }

  /** For the configuration of their controller, below {@code switchwright}. */
  String links(String tokenFile) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < sites.size(); n++) {
      text.append(
          "network.sites.%s { url = \"http://127.0.0.1:%d\", token-file = \"%s\" }%n  "
              .formatted(sites.get(n).name(), servers.get(n).getAddress().getPort(), tokenFile));
    }
    return text.toString();
  }

  long told() {
    if (advancing.isDone()) {
      throw new IllegalStateException("Expected the sites to go on, but they stopped");
    }
    return sites.stream().mapToLong(FarSite::last).sum();
  }

  @Override
  public void close() {
    over = true;
    ticks.shutdownNow();
    servers.forEach(server -> server.stop(0));
    answers.shutdownNow();
  }
}
