package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows every version of every strategy: what is in force, by whom, and why.")
final class StrategyListCommand extends Query {
  @Override
  String path() {
    return "/api/v1/strategies";
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    Table table = new Table("STRATEGY", "VERSION", "IN FORCE", "POINTS", "PUBLISHED", "BY", "WHY");
    for (JsonNode one : answer.path("items")) {
      boolean active = one.path("active").asBoolean();
      StringBuilder points = new StringBuilder();
      one.path("points")
          .forEach(point -> points.append(points.isEmpty() ? "" : " ").append(point.asText()));
      table
          .row()
          .cell(Answers.text(one, "strategy"), Colours.CYAN)
          .count(one.path("version"))
          .cell(active ? "yes" : "", active ? Colours.GREEN : Colours.PLAIN)
          .cell(points.toString())
          .cell(Answers.text(one, "publishedAt"))
          .cell(Answers.text(one, "publishedBy"))
          .cell(Answers.text(one, "why"));
    }
    return table.render(coloured);
  }
}
