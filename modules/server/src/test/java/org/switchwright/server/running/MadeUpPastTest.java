package org.switchwright.server.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.Calibrations;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.LiveEstimate;
import org.switchwright.domain.estimate.Quantity;
import org.switchwright.domain.estimate.SiteAtCut;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.configuration.ConfigurationReader;

class MadeUpPastTest {
  private static final SiteId HAMBURG = new SiteId("hamburg");
  private static final SiteId MUNICH = new SiteId("munich");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
  private static final LocalDate SUNDAY = LocalDate.of(2026, 11, 22);

  @TempDir private Path home;
  private MadeUpPast past;
  private ZoneId zone;

  @BeforeEach
  void readTheDemonstrationsSites() throws IOException {
    past = new MadeUpPast(List.of(first(), other("hamburg"), other("munich")));
    zone = past.zone();
  }

  private Configuration.Site first() throws IOException {
    return read(
        "berlin",
        """
        include classpath("org/switchwright/server/configuration/sample-site.conf")
        switchwright {
          site.queues {
            sales.elsewhere { hamburg.point = sales, munich.point = sales }
            support.elsewhere { hamburg.point = support, munich.point = support }
          }
          network.sites {
            hamburg { url = "http://127.0.0.1:1", token-file = t }
            munich { url = "http://127.0.0.1:2", token-file = t }
          }
        }
        """);
  }

  private Configuration.Site other(String name) throws IOException {
    return read(
        name,
        """
        include classpath("org/switchwright/server/configuration/demo-site.conf")
        switchwright.site {
          name = "%1$s"
          agents {
            %1$s-01.skills { sales = 7, support = 4 }
            %1$s-02.skills { sales = 4, support = 7 }
          }
        }
        """
            .formatted(name));
  }

  private Configuration.Site read(String name, String text) throws IOException {
    Files.writeString(home.resolve("t"), "sw_nobody_at_all_knows_it\n");
    Path file = Files.writeString(home.resolve(name + ".conf"), text);
    return ConfigurationReader.read(Optional.of(file), List.of(), home).configuration().site();
  }

  private List<CallRecord> hamburg(LocalDate day) {
    return past.day(day).getOrDefault(HAMBURG, List.of());
  }

  private Instant at(LocalDate day, int hour) {
    return day.atTime(LocalTime.of(hour, 0)).atZone(zone).toInstant();
  }

  private static long entered(List<CallRecord> calls, Instant from, Duration within) {
    return calls.stream()
        .filter(it -> it.enteredMs() >= from.toEpochMilli())
        .filter(it -> it.enteredMs() < from.plus(within).toEpochMilli())
        .count();
  }

  @Test
  void shouldMakeADayTheSameAgain() {
    assertThat(past.day(MONDAY)).isEqualTo(past.day(MONDAY));
    assertThat(hamburg(MONDAY)).isNotEqualTo(hamburg(MONDAY.minusDays(7)));
  }

  @Test
  void shouldBeOverByMidnight() {
    long from = at(MONDAY, 0).toEpochMilli();
    long to = at(MONDAY.plusDays(1), 0).toEpochMilli();

    assertThat(past.day(MONDAY).values())
        .allSatisfy(calls ->
            assertThat(calls)
                .isNotEmpty()
                .allMatch(it -> it.enteredMs() >= from && it.endedMs() < to));
  }

  @Test
  void shouldGiveEachAgentOneCallAtATime() {
    Map<String, CallRecord> last = new HashMap<>();

    assertThat(hamburg(MONDAY))
        .allSatisfy(call -> {
          CallRecord before = last.put(call.agent(), call);
          assertThat(before == null || before.endedMs() <= call.enteredMs()).isTrue();
        });
    assertThat(last.keySet()).containsExactlyInAnyOrder("hamburg-01", "hamburg-02");
  }

  /** Nobody there takes what only agents of the site are asked for that is called. */
  @Test
  void shouldGiveOtherSitesWhatTheyAreAskedFor() {
    assertThat(past.day(MONDAY)).containsOnlyKeys(new SiteId("berlin"), HAMBURG, MUNICH);
    assertThat(hamburg(MONDAY)).extracting(CallRecord::queue).containsOnly("sales", "support");
    assertThat(past.day(MONDAY).get(new SiteId("berlin")))
        .extracting(CallRecord::queue)
        .contains("billing");
  }

  @Test
  void shouldHaveMoreCallsOnAMondayAfternoonThanOnASundayNight() {
    Duration within = Duration.ofHours(6);

    long busy = entered(hamburg(MONDAY), at(MONDAY, 11), within);
    long quiet = entered(hamburg(SUNDAY), at(SUNDAY, 0), within);

    assertThat(busy).isGreaterThan(quiet * 5 / 4);
  }

  /**
   * As many as reached each of the other sites when the demonstration was run: 15 or 16 in ten
   * minutes.
   */
  @Test
  void shouldHaveAsManyCallsAsThereAre() {
    long sundayMorning = entered(hamburg(SUNDAY), at(SUNDAY, 6), Duration.ofHours(1));

    assertThat(sundayMorning).isBetween(80L, 110L);
  }

  /** What it is made for. */
  @Test
  void shouldBeEnoughToEstimateASiteBy() {
    List<CallRecord> calls = new ArrayList<>();
    for (int days = 0; days <= MadeUpPast.DAYS; days++) {
      calls.addAll(hamburg(MONDAY.minusDays(days)));
    }
    Instant cutAt = at(MONDAY, 10);
    SiteAtCut idle =
        new SiteAtCut(
            cutAt,
            List.of(),
            List.of(),
            List.of(
                new SiteAtCut.Idle("hamburg-01", cutAt.minusSeconds(5), Optional.empty()),
                new SiteAtCut.Idle("hamburg-02", cutAt.minusSeconds(9), Optional.empty())));

    LiveEstimate estimate =
        LiveEstimate.begin(idle, calls, zone, Calibrations.NONE, 0, 1).orElseThrow();
    estimate.advance(cutAt.plus(Duration.ofMinutes(1)));
    SiteEstimate told = estimate.told().orElseThrow();

    assertThat(told.similarDays()).isEqualTo(8);
    assertThat(told.figure(Quantity.LOGGED_IN).orElseThrow().mean()).isBetween(1.9, 2.1);
  }
}
