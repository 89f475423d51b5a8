package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = "Says for an agent what the agent could say.",
    subcommands = {
      AgentCommand.LogIn.class,
      AgentCommand.LogOut.class,
      AgentCommand.Ready.class,
      AgentCommand.NotReady.class,
      AgentCommand.EndWrapUp.class,
      AgentCommand.ExtendWrapUp.class
    })
final class AgentCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Expected login, logout, ready, not-ready, end-wrap-up or extend-wrap-up");
  }

  /** One verb of the API. */
  abstract static class Verb implements Callable<Integer> {
    @Mixin private ApiOptions api = new ApiOptions();

    @Parameters(index = "0", paramLabel = "AGENT", description = "Id of the agent")
    private String agent = "";

    private final String verb;

    Verb(String verb) {
      this.verb = verb;
    }

    Optional<String> body() {
      return Optional.empty();
    }

    @Override
    public Integer call() {
      JsonNode answer =
          api.client().post("/api/v1/agents/" + Paths.segment(agent) + "/" + verb, body());
      boolean already = Answers.text(answer, "outcome").equals("already-done");
      api.out()
          .println(
              api.json()
                  ? answer.toPrettyString()
                  : agent + ": " + verb + (already ? " (it was so already)" : ""));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "login",
      mixinStandardHelpOptions = true,
      description = "Logs in, not ready at first.")
  static final class LogIn extends Verb {
    LogIn() {
      super("login");
    }
  }

  @Command(
      name = "logout",
      mixinStandardHelpOptions = true,
      description = "Logs out; a call that is up goes on.")
  static final class LogOut extends Verb {
    LogOut() {
      super("logout");
    }
  }

  @Command(name = "ready", mixinStandardHelpOptions = true, description = "Takes calls.")
  static final class Ready extends Verb {
    Ready() {
      super("ready");
    }
  }

  @Command(
      name = "not-ready",
      mixinStandardHelpOptions = true,
      description = "Takes no calls, for one of the site's reasons.")
  static final class NotReady extends Verb {
    @Parameters(index = "1", paramLabel = "REASON", description = "One of site.not-ready-reasons")
    private String reason = "";

    NotReady() {
      super("not-ready");
    }

    @Override
    Optional<String> body() {
      return Optional.of(JsonNodeFactory.instance.objectNode().put("reason", reason).toString());
    }
  }

  @Command(
      name = "end-wrap-up",
      mixinStandardHelpOptions = true,
      description = "Ends after-call work early.")
  static final class EndWrapUp extends Verb {
    EndWrapUp() {
      super("end-wrap-up");
    }
  }

  @Command(
      name = "extend-wrap-up",
      mixinStandardHelpOptions = true,
      description = "Makes after-call work longer, up to the site's longest.")
  static final class ExtendWrapUp extends Verb {
    @Parameters(index = "1", paramLabel = "SECONDS", description = "From when it would have ended")
    private int seconds;

    ExtendWrapUp() {
      super("extend-wrap-up");
    }

    @Override
    Optional<String> body() {
      return Optional.of(JsonNodeFactory.instance.objectNode().put("seconds", seconds).toString());
    }
  }
}
