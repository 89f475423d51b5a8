package org.switchwright.http;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.apache.pekko.http.javadsl.model.HttpMethods.DELETE;
import static org.apache.pekko.http.javadsl.model.HttpMethods.GET;
import static org.apache.pekko.http.javadsl.model.HttpMethods.POST;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.StrategyId;
import org.switchwright.http.Endpoint.Audience;
import org.switchwright.http.query.Health;
import org.switchwright.http.query.Listing;
import org.switchwright.http.query.PageRequest;
import org.switchwright.http.query.StrategyStatus;

/** The table of all operations; {@code openapi.yaml} describes the same ones. */
final class HttpApi {
  private static final ContentType PROMETHEUS =
      ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");
  private static final ContentType YAML =
      MediaTypes.applicationWithFixedCharset("yaml", HttpCharsets.UTF_8).toContentType();

  private final HttpPorts ports;
  private final EventStream events;
  private final Workers workers;

  HttpApi(HttpPorts ports, EventStream events, Workers workers) {
    this.ports = ports;
    this.events = events;
    this.workers = workers;
  }

  List<Endpoint> endpoints() {
    AgentCommands agents =
        new AgentCommands(ports.agents(), ports.site(), ports.notReadyReasons(), ports.clock());
    StatisticsRequests statistics = new StatisticsRequests(ports.statistics());
    CallCommands calls =
        new CallCommands(ports.calls(), ports.agents(), ports.site(), ports.mixer());
    StrategyCommands strategies =
        new StrategyCommands(ports.agents(), ports.site(), ports.strategies());
    ExpectedCalls expected =
        new ExpectedCalls(
            ports.calls(), ports.agents(), ports.site(), ports.keys(), ports.addresses());
    ExpectedData data = new ExpectedData(ports.calls(), ports.desktops(), ports.keys());
    DesktopRequests desktops =
        new DesktopRequests(
            ports.calls(), ports.desktops(), ports.records(), ports.desktopTokens());
    DesktopStream stations = new DesktopStream(events, ports.feed(), desktops, workers);
    HistoryRequests histories = new HistoryRequests(ports.histories());
    ScheduleRequests schedules = new ScheduleRequests(ports.schedules());
    Links links = new Links(ports.links(), ports.site());
    String v1 = "/api/v1";
    return List.of(
        now(GET, v1 + "/sites", this::sites),
        now(GET, v1 + "/queues", paged(page -> ports.queries().queues(page))),
        now(GET, v1 + "/agents", paged(page -> ports.queries().agents(page))),
        now(GET, v1 + "/statistics", statistics::statistics),
        now(GET, v1 + "/statistics/estimates", statistics::estimates),
        now(GET, v1 + "/statistics/waits", statistics::waits),
        now(GET, v1 + "/calls", paged(page -> ports.queries().liveCalls(page))),
        now(GET, v1 + "/calls/history", paged(page -> ports.queries().history(page))),
        now(GET, v1 + "/calls/{call}", this::call),
        now(GET, v1 + "/calls/{call}/timeline", this::timeline),
        now(GET, v1 + "/calls/{call}/explanation", this::explanation),
        new Endpoint(POST, v1 + "/agents/{agent}/login", Audience.ADMINISTRATORS, agents::logIn),
        new Endpoint(POST, v1 + "/agents/{agent}/logout", Audience.ADMINISTRATORS, agents::logOut),
        new Endpoint(POST, v1 + "/agents/{agent}/ready", Audience.ADMINISTRATORS, agents::ready),
        new Endpoint(
            POST, v1 + "/agents/{agent}/not-ready", Audience.ADMINISTRATORS, agents::notReady),
        new Endpoint(
            POST, v1 + "/agents/{agent}/end-wrap-up", Audience.ADMINISTRATORS, agents::endWrapUp),
        new Endpoint(
            POST,
            v1 + "/agents/{agent}/extend-wrap-up",
            Audience.ADMINISTRATORS,
            agents::extendWrapUp),
        desktop(GET, v1 + "/agents/{agent}/desktop", desktops::show),
        desktop(GET, v1 + "/agents/{agent}/desktop/events", stations::follow),
        new Endpoint(
            POST, v1 + "/agents/{agent}/desktop/attached", Audience.DESKTOPS, desktops::change),
        now(POST, v1 + "/agents/{agent}/desktop-token", desktops::give),
        now(DELETE, v1 + "/agents/{agent}/desktop-token", desktops::take),
        now(GET, v1 + "/calls/{call}/attached", desktops::showCall),
        new Endpoint(
            POST, v1 + "/calls/{call}/attached", Audience.ADMINISTRATORS, desktops::changeCall),
        new Endpoint(POST, v1 + "/calls/{call}/transfer", Audience.ADMINISTRATORS, calls::transfer),
        new Endpoint(POST, v1 + "/calls/{call}/requeue", Audience.ADMINISTRATORS, calls::requeue),
        new Endpoint(POST, v1 + "/calls/{call}/consult", Audience.ADMINISTRATORS, calls::consult),
        new Endpoint(POST, v1 + "/calls/{call}/conference", Audience.ADMINISTRATORS, calls::confer),
        new Endpoint(POST, v1 + "/calls/{call}/complete", Audience.ADMINISTRATORS, calls::complete),
        new Endpoint(POST, v1 + "/calls/{call}/retrieve", Audience.ADMINISTRATORS, calls::retrieve),
        new Endpoint(
            POST, v1 + "/calls/{call}/priority", Audience.ADMINISTRATORS, calls::prioritise),
        now(GET, v1 + "/strategies", this::strategies),
        new Endpoint(POST, v1 + "/strategies", Audience.ADMINISTRATORS, strategies::publish),
        now(POST, v1 + "/strategies/check", strategies::check),
        now(GET, v1 + "/strategies/{strategy}", this::strategy),
        new Endpoint(
            POST,
            v1 + "/strategies/{strategy}/activate",
            Audience.ADMINISTRATORS,
            strategies::activate),
        now(DELETE, v1 + "/interactions/{interaction}/personal-data", this::erase),
        now(GET, v1 + "/events", events::follow),
        now(GET, v1 + "/network", this::network),
        now(GET, v1 + "/network/{site}/estimate", histories::believed),
        now(GET, v1 + "/network/{site}/history", histories::overview),
        now(GET, v1 + "/network/{site}/history/{day}", histories::day),
        new Endpoint(
            POST, v1 + "/network/{site}/history", Audience.ADMINISTRATORS, histories::load),
        new Endpoint(
            DELETE, v1 + "/network/{site}/history", Audience.ADMINISTRATORS, histories::forget),
        now(GET, v1 + "/network/{site}/schedule", schedules::overview),
        now(GET, v1 + "/network/{site}/schedule/{day}", schedules::day),
        new Endpoint(
            POST, v1 + "/network/{site}/schedule", Audience.ADMINISTRATORS, schedules::load),
        now(GET, v1 + "/status/links", links::list),
        now(POST, v1 + "/status/links", links::admit),
        now(DELETE, v1 + "/status/links/{link}", links::dismiss),
        new Endpoint(
            GET,
            v1 + "/status/heartbeat",
            Audience.LINKS,
            exchange -> completedFuture(heartbeat(exchange))),
        new Endpoint(
            GET,
            v1 + "/status/events",
            Audience.LINKS,
            exchange -> completedFuture(events.followStatus(exchange))),
        new Endpoint(POST, v1 + "/expected-calls/{call}", Audience.LINKS, expected::expect),
        new Endpoint(DELETE, v1 + "/expected-calls/{call}", Audience.LINKS, expected::forget),
        new Endpoint(POST, v1 + "/expected-calls/{call}/data", Audience.LINKS, data::keepInStep),
        now(GET, "/metrics", this::metrics),
        new Endpoint(GET, "/health/live", Audience.ANYBODY, _ -> completedFuture(live())),
        new Endpoint(GET, "/health/ready", Audience.ANYBODY, _ -> completedFuture(ready())),
        new Endpoint(GET, "/openapi.yaml", Audience.ANYBODY, _ -> completedFuture(description())));
  }

