package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.strategy.Examples;
import org.switchwright.strategy.TextCompiler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "strategy",
    mixinStandardHelpOptions = true,
    description = "Checks, tries and publishes routing strategies.",
    subcommands = {
      StrategyCommand.Check.class,
      StrategyCommand.Try.class,
      StrategyCommand.Publish.class,
      StrategyCommand.Show.class,
      StrategyCommand.Rollback.class,
      StrategyListCommand.class
    })
final class StrategyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Expected check, test, publish, list, show or rollback");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reports every fault of a strategy, with line and column; changes nothing.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The strategy")
    private Path file = Path.of("");

    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        description = "Configuration of the site: its queues, skills and music are checked too")
    private Optional<Path> configuration = Optional.empty();

    @Override
    public Integer call() {
      Optional<TextCompiler.Known> known =
          configuration.map(it ->
              NetworkCommand.read(Optional.of(it), List.of(), spec).configuration().site().known());
      Strategy strategy = StrategyFiles.compile(file, known, spec.commandLine().getErr());
      spec.commandLine()
          .getOut()
          .println(
              file
                  + " is right: strategy "
                  + strategy.id()
                  + " for "
                  + strategy.points().size()
                  + " routing points, naming "
                  + strategy.queues().size()
                  + " queues and "
                  + strategy.skills().size()
                  + " skills");
      return ExitCode.OK;
    }
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Tries a strategy by a file of examples, and says what differs.")
  static final class Try implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The strategy")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "EXAMPLES", description = "Calls, and what is expected")
    private Path examples = Path.of("");

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      Strategy strategy =
          StrategyFiles.compile(file, Optional.empty(), spec.commandLine().getErr());
      return switch (new Examples(examples.toString())
          .attempt(strategy, StrategyFiles.text(examples))) {
        case Examples.Outcome.Faulty faulty ->
            throw StrategyFiles.refused(faulty.faults(), spec.commandLine().getErr());
        case Examples.Outcome.Tried tried -> {
          int differing = 0;
          for (Examples.Result result : tried.results()) {
            boolean good = result.differences().isEmpty();
            differing += good ? 0 : 1;
            out.println((good ? "as expected  " : "DIFFERS      ") + result.name());
            result.differences().forEach(it -> out.println("  " + result.place() + ": " + it));
          }
          out.println(tried.results().size() + " examples, " + differing + " differ");
          yield differing == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
      };
    }
  }

  /** Who wants something, and why. */
  static final class Reason {
    @Option(
        names = "--why",
        required = true,
        paramLabel = "TEXT",
        description = "Why; kept in the journal")
    private String why = "";

    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "Who; kept in the journal. Default: the user of this shell")
    private String by = System.getProperty("user.name", "unknown");

    ObjectNode into(ObjectNode body) {
      return body.put("why", why).put("by", by);
    }
  }

  @Command(
      name = "publish",
      mixinStandardHelpOptions = true,
      description = "Puts a strategy into force for calls that come from now on.")
  static final class Publish implements Callable<Integer> {
    @Mixin private ApiOptions api = new ApiOptions();
    @Mixin private Reason reason = new Reason();

    @Parameters(paramLabel = "FILE", description = "The strategy")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      Strategy strategy = StrategyFiles.compile(file, Optional.empty(), api.err());
      StrategySource source = StrategyFiles.read(file);
      ObjectNode body =
          reason.into(JsonNodeFactory.instance.objectNode().put("text", source.text()));
      ObjectNode files = body.putObject("files");
      source.files().forEach(files::put);
      JsonNode answer = api.client().post("/api/v1/strategies", Optional.of(body.toString()));
      boolean already = Answers.text(answer, "outcome").equals("already-done");
      api.out()
          .println(
              api.json()
                  ? answer.toPrettyString()
                  : "Strategy "
                      + strategy.id()
                      + (already ? " is in force already" : " is in force for new calls"));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the text of a strategy's version.")
  static final class Show implements Callable<Integer> {
    @Mixin private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "Name of the strategy")
    private String name = "";

    @Option(names = "--version-number", paramLabel = "N", description = "Default: the one in force")
    private int version;

    @Override
    public Integer call() {
      JsonNode answer = api.client().get("/api/v1/strategies/" + Paths.segment(name));
      for (JsonNode one : answer.path("items")) {
        if (version == 0
            ? one.path("active").asBoolean()
            : one.path("version").asInt() == version) {
          api.out().println(api.json() ? one.toPrettyString() : Answers.text(one, "text"));
          return ExitCode.OK;
        }
      }
      throw new CommandFailed(
          ExitCode.FAILED, "Expected a version that is in force or named, but there is none.");
    }
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = {
        "Puts an earlier version into force again, at once.",
        "Calls that are here keep what they began with."
      })
  static final class Rollback implements Callable<Integer> {
    @Mixin private ApiOptions api = new ApiOptions();
    @Mixin private Reason reason = new Reason();

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the strategy")
    private String name = "";

    @Parameters(
        index = "1",
        paramLabel = "VERSION",
        description = "The version; 0 for none: calls go by their routing point's queue")
    private int version;

    @Override
    public Integer call() {
      ObjectNode body = reason.into(JsonNodeFactory.instance.objectNode().put("version", version));
      JsonNode answer =
          api.client()
              .post(
                  "/api/v1/strategies/" + Paths.segment(name) + "/activate",
                  Optional.of(body.toString()));
      boolean already = Answers.text(answer, "outcome").equals("already-done");
      api.out()
          .println(
              api.json()
                  ? answer.toPrettyString()
                  : (version == 0
                          ? "No version of strategy " + name
                          : "Version " + version + " of strategy " + name)
                      + (already ? " was in force already" : " is in force for new calls"));
      return ExitCode.OK;
    }
  }
}
