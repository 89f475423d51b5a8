package org.switchwright.cluster.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.switchwright.domain.network.Pulse;
import org.switchwright.domain.network.Trouble;

/** Asks one site over HTTP, as its token allows. */
final class SiteClient {
  private static final int MAX_HEARTBEAT = 4_096;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final WatchedSite watched;
  private final ObjectMapper mapper;
  private final Duration patience;
  private final HttpClient http;

  /**
   * @param every how often there is to be a heartbeat
   */
  SiteClient(WatchedSite watched, ObjectMapper mapper, HttpClient http, Duration every) {
    this.watched = watched;
    this.mapper = mapper;
    this.patience = every.multipliedBy(Pulse.MISSED);
    this.http = http;
  }

  /**
   * @param at by the site's clock
   * @param last the number of the site's last event
   * @param hash of its state after that
   */
  record Heartbeat(Instant at, long last, String hash) {}

  /** The site does not know the place after which to follow. */
  static final class UnknownPlace extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownPlace() {
      super("Expected a place that the site knows, but it does not");
    }
  }

  /** Fails with an {@link IOException}, a {@link LinkFailure} among them, or when time is up. */
  CompletableFuture<Heartbeat> heartbeat() {
    HttpRequest request = request("/api/v1/status/heartbeat").build();
    var body =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_HEARTBEAT);
    return within(http.sendAsync(request, body))
        .thenApply(answer -> {
          try {
            check(answer);
            return heartbeat(answer.body());
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  /** Also where an answer begins and does not end. */
  private <T> CompletableFuture<T> within(CompletableFuture<T> answer) {
    CompletableFuture<T> bounded =
        answer.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        bounded.whenComplete((_, failure) -> {
          if (failure != null) {
            answer.cancel(true);
          }
        });
    return bounded;
  }

  private Heartbeat heartbeat(String body) throws IOException {
    JsonNode told = json(body);
    String site = told.path("site").asText();
    if (!site.equals(watched.site().value())) {
      throw new LinkFailure(
          Trouble.ANOTHER_SITE,
          "Expected site " + watched.site() + ", but got '" + LinkFailure.shown(site) + "'");
    }
    Instant at;
    try {
      at = Instant.parse(told.path("at").asText());
    } catch (DateTimeException e) {
      throw new LinkFailure(Trouble.UNREADABLE, "Expected a heartbeat with its time");
    }
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new LinkFailure(Trouble.UNREADABLE, "Expected a heartbeat of these centuries");
    }
    String hash = told.path("hash").asText();
    return new Heartbeat(at, told.path("last").asLong(), HASH.matcher(hash).matches() ? hash : "");
  }

  private JsonNode json(String body) throws LinkFailure {
    try {
      return mapper.readTree(body);
    } catch (JsonProcessingException e) {
      throw new LinkFailure(Trouble.UNREADABLE, "Expected a heartbeat as JSON");
    }
  }

  /**
   * Opens the stream of the site's events.
   *
   * @param after the place after which to begin; empty: before the first
   */
  EventReader follow(Optional<String> after) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/api/v1/status/events" + (after.isEmpty() ? "?from=start" : ""));
    after.ifPresent(place -> request.header("Last-Event-ID", place));
    CompletableFuture<HttpResponse<InputStream>> opened =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    HttpResponse<InputStream> answer;
    try {
      answer = within(opened).get();
    } catch (ExecutionException e) {
      closeLater(opened);
      throw new IOException("Expected a stream of events, but none came", e.getCause());
    } catch (InterruptedException e) {
      closeLater(opened);
      throw e;
    }
    try {
      check(answer);
    } catch (IOException e) {
      answer.body().close();
      throw e;
    }
    return new EventReader(answer.body());
  }

  /** A stream that comes when nobody waits for it any more. */
  private static void closeLater(CompletableFuture<HttpResponse<InputStream>> opened) {
    var _ =
        opened.thenAccept(answer -> {
          try {
            answer.body().close();
          } catch (IOException e) {
            // It is as good as closed.
          }
        });
    opened.cancel(true);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(watched.url() + path))
        .header("Authorization", "Bearer " + watched.token());
  }

  private static void check(HttpResponse<?> answer) throws IOException {
    switch (answer.statusCode()) {
      case 200 -> {}
      case 401, 403 ->
          throw new LinkFailure(Trouble.REFUSED, "Expected to be let in, but the token is refused");
      case 400 -> throw new UnknownPlace();
      default -> throw new IOException("Expected 200, but got " + answer.statusCode());
    }
  }
}
