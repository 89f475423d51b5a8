package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    description = "Tells about one call.",
    subcommands = CallCommand.Timeline.class)
final class CallCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Expected: call timeline CALL");
  }

  @Command(
      name = "timeline",
      mixinStandardHelpOptions = true,
      description = "Everything that happened to a call, with decisions and SIP ladder.")
  static final class Timeline extends Query {
    @Parameters(paramLabel = "CALL", description = "Id of the call, live or past")
    private String call = "";

    @Option(names = "--clear", description = "Show personal data that has not been erased")
    private boolean clear;

    @Override
    String path() {
      return "/api/v1/calls/" + Paths.segment(call) + "/timeline" + (clear ? "?clear=true" : "");
    }

    @Override
    String table(JsonNode answer, boolean coloured) {
      StringBuilder text = new StringBuilder();
      for (JsonNode moment : answer.path("moments")) {
        text.append(
            Colours.DIM.paint(
                String.format(Locale.ROOT, "%10.3f s  ", moment.path("afterMs").asLong() / 1_000.0),
                coloured));
        text.append(Answers.text(moment, "sentence")).append('\n');
        if (moment.has("decision")) {
          text.append(ExplainCommand.choice(moment.path("decision"), "              ", coloured));
        }
      }
      String ladder = Answers.text(answer, "ladderText");
      return ladder.isEmpty() ? text.toString() : text + "\n" + ladder.stripTrailing() + "\n";
    }
  }
}
