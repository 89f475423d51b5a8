package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "agents",
    mixinStandardHelpOptions = true,
    description = "Shows the agents: state, since when, phone, call and skills.")
final class AgentsCommand extends Query {
  @Override
  String path() {
    return "/api/v1/agents?limit=500";
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    return of(answer, InstantSource.system().instant(), coloured);
  }

  static String of(JsonNode answer, Instant now, boolean coloured) {
    Table table = new Table("AGENT", "STATE", "FOR", "PHONE", "CALL", "SKILLS");
    for (JsonNode agent : answer.path("items")) {
      String state = state(agent);
      List<String> skills = new ArrayList<>();
      agent
          .path("skills")
          .properties()
          .forEach(skill -> skills.add(skill.getKey() + " " + skill.getValue().asInt()));
      table
          .row()
          .cell(Answers.text(agent, "agent"), Colours.CYAN)
          .cell(state, colour(state))
          .cell(Answers.ago(agent.path("since"), now))
          .cell(agent.path("registered").asBoolean() ? "registered" : "none")
          .cell(Answers.text(agent, "call"))
          .cell(String.join(", ", skills));
    }
    return table.render(coloured);
  }

  /** Work before wish: a talking agent talks, whatever comes after it. */
  static String state(JsonNode agent) {
    String work = Answers.text(agent, "work");
    if (!work.equals("free") && !work.isEmpty()) {
      return work;
    }
    String wish = Answers.text(agent, "wish");
    String reason = Answers.text(agent, "reason");
    return reason.isEmpty() ? wish : wish + " (" + reason + ")";
  }

  private static Colours colour(String state) {
    return switch (state) {
      case "ready" -> Colours.GREEN;
      case "talking", "reserved" -> Colours.YELLOW;
      case "logged-out" -> Colours.DIM;
      default -> Colours.PLAIN;
    };
  }
}
