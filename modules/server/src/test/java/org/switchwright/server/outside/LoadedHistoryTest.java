package org.switchwright.server.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.server.command.Switchwright;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.running.RunningServer;

/**
 * A log of a site's past, and its schedule, loaded into the journal of the server that watches the
 * site.
 */
class LoadedHistoryTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private static Path home;
  private static RunningServer server;
  private static Outside outside;
  private static Path token;
  private static Path map;

  /** What a command printed, and its exit code. */
  private record Ran(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    Path link = Files.writeString(home.resolve("berlin.token"), "sw_nobody_at_all_knows_it\n");
    ConfigurationReader.Read read =
        ConfigurationReader.read(
            Optional.empty(),
            List.of(
                "node.data-directory=\"" + home.resolve("data") + "\"",
                "database.embedded.binaries=\"" + EmbeddedPostgresForTests.binaries() + "\"",
                "sip.port=" + freeUdpPort(),
                "cluster.port=" + freeTcpPort(),
                "http.port=" + freeTcpPort(),
                "site.time-zone=\"Europe/Vienna\"",
                "network.sites.berlin.url=\"http://127.0.0.1:" + freeTcpPort() + "\"",
                "network.sites.berlin.token-file=\"" + link + "\"",
                "network.sites.bremen.url=\"http://127.0.0.1:" + freeTcpPort() + "\"",
                "network.sites.bremen.token-file=\"" + link + "\"",
                "network.sites.hamburg.url=\"http://127.0.0.1:" + freeTcpPort() + "\"",
                "network.sites.hamburg.token-file=\"" + link + "\"",
                "network.sites.munich.url=\"http://127.0.0.1:" + freeTcpPort() + "\"",
                "network.sites.munich.token-file=\"" + link + "\""),
            home);
    NodeMetrics metrics = new NodeMetrics();
    LadderTrace trace = new LadderTrace();
    server = RunningServer.start(read.configuration(), read.pekko(), metrics.forServer(), trace);
    outside = Outside.open(server, metrics, trace, false);
    token = Files.writeString(home.resolve("token"), outside.administratorToken().orElseThrow());
    map =
        Files.writeString(
            home.resolve("map.conf"),
            """
            zone = "America/New_York"
            delimited {
              time-pattern = "yyyy-MM-dd HH:mm:ss"
              entered = entered, answered = answered, ended = ended
              agent { column = agent }
              queue = queue
            }
            """);
  }

  @AfterAll
  static void stop() {
    outside.close();
    server.close();
  }

  private static int freeTcpPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int freeUdpPort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  /** Some calls of three weeks' working days; a second one that does not differ of each tenth. */
  private static String log(int days) {
    StringBuilder text = new StringBuilder("entered,queue,agent,answered,ended\n");
    for (int day = 0; day < days; day++) {
      if (day % 7 >= 5) {
        continue;
      }
      LocalDateTime[] free = new LocalDateTime[4];
      Arrays.fill(free, FIRST.plusDays(day).atTime(8, 0));
      for (int i = 0; i < 200; i++) {
        LocalDateTime entered = FIRST.plusDays(day).atTime(8, 0).plusSeconds(150L * i);
        if (i % 10 == 0) {
          String gone = TIME.format(entered) + ",help,,," + TIME.format(entered.plusSeconds(30));
          text.append(gone).append('\n').append(gone).append('\n');
          continue;
        }
        int agent = i % 4;
        LocalDateTime answered = free[agent].isAfter(entered) ? free[agent] : entered;
        free[agent] = answered.plusSeconds(200 + i * 104_729L % 500);
        text.append(TIME.format(entered)).append(",help,Agent/").append(agent).append(',');
        text.append(TIME.format(answered))
            .append(',')
            .append(TIME.format(free[agent]))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static Ran run(String... arguments) {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = Switchwright.execute(arguments);
      return new Ran(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }

  private static Ran asked(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 4);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = outside.url();
    all[arguments.length + 2] = "--token-file";
    all[arguments.length + 3] = token.toString();
    return run(all);
  }

  private static Ran load(Path log) {
    return asked("load-history", "--site", "berlin", "--map", map.toString(), log.toString());
  }

  private static JsonNode history() throws Exception {
    String backtest = "backtest --site berlin --from 2026-03-19 --to 2026-03-20 --particles 20";
    Ran ran = asked((backtest + " -o json").split(" "));
    assertThat(ran.err()).isEmpty();
    return MAPPER.readTree(ran.out());
  }

  @Test
  void shouldTellTheSameOfTheJournalAsOfTheLog() throws Exception {
    Path log = Files.writeString(home.resolve("log.csv"), log(19));

    Ran loaded = load(log);
    assertThat(loaded.code()).as(loaded.err()).isZero();
    assertThat(loaded.out())
        .isEqualTo(
            "3300 calls of site berlin, from 2026-03-02 to 2026-03-20 (America/New_York): 3300"
                + " added, 0 there already.\n");
    assertThat(loaded.err()).contains("3300 rows: 3300 calls, 0 left out by the map, 0 faulty.");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(load(log).out()).contains("0 added, 3300 there already"));

    String[] shifts = new String[12];
    for (int i = 0; i < shifts.length; i++) {
      LocalDate day = FIRST.plusDays(7 + i);
      shifts[i] = day + " 08:00," + day + " 17:00," + (3 + i % 2);
    }
    JsonNode unplanned = history();
    assertThat(plan("berlin", shifts).out()).contains("12 changed");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(planned("berlin", FIRST.plusDays(18).toString())).isEqualTo("480:4 1020:0"));
    Ran ofLog =
        run(
            "backtest",
            "--log",
            log.toString(),
            "--map",
            map.toString(),
            "--schedule",
            home.resolve("schedule-berlin.csv").toString(),
            "--schedule-map",
            home.resolve("schedule.conf").toString(),
            "--from",
            "2026-03-19",
            "--to",
            "2026-03-20",
            "--particles",
            "20",
            "-o",
            "json");
    assertThat(ofLog.code()).isZero();
    assertThat(history()).isEqualTo(MAPPER.readTree(ofLog.out())).isNotEqualTo(unplanned);

    Path more =
        Files.writeString(
            home.resolve("more.csv"),
            log(23)
                + "nonsense,help,Agent/1,2026-03-20 10:00:00,2026-03-20 10:05:00\n"
                + "1969-03-20 10:00:00,help,Agent/1,1969-03-20 10:00:00,1969-03-20 10:05:00\n"
                + "2226-03-20 10:00:00,help,Agent/1,2226-03-20 10:00:00,2226-03-20 10:05:00\n"
                + "2026-03-20 10:00:00,help,%s,2026-03-20 10:00:00,2026-03-20 10:05:00\n"
                    .formatted("a".repeat(101)));
    Ran again = load(more);
    assertThat(again.code()).isEqualTo(3);
    assertThat(again.out()).contains("3740 calls").contains("440 added, 3300 there already");
    assertThat(again.err())
        .contains("4 faulty")
        .contains("more.csv:3742:", "more.csv:3743:", "more.csv:3744:", "more.csv:3745:");
  }

  /** The first load took another column for the queue, and another zone. */
  @Test
  void shouldReplaceWhatWasLoadedByAWrongMap() throws Exception {
    Path log = Files.writeString(home.resolve("wrong.csv"), log(1));
    Path wrong =
        Files.writeString(
            home.resolve("wrong.conf"),
            Files.readString(map)
                .replace("queue = queue", "queue = agent")
                .replace("America/New_York", "Asia/Tokyo"));
    String[] load = {"load-history", "--site", "bremen", "--map"};
    assertThat(asked(with(load, wrong, log)).out()).contains("(Asia/Tokyo): 220 added");
    await().atMost(SOON).until(() -> loaded("bremen") == 220);

    Ran right = asked(with(load, map, "--replace", log));

    assertThat(right.out())
        .contains("220 loaded calls of site bremen forgotten.")
        .contains("(America/New_York): 220 added, 0 there already.");
    await().atMost(SOON).until(() -> loaded("bremen") == 220);
    JsonNode known = get("/api/v1/network/bremen/history");
    assertThat(known.path("zone").asText()).isEqualTo("America/New_York");
    JsonNode day = get("/api/v1/network/bremen/history/" + FIRST);
    assertThat(day.path("calls"))
        .hasSize(220)
        .allMatch(it -> it.path("queue").asText().equals("help"));
    assertThat(asked(with(load, map, log)).out()).contains("0 added, 220 there already");
  }

  private static long loaded(String site) throws Exception {
    return get("/api/v1/network/" + site + "/history").path("loaded").asLong();
  }

  private static String[] with(String[] arguments, Object... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more).map(Object::toString))
        .toArray(String[]::new);
  }

  /** Calls at all hours of the last five weeks, every four minutes, to four agents. */
  private static String untilYesterday() {
    StringBuilder text = new StringBuilder("entered,queue,agent,answered,ended\n");
    LocalDateTime today = LocalDate.now(ZoneId.of("America/New_York")).atStartOfDay();
    for (int i = 0; i < 35 * 360; i++) {
      LocalDateTime entered = today.minusDays(35).plusMinutes(4L * i);
      text.append(TIME.format(entered)).append(",sales,agent-").append(i % 4).append(',');
      text.append(TIME.format(entered.plusSeconds(5)))
          .append(',')
          .append(TIME.format(entered.plusSeconds(300 + i * 7919L % 300)))
          .append('\n');
    }
    return text.toString();
  }

  private static Ran plan(String site, String... shifts) throws Exception {
    Path file = home.resolve("schedule-" + site + ".csv");
    Files.writeString(file, "from,to,agents\n" + String.join("\n", shifts) + "\n");
    Path columns =
        Files.writeString(
            home.resolve("schedule.conf"),
            """
            zone = "America/New_York"
            schedule { time-pattern = "yyyy-MM-dd HH:mm", from = from, to = to, agents = agents }
            """);
    return asked("load-schedule", "--site", site, "--map", columns.toString(), file.toString());
  }

  private static String planned(String site, String day) throws Exception {
    JsonNode answer = get("/api/v1/network/" + site + "/schedule/" + day);
    StringBuilder steps = new StringBuilder();
    answer
        .path("steps")
        .forEach(it ->
            steps.append(it.path("minute")).append(':').append(it.path("agents")).append(' '));
    return answer.path("planned").asBoolean() ? steps.toString().strip() : "not planned";
  }

  private static JsonNode get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(outside.url() + path))
              .header("Authorization", "Bearer " + Files.readString(token).strip())
              .build();
      return MAPPER.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  @Test
  void shouldPlanDaysAnewAndLeaveTheOthers() throws Exception {
    String monday = "2026-03-02 08:00,2026-03-02 16:00,9";
    String night = "2026-03-02 22:00,2026-03-03 06:00,2";
    String tuesday = "2026-03-03 08:00,2026-03-03 16:00,8";

    Ran first = plan("munich", monday, night, tuesday, "2026-03-04 08:00,then,8");
    assertThat(first.code()).isEqualTo(3);
    assertThat(first.out())
        .isEqualTo(
            "2 days of site munich, from 2026-03-02 to 2026-03-03 (America/New_York): 2 changed, 0 as"
                + " before.\n");
    assertThat(first.err())
        .contains("4 rows: 3 shifts, 0 breaks, 0 left out by the map, 1 faulty.")
        .contains("schedule-munich.csv:5: expected a time in to as the map says, but got \"then\"");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(planned("munich", "2026-03-02")).isEqualTo("480:9 960:0 1320:2 1800:0"));
    assertThat(planned("munich", "2026-03-03")).isEqualTo("480:8 960:0");
    assertThat(planned("munich", "2026-03-04")).isEqualTo("not planned");

    Ran again = plan("munich", tuesday, night, monday);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("0 changed, 2 as before");

    // The night shift is Monday's, and goes with what was planned of it before.
    Ran changed = plan("munich", monday.replace(",9", ",7"));
    assertThat(changed.out()).contains("1 day of site munich").contains("1 changed");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(planned("munich", "2026-03-02")).isEqualTo("480:7 960:0"));
    assertThat(planned("munich", "2026-03-03")).isEqualTo("480:8 960:0");

    String late = LocalDate.now(ZoneId.of("America/New_York")).plusDays(95).toString();
    Ran beyond = plan("munich", late + " 08:00," + late + " 16:00,9");
    assertThat(beyond.code()).isEqualTo(1);
    assertThat(beyond.err()).contains("Expected a schedule of days up to");
    assertThat(plan("rome", monday).err()).contains("Expected a site of network.sites");
  }

  /** Its reports stop after the first, which says what the site is, and who is ready there. */
  @Test
  void shouldEstimateASiteThatIsCutOffByItsHistoryAndItsSchedule() throws Exception {
    Path log = Files.writeString(home.resolve("hamburg.csv"), untilYesterday());
    Ran loaded =
        asked("load-history", "--site", "hamburg", "--map", map.toString(), log.toString());
    assertThat(loaded.out()).contains("12600 added");
    LocalDate today = LocalDate.now(ZoneId.of("America/New_York"));
    String[] shifts = new String[9];
    for (int i = 0; i < shifts.length; i++) {
      LocalDate day = today.plusDays(i - 7);
      shifts[i] = day + " 00:00," + day.plusDays(1) + " 00:00,4";
    }
    assertThat(plan("hamburg", shifts).out()).contains("9 changed");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(planned("hamburg", today.toString())).isEqualTo("0:4 1440:0"));
    Instant now = Instant.now();
    SiteEvent configured = new SiteEvent.SiteConfigured(now, server.configuration().site().rules());
    SiteEvent ready =
        new SiteEvent.AgentReported(
            now,
            new AgentId("agent-1"),
            1,
            0,
            new Wish.Ready(),
            new TreeMap<>(),
            Optional.of(new Personal.Erased(new KeyId("k"))));
    SiteMonitor.Take first =
        new SiteMonitor.Take("x", List.of(new Report(1, configured), new Report(2, ready)));
    var receipt = server.node().network().submit(new SiteId("hamburg"), first);
    assertThat(receipt.toCompletableFuture().join()).isInstanceOf(CallIntake.Receipt.Taken.class);
    // What was planned when the link was lost counts, so it has to be lost once more.
    var heard = server.node().network().submit(new SiteId("hamburg"), new SiteMonitor.Hear());
    assertThat(heard.toCompletableFuture().join()).isInstanceOf(CallIntake.Receipt.Taken.class);

    JsonNode estimate =
        await()
            // What is to be learned is looked for each minute, and takes some of one.
            .atMost(Duration.ofMinutes(4))
            // The server is in this process, and may log between the lines of the answer.
            .ignoreExceptionsInstanceOf(JsonProcessingException.class)
            .until(LoadedHistoryTest::estimate, it -> it.path("learned").asBoolean());

    assertThat(estimate.path("similarDays").asInt()).isBetween(3, 15);
    assertThat(estimate.path("bySchedule").asBoolean()).isTrue();
    JsonNode loggedIn = estimate.path("figures").path(0);
    assertThat(loggedIn.path("quantity").asText()).isEqualTo("logged-in");
    assertThat(loggedIn.path("reported").asDouble()).isEqualTo(1);
    assertThat(loggedIn.path("low").asDouble())
        .isLessThanOrEqualTo(loggedIn.path("median").asDouble());
    assertThat(asked("network", "status").out())
        .containsPattern(
            "hamburg: estimated logged in \\d+ \\(\\d+ to \\d+\\), busy .*; link down \\d\\d:\\d\\d, by"
                + " its schedule, from \\d+ similar days\n");

    // What is journaled within three seconds counts, and each second is told once.
    Instant toldAt = Instant.parse(estimate.path("at").asText()).plusMillis(3_999);
    assertThat(MAPPER.readTree(believed(toldAt.toString(), "-o", "json").out()).path("estimate"))
        .isEqualTo(estimate);
    assertThat(believed(toldAt.toString()).out()).startsWith("hamburg: estimated logged in ");
    assertThat(believed(now.minusSeconds(3_600).toString()).out())
        .startsWith("hamburg: not estimated then: ");
  }

  private static Ran believed(String at, String... more) {
    List<String> arguments = new ArrayList<>(List.of("network", "estimate", "hamburg", "--at", at));
    arguments.addAll(List.of(more));
    return asked(arguments.toArray(String[]::new));
  }

  private static JsonNode estimate() throws Exception {
    for (JsonNode site :
        MAPPER.readTree(asked("network", "status", "-o", "json").out()).path("items")) {
      if (site.path("site").asText().equals("hamburg")) {
        return site.path("estimate");
      }
    }
    return MAPPER.createObjectNode();
  }

  @Test
  void shouldSayWhatIsWrong() throws Exception {
    Path log = Files.writeString(home.resolve("other.csv"), log(1));

    Ran unwatched =
        asked("load-history", "--site", "rome", "--map", map.toString(), log.toString());
    assertThat(unwatched.code()).isEqualTo(1);
    assertThat(unwatched.err())
        .contains("Expected a site of network.sites, but got 'rome'")
        .doesNotContain("rows");

    Ran nothing =
        asked("backtest", "--site", "munich", "--from", "2026-03-19", "--to", "2026-03-20");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("Expected history of site munich, but nothing was loaded");

    String[] backtest = {
      "backtest", "--site", "munich", "--from", "2026-03-19", "--to", "2026-03-20"
    };
    Ran both = run(with(backtest, "--log", log, "--map", map));
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("Expected either --log and --map, or --site");
  }
}
