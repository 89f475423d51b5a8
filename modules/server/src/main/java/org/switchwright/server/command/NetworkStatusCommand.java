package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the sites that the server watches: links, figures, and what they rest on.")
final class NetworkStatusCommand extends Query {
  @Override
  String path() {
    return "/api/v1/network";
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    return of(answer, InstantSource.system().instant(), coloured);
  }

  static String of(JsonNode answer, Instant now, boolean coloured) {
    Table table =
        new Table(
            "SITE",
            "LINK",
            "SINCE",
            "CALLS",
            "FIGURES",
            "AGE",
            "WAITING",
            "TALKING",
            "READY",
            "LOGGED IN",
            "REPORTED",
            "BEHIND",
            "CLOCK");
    for (JsonNode site : answer.path("items")) {
      JsonNode link = site.path("link");
      String state = Answers.text(link, "state");
      String basis = Answers.text(site, "basis");
      String trouble = Answers.text(link, "trouble");
      table
          .row()
          .cell(Answers.text(site, "site"), Colours.CYAN)
          .cell(
              trouble.isEmpty() ? state : state + " (" + trouble + ")",
              state.equals("up") ? Colours.GREEN : Colours.RED)
          .cell(Answers.ago(link.path("since"), now))
          .cell(calls(site.path("sent")), path(site).equals("open") ? Colours.GREEN : Colours.RED)
          .cell(basis, basis.equals("live") ? Colours.GREEN : Colours.YELLOW)
          .cell(site.has("ageMs") ? Answers.spanMs(site.path("ageMs")) : "-")
          .count(site.path("callsWaiting"))
          .count(site.path("callsTalking"))
          .count(site.path("agentsReady"))
          .count(site.path("agentsLoggedIn"))
          .count(link.path("reported"))
          .count(link.path("behind"))
          .cell(skew(link.path("skewMs")));
    }
    return table.render(coloured) + EstimateLines.of(answer, ZoneId.systemDefault());
  }

  private static String path(JsonNode site) {
    return Answers.text(site.path("sent"), "path");
  }

  /** How many have been sent there and ring, and talk; or that none gets there. */
  private static String calls(JsonNode sent) {
    String counts =
        Answers.count(sent.path("inTransition")) + " + " + Answers.count(sent.path("talking"));
    return Answers.text(sent, "path").equals("failed") ? counts + " (failed)" : counts;
  }

  /** How far the site's clock is ahead of the controller's. */
  private static String skew(JsonNode ms) {
    return ms.isIntegralNumber() ? (ms.asLong() < 0 ? "" : "+") + seconds(ms.asLong()) : "-";
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f s", Duration.ofMillis(ms).toMillis() / 1e3);
  }
}
