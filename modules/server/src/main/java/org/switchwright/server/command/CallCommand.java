package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    description = "Tells about one call, sends its caller on, or gives it another priority.",
    subcommands = {
      CallCommand.Timeline.class,
      CallCommand.Transfer.class,
      CallCommand.Requeue.class,
      CallCommand.Prioritise.class,
      CallCommand.Attach.class,
      CallCommand.Consult.class,
      CallCommand.Confer.class,
      CallCommand.Complete.class,
      CallCommand.Retrieve.class
    })
final class CallCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Expected timeline, transfer, requeue, priority, attach, consult, conference, complete or"
            + " retrieve");
  }

  /** What is done to one call. */
  abstract static class OfCall extends Verb {
    @Parameters(index = "0", paramLabel = "CALL", description = "Id of the live call")
    private String call = "";

    OfCall(String verb) {
      super("calls", verb);
    }

    @Override
    String id() {
      return call;
    }
  }

  @Command(
      name = "transfer",
      mixinStandardHelpOptions = true,
      description = {
        "Sends the caller who talks to an agent on to a queue or another agent of the site.",
        "The agent's leg ends; the caller waits, with treatment, until the next one answers."
      })
  static final class Transfer extends OfCall {
    @Option(
        names = "--to",
        required = true,
        paramLabel = "QUEUE|agent:ID",
        description = "Where to")
    private String to = "";

    @Option(
        names = "--place",
        defaultValue = "kept",
        description = "kept: by the time of arrival; last: behind all who wait there")
    private String place = "kept";

    Transfer() {
      super("transfer");
    }

    @Override
    Optional<String> body() {
      return Optional.of(
          JsonNodeFactory.instance.objectNode().put("to", to).put("place", place).toString());
    }
  }

  @Command(
      name = "requeue",
      mixinStandardHelpOptions = true,
      description = "Sends the caller who talks to an agent back to the front of the queue.")
  static final class Requeue extends OfCall {
    Requeue() {
      super("requeue");
    }
  }

  @Command(
      name = "priority",
      mixinStandardHelpOptions = true,
      description = {
        "Gives a caller another priority; the place by the time of arrival stays.",
        "Of those who wait, the higher priority is served first, as the site's rules say."
      })
  static final class Prioritise extends OfCall {
    @Option(
        names = "--to",
        required = true,
        paramLabel = "PRIORITY",
        description = "0 to 1000; most calls have 0")
    private int to;

    @Option(
        names = "--by",
        defaultValue = "${sys:user.name}",
        paramLabel = "NAME",
        description = "Who wants it, for the journal; default: ${DEFAULT-VALUE}")
    private String by = "";

    Prioritise() {
      super("priority");
    }

    @Override
    Optional<String> body() {
      return Optional.of(
          JsonNodeFactory.instance.objectNode().put("priority", to).put("by", by).toString());
    }
  }

  @Command(
      name = "attach",
      mixinStandardHelpOptions = true,
      description = {
        "Attaches data to a call, for the desktop where it rings or is talked on.",
        "Strategies look at them when the caller is sent on."
      })
  static final class Attach extends OfCall {
    @Parameters(
        index = "1..*",
        arity = "1..16",
        paramLabel = "NAME=VALUE",
        description = "What to attach; an empty value takes NAME away")
    private Map<String, String> data = new TreeMap<>();

    @Option(
        names = "--by",
        defaultValue = "${sys:user.name}",
        paramLabel = "NAME",
        description = "Who wants it, for the journal; default: ${DEFAULT-VALUE}")
    private String by = "";

    Attach() {
      super("attached");
    }

    @Override
    Optional<String> body() {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("by", by);
      ObjectNode set = body.putObject("set");
      ArrayNode remove = body.putArray("remove");
      data.forEach((name, value) -> {
        if (value.isEmpty()) {
          remove.add(name);
        } else {
          set.put(name, value);
        }
      });
      return Optional.of(body.toString());
    }
  }

  @Command(
      name = "consult",
      mixinStandardHelpOptions = true,
      description = {
        "Lets the agent who talks to the caller ask another one; the caller hears treatment.",
        "Then complete gives the caller to whoever was asked, and retrieve takes the caller back."
      })
  static final class Consult extends OfCall {
    @Option(
        names = "--to",
        required = true,
        paramLabel = "QUEUE|agent:ID",
        description = "Whom to ask")
    private String to = "";

    Consult() {
      super("consult");
    }

    @Override
    Optional<String> body() {
      return Optional.of(JsonNodeFactory.instance.objectNode().put("to", to).toString());
    }
  }

  @Command(
      name = "conference",
      mixinStandardHelpOptions = true,
      description = {
        "Lets the caller into the conversation of the agent who asks and the one who was asked.",
        "They meet at the mixer that sip.conference.mixer names."
      })
  static final class Confer extends OfCall {
    Confer() {
      super("conference");
    }
  }

  @Command(
      name = "complete",
      mixinStandardHelpOptions = true,
      description = "Gives the caller to the agent who was asked and has answered.")
  static final class Complete extends OfCall {
    Complete() {
      super("complete");
    }
  }

  @Command(
      name = "retrieve",
      mixinStandardHelpOptions = true,
      description = "Gives the caller back to the agent who asked another one.")
  static final class Retrieve extends OfCall {
    Retrieve() {
      super("retrieve");
    }
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
