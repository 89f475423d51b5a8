package org.switchwright.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.domain.estimate.CallRecord;
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

  @Option(
      names = "--replace",
      description = {
        "Forgets all that was loaded of the site before, as its map or zone was wrong; what the site",
        "has reported itself stays"
      })
  private boolean replace;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Call logs, plain or compressed by xz or gzip")
  private List<Path> logs = new ArrayList<>();

  @Override
  public Integer call() {
    ApiClient client = api.client();
    // Whether the site is watched is better known before a year's log is read.
    client.get(HistoryLoad.path(site));
    CallLog log = LogFiles.read(logs, map, api.err());
    HistoryLoad load = new HistoryLoad(client, site);
    Optional<Long> forgotten = replace ? Optional.of(load.forget()) : Optional.empty();
    load.load(log.zone(), log.calls());
    tell(log, load, forgotten);
    return log.faulty() == 0 ? ExitCode.OK : ExitCode.DEGRADED;
  }

  private void tell(CallLog log, HistoryLoad load, Optional<Long> forgotten) {
    LongSummaryStatistics entered =
        log.calls().stream().mapToLong(CallRecord::enteredMs).summaryStatistics();
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(entered.getMin()), log.zone());
    LocalDate last = LocalDate.ofInstant(Instant.ofEpochMilli(entered.getMax()), log.zone());
    if (api.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("site", site);
      json.put("zone", log.zone().getId());
      json.put("firstDay", first.toString()).put("lastDay", last.toString());
      json.put("rows", log.rows()).put("leftOut", log.leftOut()).put("faulty", log.faulty());
      json.put("added", load.added()).put("alreadyThere", load.alreadyThere());
      forgotten.ifPresent(it -> json.put("forgotten", it));
      log.faults().forEach(json.putArray("faults")::add);
      api.out().println(json.toPrettyString());
    } else {
      forgotten.ifPresent(it ->
          api.out().printf("%s of site %s forgotten.%n", Answers.counted(it, "loaded call"), site));
      api.out()
          .printf(
              "%s of site %s, from %s to %s (%s): %d added, %d there already.%n",
              Answers.counted(log.calls().size(), "call"),
              site,
              first,
              last,
              log.zone().getId(),
              load.added(),
              load.alreadyThere());
    }
    api.out().flush();
  }
}
