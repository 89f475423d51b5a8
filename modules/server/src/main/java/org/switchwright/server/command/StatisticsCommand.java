package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "statistics",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what was counted and measured in an interval, by queue, skill and agent;",
      "or with --score-estimates how good estimates of the wait were."
    })
final class StatisticsCommand extends Query {
  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "One that the server watches, by what it has reported; default: its own")
  private Optional<String> site = Optional.empty();

  @Option(
      names = {"-w", "--window"},
      paramLabel = "WINDOW",
      description = "last-5-minutes, quarter-hour, half-hour or day (default)")
  private Optional<String> window = Optional.empty();

  @Option(names = "--from", paramLabel = "TIME", description = "Such as 2026-11-22T10:00:00Z")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", description = "The first instant after it")
  private Optional<String> to = Optional.empty();

  @Option(
      names = {"-t", "--target"},
      paramLabel = "SECONDS",
      description = "Within which a call is to be answered (default: 20)")
  private Optional<Integer> target = Optional.empty();

  @Option(
      names = "--short-abandon",
      paramLabel = "SECONDS",
      description = "Who leaves sooner had no interest in an answer (default: 0)")
  private Optional<Integer> shortAbandon = Optional.empty();

  @Option(
      names = {"-l", "--service-level"},
      paramLabel = "NAME",
      description = "Which definition the table shows (default: asterisk-sl2); -o json has all")
  private String level = "asterisk-sl2";

  @Option(names = "--journal", description = "Compute it anew from the whole journal")
  private boolean journal;

  @Option(
      names = "--score-estimates",
      description = "Compare what each formula would have told with what callers then waited")
  private boolean estimates;

  @Override
  String path() {
    StringBuilder path =
        new StringBuilder("/api/v1/statistics").append(estimates ? "/estimates?" : "?");
    add(path, "window", window);
    add(path, "from", from);
    add(path, "to", to);
    if (!estimates) {
      add(path, "site", site);
      add(path, "target", target.map(Object::toString));
      add(path, "short-abandon", shortAbandon.map(Object::toString));
      add(path, "source", journal ? Optional.of("journal") : Optional.empty());
    }
    return path.toString();
  }

  private static void add(StringBuilder path, String name, Optional<String> value) {
    value.ifPresent(it -> {
      path.append(path.charAt(path.length() - 1) == '?' ? "" : "&").append(name).append('=');
      path.append(URLEncoder.encode(it, StandardCharsets.UTF_8));
    });
  }

  @Override
  String table(JsonNode answer, boolean coloured) {
    return estimates ? scores(answer, coloured) : statistics(answer, coloured);
  }

  private String statistics(JsonNode answer, boolean coloured) {
    return "Site "
        + Answers.text(answer, "site")
        + basis(answer)
        + ", from "
        + Answers.text(answer, "from")
        + " to "
        + Answers.text(answer, "to")
        + " ("
        + Answers.text(answer, "zone")
        + "); "
        + level
        + " = "
        + answer.path("formulas").path(level).asText("no such definition")
        + ", target "
        + answer.path("targetMs").asLong() / 1_000
        + " s\n\n"
        + calls(answer, level, coloured)
        + "\n"
        + agents(answer, coloured);
  }

  private static String basis(JsonNode answer) {
    return switch (Answers.text(answer, "basis")) {
      case "live" -> "";
      case "estimated" ->
          " (not live: as reported until " + Answers.text(answer, "reportedAt") + ")";
      default -> " (nothing is known of it)";
    };
  }

  static String calls(JsonNode answer, String level, boolean coloured) {
    Table table =
        new Table(
            "QUEUE OR SKILL",
            "OFFERED",
            "ANSWERED",
            "ABANDONED",
            "OVERFLOWED",
            "LEVEL %",
            "WAIT",
            "WAIT P90",
            "TALK",
            "HANDLE");
    answer
        .path("queues")
        .forEach(it -> row(table, Answers.text(it, "queue"), it.path("calls"), level));
    answer
        .path("skills")
        .forEach(it -> row(table, "skill " + Answers.text(it, "skill"), it.path("calls"), level));
    row(table, "all", answer.path("total"), level);
    return table.render(coloured);
  }

  private static void row(Table table, String name, JsonNode calls, String level) {
    table
        .row()
        .cell(name, Colours.CYAN)
        .count(calls.path("offered"))
        .count(calls.path("answered"))
        .count(calls.path("abandoned"))
        .count(calls.path("overflowed"))
        .cell(decimal(calls.path("serviceLevels").path(level)))
        .cell(span(calls.path("answeredWait").path("meanMs")))
        .cell(span(calls.path("answeredWait").path("p90Ms")))
        .cell(span(calls.path("talk").path("meanMs")))
        .cell(span(calls.path("handle").path("meanMs")));
  }

  private static String agents(JsonNode answer, boolean coloured) {
    Table table =
        new Table(
            "AGENT",
            "HANDLED",
            "MISSED",
            "REJECTED",
            "TALK",
            "HANDLE",
            "OCCUPANCY %",
            "READY",
            "TALKING",
            "WRAP-UP",
            "NOT READY");
    for (JsonNode agent : answer.path("agents")) {
      JsonNode times = agent.path("timesMs");
      table
          .row()
          .cell(Answers.text(agent, "agent"), Colours.CYAN)
          .count(agent.path("handled"))
          .count(agent.path("offers").path("missed"))
          .count(agent.path("offers").path("rejected"))
          .cell(span(agent.path("talk").path("meanMs")))
          .cell(span(agent.path("handle").path("meanMs")))
          .cell(decimal(agent.path("occupancies").path("avaya-occupancy")))
          .cell(span(times.path("ready")))
          .cell(span(times.path("talking")))
          .cell(span(times.path("wrapping-up")))
          .cell(span(times.path("not-ready")));
    }
    return table.render(coloured);
  }

  private static String scores(JsonNode answer, boolean coloured) {
    Table table =
        new Table(
            "QUEUE", "FORMULA", "TOLD", "UNKNOWN", "MEAN ERROR s", "BIAS s", "RMS s", "IN 90% %");
    answer
        .path("queues")
        .forEach(queue -> scores(table, Answers.text(queue, "queue"), queue.path("scores")));
    scores(table, "all", answer.path("total"));
    return table.render(coloured)
        + "Compared: "
        + answer.path("answered").asLong()
        + " callers who waited and were answered; "
        + answer.path("notAnswered").asLong()
        + " left otherwise and cannot be.\n";
  }

  private static void scores(Table table, String queue, JsonNode scores) {
    for (JsonNode score : scores) {
      JsonNode coverage = score.path("intervalCoverage");
      table
          .row()
          .cell(queue, Colours.CYAN)
          .cell(Answers.text(score, "formula"))
          .count(score.path("told"))
          .count(score.path("unknown"))
          .cell(decimal(score.path("meanAbsoluteErrorSeconds")))
          .cell(decimal(score.path("biasSeconds")))
          .cell(decimal(score.path("rootMeanSquareErrorSeconds")))
          .cell(
              coverage.isNumber()
                  ? String.format(Locale.ROOT, "%.1f", 100 * coverage.asDouble())
                  : "-");
    }
  }

  /** What is absent is unknown. */
  static String decimal(JsonNode number) {
    return number.isNumber() ? String.format(Locale.ROOT, "%.1f", number.asDouble()) : "-";
  }

  private static String span(JsonNode ms) {
    return ms.isNumber() ? Answers.spanMs(ms) : "-";
  }
}
