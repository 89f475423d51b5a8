package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.history.StaffSchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "load-schedule",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the server that watches a site how many agents are to be at work there,",
      "and when: what estimates of it go by while its link is cut."
    },
    footer = {
      "",
      "A day is planned anew as a whole, by all shifts in the files that begin on it;",
      "days on which none begins stay as they are. Names of agents are not loaded.",
      "At most 13 weeks ahead. The schedules of past days tell how well they are kept to.",
      "Maps of schedules: docs/schedules. Exit code 3: rows were faulty, and left out."
    })
final class LoadScheduleCommand implements Callable<Integer> {
  @Mixin private ApiOptions api = new ApiOptions();

  @Option(
      names = "--site",
      required = true,
      paramLabel = "SITE",
      description = "Whose schedule it is; one that the server watches")
  private String site = "";

  @Option(
      names = "--map",
      required = true,
      paramLabel = "FILE",
      description = "What the schedules' columns mean; an example is in docs/schedules")
  private Path map = Path.of("map.conf");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Schedules as delimited text, plain or compressed by xz or gzip")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() {
    ApiClient client = api.client();
    String path = "/api/v1/network/" + Paths.segment(site) + "/schedule";
    // Whether the site is watched is better known before a long file is read.
    client.get(path);
    StaffSchedule schedule = ScheduleFiles.read(files, map, api.err());
    long changed = 0;
    long asBefore = 0;
    for (List<PlannedDay> some : parts(schedule.days())) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("zone", schedule.zone().getId());
      ArrayNode days = body.putArray("days");
      some.forEach(day -> write(days.addObject(), day));
      JsonNode answer = client.post(path, Optional.of(body.toString()));
      changed += answer.path("changed").asLong();
      asBefore += answer.path("asBefore").asLong();
    }
    tell(schedule, changed, asBefore);
    return schedule.faulty() == 0 ? ExitCode.OK : ExitCode.DEGRADED;
  }

  /** As much at once as the server takes. */
  private static List<List<PlannedDay>> parts(List<PlannedDay> days) {
    List<List<PlannedDay>> parts = new ArrayList<>();
    List<PlannedDay> part = new ArrayList<>();
    int steps = 0;
    for (PlannedDay day : days) {
      if (steps + day.steps().size() > SiteMonitor.MAX_STEPS) {
        parts.add(part);
        part = new ArrayList<>();
        steps = 0;
      }
      part.add(day);
      steps += day.steps().size();
    }
    parts.add(part);
    return parts;
  }

  private static void write(ObjectNode json, PlannedDay day) {
    json.put("day", day.day().toString());
    ArrayNode steps = json.putArray("steps");
    day.steps()
        .forEach(it -> steps.addObject().put("minute", it.minute()).put("agents", it.agents()));
  }

  private void tell(StaffSchedule schedule, long changed, long asBefore) {
    String first = schedule.days().getFirst().day().toString();
    String last = schedule.days().getLast().day().toString();
    if (api.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("site", site);
      json.put("zone", schedule.zone().getId()).put("firstDay", first).put("lastDay", last);
      json.put("rows", schedule.rows()).put("shifts", schedule.shifts());
      json.put("breaks", schedule.breaks()).put("leftOut", schedule.leftOut());
      json.put("faulty", schedule.faulty());
      json.put("changed", changed).put("asBefore", asBefore);
      schedule.faults().forEach(json.putArray("faults")::add);
      api.out().println(json.toPrettyString());
    } else {
      api.out()
          .printf(
              "%s of site %s, from %s to %s (%s): %d changed, %d as before.%n",
              Answers.counted(schedule.days().size(), "day"),
              site,
              first,
              last,
              schedule.zone().getId(),
              changed,
              asBefore);
    }
    api.out().flush();
  }
}
