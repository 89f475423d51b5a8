package org.switchwright.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.JournalRows;
import org.switchwright.useragent.Account;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/**
 * The site of {@code cluster-config/three-nodes}: those files, on ports and a database of this
 * test's. Its nodes, numbered from 1, are processes that are started at the same time.
 */
final class ThreeNodeSite implements AutoCloseable {
  static final int NODES = 3;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path home;
  private final DatabaseSettings database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<InetSocketAddress> edges = new ArrayList<>();
  private final List<Integer> httpPorts = new ArrayList<>();
  private final List<ServerProcess> servers = new ArrayList<>();

  private ThreeNodeSite(Path home, DatabaseSettings database) {
    this.home = home;
    this.database = database;
  }

  /** Returns when every node takes calls and knows of the others. */
  static ThreeNodeSite start(Path home, int agents) throws IOException {
    ThreeNodeSite site = new ThreeNodeSite(home, EmbeddedPostgresForTests.freshDatabase());
    site.configure(agents);
    List<CompletableFuture<ServerProcess>> starting = new ArrayList<>();
    try (ExecutorService starters = Executors.newFixedThreadPool(NODES)) {
      for (int n = 1; n <= NODES; n++) {
        int node = n;
        starting.add(CompletableFuture.supplyAsync(() -> site.start(node), starters));
      }
    }
    // The pool's end has waited for all; none may be left behind where one did not start.
    starting.stream()
        .filter(server -> !server.isCompletedExceptionally())
        .forEach(server -> site.servers.add(server.join()));
    try {
      starting.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      site.endAll();
      throw e;
    }
    return site;
  }

  private void configure(int agents) throws IOException {
    Path shipped =
        Path.of(System.getProperty("switchwright.root", "."), "cluster-config", "three-nodes");
    Files.copy(shipped.resolve("common.conf"), home.resolve("common.conf"));
    Files.createDirectories(home.resolve("secret"));
    Files.writeString(home.resolve("secret").resolve("database-password"), database.password());
    List<String> seeds = new ArrayList<>();
    List<Integer> clusterPorts = new ArrayList<>();
    for (int n = 1; n <= NODES; n++) {
      String address = address(n);
      Files.copy(shipped.resolve(node(n) + ".conf"), home.resolve(node(n) + ".conf"));
      edges.add(new InetSocketAddress(address, Ports.udp(address)));
      httpPorts.add(Ports.tcp(address));
      clusterPorts.add(Ports.tcp(address));
      seeds.add("\"" + address + ":" + clusterPorts.getLast() + "\"");
    }
    StringBuilder text = new StringBuilder("switchwright {\n");
    text.append("  cluster.seed-nodes = ").append(seeds).append('\n');
    text.append("  database.given.url = \"").append(database.url()).append("\"\n");
    text.append("  database.given.user = \"").append(database.user()).append("\"\n");
    text.append("  database.pool-size = 8\n");
    for (int n = 1; n <= agents; n++) {
      text.append("  site.agents.").append(TestSite.agent(n));
      text.append(".skills { sales = 5, support = 5 }\n");
    }
    for (int n = 1; n <= NODES; n++) {
      Files.writeString(
          configuration(n),
          "include \"%s.conf\"\n".formatted(node(n))
              + TestSite.shortTimes()
              + text
              + "  sip.port = %d\n  http.port = %d\n  cluster.port = %d\n}\n"
                  .formatted(edge(n).getPort(), httpPorts.get(n - 1), clusterPorts.get(n - 1)));
    }
  }

  private ServerProcess start(int node) {
    try {
      return ServerProcess.start(configuration(node), log(node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String node(int number) {
    return "node-" + number;
  }

  private static String address(int node) {
    return "127.0.0." + node;
  }

  private Path configuration(int node) {
    return home.resolve("test-" + node(node) + ".conf");
  }

  private Path log(int node) {
    return home.resolve(node(node) + ".log");
  }

  InetSocketAddress edge(int node) {
    return edges.get(node - 1);
  }

  /** Any other node, always the same. */
  static int after(int node) {
    return node % NODES + 1;
  }

  /** As an operator stops it: SIGTERM. */
  void stop(int node) throws InterruptedException {
    servers.get(node - 1).close();
  }

  void startAgain(int node) {
    servers.set(node - 1, start(node));
  }

  // Phones and callers.

  /** An agent's phone that has registered at that node; its agent is not logged in. */
  Phone phone(UserAgents host, int agent, int node) throws IOException {
    String name = TestSite.agent(agent);
    Phone phone = host.phone(Account.of(name, password(name), address(node), edge(node)));
    var _ = phone.register();
    phone.awaitRegistered(TestSite.SOON);
    return phone;
  }

  /** Every node must know the same passwords. */
  private String password(String agent) throws IOException {
    return Files.readAllLines(home.resolve("secret").resolve("phone-passwords")).stream()
        .filter(line -> line.startsWith(agent + " "))
        .map(line -> line.substring(agent.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  static void dial(Phone phone, String code) {
    dial(List.of(phone), code);
  }

  /** All at once. */
  static void dial(List<Phone> phones, String code) {
    phones.stream()
        .map(phone -> phone.call("sip:" + code + "@127.0.0.1").place())
        .toList()
        .forEach(call -> call.awaitEnded(TestSite.SOON));
  }

  Call call(UserAgents host, int node, String point) {
    return host.caller("+4930" + (2_000_000 + host.liveCalls()))
        .call("sip:" + point + "@" + address(node), edge(node))
        .place();
  }

  // What can be seen from outside.

  /** The administrator's token, which the first node has told and all of them know. */
  String administratorsToken() throws IOException {
    Pattern told = Pattern.compile("token +(sw_[A-Za-z0-9_-]+)");
    List<String> tokens = new ArrayList<>();
    for (int n = 1; n <= NODES; n++) {
      Matcher matcher = told.matcher(servers.get(n - 1).said());
      while (matcher.find()) {
        tokens.add(matcher.group(1));
      }
    }
    if (tokens.size() != 1) {
      throw new IllegalStateException("Expected one token to be told, but got " + tokens.size());
    }
    return tokens.getFirst();
  }

  /** An answer without the time at which it was true. */
  JsonNode ask(int node, String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(node, path);
    if (answer.statusCode() != 200) {
      throw new IOException("Expected 200 from " + node(node) + ", but got " + answer.statusCode());
    }
    JsonNode json = MAPPER.readTree(answer.body());
    if (json instanceof ObjectNode object) {
      object.remove("asOf");
    }
    return json;
  }

  private HttpResponse<String> send(int node, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + address(node) + ":" + httpPorts.get(node - 1) + path))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + administratorsToken())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A figure of that node's, summed over its labels; 0 where there is none of that name. */
  long metric(int node, String name) throws IOException, InterruptedException {
    return send(node, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  long count(String query) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password())) {
      return JournalRows.number(connection, query);
    }
  }

  /** How often that happened to calls, by the journal. */
  long journaled(String event) throws SQLException {
    return count(
        "SELECT count(*) FROM event_journal WHERE event_ser_manifest LIKE '" + event + "/%'");
  }

  Optional<String> lastPastCall() throws IOException, InterruptedException {
    JsonNode items = ask(1, "/api/v1/calls/history").path("items");
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(0).path("call").asText());
  }

  private void endAll() {
    servers.forEach(ServerProcess::endLater);
  }

  @Override
  public void close() throws InterruptedException {
    ServerProcess.closeAll(servers);
  }
}
