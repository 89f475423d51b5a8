package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what was believed of a site at a moment at which its link was down,",
      "as it was told then: made anew from the journal."
    })
final class NetworkEstimateCommand extends Query {
  @Parameters(paramLabel = "SITE", description = "One that the server watches")
  private String site = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      required = true,
      description = "Such as 2026-11-22T10:00:00Z")
  private String at = "";

  @Override
  String path() {
    return "/api/v1/network/"
        + URLEncoder.encode(site, StandardCharsets.UTF_8)
        + "/estimate?at="
        + URLEncoder.encode(at, StandardCharsets.UTF_8);
  }

  /** Four hours of a cut are made again in about a quarter of a minute. */
  @Override
  Duration patience() {
    return Duration.ofMinutes(2);
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    return Answers.text(answer, "site")
        + ": "
        + (answer.has("estimate")
            ? EstimateLines.estimate(answer.path("estimate"), ZoneId.systemDefault())
            : "not estimated then: its link was up, or too little was known of its past")
        + "\n";
  }
}
