package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;

/** What an agent, or somebody for an agent, wants done with a call. */
final class CallCommands {
  private static final String AGENT = "agent:";
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final CallIntake calls;
  private final AgentIntake sites;
  private final SiteId site;
  private final Optional<String> mixer;

  CallCommands(CallIntake calls, AgentIntake sites, SiteId site, Optional<String> mixer) {
    this.calls = calls;
    this.sites = sites;
    this.site = site;
    this.mixer = mixer;
  }

  CompletionStage<HttpResponse> transfer(Exchange exchange) {
    JsonNode body = exchange.json();
    boolean kept =
        switch (body.path("place").asText("kept")) {
          case "kept" -> true;
          case "last" -> false;
          default -> throw new Refused(Problem.badRequest("Expected a place of kept or last"));
        };
    return sendOn(exchange, destination(body.path("to")), kept);
  }

  CompletionStage<HttpResponse> requeue(Exchange exchange) {
    return sendOn(exchange, new Destination.Back(), true);
  }

  /** Of a caller who waits, or who comes back to wait. */
  CompletionStage<HttpResponse> prioritise(Exchange exchange) {
    CallId call = exchange.id("call", "a call", CallId::new);
    JsonNode body = exchange.json();
    JsonNode priority = body.path("priority");
    if (!priority.canConvertToInt()
        || priority.asInt() < 0
        || priority.asInt() > Site.MAX_PRIORITY) {
      throw new Refused(
          Problem.badRequest("Expected priority as a whole number from 0 to " + Site.MAX_PRIORITY));
    }
    String by = Exchange.name(body, "by");
    return Receipts.answer(sites.submit(site, new Site.Reprioritise(call, priority.asInt(), by)));
  }

  CompletionStage<HttpResponse> consult(Exchange exchange) {
    Destination to = destination(exchange.json().path("to"));
    return checked(exchange, to, new Call.Consult(to, request(exchange)));
  }

  CompletionStage<HttpResponse> confer(Exchange exchange) {
    CallId call = exchange.id("call", "a call", CallId::new);
    String room =
        mixer
            .orElseThrow(() ->
                new Refused(
                    new Problem(
                        409,
                        "no-mixer",
                        "No conferences here",
                        "Expected sip.conference.mixer to be set, but it is not")))
            .replace("{call}", call.value());
    return submit(exchange, new Call.Confer(room));
  }

  CompletionStage<HttpResponse> complete(Exchange exchange) {
    return submit(exchange, new Call.CompleteConsult());
  }

  CompletionStage<HttpResponse> retrieve(Exchange exchange) {
    return submit(exchange, new Call.RetrieveCaller());
  }

  private CompletionStage<HttpResponse> submit(Exchange exchange, Call.Command command) {
    CallId call = exchange.id("call", "a call", CallId::new);
    return Receipts.answer(calls.submit(call, command));
  }

  private static Destination destination(JsonNode to) {
    String text = to.asText("");
    try {
      return text.startsWith(AGENT)
          ? new Destination.ToAgent(new AgentId(text.substring(AGENT.length())))
          : new Destination.ToQueue(new QueueId(text));
    } catch (IllegalArgumentException _) {
      throw new Refused(
          Problem.badRequest("Expected to as the id of a queue, or agent: and that of an agent"));
    }
  }

  private CompletionStage<HttpResponse> sendOn(Exchange exchange, Destination to, boolean kept) {
    return checked(exchange, to, new Call.Transfer(to, kept, request(exchange)));
  }

  private CompletionStage<HttpResponse> checked(
      Exchange exchange, Destination to, Call.Command command) {
    CallId call = exchange.id("call", "a call", CallId::new);
    return Receipts.within(sites.submit(site, new Site.CheckDestination(to)))
        .thenCompose(checked ->
            checked instanceof Receipt.Taken
                ? Receipts.within(calls.submit(call, command))
                : CompletableFuture.completedFuture(checked))
        .thenApply(Receipts::answer);
  }

  /** Whoever wants to say it again must give it a name, or the next agent may be meant. */
  private static String request(Exchange exchange) {
    String key = exchange.header("Idempotency-Key").orElseGet(() -> UUID.randomUUID().toString());
    if (!KEY.matcher(key).matches()) {
      throw new Refused(
          Problem.badRequest("Expected an Idempotency-Key of 1 to 64 letters, digits, - or _"));
    }
    return key;
  }
}
