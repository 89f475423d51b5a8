package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.SiteMonitor;

/** Hands a watched site's past calls to the server that watches it; any of them may be there. */
final class HistoryLoad {
  private static final Comparator<CallRecord> ORDER =
      Comparator.comparingLong(CallRecord::enteredMs)
          .thenComparingLong(CallRecord::answeredMs)
          .thenComparingLong(CallRecord::endedMs)
          .thenComparing(CallRecord::agent)
          .thenComparing(CallRecord::queue)
          .thenComparingInt(CallRecord::headStartMs);

  private final ApiClient client;
  private final String path;
  private long added;
  private long there;

  HistoryLoad(ApiClient client, String site) {
    this.client = client;
    this.path = path(site);
  }

  static String path(String site) {
    return "/api/v1/network/" + Paths.segment(site) + "/history";
  }

  /** Of those handed over, how many the server did not have. */
  long added() {
    return added;
  }

  /** And how many it had. */
  long alreadyThere() {
    return there;
  }

  /**
   * Has the server forget what was loaded before.
   *
   * @return how many calls that were
   */
  long forget() {
    return client.delete(path).path("forgotten").asLong();
  }

  /** As many at once as the server takes; of those that do not differ each has a number. */
  void load(ZoneId zone, List<CallRecord> calls) {
    List<CallRecord> ordered = calls.stream().sorted(ORDER).toList();
    int copy = 0;
    for (int from = 0; from < ordered.size(); from += SiteMonitor.MAX_LOADED) {
      int to = Math.min(from + SiteMonitor.MAX_LOADED, ordered.size());
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("zone", zone.getId());
      ArrayNode some = body.putArray("calls");
      for (int i = from; i < to; i++) {
        copy = i > 0 && ordered.get(i).equals(ordered.get(i - 1)) ? copy + 1 : 0;
        write(some.addObject(), LoadedCall.of(ordered.get(i), copy));
      }
      JsonNode answer = client.post(path, Optional.of(body.toString()));
      added += answer.path("added").asLong();
      there += answer.path("alreadyThere").asLong();
    }
  }

  private static void write(ObjectNode json, LoadedCall call) {
    json.put("enteredMs", call.entered().toEpochMilli());
    call.answered().ifPresent(it -> json.put("answeredMs", it.toEpochMilli()));
    json.put("endedMs", call.ended().toEpochMilli());
    call.agent().ifPresent(it -> json.put("agent", it));
    json.put("queue", call.queue());
    json.put("headStartMs", call.headStart().toMillis());
    json.put("copy", call.copy());
  }
}
