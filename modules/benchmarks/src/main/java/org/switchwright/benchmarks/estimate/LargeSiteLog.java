package org.switchwright.benchmarks.estimate;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.SiteHistory;

/** Writes the call log of a {@link LargeSite}, and its map, into a folder: a backtest's input. */
public final class LargeSiteLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private LargeSiteLog() {}

  public static void main(String[] arguments) throws Exception {
    Path folder =
        Files.createDirectories(Path.of(System.getProperty("folder", "target/large-site")));
    LocalDate first = LocalDate.parse(System.getProperty("first", "2025-01-01"));
    List<CallRecord> calls =
        new LargeSite(Long.getLong("seed", 1L)).calls(first, Integer.getInteger("days", 365));
    Files.writeString(
        folder.resolve("map.conf"),
        """
        zone = "UTC"
        delimited {
          time-pattern = "yyyy-MM-dd HH:mm:ss"
          entered = entered, answered = answered, ended = ended
          agent { column = agent }
          queue = queue
        }
        """);
    try (BufferedWriter log = Files.newBufferedWriter(folder.resolve("calls.csv"))) {
      log.write("entered,queue,agent,answered,ended\n");
      for (CallRecord call : calls) {
        log.write(
            String.join(
                ",",
                text(call.enteredMs()),
                call.queue(),
                call.agent(),
                call.answered() ? text(call.answeredMs()) : "",
                text(call.endedMs())));
        log.write('\n');
      }
    }
    System.out.println(Figures.of(calls).text());
  }

  private static String text(long ms) {
    return TIME.format(Instant.ofEpochMilli(ms));
  }

  /** What a log is like. */
  record Figures(
      int calls, double abandonedShare, double waitSeconds, double overlapping, double loggedIn) {
    static Figures of(List<CallRecord> calls) {
      SiteHistory history = SiteHistory.of(calls, ZoneOffset.UTC);
      Map<String, CallRecord> last = new HashMap<>();
      int answered = 0;
      int overlapping = 0;
      double waited = 0;
      for (CallRecord call :
          calls.stream().sorted(Comparator.comparingLong(CallRecord::answeredMs)).toList()) {
        waited += (Math.min(call.answeredMs(), call.endedMs()) - call.enteredMs()) / 1_000.0;
        if (call.answered()) {
          answered++;
          CallRecord before = last.put(call.agent(), call);
          overlapping += before != null && before.endedMs() > call.answeredMs() ? 1 : 0;
        }
      }
      double agents = 0;
      int open = 0;
      for (long at = calls.getFirst().enteredMs();
          at < calls.getLast().enteredMs();
          at += 600_000) {
        int there = history.loggedIn(at);
        agents += there;
        open += there > 0 ? 1 : 0;
      }
      return new Figures(
          calls.size(),
          1 - (double) answered / calls.size(),
          waited / calls.size(),
          (double) overlapping / answered,
          agents / open);
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "%d calls, %.1f%% given up, mean wait %.0f s, %.1f%% overlap the agent's next, %.1f agents",
          calls,
          100 * abandonedShare,
          waitSeconds,
          100 * overlapping,
          loggedIn);
    }
  }
}
