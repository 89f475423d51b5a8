package org.switchwright.server.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.Announcements;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.server.configuration.ConfigurationReader;

/** Files as their products' users have them, read back by our own reader. */
class MigrationTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private SiteConfiguration read(Migration migration) throws IOException {
    Path written = file("ours.conf", migration.configuration());
    return ConfigurationReader.read(Optional.of(written), List.of(), folder)
        .configuration()
        .site()
        .rules();
  }

  private static SiteConfiguration.Queue queue(SiteConfiguration site, String name) {
    return site.queues().stream()
        .filter(queue -> queue.id().equals(new QueueId(name)))
        .findFirst()
        .orElseThrow();
  }

  private Migration asterisk(String text) throws Exception {
    return Migration.ofAsterisk(file("queues.conf", text));
  }

  private Migration freeSwitch(String text) throws Exception {
    return Migration.ofFreeSwitch(file("callcenter.conf.xml", text));
  }

  @Test
  void shouldReadQueuesOfAsterisk() throws Exception {
    file("more.conf", "[billing](usual)\nmember => SIP/300\n");
    Migration migration =
        asterisk(
            """
            [general]
            persistentmembers = yes
            monitor-type = MixMonitor ; recordings
            ;-- all this
            is a comment --;
            [usual](!)
            strategy = rrmemory
            timeout = 15
            wrapuptime=10
            [sales](usual)
            weight = 5
            maxlen = 20
            joinempty = paused,unavailable,invalid
            leavewhenempty = strict
            servicelevel = 60
            announce-frequency = 30
            announce-holdtime = once
            announce-position = limit
            announce-position-limit = 5
            announce-round-seconds = 10
            musicclass = jazz
            member => PJSIP/100
            member => PJSIP/200,2,Agent Two
            member => Local/5@agents,1
            #include "more.conf"
            #include "/etc/passwd"
            """);

    SiteConfiguration site = read(migration);
    SiteConfiguration.Queue sales = queue(site, "sales");
    assertThat(sales.choosing().by()).isEqualTo(AgentChoice.ROUND_ROBIN);
    assertThat(sales.ringTimeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(sales.wrapUp()).isEqualTo(Duration.ofSeconds(10));
    assertThat(sales.weight()).isEqualTo(5);
    assertThat(sales.maxWaiting()).isEqualTo(20);
    assertThat(sales.presence().join())
        .containsExactly(Absence.NOT_READY, Absence.NO_STATION, Absence.LOGGED_OUT);
    assertThat(sales.presence().leave())
        .containsExactly(Absence.LOGGED_OUT, Absence.NOT_READY, Absence.NO_STATION);
    assertThat(sales.choosing().members())
        .containsEntry(new AgentId("100"), new Choosing.Member(1, 1))
        .containsEntry(new AgentId("200"), new Choosing.Member(3, 2))
        .containsEntry(new AgentId("5"), new Choosing.Member(2, 3));
    assertThat(sales.announcements())
        .isEqualTo(
            new Announcements(
                true,
                5,
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30)));
    assertThat(queue(site, "billing").announcements())
        .satisfies(it -> assertThat(it.position() || it.expectedWait()).isFalse());
    assertThat(queue(site, "billing").choosing().by()).isEqualTo(AgentChoice.ROUND_ROBIN);
    assertThat(migration.remarks())
        .extracting(Remark::toString)
        .satisfiesExactly(
            it -> assertThat(it).startsWith("queues.conf:26: ").contains("/etc/passwd"),
            it -> assertThat(it).startsWith("queues.conf:3: monitor-type = MixMonitor"),
            it -> assertThat(it).startsWith("queues.conf:15: servicelevel"),
            it -> assertThat(it).startsWith("queues.conf:17: announce-holdtime = once"),
            it -> assertThat(it).startsWith("queues.conf:21: musicclass = jazz"),
            it -> assertThat(it).startsWith("queues.conf:24: member").contains("no SIP phone"));
  }

  @ParameterizedTest
  @CsvSource({
    "ringall, RING_ALL",
    "leastrecent, LONGEST_IDLE",
    "fewestcalls, FEWEST_CALLS",
    "random, RANDOM",
    "rrmemory, ROUND_ROBIN",
    "rrordered, ROUND_ROBIN",
    "linear, TOP_DOWN",
    "wrandom, WEIGHTED_RANDOM",
  })
  void shouldKnowEveryStrategyOfAsterisk(String theirs, AgentChoice ours) throws Exception {
    Migration migration = asterisk("[q]\nstrategy=" + theirs + "\nmember => PJSIP/1\n");

    assertThat(read(migration).queues().getFirst().choosing().by()).isEqualTo(ours);
    assertThat(migration.remarks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ring-all, RING_ALL",
    "longest-idle-agent, LONGEST_IDLE",
    "round-robin, ROUND_ROBIN",
    "top-down, TOP_DOWN",
    "agent-with-least-talk-time, LEAST_TALK_TIME",
    "agent-with-fewest-calls, FEWEST_CALLS",
    "sequentially-by-agent-order, IN_ORDER",
    "random, RANDOM",
    "ring-progressively, RING_PROGRESSIVELY",
  })
  void shouldKnowEveryStrategyOfFreeSwitch(String theirs, AgentChoice ours) throws Exception {
    Migration migration =
        freeSwitch(
            "<c><queues><queue name='q@default'><param name='strategy' value='"
                + theirs
                + "'/></queue></queues></c>");

    assertThat(read(migration).queues().getFirst().choosing().by()).isEqualTo(ours);
  }

  @Test
  void shouldReadTheCallCenterOfFreeSwitch() throws Exception {
    Migration migration =
        freeSwitch(
            """
            <configuration name="callcenter.conf" description="CallCenter">
              <settings><param name="odbc-dsn" value="dsn:user:pass"/></settings>
              <queues>
                <queue name="support@default">
                  <param name="strategy" value="longest-idle-agent"/>
                  <param name="moh-sound" value="$${hold_music}"/>
                  <param name="time-base-score" value="system"/>
                  <param name="max-wait-time" value="600"/>
                  <param name="max-wait-time-with-no-agent" value="20"/>
                  <param name="tier-rules-apply" value="true"/>
                  <param name="tier-rule-wait-second" value="30"/>
                  <param name="tier-rule-wait-multiply-level" value="true"/>
                  <param name="discard-abandoned-after" value="60"/>
                  <param name="abandoned-resume-allowed" value="true"/>
                </queue>
              </queues>
              <agents>
                <agent name="1000@default" type="callback" status="Available"
                  contact="[leg_timeout=12]user/1000@default" max-no-answer="3"
                  wrap-up-time="10" reject-delay-time="15" busy-delay-time="60"/>
                <agent name="1001@default" type="callback" status="Logged Out"
                  contact="[leg_timeout=10]user/1001@default" max-no-answer="0"
                  wrap-up-time="5" reject-delay-time="10" busy-delay-time="30"/>
              </agents>
              <tiers>
                <tier agent="1000@default" queue="support@default" level="1" position="2"/>
                <tier agent="1001@default" queue="support@default" level="2" position="1"/>
              </tiers>
            </configuration>
            """);

    SiteConfiguration site = read(migration);
    SiteConfiguration.Queue support = queue(site, "support");
    assertThat(support.maxWait()).isEqualTo(Duration.ofMinutes(10));
    assertThat(support.choosing().tierWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(support.keepPlace()).isEqualTo(Duration.ofSeconds(60));
    assertThat(support.wrapUp()).isEqualTo(Duration.ofSeconds(10));
    assertThat(support.ringTimeout()).isEqualTo(Duration.ofSeconds(12));
    assertThat(support.presence().leaveAfter()).isEqualTo(Duration.ofSeconds(20));
    assertThat(support.choosing().members())
        .containsEntry(new AgentId("1000"), new Choosing.Member(1, 2))
        .containsEntry(new AgentId("1001"), new Choosing.Member(2, 1));
    assertThat(site.delays().rejected()).isEqualTo(Duration.ofSeconds(15));
    assertThat(site.delays().busy()).isEqualTo(Duration.ofSeconds(60));
    assertThat(site.delays().missesToNotReady()).isEqualTo(3);
    assertThat(migration.remarks())
        .extracting(Remark::toString)
        .anySatisfy(it -> assertThat(it).contains("odbc-dsn").doesNotContain("pass"))
        .anySatisfy(it -> assertThat(it).startsWith("callcenter.conf.xml:6: moh-sound"))
        .anySatisfy(it -> assertThat(it).contains(":7: time-base-score"))
        .anySatisfy(it -> assertThat(it).contains("status = Available"))
        .anySatisfy(it -> assertThat(it).contains("longest wrap-up (10 s)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[sales]\nthis says nothing\n",
        "[sales](missing)\n",
        "[sales]\nwrapuptime = soon\n",
        "[sales]\nmember => \n",
        "[general]\n",
        "[a]\n\0\n",
        "#include queues.conf\n[a]\n",
      })
  void shouldSayWhatIsWrongWithAFileOfAsterisk(String text) {
    assertThatThrownBy(() -> asterisk(text))
        .isInstanceOf(Unreadable.class)
        .hasMessageStartingWith("Expected ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<configuration><queues><queue name='a'>",
        "<configuration/>",
        "<c><queue/></c>",
        "<c><queue name='a'><param name='max-wait-time' value='long'/></queue></c>",
        "<!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><c><queue name='&x;'/></c>",
      })
  void shouldSayWhatIsWrongWithAFileOfFreeSwitch(String text) {
    assertThatThrownBy(() -> freeSwitch(text))
        .isInstanceOf(Unreadable.class)
        .hasMessageStartingWith("Expected ")
        .message()
        .doesNotContain("root:");
  }

  @Test
  void shouldTakeNoFileThatIsTooLarge() throws Exception {
    byte[] large = "[a]\n;".repeat(2_100_000).getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("queues.conf"), large);

    assertThatThrownBy(() -> Migration.ofAsterisk(file))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("at most 10000000 bytes");
  }
}
