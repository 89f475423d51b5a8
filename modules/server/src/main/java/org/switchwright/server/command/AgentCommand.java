package org.switchwright.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import picocli.CommandLine.Command;
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
      AgentCommand.ExtendWrapUp.class,
      DesktopCommand.class,
      DesktopCommand.Token.class
    })
final class AgentCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Expected login, logout, ready, not-ready, end-wrap-up, extend-wrap-up, desktop or"
            + " desktop-token");
  }

  /** What is done to one agent. */
  abstract static class OfAgent extends Verb {
    @Parameters(index = "0", paramLabel = "AGENT", description = "Id of the agent")
    private String agent = "";

    OfAgent(String verb) {
      super("agents", verb);
    }

    @Override
    String id() {
      return agent;
    }
  }

  @Command(
      name = "login",
      mixinStandardHelpOptions = true,
      description = "Logs in, not ready at first.")
  static final class LogIn extends OfAgent {
    LogIn() {
      super("login");
    }
  }

  @Command(
      name = "logout",
      mixinStandardHelpOptions = true,
      description = "Logs out; a call that is up goes on.")
  static final class LogOut extends OfAgent {
    LogOut() {
      super("logout");
    }
  }

  @Command(name = "ready", mixinStandardHelpOptions = true, description = "Takes calls.")
  static final class Ready extends OfAgent {
    Ready() {
      super("ready");
    }
  }

  @Command(
      name = "not-ready",
      mixinStandardHelpOptions = true,
      description = "Takes no calls, for one of the site's reasons.")
  static final class NotReady extends OfAgent {
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
  static final class EndWrapUp extends OfAgent {
    EndWrapUp() {
      super("end-wrap-up");
    }
  }

  @Command(
      name = "extend-wrap-up",
      mixinStandardHelpOptions = true,
      description = "Makes after-call work longer, up to the site's longest.")
  static final class ExtendWrapUp extends OfAgent {
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
