package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.domain.site.Site;

/** Checks strategies, puts them into force and back. */
final class StrategyCommands {
  private static final int MAX_NAME = 64;
  private static final int MAX_WHY = 500;

  private final AgentIntake intake;
  private final SiteId site;
  private final StrategyCompiler compiler;

  StrategyCommands(AgentIntake intake, SiteId site, StrategyCompiler compiler) {
    this.intake = intake;
    this.site = site;
    this.compiler = compiler;
  }

  /** Says every fault; changes nothing. */
  HttpResponse check(Exchange exchange) {
    return Json.ok(Map.of("faults", faults(source(exchange.json()))));
  }

  CompletionStage<HttpResponse> publish(Exchange exchange) {
    JsonNode body = exchange.json();
    StrategySource source = source(body);
    List<Map<String, String>> faults = faults(source);
    if (!faults.isEmpty()) {
      return CompletableFuture.completedStage(
          new Problem(
                  422,
                  "faulty-strategy",
                  "The strategy has faults",
                  faults.size() == 1
                      ? sentence(faults.getFirst())
                      : faults.size() + " faults, the first: " + sentence(faults.getFirst()))
              .response(Map.of("faults", faults)));
    }
    return answer(
        intake.submit(
            site,
            new Site.PublishStrategy(
                source, text(body, "by", MAX_NAME), text(body, "why", MAX_WHY))));
  }

  CompletionStage<HttpResponse> activate(Exchange exchange) {
    StrategyId strategy = exchange.id("strategy", "a strategy", StrategyId::new);
    JsonNode body = exchange.json();
    JsonNode version = body.path("version");
    if (!version.canConvertToInt() || !version.isIntegralNumber() || version.asInt() < 0) {
      throw new Refused(Problem.badRequest("Expected version as a whole number, or 0 for none"));
    }
    return answer(
        intake.submit(
            site,
            new Site.ActivateStrategy(
                strategy,
                version.asInt(),
                text(body, "by", MAX_NAME),
                text(body, "why", MAX_WHY))));
  }

  private static StrategySource source(JsonNode body) {
    JsonNode text = body.path("text");
    JsonNode files = body.path("files");
    if (!text.isTextual() || !(files.isMissingNode() || files.isObject())) {
      throw new Refused(
          Problem.badRequest("Expected text, and files as an object of texts by their names"));
    }
    SortedMap<String, String> named = new TreeMap<>();
    files
        .properties()
        .forEach(file -> {
          if (!file.getValue().isTextual()) {
            throw new Refused(Problem.badRequest("Expected each of files to be a text"));
          }
          named.put(file.getKey(), file.getValue().asText());
        });
    return new StrategySource(text.asText(), named);
  }

  private List<Map<String, String>> faults(StrategySource source) {
    return switch (compiler.compile(source)) {
      case StrategyCompiler.Outcome.Sound _ -> List.of();
      case StrategyCompiler.Outcome.Faulty(List<StrategyCompiler.Fault> faults) ->
          faults.stream()
              .map(it -> Map.of("place", it.place(), "key", it.key(), "sentence", it.sentence()))
              .toList();
    };
  }

  private static String sentence(Map<String, String> fault) {
    return fault.get("place") + ": " + fault.get("sentence");
  }

  private static String text(JsonNode body, String name, int atMost) {
    JsonNode value = body.path(name);
    String text = value.asText().strip();
    if (!value.isTextual()
        || text.isEmpty()
        || text.length() > atMost
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(
          Problem.badRequest("Expected " + name + " as a text of 1 to " + atMost + " characters"));
    }
    return text;
  }

  private static CompletionStage<HttpResponse> answer(CompletionStage<Receipt> receipt) {
    return receipt
        .toCompletableFuture()
        .copy()
        .orTimeout(AgentCommands.WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(StrategyCommands::answer);
  }

  private static HttpResponse answer(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Taken _ -> Json.ok(Map.of("outcome", "done"));
      case Receipt.Refused refused ->
          switch (refused.reason()) {
            case ALREADY_DONE -> Json.ok(Map.of("outcome", "already-done"));
            case UNKNOWN_STRATEGY ->
                Problem.notFound("a strategy of this site, and a version that is kept").response();
            case FAULTY_STRATEGY ->
                new Problem(422, "faulty-strategy", "The strategy has faults", refused.sentence())
                    .response();
            case STALE,
                UNKNOWN_CALL,
                CALL_OVER,
                UNKNOWN_AGENT,
                UNKNOWN_ROUTING_POINT,
                UNKNOWN_QUEUE,
                QUEUE_FULL,
                NOT_CONFIGURED,
                LOGGED_OUT,
                NOT_IN_WRAP_UP,
                UNKNOWN_REASON,
                RENEGOTIATING,
                OUT_OF_ORDER ->
                Problem.conflict("refused", refused.sentence()).response();
          };
    };
  }
}
