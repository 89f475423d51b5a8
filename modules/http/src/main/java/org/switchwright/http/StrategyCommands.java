package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.domain.site.Site;

/** Checks strategies, puts them into force and back. */
final class StrategyCommands {
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
    return Receipts.answer(
        intake.submit(
            site,
            new Site.PublishStrategy(
                source, Exchange.name(body, "by"), Exchange.text(body, "why", MAX_WHY))));
  }

  CompletionStage<HttpResponse> activate(Exchange exchange) {
    StrategyId strategy = exchange.id("strategy", "a strategy", StrategyId::new);
    JsonNode body = exchange.json();
    JsonNode version = body.path("version");
    if (!version.canConvertToInt() || !version.isIntegralNumber() || version.asInt() < 0) {
      throw new Refused(Problem.badRequest("Expected version as a whole number, or 0 for none"));
    }
    return Receipts.answer(
        intake.submit(
            site,
            new Site.ActivateStrategy(
                strategy,
                version.asInt(),
                Exchange.name(body, "by"),
                Exchange.text(body, "why", MAX_WHY))));
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
}
