package org.switchwright.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.estimate.CallRecord;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CallLogTest {
  private static final Path MAPS =
      Path.of(Objects.requireNonNull(System.getProperty("switchwright.root")), "docs/call-logs");

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final String BANK =
      String.join(
              "\t",
              "vru+line",
              "call_id",
              "customer_id",
              "priority",
              "type",
              "date",
              "vru_entry",
              "vru_exit",
              "vru_time",
              "q_start",
              "q_exit",
              "q_time",
              "outcome",
              "ser_start",
              "ser_exit",
              "ser_time",
              "server")
          + "\n";

  @TempDir private Path folder;

  @Test
  void shouldReadTheLayoutOfTheAnonymousBank() throws Exception {
    CallLog log =
        bank(
            // Waited from 6:55:26 to 6:55:43, with priority.
            "AA0101 1 7 2 PS 990101 6:55:20 6:55:26 6 6:55:26 6:55:43 17 AGENT 6:55:43 6:56:37 54 ANN",
            // Found somebody free, a second before it left the menu.
            "AA0101 2 0 0 PS 990101 7:30:27 7:30:35 8 0:00:00 0:00:00 0 AGENT 7:30:34 7:34:16 221 ANN",
            // Gave up after midnight.
            "AA0101 3 0 0 NW 990101 23:59:50 23:59:55 5 23:59:55 0:00:20 25 HANG 0:00:00 0:00:00 0 NO_SERVER",
            // Came to the queue after midnight.
            "AA0101 4 0 0 NW 990101 23:59:56 0:00:02 6 0:00:02 0:00:20 18 HANG 0:00:00 0:00:00 0 NO_SERVER");

    assertThat(log.calls())
        .containsExactly(
            new CallRecord(
                ms("1999-01-01T04:55:26Z"),
                ms("1999-01-01T04:55:43Z"),
                ms("1999-01-01T04:56:37Z"),
                "ANN",
                "PS",
                90_000),
            new CallRecord(
                ms("1999-01-01T05:30:35Z"),
                ms("1999-01-01T05:30:35Z"),
                ms("1999-01-01T05:34:16Z"),
                "ANN",
                "PS",
                0),
            new CallRecord(
                ms("1999-01-01T21:59:55Z"),
                CallRecord.NEVER,
                ms("1999-01-01T22:00:20Z"),
                "",
                "NW",
                0),
            new CallRecord(
                ms("1999-01-01T22:00:02Z"),
                CallRecord.NEVER,
                ms("1999-01-01T22:00:20Z"),
                "",
                "NW",
                0));
    assertThat(log.zone()).hasToString("Asia/Jerusalem");
    assertThat(log.faulty()).isZero();
  }

  @Test
  void shouldLeaveOutWhatNeverAskedForAnAgent() throws Exception {
    CallLog log =
        bank(
            "AA0101 1 0 0 PS 990101 0:34:12 0:34:23 11 0:00:00 0:00:00 0 HANG 0:00:00 0:00:00 0 NO_SERVER",
            "AA0101 2 0 0 IN 990101 9:34:12 9:34:23 11 0:00:00 0:00:00 0 AGENT 9:34:23 9:36:00 97 Z2X",
            "AA0101 3 2 0 PS 990101 9:34:12 9:34:23 11 9:34:23 9:34:42 9 PHANTOM 9:34:42 9:36:00 97 ANN");

    assertThat(log.calls()).isEmpty();
    assertThat(log.rows()).isEqualTo(3);
    assertThat(log.leftOut()).isEqualTo(3);
  }

  @Test
  void shouldKnowAnAgentByEachNameThatMeansTheSame() throws Exception {
    CallLog log =
        bank(
            "AA0101 1 0 0 PS 990101 9:00:00 9:00:05 5 0:00:00 0:00:00 0 AGENT 9:00:05 9:01:00 55 ANO_SERVERT",
            "AA0101 2 0 0 PS 990101 9:02:00 9:02:05 5 0:00:00 0:00:00 0 AGENT 9:02:05 9:03:00 55 NO_SERVERAMA");

    assertThat(log.calls()).extracting(CallRecord::agent).containsExactly("ANAT", "NAAMA");
  }

  @Test
  void shouldCountAndListFaultyRowsAndLeaveThemOut() throws Exception {
    CallLog log =
        bank(
            "AA0101 1 0 0 PS 990101 9:00:00 9:00:05 5 0:00:00 0:00:00 0 AGENT 9:00:05 9:01:00 55 NO_SERVER",
            "AA0101 2 0 0 PS 990101 9:00:00 9:00:05 5 0:00:00 0:00:00 0 AGENT 9:00:05 8:59:00 55 ANN",
            "AA0101 3 0 0 PS 991301 9:00:00 9:00:05 5 0:00:00 0:00:00 0 AGENT 9:00:05 9:01:00 55 ANN",
            "AA0101 4 0 0 PS 990101 9:00:00 9:00:05 5 0:00:00 0:00:00 0 AGENT 9:00:05 16:01:00 55 ANN",
            "AA0101 5 0 0 PS 990101 9:00:00 9:00:05 5 0:00:00 0:00:00 0 AGENT 9:00:05 9:01:00 55 ANN",
            "AA0101 6");

    assertThat(log.calls()).hasSize(1);
    assertThat(log.faulty()).isEqualTo(5);
    assertThat(log.faults())
        .containsExactly(
            "log.txt:2: expected an agent, as the call was answered, but got \"NO_SERVER\"",
            "log.txt:3: expected the end after what comes before it, but it is 65 s earlier",
            "log.txt:4: expected a time in ser_start as the map says, but got \"9:00:05\"",
            "log.txt:5: expected a call of at most 240 min, but got 420",
            "log.txt:7: expected as many values as columns, but got 2");
  }

  @Test
  void shouldListNoMoreFaultsThanHelp() throws Exception {
    String[] rows = new String[CallLog.MAX_FAULTS + 50];
    java.util.Arrays.fill(rows, "AA0101 6");

    CallLog log = bank(rows);

    assertThat(log.faulty()).isEqualTo(rows.length);
    assertThat(log.faults()).hasSize(CallLog.MAX_FAULTS);
  }

  @Test
  void shouldReadWhatIsCompressed() throws Exception {
    byte[] text =
        tabbed(
                "AA0101 5 0 0 PS 990101 9:00:00 9:00:05 5 0:00:00 0:00:00 0 AGENT 9:00:05 9:01:00 55 ANN")
            .getBytes(StandardCharsets.UTF_8);
    Path xz = folder.resolve("log.xz");
    try (OutputStream out = new XZOutputStream(Files.newOutputStream(xz), new LZMA2Options())) {
      out.write(text);
    }
    Path gzip = folder.resolve("log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(text);
    }

    CallLog log = CallLog.read(List.of(xz, gzip), bankMap(), NOW);

    assertThat(log.calls()).hasSize(2);
    assertThat(log.calls().get(0)).isEqualTo(log.calls().get(1));
  }

  @Test
  void shouldReadAsterisksQueueLog() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("queue_log"),
            """
            1393297000|NONE|NONE|NONE|QUEUESTART|
            1393297123|a.1|support|NONE|ENTERQUEUE||43001|1
            1393297130|a.2|sales|NONE|ENTERQUEUE||43002|1
            1393297133|a.1|support|SIP/ann|RINGNOANSWER|1000
            1393297143|a.1|support|SIP/bob|CONNECT|20|b.1|3
            1393297150|a.2|sales|NONE|ABANDON|1|1|20
            1393297243|a.1|support|SIP/bob|COMPLETECALLER|20|100|1
            1393297250|a.3|support|NONE|COMPLETEAGENT|20|100|1
            1393297260|a.4|support|NONE|ENTERQUEUE||43004|1
            what is this
            """);

    CallLog log =
        CallLog.read(List.of(file), CallLogMap.read(MAPS.resolve("asterisk-queue-log.conf")), NOW);

    assertThat(log.calls())
        .containsExactly(
            new CallRecord(
                1_393_297_130_000L, CallRecord.NEVER, 1_393_297_150_000L, "", "sales", 0),
            new CallRecord(
                1_393_297_123_000L,
                1_393_297_143_000L,
                1_393_297_243_000L,
                "SIP/bob",
                "support",
                0));
    assertThat(log.faults())
        .containsExactly(
            "queue_log:8: expected the end of a call that has entered a queue",
            "queue_log:10: expected time|call|queue|agent|event, the time in seconds since 1970",
            "queue_log:9: expected an end of the call");
  }

  /** As the shell lists them, which is not as they were written. */
  @Test
  void shouldPutCallsTogetherThatBeganBeforeALogWasRotated() throws Exception {
    Path last =
        Files.writeString(
            folder.resolve("queue_log"),
            """
            1393297243|a.1|support|SIP/bob|COMPLETECALLER|20|100|1
            1393297250|a.2|sales|NONE|ENTERQUEUE||43002|1
            """);
    Path first =
        Files.writeString(
            folder.resolve("queue_log.1"),
            """
            1393297123|a.1|support|NONE|ENTERQUEUE||43001|1
            1393297143|a.1|support|SIP/bob|CONNECT|20|b.1|3
            """);

    CallLog log =
        CallLog.read(
            List.of(last, first), CallLogMap.read(MAPS.resolve("asterisk-queue-log.conf")), NOW);

    assertThat(log.calls())
        .containsExactly(
            new CallRecord(
                1_393_297_123_000L,
                1_393_297_143_000L,
                1_393_297_243_000L,
                "SIP/bob",
                "support",
                0));
    assertThat(log.faults()).containsExactly("queue_log:2: expected an end of the call");
  }

  @Test
  void shouldReadTimesWithDatesInTheirOwnColumn() throws Exception {
    Path map =
        Files.writeString(
            folder.resolve("map.conf"),
            """
            zone = "Europe/Amsterdam"
            delimited {
              time-pattern = "yyyy-MM-dd HH:mm:ss"
              never = ["NULL"]
              entered = received, answered = answered, ended = hangup
              agent { column = agent }
              queue = queue
            }
            """);
    Path file =
        Files.writeString(
            folder.resolve("log.csv"),
            """
            received,queue,agent,answered,hangup
            2014-07-01 09:00:00,"30,175",17,2014-07-01 09:00:10,2014-07-01 09:05:00
            2014-07-01 09:01:00,30172,NULL,NULL,2014-07-01 09:01:30
            """);

    CallLog log = CallLog.read(List.of(file), CallLogMap.read(map), NOW);

    assertThat(log.calls())
        .containsExactly(
            new CallRecord(
                ms("2014-07-01T07:00:00Z"),
                ms("2014-07-01T07:00:10Z"),
                ms("2014-07-01T07:05:00Z"),
                "17",
                "30,175",
                0),
            new CallRecord(
                ms("2014-07-01T07:01:00Z"),
                CallRecord.NEVER,
                ms("2014-07-01T07:01:30Z"),
                "",
                "30172",
                0));
  }

  @Test
  void shouldSayAllThatIsWrongInAMap() throws Exception {
    Path map =
        Files.writeString(
            folder.resolve("map.conf"),
            """
            zone = "Europe/Nowhere"
            delimited {
              time-pattern = "this is none"
              entred = a
              answered = b, ended = c
              agent { column = d }
            }
            """);

    assertThatThrownBy(() -> CallLogMap.read(map))
        .isInstanceOf(CallLogRefused.class)
        .hasMessageContaining("map.conf:1: zone: expected a time zone such as Europe/Vienna")
        .hasMessageContaining("map.conf:3: delimited.time-pattern: expected a pattern")
        .hasMessageContaining(
            "delimited.entred: expected no such key here; did you mean \"entered\"?");
  }

  @Test
  void shouldSayWhichColumnIsMissing() throws Exception {
    Path file = Files.writeString(folder.resolve("log.txt"), "a\tb\n1\t2\n");
    CallLogMap map = bankMap();

    assertThatThrownBy(() -> CallLog.read(List.of(file), map, NOW))
        .isInstanceOf(CallLogRefused.class)
        .hasMessageContaining("the column \"date\" (date of the map), but got [a, b]");
    assertThatThrownBy(() -> CallLog.read(List.of(folder.resolve("none")), map, NOW))
        .isInstanceOf(CallLogRefused.class)
        .hasMessageContaining("Expected to read");
  }

  private CallLog bank(String... rows) throws IOException, CallLogRefused {
    Path file = Files.writeString(folder.resolve("log.txt"), tabbed(rows));
    return CallLog.read(List.of(file), bankMap(), NOW);
  }

  private static String tabbed(String... rows) {
    return BANK + String.join("\n", rows).replace(' ', '\t') + "\n";
  }

  private static CallLogMap bankMap() throws CallLogRefused {
    return CallLogMap.read(MAPS.resolve("anonymous-bank.conf"));
  }

  private static long ms(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
