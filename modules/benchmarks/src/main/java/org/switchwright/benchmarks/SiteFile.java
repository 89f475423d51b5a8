package org.switchwright.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a site with one queue, and where it is kept. */
record SiteFile(Path home, Path file, int sipPort) {
  static SiteFile write(Path home, Plan plan) throws IOException {
    return write(home, "bench", plan.agents());
  }

  /**
   * @param more further lines of configuration, below {@code switchwright}
   */
  static SiteFile write(Path home, String name, int agents, String... more) throws IOException {
    int sipPort = FreePort.udp();
    StringBuilder text = new StringBuilder("switchwright {\n");
    text.append("  node.data-directory = \"").append(home.resolve("data")).append("\"\n");
    text.append("  sip { port = ").append(sipPort);
    // sipp knows no other digest, does not register again, and answers no probes.
    text.append(
        ", digest-algorithms = [MD5], registration.max-expires = 1h, probe.interval = 0s }\n");
    text.append("  http.port = ").append(FreePort.tcp()).append('\n');
    text.append("  cluster.port = ").append(FreePort.tcp()).append('\n');
    for (String line : more) {
      text.append("  ").append(line).append('\n');
    }
    text.append("  site {\n    name = ").append(name).append("\n    skills = [sales]\n");
    text.append("    queues.sales { requires { sales = 1 }, wrap-up = 0s, max-waiting = 5000 }\n");
    text.append("    routing-points.sales.queue = sales\n");
    text.append("    passwords.generate-missing = true\n");
    for (int n = 1; n <= agents; n++) {
      text.append("    agents.agent-%04d.skills.sales = 5%n".formatted(n));
    }
    Path file = home.resolve("switchwright.conf");
    Files.writeString(file, text.append("  }\n}\n"));
    return new SiteFile(home, file, sipPort);
  }

  Path data() {
    return home.resolve("data");
  }

  String edge() {
    return "127.0.0.1:" + sipPort;
  }
}
