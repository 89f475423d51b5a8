package org.switchwright.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyCommandTest {
  private static final Path DOCS =
      Path.of(System.getProperty("switchwright.root", ".")).resolve("docs/strategies");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path home;

  @Test
  void shouldPassTheStrategyThatShipsAndItsExamples() {
    String strategy = DOCS.resolve("support.conf").toString();

    assertThat(run("strategy", "check", strategy)).isZero();
    assertThat(run("strategy", "test", strategy, DOCS.resolve("support-examples.conf").toString()))
        .isZero();

    assertThat(out.toString())
        .contains("is right: strategy support for 2 routing points, naming 4 queues and 2 skills")
        .contains("as expected  sales helps out")
        .contains("5 examples, 0 differ");
  }

  @Test
  void shouldReportEveryFaultWithLineAndColumn() throws Exception {
    Path file =
        Files.writeString(
            home.resolve("s.conf"),
            "name = s\ntime-zone = Mars\npoints = [\"1\"]\ncases = [ { name = a, taget = [x] } ]\n");

    assertThat(run("strategy", "check", file.toString())).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .contains("s.conf:2:1: time-zone: expected a time zone")
        .contains("s.conf:4:23: cases[1].taget: expected no such key here")
        .contains("3 faults.");
  }

  @Test
  void shouldKnowTheSitesQueues() throws Exception {
    Path site = Files.writeString(home.resolve("site.conf"), "switchwright.sip.port = 5070\n");

    assertThat(
            run(
                "strategy",
                "check",
                DOCS.resolve("support.conf").toString(),
                "-c",
                site.toString()))
        .isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("expected a queue of this site, but got \"partner\"");
  }

  @Test
  void shouldSayWhatDiffers() throws Exception {
    Path examples =
        Files.writeString(
            home.resolve("e.conf"),
            "examples = [ { name = Sunday, at = \"2026-11-29T10:00\", call { point = \"1000\" },"
                + " expect { queue = sales } } ]\n");

    assertThat(
            run("strategy", "test", DOCS.resolve("support.conf").toString(), examples.toString()))
        .isEqualTo(ExitCode.FAILED);

    assertThat(out.toString())
        .contains("DIFFERS      Sunday")
        .contains("e.conf:1:14: expected queue sales, but got none");
  }

  @Test
  void shouldAskWhyBeforeItPublishes() {
    String strategy = DOCS.resolve("support.conf").toString();

    assertThat(run("strategy", "publish", strategy)).isEqualTo(ExitCode.USAGE);
    assertThat(run("strategy", "rollback", "support", "1")).isEqualTo(ExitCode.USAGE);
    assertThat(run("strategy")).isEqualTo(ExitCode.USAGE);
  }

  private int run(String... arguments) {
    return Switchwright.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
