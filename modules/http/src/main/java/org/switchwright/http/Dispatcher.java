package org.switchwright.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Allow;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.http.query.AccessTokens;
import org.switchwright.http.query.Unavailable;

/** Finds the operation, checks the token, reads the body, and makes a problem of every failure. */
final class Dispatcher {
  /** Bodies are a few words of JSON. */
  static final long MAX_BODY_BYTES = 16 * 1024;

  /** A strategy with its files, or calls of a site's past, written as JSON. */
  static final long MAX_LARGE_BYTES = 400 * 1024;

  static final long MAX_BODY_WAIT_MS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final String BEARER = "bearer ";

  private final List<Endpoint> endpoints;
  private final AccessTokens tokens;
  private final Workers workers;
  private final Materializer materializer;

  Dispatcher(
      List<Endpoint> endpoints, AccessTokens tokens, Workers workers, Materializer materializer) {
    this.endpoints = List.copyOf(endpoints);
    this.tokens = tokens;
    this.workers = workers;
    this.materializer = materializer;
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    return request
        .entity()
        .withSizeLimit(maxBytes(request))
        .toStrict(MAX_BODY_WAIT_MS, materializer)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(bodyFailure(failure, maxBytes(request))))
        .thenCompose(body -> dispatch(request, body.getData()))
        .exceptionally(failure -> answer(failure).response())
        .thenApply(response -> withHeaders(response));
  }

  private CompletionStage<HttpResponse> dispatch(HttpRequest request, ByteString body) {
    List<String> segments = segments(request);
    List<HttpMethod> allowed = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Optional<Map<String, String>> path = endpoint.match(segments);
      if (path.isPresent()) {
        if (endpoint.method().equals(request.method())) {
          return run(
              endpoint,
              new Exchange(
                  request,
                  path.get(),
                  body,
                  role(request).filter(AccessTokens.Role.AGENT::equals).isPresent(),
                  () -> isAdmitted(endpoint, request, path.get())));
        }
        allowed.add(endpoint.method());
      }
    }
    return CompletableFuture.completedFuture(
        allowed.isEmpty()
            ? Problem.notFound("one of the paths in /openapi.yaml").response()
            : wrongMethod(allowed));
  }

  private CompletionStage<HttpResponse> run(Endpoint endpoint, Exchange exchange) {
    if (endpoint.audience() != Endpoint.Audience.ANYBODY) {
      if (role(exchange.request()).isEmpty()) {
        return CompletableFuture.completedFuture(unauthorized());
      }
      if (!isAdmitted(endpoint, exchange.request(), exchange.path())) {
        return CompletableFuture.completedFuture(forbidden());
      }
    }
    return workers.run(() -> endpoint.handler().handle(exchange));
  }

  private Optional<AccessTokens.Role> role(HttpRequest request) {
    return token(request).flatMap(tokens::roleOf);
  }

  /** An agent is let in to what is that agent's own. */
  private boolean isAdmitted(Endpoint endpoint, HttpRequest request, Map<String, String> path) {
    Optional<AccessTokens.Role> role = role(request).filter(endpoint.audience()::admits);
    return role.filter(AccessTokens.Role.AGENT::equals).isEmpty()
        ? role.isPresent()
        : token(request)
            .flatMap(tokens::agentOf)
            .filter(agent -> agent.value().equals(path.get("agent")))
            .isPresent();
  }

  private static Optional<String> token(HttpRequest request) {
    return request
        .getHeader("Authorization")
        .map(HttpHeader::value)
        .filter(it -> it.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(it -> it.substring(BEARER.length()).strip());
  }

  private static HttpResponse unauthorized() {
    return new Problem(
            401,
            "unauthorized",
            "This needs a token",
            "Expected the header Authorization: Bearer TOKEN with a valid token")
        .response()
        .addHeader(RawHeader.create("WWW-Authenticate", "Bearer realm=\"switchwright\""));
  }

  private static HttpResponse forbidden() {
    return new Problem(
            403,
            "forbidden",
            "This token is not for that",
            "Expected an administrator's token, or the one that this is for, but got another")
        .response();
  }

  private static HttpResponse wrongMethod(List<HttpMethod> allowed) {
    List<String> names = allowed.stream().map(HttpMethod::value).sorted().toList();
    return new Problem(
            405,
            "method-not-allowed",
            "This cannot be done here",
            "Expected " + String.join(" or ", names))
        .response()
        .addHeader(Allow.create(allowed.toArray(HttpMethod[]::new)));
  }

  private static HttpResponse withHeaders(HttpResponse response) {
    boolean told = response.getHeader("Cache-Control").isPresent();
    HttpResponse safe = response.addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
    return told ? safe : safe.addHeader(RawHeader.create("Cache-Control", "no-store"));
  }

  private static List<String> segments(HttpRequest request) {
    List<String> segments = new ArrayList<>();
    request.getUri().pathSegments().forEach(segments::add);
    if (request.getUri().getPathString().endsWith("/")) {
      segments.add("");
    }
    return segments;
  }

  private static long maxBytes(HttpRequest request) {
    String path = request.getUri().getPathString();
    boolean large =
        path.startsWith("/api/v1/strategies")
            || (path.startsWith("/api/v1/network/")
                && (path.endsWith("/history") || path.endsWith("/schedule")));
    return large ? MAX_LARGE_BYTES : MAX_BODY_BYTES;
  }

  private static Throwable bodyFailure(Throwable failure, long maxBytes) {
    return switch (cause(failure)) {
      case EntityStreamSizeException _ ->
          new Refused(
              new Problem(
                  413,
                  "too-large",
                  "The body is too large",
                  "Expected at most " + maxBytes + " bytes"));
      case TimeoutException _ ->
          new Refused(
              new Problem(
                  408,
                  "too-slow",
                  "The body did not come in time",
                  "Expected it within " + MAX_BODY_WAIT_MS / 1_000 + " s"));
      default -> failure;
    };
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Problem answer(Throwable failure) {
    Throwable cause = cause(failure);
    return switch (cause) {
      case Refused refused -> refused.problem();
      case Unavailable unavailable -> {
        LOG.warn("A request could not be answered: {}", unavailable.getMessage());
        yield new Problem(
            503,
            "unavailable",
            "This cannot be answered now",
            "Expected the database to answer, but it does not; try again");
      }
      case TimeoutException _ ->
          new Problem(504, "timed-out", "No answer in time", "Expected an answer, but none came");
      default -> {
        // The message of a stranger's exception may repeat what was asked; its class does not.
        LOG.error("A request failed: {}", trace(cause));
        yield Problem.internal();
      }
    };
  }

  private static String trace(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.getClass().getName());
    for (StackTraceElement element : failure.getStackTrace()) {
      if (text.length() > 2_000) {
        break;
      }
      text.append(" < ").append(element);
    }
    return text.toString();
  }
}
