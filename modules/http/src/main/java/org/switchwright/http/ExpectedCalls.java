package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;
import org.switchwright.http.query.HandoverAddresses;

/** Calls that wait at another site and may come to this one. */
final class ExpectedCalls {
  private static final int MAX_CALLER = 1_000;

  private final CallIntake calls;
  private final AgentIntake sites;
  private final SiteId site;
  private final PersonalKeys keys;
  private final HandoverAddresses addresses;

  ExpectedCalls(
      CallIntake calls,
      AgentIntake sites,
      SiteId site,
      PersonalKeys keys,
      HandoverAddresses addresses) {
    this.calls = calls;
    this.sites = sites;
    this.site = site;
    this.keys = keys;
    this.addresses = addresses;
  }

  CompletionStage<HttpResponse> expect(Exchange exchange) {
    CallId id = exchange.id("call", "a call", CallId::new);
    Call.Expect expect = read(exchange.json());
    if (!expect.origin().expected().equals(id)) {
      throw new Refused(
          Problem.badRequest(
              "Expected the id of the call of that home and number, which is "
                  + expect.origin().expected()));
    }
    Destination to = new Destination.ToAddress(expect.point());
    return Receipts.within(sites.submit(site, new Site.CheckDestination(to)))
        .thenCompose(checked ->
            exists(checked)
                ? Receipts.within(calls.submit(id, expect))
                : CompletableFuture.completedFuture(checked))
        .thenApply(receipt ->
            receipt instanceof Receipt.Taken
                ? Json.ok(
                    Map.of("address", addresses.of(id), "standing", addresses.of(expect.point())))
                : Receipts.answer(receipt));
  }

  /** How full its queue is with callers who are here does not matter. */
  private static boolean exists(Receipt checked) {
    return checked instanceof Receipt.Taken
        || (checked instanceof Receipt.Refused no && no.reason() == Reason.QUEUE_FULL);
  }

  CompletionStage<HttpResponse> forget(Exchange exchange) {
    CallId id = exchange.id("call", "a call", CallId::new);
    return Receipts.answer(calls.submit(id, new Call.Forget()));
  }

  private Call.Expect read(JsonNode body) {
    CallId call = id(body, "call", CallId::new);
    KeyId key = keys.named("expected." + call);
    SortedMap<String, Personal> attached = AttachedForm.read(body.path("attached"), key);
    return new Call.Expect(
        new Origin(
            id(body, "home", SiteId::new),
            call,
            (int) number(body, "number", 1, Integer.MAX_VALUE)),
        id(body, "interaction", InteractionId::new),
        site,
        id(body, "point", RoutingPointId::new),
        Duration.ofMillis(number(body, "waitedMs", 0, Carried.LONGEST_WAIT.toMillis())),
        Duration.ofMillis(number(body, "lastsMs", 1, Call.EXPECTED_FOR.toMillis())),
        Personal.of(key, Exchange.text(body, "caller", MAX_CALLER)),
        attached,
        body.has("version") ? number(body, "version", 0, Long.MAX_VALUE) : 0);
  }

  static <T> T id(JsonNode body, String field, Function<String, T> parse) {
    try {
      return parse.apply(body.path(field).asText());
    } catch (IllegalArgumentException _) {
      throw new Refused(
          Problem.badRequest("Expected " + field + " as 1 to 64 letters, digits, '-', '_' or '.'"));
    }
  }

  static long number(JsonNode body, String field, long least, long most) {
    JsonNode value = body.path(field);
    if (!value.canConvertToLong() || value.asLong() < least || value.asLong() > most) {
      throw new Refused(
          Problem.badRequest(
              "Expected " + field + " as a whole number from " + least + " to " + most));
    }
    return value.asLong();
  }
}
