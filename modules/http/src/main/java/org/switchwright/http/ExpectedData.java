package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.domain.call.DataCommand;
import org.switchwright.domain.call.Origin;
import org.switchwright.http.query.Desktops;

/**
 * What is attached to a call of another site, as its home tells it; answered with what is not in.
 */
final class ExpectedData {
  private final CallIntake calls;
  private final Desktops desktops;
  private final PersonalKeys keys;

  ExpectedData(CallIntake calls, Desktops desktops, PersonalKeys keys) {
    this.calls = calls;
    this.desktops = desktops;
    this.keys = keys;
  }

  CompletionStage<HttpResponse> keepInStep(Exchange exchange) {
    CallId id = exchange.id("call", "a call", CallId::new);
    DataCommand.KeepInStep keep = read(exchange.json());
    return Receipts.within(calls.submit(id, keep))
        .thenApply(receipt ->
            receipt instanceof Receipt.Refused no && no.reason() != Reason.ALREADY_DONE
                ? Receipts.answer(receipt)
                : desktops
                    .attached(id)
                    .map(it -> Json.ok(answer(it.data())))
                    .orElseGet(() -> Problem.notFound("a call of this site").response()));
  }

  private DataCommand.KeepInStep read(JsonNode body) {
    CallId call = ExpectedCalls.id(body, "call", CallId::new);
    KeyId key = keys.named("expected." + call);
    return new DataCommand.KeepInStep(
        new Origin(
            ExpectedCalls.id(body, "home", SiteId::new),
            call,
            (int) ExpectedCalls.number(body, "number", 1, Integer.MAX_VALUE)),
        ExpectedCalls.number(body, "version", 0, Long.MAX_VALUE),
        AttachedForm.read(body.path("attached"), key),
        (int) ExpectedCalls.number(body, "taken", 0, Integer.MAX_VALUE),
        key);
  }

  private static Map<String, ?> answer(AttachedData data) {
    List<Map<String, ?>> proposals = new ArrayList<>();
    for (AttachedData.Proposal one : data.pending()) {
      TreeMap<String, String> set = new TreeMap<>();
      one.change()
          .set()
          .forEach((name, value) -> value.text().ifPresent(text -> set.put(name, text)));
      Map<String, Object> proposal = new LinkedHashMap<>();
      proposal.put("number", one.number());
      proposal.put("by", one.by());
      proposal.put("set", set);
      proposal.put("removed", one.change().removed());
      proposals.add(proposal);
    }
    return Map.of("version", data.version(), "taken", data.taken(), "proposals", proposals);
  }
}
