package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "desktop",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what an agent's desktop shows: the call that rings there or is talked on, what is",
      "attached to it, and the customer's record where one is configured."
    })
final class DesktopCommand extends Query {
  @Parameters(paramLabel = "AGENT", description = "Id of the agent")
  private String agent = "";

  @Option(names = "--clear", description = "Show personal data")
  private boolean clear;

  static String path(String agent) {
    return "/api/v1/agents/" + Paths.segment(agent) + "/desktop";
  }

  @Override
  String path() {
    return path(agent) + (clear ? "?clear=true" : "");
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    JsonNode call = answer.path("call");
    StringBuilder text = new StringBuilder(agent + ": " + Answers.text(answer, "work"));
    if (call.isMissingNode()) {
      return text.append(", no call\n").toString();
    }
    boolean inStep = call.path("attached").path("inStep").asBoolean();
    text.append(", call ").append(Answers.text(call, "call")).append('\n');
    Table table = new Table("FROM", "NAME", "VALUE");
    rows(table, inStep ? "attached" : "attached, its home is to hear", call.path("attached"));
    JsonNode record = call.path("record");
    rows(table, "record", record);
    if (record.has("state") && !Answers.text(record, "state").equals("found")) {
      table
          .row()
          .cell("record")
          .cell(Answers.text(record, "state"))
          .cell(record.path("problem").asText());
    }
    return text.append(table.render(coloured)).toString();
  }

  private static void rows(Table table, String from, JsonNode of) {
    for (JsonNode one : of.path("items")) {
      table
          .row()
          .cell(from)
          .cell(Answers.text(one, "name"), Colours.CYAN)
          .cell(one.has("value") ? Answers.text(one, "value") : "(not shown)");
    }
  }

  @Command(
      name = "desktop-token",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a token for an agent's desktop, which shows what is for that agent and nothing else.",
        "The token that it had before is void."
      })
  static final class Token implements Callable<Integer> {
    @Mixin private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "AGENT", description = "Id of the agent")
    private String agent = "";

    @Override
    public Integer call() {
      JsonNode made = api.client().post(path(agent) + "-token", Optional.empty());
      api.out().println(api.json() ? made.toPrettyString() : Answers.text(made, "token"));
      return ExitCode.OK;
    }
  }
}
