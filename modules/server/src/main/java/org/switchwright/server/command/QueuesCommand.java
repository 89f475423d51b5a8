package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import picocli.CommandLine.Command;

@Command(
    name = "queues",
    mixinStandardHelpOptions = true,
    description = "Shows the queues: who waits, who could serve, and what today brought.")
final class QueuesCommand extends Query {
  @Override
  String path() {
    return "/api/v1/queues?limit=500";
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    return of(answer, InstantSource.system().instant(), coloured);
  }

  static String of(JsonNode answer, Instant now, boolean coloured) {
    Table table =
        new Table(
            "QUEUE",
            "WAITING",
            "OLDEST",
            "LOGGED IN",
            "READY",
            "OFFERED",
            "ANSWERED",
            "ABANDONED",
            "OVERFLOWED");
    for (JsonNode queue : answer.path("items")) {
      JsonNode today = queue.path("today");
      long waiting = queue.path("waiting").asLong();
      long ready = queue.path("agentsReady").asLong();
      table
          .row()
          .cell(Answers.text(queue, "queue"), Colours.CYAN)
          .cell(Answers.count(queue.path("waiting")), waiting > 0 ? Colours.YELLOW : Colours.PLAIN)
          .cell(Answers.ago(queue.path("oldestSince"), now))
          .count(queue.path("agentsLoggedIn"))
          .cell(Answers.count(queue.path("agentsReady")), ready > 0 ? Colours.GREEN : Colours.PLAIN)
          .count(today.path("offered"))
          .count(today.path("answered"))
          .count(today.path("abandoned"))
          .count(today.path("overflowed"));
    }
    return table.render(coloured);
  }
}
