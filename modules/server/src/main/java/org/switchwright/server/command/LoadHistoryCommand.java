package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.history.CallLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "load-history",
    mixinStandardHelpOptions = true,
    description = {
      "Loads call logs into the journal of the server that watches a site, as the",
      "site's history: what estimates of it are made from while its link is cut."
    },
    footer = {
      "",
      "What has been loaded already is left as it is, so that a log can be loaded again.",
      "On days on which the site has reported calls itself, its reports count.",
      "Maps of logs: docs/call-logs. Exit code 3: rows were faulty, and left out."
    })
final class LoadHistoryCommand implements Callable<Integer> {
  private static final Comparator<CallRecord> ORDER =
      Comparator.comparingLong(CallRecord::enteredMs)
          .thenComparingLong(CallRecord::answeredMs)
          .thenComparingLong(CallRecord::endedMs)
          .thenComparing(CallRecord::agent)
          .thenComparing(CallRecord::queue)
          .thenComparingInt(CallRecord::headStartMs);

  @Mixin private ApiOptions api = new ApiOptions();

  @Option(
      names = "--site",
      required = true,
      paramLabel = "SITE",
      description = "Whose calls these were; one that the server watches")
  private String site = "";

  @Option(
      names = "--map",
      required = true,
      paramLabel = "FILE",
      description = "What the logs' columns mean; examples are in docs/call-logs")
  private Path map = Path.of("map.conf");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Call logs, plain or compressed by xz or gzip")
  private List<Path> logs = new ArrayList<>();

  @Override
  public Integer call() {
    ApiClient client = api.client();
    String path = "/api/v1/network/" + Paths.segment(site) + "/history";
    // Whether the site is watched is better known before a year's log is read.
    client.get(path);
    CallLog log = LogFiles.read(logs, map, api.err());
    List<LoadedCall> calls = numbered(log.calls());
    long added = 0;
    long there = 0;
    for (int from = 0; from < calls.size(); from += SiteMonitor.MAX_LOADED) {
      int to = Math.min(from + SiteMonitor.MAX_LOADED, calls.size());
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("zone", log.zone().getId());
      ArrayNode some = body.putArray("calls");
      calls.subList(from, to).forEach(call -> write(some.addObject(), call));
      JsonNode answer = client.post(path, Optional.of(body.toString()));
      added += answer.path("added").asLong();
      there += answer.path("alreadyThere").asLong();
    }
    tell(log, calls, added, there);
    return log.faulty() == 0 ? ExitCode.OK : ExitCode.DEGRADED;
  }

  /** In their order; those that do not differ are told apart by a number. */
  private static List<LoadedCall> numbered(List<CallRecord> calls) {
    List<LoadedCall> numbered = new ArrayList<>();
    CallRecord before = null;
    int copy = 0;
    for (CallRecord call : calls.stream().sorted(ORDER).toList()) {
      copy = call.equals(before) ? copy + 1 : 0;
      before = call;
      try {
        numbered.add(LoadedCall.of(call, copy));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(
            ExitCode.FAILED,
            "The call that entered at "
                + Instant.ofEpochMilli(call.enteredMs())
                + ": "
                + e.getMessage());
      }
    }
    return numbered;
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

  private void tell(CallLog log, List<LoadedCall> calls, long added, long there) {
    LocalDate first = LocalDate.ofInstant(calls.getFirst().entered(), log.zone());
    LocalDate last = LocalDate.ofInstant(calls.getLast().entered(), log.zone());
    if (api.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("site", site);
      json.put("zone", log.zone().getId());
      json.put("firstDay", first.toString()).put("lastDay", last.toString());
      json.put("rows", log.rows()).put("leftOut", log.leftOut()).put("faulty", log.faulty());
      json.put("added", added).put("alreadyThere", there);
      log.faults().forEach(json.putArray("faults")::add);
      api.out().println(json.toPrettyString());
    } else {
      api.out()
          .printf(
              "%d calls of site %s, from %s to %s (%s): %d added, %d were there already.%n",
              calls.size(), site, first, last, log.zone().getId(), added, there);
    }
    api.out().flush();
  }
}
