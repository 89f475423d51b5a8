package org.switchwright.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;

class SwitchwrightTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path home;

  @Test
  void shouldExplainEveryCommandAndOption() {
    everyCommand(
        Switchwright.commandLine(),
        command -> {
          assertThat(command.getCommandSpec().usageMessage().description())
              .as(command.getCommandName())
              .isNotEmpty();
          for (ArgSpec argument : command.getCommandSpec().args()) {
            assertThat(argument.description()).as(argument.toString()).isNotEmpty();
          }
        });
  }

  @Test
  void shouldSayHowItIsUsed() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("run", "demo", "top", "Exit codes:", "NO_COLOR");

    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(run("dance")).isEqualTo(ExitCode.USAGE);
    assertThat(run("calls", "-o", "xml")).isEqualTo(ExitCode.USAGE);
    assertThat(run("explain")).isEqualTo(ExitCode.USAGE);
    assertThat(run("agent")).isEqualTo(ExitCode.USAGE);
  }

  @Command(name = "eat", description = "Takes all memory")
  private static final class Eat implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void shouldSayWhatToDoWhereMemoryDoesNotDo() {
    CommandLine commands = Switchwright.commandLine().addSubcommand(new Eat());
    commands.setErr(new PrintWriter(err, true));

    assertThat(commands.execute("eat")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("SWITCHWRIGHT_HEAP=4g gives more").hasLineCount(1);
  }

  @Test
  void shouldReportEveryFaultOfConfiguration() throws Exception {
    Path file = Files.writeString(home.resolve("a.conf"), "switchwright.sip { port = 0, x = 1 }\n");

    assertThat(run("network", "check", file.toString())).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .contains("a.conf:1: switchwright.sip.port")
        .contains("a.conf:1: switchwright.sip.x")
        .contains("2 faults; nothing was started.");
  }

  @Test
  void shouldPassRightConfiguration() throws Exception {
    Path file = Files.writeString(home.resolve("a.conf"), "switchwright.sip.port = 5070\n");

    assertThat(run("network", "check", file.toString())).isZero();

    assertThat(out.toString()).contains("is right: site berlin, 3 queues");
  }

  @Test
  void shouldNotStartWithFaults() {
    assertThat(run("run", "--set", "http.port=0")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--set http.port").contains("1 fault");
  }

  @Test
  void shouldNameEveryPortThatIsTaken() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (DatagramSocket sip = new DatagramSocket(0, here);
        ServerSocket http = new ServerSocket(0, 1, here)) {
      int code =
          run(
              "run",
              "--set",
              "sip.port=" + sip.getLocalPort(),
              "--set",
              "http.port=" + http.getLocalPort(),
              "--set",
              "node.data-directory=\"" + home + "\"");

      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(err.toString())
          .contains("switchwright.sip: expected to listen on 127.0.0.1:" + sip.getLocalPort())
          .contains("switchwright.http: expected to listen on 127.0.0.1:" + http.getLocalPort())
          .contains("Nothing was started.");
      assertThat(home).isEmptyDirectory();
    }
  }

  @Test
  void shouldSayWhenNoServerAnswers() throws Exception {
    Path token = Files.writeString(home.resolve("token"), "sw_x\n");

    int code = run("queues", "--url", "http://127.0.0.1:1", "--token-file", token.toString());

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("No server answers at http://127.0.0.1:1");
  }

  @Test
  void shouldNotEraseUnasked() {
    assertThat(run("erase", "i-1")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--yes");
  }

  private int run(String... arguments) {
    return Switchwright.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static void everyCommand(
      CommandLine command, java.util.function.Consumer<CommandLine> check) {
    check.accept(command);
    command.getSubcommands().values().stream()
        .filter(it -> !it.getCommandName().equals("help"))
        .forEach(it -> everyCommand(it, check));
  }
}
