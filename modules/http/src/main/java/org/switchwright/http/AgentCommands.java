package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.site.Site;

/** What an agent, or somebody for an agent, wants. All of it may be said twice without harm. */
final class AgentCommands {
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
    return Receipts.answer(intake.submit(site, new Site.EndWrapUp(agent(exchange))));
  }

  CompletionStage<HttpResponse> extendWrapUp(Exchange exchange) {
    JsonNode seconds = exchange.json().path("seconds");
    if (!seconds.canConvertToInt() || seconds.asInt() < 1 || seconds.asInt() > MAX_EXTENSION_S) {
      throw new Refused(
          Problem.badRequest("Expected seconds as a whole number from 1 to " + MAX_EXTENSION_S));
    }
    return Receipts.answer(
        intake.submit(
            site, new Site.ExtendWrapUp(agent(exchange), Duration.ofSeconds(seconds.asInt()))));
  }

  private CompletionStage<HttpResponse> submit(Exchange exchange, Agent.Command command) {
    return Receipts.answer(intake.submit(agent(exchange), command));
  }

  private static AgentId agent(Exchange exchange) {
    return exchange.id("agent", "an agent", AgentId::new);
  }
}
