package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "calls",
    mixinStandardHelpOptions = true,
    description = "Shows the calls that are live, or with --past those that are over.")
final class CallsCommand extends Query {
  @Option(names = "--past", description = "Calls that are over, latest first")
  private boolean past;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (1 to 500)")
  private int limit = 100;

  @Option(
      names = "--after",
      paramLabel = "NEXT",
      description = "The next page, as -o json names it")
  private Optional<String> after = Optional.empty();

  @Override
  String path() {
    return (past ? "/api/v1/calls/history" : "/api/v1/calls")
        + "?limit="
        + limit
        + after.map(it -> "&after=" + URLEncoder.encode(it, StandardCharsets.UTF_8)).orElse("");
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    return past ? past(answer, coloured) : live(answer, InstantSource.system().instant(), coloured);
  }

  static String live(JsonNode answer, Instant now, boolean coloured) {
    Table table = new Table("CALL", "STATE", "FOR", "QUEUE", "PLACE", "AGENT", "OFFERS", "AGE");
    for (JsonNode call : answer.path("items")) {
      String state = Answers.text(call, "state");
      table
          .row()
          .cell(Answers.text(call, "call"), Colours.CYAN)
          .cell(state, state.equals("waiting") ? Colours.YELLOW : Colours.PLAIN)
          .cell(Answers.ago(call.path("since"), now))
          .cell(Answers.text(call, "queue"))
          .cell(Answers.text(call, "position"))
          .cell(Answers.text(call, "agent"))
          .count(call.path("offers"))
          .cell(Answers.ago(call.path("arrivedAt"), now));
    }
    return table.render(coloured);
  }

  private static String past(JsonNode answer, boolean coloured) {
    Table table =
        new Table(
            "CALL", "ARRIVED", "OUTCOME", "CAUSE", "BY", "QUEUE", "AGENT", "WAITED", "TALKED");
    for (JsonNode call : answer.path("items")) {
      String outcome = Answers.text(call, "outcome");
      table
          .row()
          .cell(Answers.text(call, "call"), Colours.CYAN)
          .cell(Answers.text(call, "arrivedAt"))
          .cell(outcome, outcome.equals("served") ? Colours.GREEN : Colours.YELLOW)
          .cell(Answers.text(call, "cause"))
          .cell(Answers.text(call, "endedBy"))
          .cell(Answers.text(call, "queue"))
          .cell(Answers.text(call, "agent"))
          .cell(Answers.spanMs(call.path("waitedMs")))
          .cell(Answers.spanMs(call.path("talkedMs")));
    }
    return table.render(coloured)
        + (answer.has("next")
            ? "There are more: --after " + Answers.text(answer, "next") + "\n"
            : "");
  }
}
