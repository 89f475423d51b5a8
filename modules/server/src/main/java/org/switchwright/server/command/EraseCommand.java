package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = "Erases the personal data of an interaction for good.",
    footer = "Decisions, replay and statistics go on without it. Refused while the call is live.")
final class EraseCommand implements Callable<Integer> {
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(paramLabel = "INTERACTION", description = "Id of the interaction, such as i-c7f...")
  private String interaction = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; needed where there is no terminal")
  private boolean yes;

  @Override
  public Integer call() {
    String id = Paths.segment(interaction);
    if (!yes && !confirmed(id)) {
      api.err().println("Nothing was erased.");
      return ExitCode.FAILED;
    }
    JsonNode answer = api.client().delete("/api/v1/interactions/" + id + "/personal-data");
    boolean already = Answers.text(answer, "outcome").equals("already-done");
    api.out()
        .println(
            api.json()
                ? answer.toPrettyString()
                : already ? "It was erased already." : "Erased for good.");
    return ExitCode.OK;
  }

  private static boolean confirmed(String id) {
    if (!Colours.terminal()) {
      throw new CommandFailed(ExitCode.USAGE, "Expected --yes where nobody can be asked");
    }
    Console console = Objects.requireNonNull(System.console());
    String answer = console.readLine("Erase the personal data of %s for good? Type yes: ", id);
    return "yes".equals(answer);
  }
}