  private static Endpoint now(
      HttpMethod method, String template, Function<Exchange, HttpResponse> handler) {
    return new Endpoint(
        method,
        template,
        Audience.ADMINISTRATORS,
        exchange -> completedFuture(handler.apply(exchange)));
  }

  private static Endpoint desktop(
      HttpMethod method, String template, Function<Exchange, HttpResponse> handler) {
    return new Endpoint(
        method, template, Audience.DESKTOPS, exchange -> completedFuture(handler.apply(exchange)));
  }

  private static Function<Exchange, HttpResponse> paged(Function<PageRequest, Object> query) {
    return exchange -> {
      PageRequest page = exchange.page();
      try {
        return Json.ok(query.apply(page));
      } catch (IllegalArgumentException _) {
        throw new Refused(Problem.badRequest("Expected after to be the next of a page before"));
      }
    };
  }

  private HttpResponse sites(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return Json.ok(ports.queries().sites());
  }

  private HttpResponse strategies(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return Json.ok(ports.queries().strategies());
  }

  private HttpResponse strategy(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    Listing<StrategyStatus> versions =
        ports.queries().strategy(exchange.id("strategy", "a strategy", StrategyId::new));
    return versions.items().isEmpty()
        ? Problem.notFound("a strategy of this site").response()
        : Json.ok(versions);
  }

