package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Says why a call went where it went, and why to none of the others.")
final class ExplainCommand extends Query {
  @Parameters(paramLabel = "CALL", description = "Id of the call, live or past")
  private String call = "";

  @Override
  String path() {
    return "/api/v1/calls/" + Paths.segment(call) + "/explanation";
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    StringBuilder text = new StringBuilder();
    answer.path("summary").forEach(line -> text.append(line.asText()).append('\n'));
    for (JsonNode choice : answer.path("choices")) {
      text.append('\n')
          .append(Colours.BOLD.paint(Answers.text(choice, "sentence"), coloured))
          .append('\n')
          .append(choice(choice, "  ", coloured));
    }
    return text.toString();
  }

  static String choice(JsonNode choice, String indent, boolean coloured) {
    StringBuilder text = new StringBuilder();
    for (JsonNode agent : choice.path("considered")) {
      boolean chosen = Answers.text(agent, "verdict").equals("chosen");
      String line = Answers.text(agent, "sentence");
      text.append(indent)
          .append((chosen ? Colours.GREEN : Colours.PLAIN).paint(line, coloured))
          .append('\n');
    }
    int unnamed = choice.path("unnamed").asInt();
    if (unnamed > 0) {
      text.append(indent).append("and ").append(unnamed).append(" more agents\n");
    }
    for (JsonNode site : choice.path("sites")) {
      text.append(indent).append(Answers.text(site, "sentence")).append('\n');
    }
    if (choice.has("outcome")) {
      text.append(indent)
          .append("This offer: ")
          .append(Answers.text(choice, "outcome"))
          .append('\n');
    }
    return text.toString();
  }
}
