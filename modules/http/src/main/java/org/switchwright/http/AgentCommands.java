package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.site.Site;

/** What an agent, or somebody for an agent, wants. All of it may be said twice without harm. */
final class AgentCommands {
  /** Commands are repeated for longer than this; what is late may still come true. */
  static final Duration WAIT = Duration.ofSeconds(10);

  static final int MAX_EXTENSION_S = 28_800;

  private final AgentIntake intake;
  private final SiteId site;
  private final List<String> reasons;
  private final InstantSource clock;

  AgentCommands(AgentIntake intake, SiteId site, List<String> reasons, InstantSource clock) {
    this.intake = intake;
    this.site = site;
    this.reasons = List.copyOf(reasons);
    this.clock = clock;
  }

  CompletionStage<HttpResponse> logIn(Exchange exchange) {
    return submit(exchange, new Agent.LogIn(clock.instant()));
  }

  CompletionStage<HttpResponse> logOut(Exchange exchange) {
    return submit(exchange, new Agent.LogOut(clock.instant()));
  }

  CompletionStage<HttpResponse> ready(Exchange exchange) {
    return submit(exchange, new Agent.BeReady(clock.instant()));
  }

  CompletionStage<HttpResponse> notReady(Exchange exchange) {
    JsonNode reason = exchange.json().path("reason");
    if (!reason.isTextual() || !reasons.contains(reason.asText())) {
      throw new Refused(
          Problem.badRequest("Expected a reason of this site: " + String.join(", ", reasons)));
    }
    return submit(exchange, new Agent.BeNotReady(clock.instant(), reason.asText()));
  }

  CompletionStage<HttpResponse> endWrapUp(Exchange exchange) {
    return answer(intake.submit(site, new Site.EndWrapUp(agent(exchange))));
  }

  CompletionStage<HttpResponse> extendWrapUp(Exchange exchange) {
    JsonNode seconds = exchange.json().path("seconds");
    if (!seconds.canConvertToInt() || seconds.asInt() < 1 || seconds.asInt() > MAX_EXTENSION_S) {
      throw new Refused(
          Problem.badRequest("Expected seconds as a whole number from 1 to " + MAX_EXTENSION_S));
    }
    return answer(
        intake.submit(
            site, new Site.ExtendWrapUp(agent(exchange), Duration.ofSeconds(seconds.asInt()))));
  }

  private CompletionStage<HttpResponse> submit(Exchange exchange, Agent.Command command) {
    return answer(intake.submit(agent(exchange), command));
  }

  private static AgentId agent(Exchange exchange) {
    return exchange.id("agent", "an agent", AgentId::new);
  }

  private static CompletionStage<HttpResponse> answer(CompletionStage<Receipt> receipt) {
    return receipt
        .toCompletableFuture()
        .copy()
        .orTimeout(WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(AgentCommands::answer);
  }

  private static HttpResponse answer(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Taken _ -> Json.ok(Map.of("outcome", "done"));
      case Receipt.Refused refused ->
          switch (refused.reason()) {
            case ALREADY_DONE -> Json.ok(Map.of("outcome", "already-done"));
            case UNKNOWN_AGENT -> Problem.notFound("an agent of this site").response();
            case LOGGED_OUT -> Problem.conflict("logged-out", refused.sentence()).response();
            case NOT_IN_WRAP_UP ->
                Problem.conflict("not-in-wrap-up", refused.sentence()).response();
            case STALE -> Problem.conflict("stale", refused.sentence()).response();
            case UNKNOWN_CALL,
                CALL_OVER,
                UNKNOWN_ROUTING_POINT,
                UNKNOWN_QUEUE,
                QUEUE_FULL,
                NOT_CONFIGURED,
                UNKNOWN_REASON,
                UNKNOWN_STRATEGY,
                FAULTY_STRATEGY,
                RENEGOTIATING,
                OUT_OF_ORDER ->
                Problem.conflict("refused", refused.sentence()).response();
          };
    };
  }
}
