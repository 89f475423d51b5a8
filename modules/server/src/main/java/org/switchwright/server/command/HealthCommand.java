package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Says whether the server can do its work; exit code 3 when it cannot.")
final class HealthCommand implements Callable<Integer> {
  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    ApiClient.Answer answer = api.client().send("GET", "/health/ready", Optional.empty());
    if (api.json()) {
      api.out().println(answer.body().toPrettyString());
    } else {
      boolean coloured = Colours.wanted();
      Table table = new Table("CHECK", "OK", "DETAIL");
      for (JsonNode check : answer.body().path("checks")) {
        boolean ok = check.path("ok").asBoolean();
        table
            .row()
            .cell(Answers.text(check, "name"))
            .cell(ok ? "yes" : "NO", ok ? Colours.GREEN : Colours.RED)
            .cell(Answers.text(check, "detail"));
      }
      api.out().print(table.render(coloured));
      api.out().flush();
    }
    return answer.status() == 200 ? ExitCode.OK : ExitCode.DEGRADED;
  }
}
