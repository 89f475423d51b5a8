package org.switchwright.journal.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a site's snapshot means that was written before it held all that it holds now. A snapshot is
 * read once after an upgrade; the next one is of the present form.
 */
final class OldSnapshots {
  private static final List<String> MAPS =
      List.of("paces", "handlings", "turns", "deserted", "strategies", "neighbours");

  private OldSnapshots() {}

  static JsonNode site(JsonNode snapshot) {
    ObjectNode site = (ObjectNode) snapshot;
    for (String map : MAPS) {
      if (!site.hasNonNull(map)) {
        site.putObject(map);
      }
    }
    for (String list : List.of("departures", "lent")) {
      if (!site.has(list)) {
        site.putArray(list);
      }
    }
    site.path("calls").forEach(call -> call((ObjectNode) call));
    site.path("agents").forEach(agent -> agent((ObjectNode) agent));
    return site;
  }

  /** A call rang at one agent only, of whom its stand told. */
  private static void call(ObjectNode call) {
    if (!call.has("widened")) {
      call.put("widened", "PT0S");
      call.put("front", false);
    }
    if (!call.has("told")) {
      call.putObject("told").put("position", 0);
    }
    if (!call.has("talked")) {
      call.put("talked", 0);
    }
    if (call.has("out")) {
      return;
    }
    ObjectNode out = call.putObject("out");
    JsonNode stand = call.path("stand");
    if (stand.path("is").asText().equals("offered") && stand.has("offer")) {
      ObjectNode ring = out.putObject(stand.path("offer").asText());
      for (String field : List.of("offer", "agent", "due", "overdue")) {
        ring.set(field, stand.get(field));
      }
      ObjectNode offered = call.putObject("stand");
      offered.put("is", "offered");
      offered.put("steps", 0);
      offered.set("steppedAt", stand.get("due"));
    }
  }

  /** What was done before it was counted is not known: it is counted from there on. */
  private static void agent(ObjectNode agent) {
    if (!agent.has("workload")) {
      ObjectNode workload = agent.putObject("workload");
      workload.set("since", agent.get("idleSince"));
      workload.put("calls", 0);
      workload.put("talked", "PT0S");
      workload.put("busy", "PT0S");
      workload.put("missed", 0);
      workload.put("unreachable", 0);
    }
  }
}
