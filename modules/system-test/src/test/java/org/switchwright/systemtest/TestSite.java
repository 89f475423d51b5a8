package org.switchwright.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.server.access.AccessFile;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.Account;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/**
 * The site of these tests: where it listens, what it is configured with, and its agents' phones.
 */
public final class TestSite {
  public static final Duration SOON = Duration.ofSeconds(30);

  private final Path data;
  private final int sip;
  private final Path configuration;

  private TestSite(Path data, int sip, Path configuration) {
    this.data = data;
    this.sip = sip;
    this.configuration = configuration;
  }

  /** A site that runs already. */
  static TestSite running(Path data, int sip, Path configuration) {
    return new TestSite(data, sip, configuration);
  }

  /**
   * Writes a configuration with this many agents, all of whom have both skills.
   *
   * @param more further lines of configuration, below {@code switchwright}
   */
  public static TestSite prepare(Path home, int agents, String... more) throws IOException {
    int sip = Ports.udp("127.0.0.1");
    StringBuilder text = new StringBuilder(shortTimes()).append("switchwright {\n");
    text.append("  node.data-directory = \"").append(home.resolve("data")).append("\"\n");
    text.append("  database.embedded.binaries = \"");
    text.append(EmbeddedPostgresForTests.binaries()).append("\"\n");
    text.append("  sip.port = ").append(sip).append('\n');
    text.append("  http.port = ").append(Ports.tcp("127.0.0.1")).append('\n');
    text.append("  cluster.port = ").append(Ports.tcp("127.0.0.1")).append('\n');
    for (int n = 1; n <= agents; n++) {
      text.append("  site.agents.").append(agent(n)).append(".skills { sales = 5, support = 5 }\n");
    }
    for (String line : more) {
      text.append("  ").append(line).append('\n');
    }
    Path file = home.resolve("switchwright.conf");
    Files.writeString(file, text.append("}\n"));
    return new TestSite(home.resolve("data"), sip, file);
  }

  /** The line of configuration for a site on which tests need not wait. */
  static String shortTimes() {
    return "include required(file(\"%s\"))\n"
        .formatted(
            Path.of(System.getProperty("switchwright.root", "."))
                .resolve("modules/system-test/src/test/resources/site.conf")
                .toAbsolutePath()
                .normalize());
  }

  public static String agent(int number) {
    return "agent-%02d".formatted(number);
  }

  public Path configuration() {
    return configuration;
  }

  public InetSocketAddress edge() {
    return new InetSocketAddress("127.0.0.1", sip);
  }

  public RunningServer start() throws IOException {
    ConfigurationReader.Read read =
        ConfigurationReader.read(Optional.of(configuration), List.of(), data);
    return RunningServer.start(
        read.configuration(),
        read.pekko(),
        RunningServer.Metrics.NONE,
        org.switchwright.sip.SipTrace.NONE);
  }

  /**
   * Between two tests that share it: everybody is logged out, and no call is there any more. Who
   * called has hung up before.
   */
  void settle() throws Exception {
    for (JsonNode agent : ask("/api/v1/agents").path("items")) {
      post("/api/v1/agents/" + agent.path("agent").asText() + "/logout", "{}");
    }
    Awaitility.await().atMost(SOON).until(() -> ask("/api/v1/calls").path("items").isEmpty());
  }

  /** Asks the server that runs on this configuration, whichever process it is now. */
  public JsonNode ask(String path) throws Exception {
    return answer(request(path).timeout(SOON).build());
  }

  public JsonNode post(String path, String body) throws Exception {
    return answer(
        request(path)
            .timeout(SOON)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  JsonNode delete(String path) throws Exception {
    return answer(request(path).timeout(SOON).DELETE().build());
  }

  private static JsonNode answer(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new JsonMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }

  /** Where it takes HTTP. */
  public InetSocketAddress http() throws IOException {
    URI url = URI.create(AccessFile.read(data).orElseThrow().url());
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  HttpRequest.Builder request(String path) throws IOException {
    AccessFile access = AccessFile.read(data).orElseThrow();
    return HttpRequest.newBuilder(URI.create(access.url() + path))
        .header("Authorization", "Bearer " + access.token());
  }

  public String password(int number) throws IOException {
    for (String line : Files.readAllLines(data.resolve("phone-passwords"))) {
      if (line.startsWith(agent(number) + " ")) {
        return line.substring(line.indexOf(' ') + 1);
      }
    }
    throw new IOException("Expected a password for " + agent(number) + ", but there is none");
  }

  Phone phone(UserAgents host, int number) throws IOException {
    return host.phone(Account.of(agent(number), password(number), "127.0.0.1", edge()));
  }

  /** A phone that has registered, and whose agent has logged in by feature code. */
  Phone ready(UserAgents host, int number) throws IOException {
    Phone phone = phone(host, number);
    phone.register();
    phone.awaitRegistered(SOON);
    dial(phone, "*11");
    return phone;
  }

  List<Phone> ready(UserAgents host, int from, int to) throws IOException {
    List<Phone> phones = new ArrayList<>();
    for (int n = from; n <= to; n++) {
      phones.add(ready(host, n));
    }
    return phones;
  }

  void dial(Phone phone, String code) {
    phone.call("sip:" + code + "@127.0.0.1").place().awaitEnded(SOON);
  }

  Call call(UserAgents host, String point) {
    return host.caller("+4930" + (1_000_000 + host.liveCalls()))
        .call("sip:" + point + "@127.0.0.1", edge())
        .place();
  }
}
