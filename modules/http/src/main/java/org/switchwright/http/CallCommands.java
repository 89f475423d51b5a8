package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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

  private static final Pattern NAME = Pattern.compile("[\\p{Alnum} ._@-]{1,64}");

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
    String by = body.path("by").asText("");
    if (!NAME.matcher(by).matches()) {
      throw new Refused(
          Problem.badRequest("Expected by as the name of whoever wants it, 1 to 64 characters"));
    }
    return within(sites.submit(site, new Site.Reprioritise(call, priority.asInt(), by)))
        .thenApply(CallCommands::answer);
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
                    Problem.conflict(
                        "no-mixer", "Expected sip.conference.mixer to be set, but it is not")))
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
    return within(calls.submit(call, command)).thenApply(CallCommands::answer);
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
    return within(sites.submit(site, new Site.CheckDestination(to)))
        .thenCompose(checked ->
            checked instanceof Receipt.Taken
                ? within(calls.submit(call, command))
                : CompletableFuture.completedFuture(checked))
        .thenApply(CallCommands::answer);
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

  private static CompletionStage<Receipt> within(CompletionStage<Receipt> receipt) {
    return receipt
        .toCompletableFuture()
        .copy()
        .orTimeout(AgentCommands.WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static HttpResponse answer(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Taken _ -> Json.ok(Map.of("outcome", "done"));
      case Receipt.Refused refused ->
          switch (refused.reason()) {
            case ALREADY_DONE -> Json.ok(Map.of("outcome", "already-done"));
            case UNKNOWN_CALL -> Problem.notFound("a call of this site").response();
            case UNKNOWN_QUEUE -> Problem.notFound("a queue of this site").response();
            case UNKNOWN_AGENT -> Problem.notFound("an agent of this site").response();
            case LOGGED_OUT -> Problem.conflict("logged-out", refused.sentence()).response();
            case QUEUE_FULL -> Problem.conflict("queue-full", refused.sentence()).response();
            case CALL_OVER -> Problem.conflict("call-over", refused.sentence()).response();
            case OUT_OF_ORDER -> Problem.conflict("not-connected", refused.sentence()).response();
            case STALE,
                UNKNOWN_ROUTING_POINT,
                NOT_CONFIGURED,
                NOT_IN_WRAP_UP,
                UNKNOWN_REASON,
                UNKNOWN_STRATEGY,
                FAULTY_STRATEGY,
                RENEGOTIATING ->
                Problem.conflict("refused", refused.sentence()).response();
          };
    };
  }
}
