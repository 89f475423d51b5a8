package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What sites are believed to be like whose links are down, a line for each. */
final class EstimateLines {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private EstimateLines() {}

  /**
   * @param zone in which times are told
   */
  static String of(JsonNode network, ZoneId zone) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode site : network.path("items")) {
      if (site.has("lastScore")) {
        lines.append(Answers.text(site, "site")).append(": ");
        lines.append(score(site.path("lastScore"), zone)).append('\n');
      }
      boolean down = Answers.text(site.path("link"), "state").equals("down");
      if (!down || !Answers.text(site, "basis").equals("estimated")) {
        continue;
      }
      lines.append(Answers.text(site, "site")).append(": ");
      lines.append(
          site.has("estimate")
              ? estimate(site.path("estimate"), zone)
              : "its last report is carried on; too little is known of its past to estimate it");
      lines.append('\n');
    }
    return lines.isEmpty() ? "" : "\n" + lines;
  }

  static String estimate(JsonNode estimate, ZoneId zone) {
    List<String> figures = new ArrayList<>();
    for (JsonNode figure : estimate.path("figures")) {
      figures.add(figure(figure));
    }
    return "estimated "
        + String.join(", ", figures)
        + "; link down "
        + TIME.format(Instant.parse(Answers.text(estimate, "cutAt")).atZone(zone))
        + (estimate.path("bySchedule").asBoolean() ? ", by its schedule" : "")
        + ", from "
        + estimate.path("similarDays").asInt()
        + " similar days"
        + (estimate.path("learned").asBoolean() ? "" : " and the last report alone");
  }

  /** Of the last horizon that the cut lasted for. */
  private static String score(JsonNode score, ZoneId zone) {
    int longest = 0;
    for (JsonNode figure : score.path("figures")) {
      longest = Math.max(longest, figure.path("horizonMinutes").asInt());
    }
    List<String> figures = new ArrayList<>();
    for (JsonNode figure : score.path("figures")) {
      if (figure.path("horizonMinutes").asInt() == longest) {
        boolean share = Answers.text(figure, "unit").equals("share");
        figures.add(
            figure(figure)
                + " was "
                + whole((share ? 100 : 1) * figure.path("truth").asDouble())
                + (share ? "%" : ""));
      }
    }
    return "last cut at "
        + TIME.format(Instant.parse(Answers.text(score, "cutAt")).atZone(zone))
        + (score.path("bySchedule").asBoolean() ? ", by its schedule" : "")
        + ": after "
        + longest
        + " min "
        + String.join(", ", figures);
  }

  /** Such as: waiting 4 (1 to 9); a share in per cent. */
  private static String figure(JsonNode figure) {
    boolean share = Answers.text(figure, "unit").equals("share");
    String unit =
        switch (Answers.text(figure, "unit")) {
          case "s" -> " s";
          case "share" -> "%";
          default -> "";
        };
    double times = share ? 100 : 1;
    return Answers.text(figure, "quantity").replace('-', ' ')
        + " "
        + whole(times * figure.path("median").asDouble())
        + unit
        + " ("
        + whole(times * figure.path("low").asDouble())
        + " to "
        + whole(times * figure.path("high").asDouble())
        + ")";
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
