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
          .cell(Long.toString(waiting), waiting > 0 ? Colours.YELLOW : Colours.PLAIN)
          .cell(Answers.ago(queue.path("oldestSince"), now))
          .cell(queue.path("agentsLoggedIn").asLong())
          .cell(Long.toString(ready), ready > 0 ? Colours.GREEN : Colours.PLAIN)
          .cell(today.path("offered").asLong())
          .cell(today.path("answered").asLong())
          .cell(today.path("abandoned").asLong())
          .cell(today.path("overflowed").asLong());
    }
    return table.render(coloured);
  }
}
