package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.call.DataCommand;
import org.switchwright.http.query.CustomerRecords;
import org.switchwright.http.query.CustomerRecords.Lookup;
import org.switchwright.http.query.DesktopTokens;
import org.switchwright.http.query.Desktops;
import org.switchwright.http.query.Desktops.Attached;
import org.switchwright.http.query.Desktops.Seat;

/**
 * The desktop of an agent's station: what is attached to the call that rings there or is talked on,
 * and nothing of any other. The agent reads it; an administrator has to ask for it in clear.
 */
final class DesktopRequests {
  private final CallIntake calls;
  private final Desktops desktops;
  private final CustomerRecords records;
  private final DesktopTokens tokens;

  DesktopRequests(
      CallIntake calls, Desktops desktops, CustomerRecords records, DesktopTokens tokens) {
    this.calls = calls;
    this.desktops = desktops;
    this.records = records;
    this.tokens = tokens;
  }

  HttpResponse show(Exchange exchange) {
    exchange.onlyQueries(Set.of("clear"));
    AgentId agent = agent(exchange);
    return Json.ok(desktop(agent, seat(agent), clear(exchange)).body());
  }

  static boolean clear(Exchange exchange) {
    return exchange.agents() || exchange.flag("clear");
  }

  /**
   * What is shown.
   *
   * @param pending whether there is more soon, without any event
   */
  record Desktop(Map<String, ?> body, boolean pending) {}

  /** As it is shown now. */
  Desktop desktop(AgentId agent, Seat seat, boolean clear) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("agent", agent.value());
    shown.put("work", seat.work());
    shown.put("since", seat.since());
    Optional<Attached> attached = seat.call().flatMap(desktops::attached).filter(it -> !it.over());
    if (attached.isEmpty()) {
      return new Desktop(shown, false);
    }
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("call", attached.get().call().value());
    call.put("interaction", attached.get().interaction().value());
    call.put("attached", AttachedForm.shown(attached.get(), clear));
    Lookup record = records.of(attached.get().call(), attached.get().data().shown());
    AttachedForm.record(record, clear).ifPresent(it -> call.put("record", it));
    shown.put("call", call);
    return new Desktop(shown, record instanceof Lookup.Pending);
  }

  Seat seat(AgentId agent) {
    return desktops
        .of(agent)
        .orElseThrow(() -> new Refused(Problem.notFound("an agent of this site")));
  }

  /** To the call that rings or is talked on now. */
  CompletionStage<HttpResponse> change(Exchange exchange) {
    AgentId agent = agent(exchange);
    JsonNode body = exchange.json();
    String by = exchange.agents() ? agent.value() : Exchange.name(body, "by");
    Attached attached =
        seat(agent)
            .call()
            .flatMap(desktops::attached)
            .orElseThrow(() ->
                new Refused(
                    Problem.conflict(
                        "no-call",
                        "Expected agent " + agent + " to have a call, but there is none")));
    return attach(attached, body, by);
  }

  HttpResponse showCall(Exchange exchange) {
    exchange.onlyQueries(Set.of("clear"));
    Attached attached = attached(exchange);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("call", attached.call().value());
    shown.put("interaction", attached.interaction().value());
    shown.put("attached", AttachedForm.shown(attached, exchange.flag("clear")));
    return Json.ok(shown);
  }

  CompletionStage<HttpResponse> changeCall(Exchange exchange) {
    JsonNode body = exchange.json();
    return attach(attached(exchange), body, Exchange.name(body, "by"));
  }

  private CompletionStage<HttpResponse> attach(Attached to, JsonNode body, String by) {
    return Receipts.answer(
        calls.submit(to.call(), new DataCommand.Attach(AttachedForm.change(body, to.key()), by)));
  }

  private Attached attached(Exchange exchange) {
    Optional<Attached> found = desktops.attached(exchange.id("call", "a call", CallId::new));
    return found.orElseThrow(() -> new Refused(Problem.notFound("a call of this site")));
  }

  HttpResponse give(Exchange exchange) {
    AgentId agent = agent(exchange);
    seat(agent);
    return Json.ok(Map.of("agent", agent.value(), "token", tokens.give(agent)));
  }

  HttpResponse take(Exchange exchange) {
    return Json.ok(Map.of("outcome", tokens.take(agent(exchange)) ? "done" : "already-done"));
  }

  static AgentId agent(Exchange exchange) {
    return exchange.id("agent", "an agent", AgentId::new);
  }
}
