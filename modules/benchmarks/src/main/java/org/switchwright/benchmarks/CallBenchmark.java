package org.switchwright.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.switchwright.useragent.Account;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.CallPool;
import org.switchwright.useragent.Ledger;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/**
 * Calls through one node with 500 agents, on one machine that also plays callers and agents: calls
 * a second with less than 0.1% failed, INVITE to 200, processor time a call; beside the same
 * callers and phones talking directly, in the same run.
 */
public final class CallBenchmark {
  private static final int AGENTS = Integer.getInteger("agents", 500);
  private static final int SECONDS = Integer.getInteger("seconds", 20);
  private static final List<Integer> RATES = List.of(25, 50, 100, 150, 200);
  private static final Duration HOLD = Duration.ofMillis(500);
  private static final int SIP = 15_160;
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private CallBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Files.createTempDirectory("switchwright-benchmark-");
    Path configuration = configuration(home);
    OUT.printf(
        "%d processors, %d agents, %d s a rate, calls held %d ms%n",
        Runtime.getRuntime().availableProcessors(), AGENTS, SECONDS, HOLD.toMillis());
    direct();
    try (MeasuredServer server = MeasuredServer.start(configuration, home.resolve("server.log"));
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).withoutAudio().start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).withoutAudio().start()) {
      seat(home, phones);
      run(callers, edge(), "sip:sales@127.0.0.1", 25, 10);
      OUT.println("rate/s  calls  failed%  p50 ms  p99 ms  server ms/call  database ms/call");
      for (int rate : RATES) {
        MeasuredServer.Cpu before = server.cpu();
        Ledger ledger = run(callers, edge(), "sip:sales@127.0.0.1", rate, SECONDS);
        MeasuredServer.Cpu used = server.cpu().minus(before);
        int calls = ledger.entries().size();
        OUT.printf(
            Locale.ROOT,
            "%6d %6d %8.2f %7.1f %7.1f %15.2f %17.2f%n",
            rate,
            calls,
            100.0 * (calls - ledger.with(200).size()) / calls,
            percentile(ledger, 50),
            percentile(ledger, 99),
            (double) used.server().toMillis() / calls,
            (double) used.database().toMillis() / calls);
      }
    }
  }

  private static void direct() throws Exception {
    try (UserAgents phones = UserAgents.at("127.0.0.1").port(0).withoutAudio().start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).withoutAudio().start()) {
      phones
          .phone(Account.of("direct", "none", "127.0.0.1", edge()))
          .lines(1_000)
          .behave(Behaviour.answer());
      run(callers, phones.address(), "sip:direct@127.0.0.1", 25, 5);
      Ledger ledger = run(callers, phones.address(), "sip:direct@127.0.0.1", 100, SECONDS);
      OUT.printf(
          Locale.ROOT,
          "reference, the same caller and phone without us, 100/s: p50 %.1f ms, p99 %.1f ms%n",
          percentile(ledger, 50),
          percentile(ledger, 99));
    }
  }

  private static InetSocketAddress edge() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), SIP);
  }

  private static void seat(Path home, UserAgents phones) throws IOException {
    List<Phone> seated = new ArrayList<>();
    for (String line : Files.readAllLines(home.resolve("data").resolve("phone-passwords"))) {
      String[] words = line.split(" ", 2);
      Phone phone = phones.phone(Account.of(words[0], words[1], "127.0.0.1", edge()));
      phone.behave(Behaviour.answer());
      var _ = phone.register();
      phone.awaitRegistered(Duration.ofSeconds(30));
      phone.call("sip:*11@127.0.0.1").place().awaitEnded(Duration.ofSeconds(30));
      seated.add(phone);
    }
    OUT.println(seated.size() + " agents are ready");
  }

  private static Ledger run(
      UserAgents callers, InetSocketAddress via, String uri, int rate, int seconds)
      throws Exception {
    return CallPool.of(
            callers,
            rate * seconds,
            rate,
            n -> callers.caller("+49301" + n).call(uri, via).patience(Duration.ofSeconds(20)))
        .holdFor(HOLD)
        .run()
        .get(seconds + 120L, TimeUnit.SECONDS);
  }

  private static double percentile(Ledger ledger, int percent) {
    List<Duration> setups = ledger.with(200).stream().map(Ledger.Entry::setup).sorted().toList();
    return setups.isEmpty()
        ? Double.NaN
        : setups.get((setups.size() - 1) * percent / 100).toNanos() / 1e6;
  }

  private static Path configuration(Path home) throws IOException {
    StringBuilder text = new StringBuilder("switchwright {\n");
    text.append("  node.data-directory = \"").append(home.resolve("data")).append("\"\n");
    text.append("  sip.port = ").append(SIP).append("\n  http.port = 18180\n");
    text.append("  cluster.port = 25620\n  site {\n    name = bench\n    skills = [sales]\n");
    text.append("    queues.sales { requires { sales = 1 }, wrap-up = 0s, max-waiting = 5000 }\n");
    text.append("    routing-points.sales.queue = sales\n    passwords.generate-missing = true\n");
    for (int n = 1; n <= AGENTS; n++) {
      text.append("    agents.agent-%04d.skills.sales = 5%n".formatted(n));
    }
    Path file = home.resolve("switchwright.conf");
    Files.writeString(file, text.append("  }\n}\n"));
    return file;
  }
}
