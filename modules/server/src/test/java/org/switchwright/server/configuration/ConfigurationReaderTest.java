package org.switchwright.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.Capacity;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Presence;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.Widening;
import org.switchwright.hocon.Fault;

class ConfigurationReaderTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir Path home;

  @Test
  void shouldOfferSampleSiteWithoutFile() {
    Configuration read =
        ConfigurationReader.read(Optional.empty(), List.of(), home).configuration();

    assertThat(read.site().id().value()).isEqualTo("berlin");
    assertThat(read.site().rules().queues()).hasSize(3);
    assertThat(read.site().agents()).hasSize(6).containsKey(new AgentId("agent-01"));
    assertThat(read.site().generatePasswords()).isTrue();
    assertThat(read.site().passwordFile()).contains(home.resolve("data/phone-passwords"));
    assertThat(read.sip().algorithms()).containsExactly("SHA-256");
    assertThat(read.database())
        .isInstanceOfSatisfying(
            Configuration.Storage.Embedded.class,
            it -> assertThat(it.binaries()).isEqualTo(home.resolve("data/postgresql/binaries")));
  }

  @Test
  void shouldTakeTheDatabasesProgramsFromWhereItIsTold() {
    Configuration read =
        ConfigurationReader.read(
                Optional.empty(),
                List.of(
                    "database.embedded.home=here", "database.embedded.binaries=\"../programs\""),
                home)
            .configuration();

    assertThat(read.database())
        .isInstanceOfSatisfying(
            Configuration.Storage.Embedded.class,
            it -> {
              assertThat(it.home()).isEqualTo(home.resolve("here"));
              assertThat(it.binaries()).isEqualTo(home.resolveSibling("programs"));
            });
  }

  @Test
  void shouldBeginDaysInTheSitesZone() {
    Configuration west =
        ConfigurationReader.read(
                Optional.empty(), List.of("site.time-zone=\"America/Los_Angeles\""), home)
            .configuration();
    ConfigurationRefused refused =
        catchThrowableOfType(
            ConfigurationRefused.class,
            () ->
                ConfigurationReader.read(
                    Optional.empty(), List.of("site.time-zone=\"Mars/Olympus\""), home));

    assertThat(west.site().zone().getId()).isEqualTo("America/Los_Angeles");
    assertThat(refused.faults().toString()).contains("time-zone").contains("Mars/Olympus");
  }

  @Test
  void shouldTakeAMixerOnlyWithARoomForEachCall() {
    String mixer = "sip.conference.mixer=\"sip:conf-{call}@192.0.2.10:5060\"";

    assertThat(
            ConfigurationReader.read(Optional.empty(), List.of(mixer), home)
                .configuration()
                .sip()
                .mixer())
        .contains("sip:conf-{call}@192.0.2.10:5060");
    for (String wrong : List.of("sip:conf@192.0.2.10", "conf-{call}", "tel:{call}")) {
      ConfigurationRefused refused =
          catchThrowableOfType(
              ConfigurationRefused.class,
              () ->
                  ConfigurationReader.read(
                      Optional.empty(), List.of("sip.conference.mixer=\"" + wrong + "\""), home));
      assertThat(refused).hasMessageContaining("sip:NAME@HOST:PORT with {call} in the name");
    }
  }

  @Test
  void shouldSayWhatDataOfCallersCannotBeAttached() {
    String headers = "sip.attached-data.headers";
    Configuration.Sip sip =
        ConfigurationReader.read(
                Optional.empty(),
                List.of("sip.attached-data.from=[\"192.0.2.7\"]", headers + ".tier=X-Tier"),
                home)
            .configuration()
            .sip();

    assertThat(sip.attachedFrom()).containsExactly("192.0.2.7");
    assertThat(sip.attachedHeaders()).containsOnly(Map.entry("tier", "X-Tier"));

    ConfigurationRefused refused =
        catchThrowableOfType(
            ConfigurationRefused.class,
            () ->
                ConfigurationReader.read(
                    Optional.empty(),
                    List.of(
                        "sip.attached-data.from=[trunk]",
                        headers + ".\"my tier\"=X-Tier",
                        headers + ".order=\"X Order\""),
                    home));
    assertThat(refused)
        .hasMessageContaining("expected an IPv4 address, but got \"trunk\"")
        .hasMessageContaining("my tier: expected a name for strategies, 1 to 32 letters")
        .hasMessageContaining("expected the name of a SIP header, but got");
  }

  @Test
  void shouldReadWhichTrunksAreRedirected() {
    String key = "sip.hand-over.redirect";
    Configuration.Sip sip =
        ConfigurationReader.read(Optional.empty(), List.of(key + "=[\"192.0.2.7\"]"), home)
            .configuration()
            .sip();

    assertThat(sip.redirected()).containsExactly("192.0.2.7");

    ConfigurationRefused refused =
        catchThrowableOfType(
            ConfigurationRefused.class,
            () -> ConfigurationReader.read(Optional.empty(), List.of(key + "=[trunk]"), home));
    assertThat(refused).hasMessageContaining("expected an IPv4 address, but got \"trunk\"");
  }

  @Test
  void shouldReadOwnSiteOverDefaults() throws IOException {
    Path file =
        file(
            """
            switchwright {
              node.name = "west-2"
              sip.port = 5070
              site {
                name = "west"
                skills = [chat, voice]
                queues {
                  front { requires { voice = 4 }, wrap-up = 3s, overflow-to = back }
                  back { treatment = after-answer, max-waiting = 0 }
                }
                routing-points { "800" { queue = front, priority = 7 } }
                agents { ann { skills { voice = 9 }, ha1.sha-256 = "%s" } }
              }
            }
            """
                .formatted(HASH));

    Configuration read =
        ConfigurationReader.read(Optional.of(file), List.of("http.port=9090"), home)
            .configuration();

    assertThat(read.node().value()).isEqualTo("west-2");
    assertThat(read.sip().port()).isEqualTo(5070);
    assertThat(read.http().port()).isEqualTo(9090);
    assertThat(read.data()).isEqualTo(home.resolve("data"));
    SiteConfiguration.Queue front = read.site().rules().queues().getLast();
    assertThat(front.id()).isEqualTo(new QueueId("front"));
    assertThat(front.required()).containsEntry(new Skill("voice"), 4);
    assertThat(front.overflowTo()).contains(new QueueId("back"));
    assertThat(front.wrapUp()).isEqualTo(Duration.ofSeconds(3));
    assertThat(front.ringTimeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(read.site().rules().queues().getFirst().treatment())
        .isEqualTo(TreatmentMode.AFTER_ANSWER);
    assertThat(read.site().agents().get(new AgentId("ann")).hashes())
        .contains(new Configuration.Hashes(Optional.of(HASH), Optional.empty()));
    assertThat(read.site().reasonCodes()).containsEntry("break", "1");
  }

  @Test
  void shouldReportEveryFaultWithFileAndLine() throws IOException {
    Path file =
        file(
            """
            switchwright {
              sip {
                prot = 5070
                port = 70000
                address = "0.0.0.0"
              }
              site {
                name = "we st"
                skills = [voice]
                queues {
                  front { requires { vioce = 4 }, wrap-up = soon, overflow-to = front }
                }
                routing-points { "800" { queue = frnt } }
                agents { ann { skills { voice = 11 } } }
              }
            }
            elsewhere = 1
            """);

    List<Fault> faults = refused(file);

    assertThat(faults)
        .extracting(Fault::toString)
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).contains(":3: switchwright.sip.prot").contains("\"port\"?"),
            it -> assertThat(it).contains(":4: switchwright.sip.port").contains("got 70000"),
            it -> assertThat(it).contains(":5: switchwright.sip.address"),
            it -> assertThat(it).contains(":8: switchwright.site.name").contains("we st"),
            it -> assertThat(it).contains(":11: ").contains("requires.vioce").contains("voice"),
            it -> assertThat(it).contains(":11: ").contains("wrap-up").contains("duration"),
            it -> assertThat(it).contains(":11: ").contains("overflow-to").contains("way out"),
            it -> assertThat(it).contains(":13: ").contains("800.queue").contains("\"front\"?"),
            it -> assertThat(it).contains(":14: ").contains("agents.ann.skills.voice"),
            it -> assertThat(it).contains(":14: ").contains("agents.ann: expected ha1"),
            it -> assertThat(it).contains(":17: elsewhere"));
  }

  @Test
  void shouldReadTheRulesOfAQueue() throws IOException {
    Path file =
        file(
            """
            switchwright.site {
              name = west
              skills = [voice, spanish]
              priority-worth = 30s
              longest-wrap-up = 1h
              capacity { voice = 1 }
              delays { missed = 3s, misses-to-not-ready = 2, unreachable = 4s, failures-to-lost = 3 }
              agents { ann {}, ben {} }
              passwords.generate-missing = true
              routing-points { "800" { queue = front } }
              queues.front {
                requires { voice = 4 }
                weight = 3
                keep-place = 5m
                agents-by = ring-progressively
                ring-step = 7s
                tier-wait = 20s
                members { ann { tier = 2 }, ben { position = 4 } }
                widen = [
                  { after = 60s, requires { spanish = 1 }, if { figure = free-agents, at-most = 2 } }
                  { after = 30s, requires { voice = 2 } }
                ]
                nobody-there { refuse-if-all = [logged-out], let-go-if-all = [not-ready, resting] }
              }
            }
            """);

    SiteConfiguration site =
        ConfigurationReader.read(Optional.of(file), List.of(), home).configuration().site().rules();

    assertThat(site.rules())
        .isEqualTo(
            new SiteConfiguration.Rules(
                Duration.ofSeconds(30), Duration.ofHours(1), new Capacity(1)));
    assertThat(site.delays().missesToNotReady()).isEqualTo(2);
    assertThat(site.delays().unreachable()).isEqualTo(Duration.ofSeconds(4));
    SiteConfiguration.Queue front = site.queues().getFirst();
    assertThat(front.weight()).isEqualTo(3);
    assertThat(front.keepPlace()).isEqualTo(Duration.ofMinutes(5));
    assertThat(front.choosing())
        .isEqualTo(
            new Choosing(
                AgentChoice.RING_PROGRESSIVELY,
                new TreeMap<>(
                    Map.of(
                        new AgentId("ann"), new Choosing.Member(2, 1),
                        new AgentId("ben"), new Choosing.Member(1, 4))),
                Duration.ofSeconds(20),
                Duration.ofSeconds(7)));
    assertThat(front.widenings())
        .extracting(Widening::after)
        .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(front.widenings().getLast().onlyIf())
        .contains(new Widening.Condition(Widening.Figure.FREE_AGENTS, false, 2));
    assertThat(front.presence())
        .isEqualTo(
            new Presence(
                List.of(Absence.LOGGED_OUT),
                List.of(Absence.NOT_READY, Absence.RESTING),
                Duration.ofSeconds(30)));
  }

  @Test
  void shouldReportEveryFaultInTheRulesOfAQueue() throws IOException {
    Path file =
        file(
            """
            switchwright.site {
              name = west, skills = [voice]
              agents { ann {} }
              passwords.generate-missing = true
              routing-points { "800" { queue = front } }
              queues.front {
                max-wait = 60s
                agents-by = longest-idel
                members { anne { tier = 0 } }
                widen = [
                  { after = 90s, requires { vioce = 2 } }
                  { after = 30s, if { figure = wating, at-least = 1, at-most = 2 } }
                ]
                nobody-there { refuse-if-all = [paused] }
              }
              capacity { voice = 2, email = 3 }
              music = [carols]
            }
            """);

    assertThat(refused(file))
        .extracting(Fault::toString)
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).contains(":8: ").contains("agents-by").contains("longest-idle"),
            it -> assertThat(it).contains(":9: ").contains("members.anne").contains("\"ann\"?"),
            it -> assertThat(it).contains(":9: ").contains("members.anne.tier").contains("got 0"),
            it -> assertThat(it).contains(":11: ").contains("after").contains("max-wait"),
            it -> assertThat(it).contains(":11: ").contains("vioce").contains("\"voice\"?"),
            it -> assertThat(it).contains(":16: ").contains("voice: expected 1").contains("got 2"),
            it -> assertThat(it).contains(":16: ").contains("capacity.email"),
            it -> assertThat(it).contains("sip.treatment.sounds").contains("music of your own"),
            it -> assertThat(it).contains(":12: ").contains("figure").contains("waiting"),
            it -> assertThat(it).contains(":12: ").contains("either at-least or at-most"),
            it ->
                assertThat(it).contains(":14: ").contains("refuse-if-all").contains("logged-out"));
  }

  @Test
  void shouldNeverRepeatSecret() throws IOException {
    Path file =
        file(
            """
            switchwright {
              database { kind = given, given { url = "jdbc:mysql://u:hush@h/d", user = u } }
              site {
                name = west
                routing-points { "800" { queue = q } }
                queues { q {} }
                agents { ann { ha1.sha-256 = "hushhush" } }
              }
            }
            """);

    List<Fault> faults = refused(file);

    assertThat(faults).hasSizeGreaterThanOrEqualTo(3);
    assertThat(faults.toString()).doesNotContain("hush").contains("withheld");
  }

  @Test
  void shouldRefuseNumbersThatLeadToTwoThings() throws IOException {
    Path file =
        file(
            """
            switchwright.site {
              name = west
              queues { q {} }
              routing-points { "131" { queue = q } }
              feature-codes { ready = "*11", not-ready = "13" }
            }
            """);

    List<Fault> faults = refused(file);

    assertThat(faults)
        .extracting(Fault::sentence)
        .anyMatch(it -> it.contains("*11 is"))
        .anyMatch(it -> it.contains("131 is the routing point 131"));
  }

  @Test
  void shouldFindCircleOfOverflows() throws IOException {
    Path file =
        file(
            """
            switchwright.site {
              name = west
              queues { a { overflow-to = b }, b { overflow-to = a }, c { overflow-to = a } }
              routing-points { "800" { queue = c } }
            }
            """);

    assertThat(refused(file))
        .extracting(Fault::key)
        .containsExactlyInAnyOrder(
            "switchwright.site.queues.a.overflow-to", "switchwright.site.queues.b.overflow-to");
  }

  @Test
  void shouldSayWhereSyntaxBreaks() throws IOException {
    Path file = file("switchwright {\n  sip { port = [ }\n}\n");

    List<Fault> faults = refused(file);

    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst().place()).endsWith("site.conf:2");
  }

  @Test
  void shouldRefuseMissingFile() {
    assertThat(refused(home.resolve("nothing.conf")))
        .extracting(Fault::place)
        .singleElement()
        .asString()
        .contains("nothing.conf");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(home.resolve("site.conf"), text);
  }

  private List<Fault> refused(Path file) {
    ConfigurationRefused refused =
        catchThrowableOfType(
            ConfigurationRefused.class,
            () -> ConfigurationReader.read(Optional.of(file), List.of(), home));
    return refused.faults();
  }
}
