package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "links",
    mixinStandardHelpOptions = true,
    description = "Shows which controllers may follow this site.")
final class NetworkLinksCommand extends Query {
  static final String PATH = "/api/v1/status/links";

  @Override
  String path() {
    return PATH;
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    Table table = new Table("CONTROLLER", "SINCE");
    for (JsonNode one : answer.path("items")) {
      table.row().cell(Answers.text(one, "name"), Colours.CYAN).cell(Answers.text(one, "since"));
    }
    return table.render(coloured);
  }

  @Command(
      name = "admit",
      mixinStandardHelpOptions = true,
      description = {
        "Lets a controller follow this site, and prints what to put where at the controller.",
        "A token that it had before is void."
      })
  static final class Admit implements Callable<Integer> {
    @Mixin private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "What this site calls the controller")
    private String name = "";

    @Override
    public Integer call() {
      ApiClient client = api.client();
      JsonNode made =
          client.post(
              PATH,
              Optional.of(JsonNodeFactory.instance.objectNode().put("name", name).toString()));
      if (api.json()) {
        api.out().println(made.toPrettyString());
        return ExitCode.OK;
      }
      String site = Answers.text(made, "site");
      api.out()
          .printf(
              """
              %1$s may follow site %2$s now. At the controller:

                1. put this token, which is told only now, into a file of the server's user alone
                   (umask 077; cat > %2$s.token):

              %3$s

                2. put this into its configuration, and start it again:

              switchwright.network.sites.%2$s {
                url = "%4$s"   # as it is reached from there
                token-file = "%2$s.token"
              }
              """,
              name, site, Answers.text(made, "token"), client.url());
      return ExitCode.OK;
    }
  }

  @Command(
      name = "dismiss",
      mixinStandardHelpOptions = true,
      description = "Makes a controller's token void; nodes find out within 10 s.")
  static final class Dismiss implements Callable<Integer> {
    @Mixin private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "As it was admitted")
    private String name = "";

    @Override
    public Integer call() {
      JsonNode answer = api.client().delete(PATH + "/" + Paths.segment(name));
      api.out().println(api.json() ? answer.toPrettyString() : name + ": dismissed");
      return ExitCode.OK;
    }
  }
}
