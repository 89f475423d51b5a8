package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

@Command(
    name = "waits",
    mixinStandardHelpOptions = true,
    description = "Shows how long callers are expected to wait, by every formula.")
final class WaitsCommand extends Query {
  @Override
  String path() {
    return "/api/v1/statistics/waits";
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    Table next = new Table("QUEUE", "WAITING", "FORMULA", "NEXT CALLER", "90% FROM", "TO");
    Table calls = new Table("CALL", "QUEUE", "PLACE", "WAITED", "STILL", "90% FROM", "TO");
    for (JsonNode queue : answer.path("queues")) {
      String name = Answers.text(queue, "queue");
      for (JsonNode estimate : queue.path("next")) {
        Table.Row row =
            next.row()
                .cell(name, Colours.CYAN)
                .count(queue.path("waiting"))
                .cell(Answers.text(estimate, "formula"));
        estimate(row, estimate);
      }
      for (JsonNode call : queue.path("calls")) {
        Table.Row row =
            calls
                .row()
                .cell(Answers.text(call, "call"), Colours.CYAN)
                .cell(name)
                .count(call.path("position"))
                .cell(Answers.spanMs(call.path("waitedMs")));
        estimate(row, call.path("estimate"));
      }
    }
    return next.render(coloured) + "\n" + calls.render(coloured);
  }

  private static void estimate(Table.Row row, JsonNode estimate) {
    row.cell(
            estimate.has("expectedMs")
                ? Answers.spanMs(estimate.path("expectedMs"))
                : "unknown: " + Answers.text(estimate, "unknown"))
        .cell(span(estimate.path("lowMs")))
        .cell(span(estimate.path("highMs")));
  }

  private static String span(JsonNode ms) {
    return ms.isNumber() ? Answers.spanMs(ms) : "-";
  }
}
