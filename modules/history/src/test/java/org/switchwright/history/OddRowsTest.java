package org.switchwright.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.network.LoadedCall;

/** Whatever a row is like, the others count. */
class OddRowsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HEADER = "entered,queue,agent,answered,ended\n";
  private static final String GOOD =
      "2025-07-01 09:00:00,help,ann,2025-07-01 09:00:10,2025-07-01 09:05:00\n";
  private static final CallRecord CALL =
      new CallRecord(
          ms("2025-07-01T07:00:00Z"),
          ms("2025-07-01T07:00:10Z"),
          ms("2025-07-01T07:05:00Z"),
          "ann",
          "help",
          0);

  @TempDir private Path folder;

  @Test
  void shouldLeaveOutWhatNoHistoryOfASiteCanHave() throws Exception {
    String endless = "x".repeat(LoadedCall.MAX_NAME + 1);

    CallLog log =
        read(
            GOOD.replace("ann", endless)
                + GOOD.replace("help", endless)
                + GOOD.replace("ann", "a\u0007nn")
                + GOOD.replace("2025-", "2026-")
                + GOOD.replace("2025-", "9999-")
                + GOOD.replace("2025-", "1969-")
                + GOOD.replace("2025-", "+999999999-")
                + GOOD);

    assertThat(log.calls()).containsExactly(CALL);
    assertThat(log.faulty()).isEqualTo(7);
    assertThat(log.faults())
        .containsExactly(
            "log.csv:2: expected a name of an agent of at most 100 characters without control"
                + " characters, but got one of 101",
            "log.csv:3: expected a name of a queue of at most 100 characters without control"
                + " characters, but got one of 101",
            "log.csv:4: expected a name of an agent of at most 100 characters without control"
                + " characters, but got one of 4",
            "log.csv:5: expected a call from 1970 up to now, but got one from 2026-07-01T07:00:00Z"
                + " to 2026-07-01T07:05:00Z",
            "log.csv:6: expected a call from 1970 up to now, but got one from 9999-07-01T07:00:00Z"
                + " to 9999-07-01T07:05:00Z",
            "log.csv:7: expected a call from 1970 up to now, but got one from 1969-07-01T08:00:00Z"
                + " to 1969-07-01T08:05:00Z",
            "log.csv:8: expected a time in answered as the map says, but got"
                + " \"+999999999-07-01 09:00:10\"");
    log.calls().forEach(call -> LoadedCall.of(call, 0));
  }

  @Test
  void shouldLeaveOutWhatNoHistoryCanHaveOfAQueueLogToo() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("queue_log"),
            """
            1393297123|a.1|support|NONE|ENTERQUEUE||43001|1
            1393297150|a.1|support|NONE|ABANDON|1|1|20
            9393297123|a.2|support|NONE|ENTERQUEUE||43001|1
            9393297150|a.2|support|NONE|ABANDON|1|1|20
            """);
    Path map = Files.writeString(folder.resolve("q.conf"), "zone = UTC\nasterisk-queue-log {}\n");

    CallLog log = CallLog.read(List.of(file), CallLogMap.read(map), NOW);

    assertThat(log.calls()).hasSize(1);
    assertThat(log.faults()).hasSize(1).first().asString().contains("queue_log:4: expected a call");
  }

  @Test
  void shouldLoseOneLineByAStrayQuote() throws Exception {
    CallLog log =
        read(
            "\"x\"y,help,ann,2025-07-01 09:00:10,2025-07-01 09:05:00\n"
                + GOOD
                + "\"2025-07-01 09:00:00,help,ann,2025-07-01 09:00:10,2025-07-01 09:05:00\n"
                + GOOD
                + GOOD.replace("help", "\"the \"\"help\"\" desk, 2\"")
                + GOOD.replace("help", "5\" screens")
                + GOOD.replace("help", "\"help"));

    assertThat(log.calls())
        .extracting(CallRecord::queue)
        .containsExactly("help", "help", "the \"help\" desk, 2", "5\" screens");
    assertThat(log.rows()).isEqualTo(7);
    assertThat(log.faults())
        .containsExactly(
            "log.csv:2: expected each quoted value to end with a quote, and then a delimiter",
            "log.csv:4: expected each quoted value to end with a quote, and then a delimiter",
            "log.csv:8: expected each quoted value to end with a quote, and then a delimiter");
  }

  /** Two of them make a text of many lines, which are no row taken together. */
  @Test
  void shouldLoseTwoLinesByTwoStrayQuotes() throws Exception {
    CallLog log =
        read(GOOD.replace("help", "\"help") + GOOD + GOOD.replace("help", "he\",\"lp") + GOOD);

    assertThat(log.calls()).containsExactly(CALL, CALL);
    assertThat(log.faults())
        .containsExactly(
            "log.csv:2: expected each quoted value to end with a quote, and then a delimiter",
            "log.csv:4: expected each quoted value to end with a quote, and then a delimiter");
  }

  @Test
  void shouldReadValuesOfSomeLines() throws Exception {
    String all = GOOD.replace("ann", "\"ann\"").replace("help", "\"a\n\nb\"") + GOOD;

    CallLog log = read(all.replace("a\n\nb", " help\n") + "what\n");

    assertThat(log.calls()).containsExactly(CALL, CALL);
    assertThat(log.faults())
        .containsExactly("log.csv:5: expected as many values as columns, but got 1");
    assertThat(read(all).faults()).hasSize(1).first().asString().contains("control characters");
    String endless =
        GOOD.replace("help", "\"he" + "\n".repeat(DelimitedLines.MAX_LINES + 1) + "\"");
    assertThat(read(endless + GOOD).calls()).containsExactly(CALL);
  }

  @Test
  void shouldTakeQuotesForWhatTheyAreWhereTheMapSaysSo() throws Exception {
    Path map = map("quotes = no");
    Path file = Files.writeString(folder.resolve("log.csv"), HEADER + GOOD.replace("help", "\"h"));

    assertThat(CallLog.read(List.of(file), CallLogMap.read(map), NOW).calls())
        .extracting(CallRecord::queue)
        .containsExactly("\"h");
  }

  @Test
  void shouldReadAfterAByteOrderMark() throws Exception {
    Path file = folder.resolve("log.csv");
    Files.write(file, ("\uFEFF" + HEADER + GOOD).getBytes(StandardCharsets.UTF_8));

    assertThat(CallLog.read(List.of(file), CallLogMap.read(map("")), NOW).calls())
        .containsExactly(CALL);
  }

  @Test
  void shouldLeaveOutWhoOnlyTalkedToAMenu() throws Exception {
    CallLog log =
        read(
            """
            ,help,,,2025-07-01 09:05:00
            ,help,ann,2025-07-01 09:00:10,2025-07-01 09:05:00
            """);

    assertThat(log.leftOut()).isEqualTo(1);
    assertThat(log.faults()).containsExactly("log.csv:3: expected a time in [entered]");
  }

  @Test
  void shouldCountNoMoreCallsThatDoNotDifferThanAHistoryCanHave() throws Exception {
    CallLog log = read(GOOD.repeat(LoadedCall.MAX_COPIES + 3) + GOOD.replace("help", "sales"));

    assertThat(log.calls()).hasSize(LoadedCall.MAX_COPIES + 1);
    assertThat(log.faulty()).isEqualTo(3);
    assertThat(log.faults())
        .containsExactly(
            "expected at most 10000 calls that do not differ, but got 10003 that entered at"
                + " 2025-07-01T07:00:00Z");
  }

  @Test
  void shouldRefuseAColumnThatIsNoneOfQueuesOrAgents() throws Exception {
    StringBuilder queues = new StringBuilder();
    StringBuilder agents = new StringBuilder();
    for (int i = 0; i <= CallLog.MAX_AGENTS; i++) {
      queues.append(GOOD.replace("help", "call-" + i));
      agents.append(GOOD.replace("ann", "call-" + i));
    }

    assertThatThrownBy(() -> read(queues.toString()))
        .isInstanceOf(CallLogRefused.class)
        .hasMessage(
            "Expected at most 3000 queues, but the logs have more; is \"queue\" (queue of the map)"
                + " the column of the queue?");
    assertThatThrownBy(() -> read(agents.toString()))
        .isInstanceOf(CallLogRefused.class)
        .hasMessage(
            "Expected at most 20000 agents, but the logs have more; is \"agent\" (agent of the map)"
                + " the column of the agent?");
  }

  @Test
  void shouldRefuseAFileThatIsThereTwice() throws Exception {
    Path file = Files.writeString(folder.resolve("log.csv"), HEADER + GOOD);
    Path same = folder.resolve("sub/../log.csv");
    Files.createDirectory(folder.resolve("sub"));
    CallLogMap map = CallLogMap.read(map(""));

    assertThatThrownBy(() -> CallLog.read(List.of(file, same), map, NOW))
        .isInstanceOf(CallLogRefused.class)
        .hasMessageStartingWith("Expected each file once, but got ")
        .hasMessageEndingWith("log.csv twice");
  }

  /** At 3:00 clocks were set back to 2:00, so each minute between is there twice. */
  @Test
  void shouldKeepTheOrderThroughAChangeOfClocks() throws Exception {
    CallLog log =
        read(
            """
            2024-10-27 02:59:30,help,ann,2024-10-27 02:00:30,2024-10-27 02:05:00
            2024-10-27 02:10:00,help,ann,2024-10-27 02:11:00,2024-10-27 02:05:00
            """);

    assertThat(log.faults()).isEmpty();
    assertThat(log.calls())
        .containsExactly(
            new CallRecord(
                ms("2024-10-27T00:59:30Z"),
                ms("2024-10-27T01:00:30Z"),
                ms("2024-10-27T01:05:00Z"),
                "ann",
                "help",
                0),
            new CallRecord(
                ms("2024-10-27T00:10:00Z"),
                ms("2024-10-27T00:11:00Z"),
                ms("2024-10-27T01:05:00Z"),
                "ann",
                "help",
                0));
  }

  @Test
  void shouldDateACallByWhenItBegan() throws Exception {
    Path map =
        Files.writeString(
            folder.resolve("dated.conf"),
            """
            zone = "Europe/Vienna"
            delimited {
              date { column = date, pattern = "yyyy-MM-dd" }
              begun = menu
              time-pattern = "HH:mm:ss"
              entered = entered, answered = answered, ended = ended
              agent { column = agent }
            }
            """);
    Path file =
        Files.writeString(
            folder.resolve("dated.csv"),
            """
            date,menu,entered,answered,ended,agent
            2024-10-26,23:59:56,00:00:02,00:00:20,00:03:00,ann
            2024-10-27,23:59:50,23:59:56,00:00:20,00:03:00,ann
            2024-10-28,09:00:00,09:00:10,09:00:20,09:03:00,ann
            2024-10-29,,09:00:10,09:00:20,09:03:00,ann
            """);

    CallLog log = CallLog.read(List.of(file), CallLogMap.read(map), NOW);

    assertThat(log.calls())
        .extracting(it -> Instant.ofEpochMilli(it.enteredMs()).toString())
        .containsExactly(
            "2024-10-26T22:00:02Z",
            "2024-10-27T22:59:56Z",
            "2024-10-28T08:00:10Z",
            "2024-10-29T08:00:10Z");
    assertThat(log.calls())
        .extracting(it -> Instant.ofEpochMilli(it.endedMs()).toString())
        .containsExactly(
            "2024-10-26T22:03:00Z",
            "2024-10-27T23:03:00Z",
            "2024-10-28T08:03:00Z",
            "2024-10-29T08:03:00Z");
    Files.writeString(map, Files.readString(map).replaceFirst("date \\{.*}", ""));
    assertThatThrownBy(() -> CallLogMap.read(map))
        .hasMessageContaining("delimited.begun: expected it with \"date\" only");
  }

  private Path map(String more) throws IOException {
    return Files.writeString(
        folder.resolve("map.conf"),
        """
        zone = "Europe/Amsterdam"
        delimited {
          time-pattern = "yyyy-MM-dd HH:mm:ss"
          entered = entered, answered = answered, ended = ended
          agent { column = agent }
          queue = queue
          %s
        }
        """
            .formatted(more));
  }

  private CallLog read(String rows) throws IOException, CallLogRefused {
    Path file = Files.writeString(folder.resolve("log.csv"), HEADER + rows);
    return CallLog.read(List.of(file), CallLogMap.read(map("")), NOW);
  }

  private static long ms(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