  private HttpResponse call(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return found(ports.queries().call(callId(exchange)));
  }

  private HttpResponse timeline(Exchange exchange) {
    exchange.onlyQueries(Set.of("clear"));
    return found(ports.stories().timeline(callId(exchange), exchange.flag("clear")));
  }

  private HttpResponse explanation(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return found(ports.stories().explanation(callId(exchange)));
  }

  private HttpResponse erase(Exchange exchange) {
    InteractionId id = exchange.id("interaction", "an interaction", InteractionId::new);
    return switch (ports.erasure().erase(id)) {
      case ERASED -> Json.ok(Map.of("outcome", "done"));
      case ALREADY_ERASED -> Json.ok(Map.of("outcome", "already-done"));
      case UNKNOWN -> Problem.notFound("an interaction of this site").response();
      case LIVE ->
          Problem.conflict("live", "Expected the interaction's call to be over, but it is not")
              .response();
    };
  }

  private HttpResponse network(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return Json.ok(ports.network().sites());
  }

  private HttpResponse heartbeat(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return Json.ok(ports.network().heartbeat());
  }

  private HttpResponse metrics(Exchange exchange) {
    return text(PROMETHEUS, ports.metrics().get());
  }

  private static HttpResponse live() {
    return Json.ok(Map.of("live", true));
  }

  private HttpResponse ready() {
    List<Health.Check> checks = ports.health().checks();
    Map<String, ?> body =
        Map.of("ready", checks.stream().allMatch(Health.Check::ok), "checks", checks);
    return checks.stream().allMatch(Health.Check::ok)
        ? Json.ok(body)
        : new Problem(503, "not-ready", "This node cannot do its work now", "See the checks")
            .response(body);
  }

  private static HttpResponse description() {
    try (InputStream file = HttpApi.class.getResourceAsStream("openapi.yaml")) {
      if (file == null) {
        throw new IllegalStateException("Expected openapi.yaml in this jar, but it is missing");
      }
      return HttpResponse.create()
          .withEntity((ResponseEntity) HttpEntities.create(YAML, file.readAllBytes()))
          .addHeader(RawHeader.create("Cache-Control", "no-cache"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse text(ContentType type, String text) {
    return HttpResponse.create()
        .withEntity(
            (ResponseEntity) HttpEntities.create(type, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static HttpResponse found(Optional<?> answer) {
    return answer
        .map(it -> Json.ok(it))
        .orElseGet(() -> Problem.notFound("a call of this site").response());
  }

  private static CallId callId(Exchange exchange) {
    return exchange.id("call", "a call", CallId::new);
  }
}
