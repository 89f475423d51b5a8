package org.switchwright.server.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.agent.Probing;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.hocon.Fault;
import org.switchwright.hocon.Faults;
import org.switchwright.hocon.Section;

/**
 * Reads the operator's file over the built-in defaults ({@code reference.conf}) and, where the file
 * says nothing of a site, over a sample site. Starts nothing and writes nothing.
 */
public final class ConfigurationReader {
  static final String ROOT = "switchwright";
  static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  static final String AN_ID = "1 to 64 letters, digits, '-', '_' or '.'";
  private static final Pattern ADDRESS =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final String AN_ADDRESS = "an IPv4 address such as 127.0.0.1";
  private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final Pattern MIXER =
      Pattern.compile(
          "sip:[A-Za-z0-9._-]{0,50}\\{call}[A-Za-z0-9._-]{0,50}@[A-Za-z0-9.-]{1,253}(:\\d{1,5})?");
  private static final Pattern DATUM = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final int MAX_ATTACHING = 64;
  private static final int MAX_REDIRECTED = 64;
  private static final Pattern REALM = Pattern.compile("[A-Za-z0-9 ._@-]{1,100}");

  private final Config whole;

  private final Faults faults = new Faults();
  private final Path base;

  private ConfigurationReader(Config whole, Path base) {
    this.whole = whole;
    this.base = base;
  }

  /**
   * A configuration that may be run.
   *
   * @param pekko what the operator wrote under {@code pekko}, for experts; usually empty
   */
  public record Read(Configuration configuration, Config pekko) {}

  /**
   * Reads and checks.
   *
   * @param file the operator's; empty: defaults and the sample site
   * @param settings single keys that win over the file, as {@code http.port=8081}
   * @param home what relative file names are relative to where there is no file
   * @throws ConfigurationRefused with every fault
   */
  public static Read read(Optional<Path> file, List<String> settings, Path home) {
    Config operators = ConfigFactory.empty();
    for (String setting : settings) {
      operators = operators.withFallback(parseSetting(setting));
    }
    Path base = home;
    if (file.isPresent()) {
      operators = operators.withFallback(parseFile(file.get()));
      base = parent(file.get());
    }
    Config layered = operators;
    if (!hasSite(operators)) {
      layered = layered.withFallback(parseResource("sample-site.conf"));
    }
    layered = layered.withFallback(parseResource("reference.conf"));
    return new ConfigurationReader(resolve(layered), base).read();
  }

  private Read read() {
    for (String key : whole.root().keySet()) {
      if (!key.equals(ROOT) && !key.equals("pekko")) {
        ConfigOrigin origin = whole.root().get(key).origin();
        faults.add(origin, key, "expected only \"switchwright\" and \"pekko\" at the top");
      }
    }
    Section top = new Section(whole.root(), "", faults);
    Section root = new Section(top.raw(ROOT), ROOT, faults);
    Section node = root.section("node");
    EdgeId name = new EdgeId(orSample(node.text("name", ID, AN_ID)));
    Path data = node.optionalPath("data-directory", base).orElse(base.resolve("data"));
    node.close();
    Configuration.Cluster cluster = cluster(root.section("cluster"));
    Configuration.Storage database = storage(root.section("database"), data);
    Section keySection = root.section("keys");
    Path masterKey =
        keySection.optionalPath("master-key-file", base).orElse(data.resolve("master-key.json"));
    keySection.close();
    Configuration.Sip sip = sip(root.section("sip"), data);
    Configuration.Http http = http(root.section("http"));
    Configuration.Network network = new NetworkReader(root.section("network"), base).read();
    Optional<CustomerRecordSettings> customerRecord =
        new DesktopReader(root.section("desktop"), base).read();
    Configuration.Site site =
        new SiteReader(root.section("site"), base, data, sip.algorithms(), network.names()).read();
    if (cluster.port() == http.port() && cluster.address().equals(http.address())) {
      root.section("http").fault("port", "expected another port than cluster.port, but got it");
    }
    if (sip.sounds().isEmpty() && site.music().findAny().isPresent()) {
      root.section("sip")
          .section("treatment")
          .fault("sounds", "expected a folder, because there is music of your own, but got none");
    }
    root.close();
    if (!faults.none()) {
      throw new ConfigurationRefused(faults.all());
    }
    return new Read(
        new Configuration(
            name,
            data,
            cluster,
            database,
            new Configuration.Keys(masterKey),
            sip,
            http,
            network,
            customerRecord,
            site),
        whole.hasPath("pekko") ? whole.withOnlyPath("pekko") : ConfigFactory.empty());
  }

  private static Configuration.Cluster cluster(Section section) {
    Pattern seed = Pattern.compile("[A-Za-z0-9.-]{1,253}:\\d{1,5}");
    Configuration.Cluster cluster =
        new Configuration.Cluster(
            section.text("address", ADDRESS, AN_ADDRESS),
            section.port("port"),
            section.texts("seed-nodes", seed, "host:port", 16));
    section.close();
    return cluster;
  }

  private Configuration.Storage storage(Section section, Path data) {
    boolean embedded = section.choice("kind", Map.of("embedded", true, "given", false), true);
    int poolSize = section.number("pool-size", 4, 200);
    Section own = section.section("embedded");
    Path home = own.optionalPath("home", base).orElse(data.resolve("postgresql"));
    Configuration.Storage.Embedded local =
        new Configuration.Storage.Embedded(
            home,
            own.optionalPath("binaries", base).orElse(home.resolve("binaries")),
            own.number("port", 0, 65_535),
            poolSize);
    own.close();
    Section given = section.section("given");
    Configuration.Storage storage = local;
    if (embedded) {
      given.optionalText("url", TEXT, "");
      given.optionalText("user", TEXT, "");
      given.optionalPath("password-file", base);
    } else {
      Pattern url = Pattern.compile("jdbc:postgresql://[\\x21-\\x7e]{1,500}");
      storage =
          new Configuration.Storage.Given(
              given.text("url", url, "jdbc:postgresql://host:port/name without user and password"),
              given.text("user", TEXT, "a user's name"),
              passwordFile(given),
              poolSize);
    }
    given.close();
    section.close();
    return storage;
  }

  private Path passwordFile(Section given) {
    Optional<Path> file = given.optionalPath("password-file", base);
    if (file.isEmpty() || !Files.isReadable(file.get())) {
      given.fault(
          "password-file",
          "expected a readable file that holds the password, but there is none of that name");
    }
    return file.orElse(base);
  }

  private static SortedMap<String, String> attachedHeaders(Section section) {
    SortedMap<String, String> headers =
        section.texts(HEADER, "the name of a SIP header", RoutingFacts.MAX_ATTACHED);
    for (String name : headers.keySet()) {
      if (!DATUM.matcher(name).matches()) {
        section.fault(
            name, "expected a name for strategies, 1 to 32 letters, digits or '_', a letter first");
      }
    }
    return headers;
  }

  private Configuration.Sip sip(Section section, Path data) {
    String address = section.text("address", ADDRESS, AN_ADDRESS);
    if (address.equals("0.0.0.0")) {
      section.fault(
          "address", "expected an address that phones can be told, but got the one for any");
    }
    Section registration = section.section("registration");
    Duration min =
        registration.duration("min-expires", Duration.ofSeconds(10), Duration.ofHours(1));
    Duration max =
        registration.duration("max-expires", Duration.ofSeconds(10), Duration.ofHours(24));
    if (max.compareTo(min) < 0) {
      registration.fault("max-expires", "expected at least min-expires, but got less");
    }
    registration.close();
    Section probe = section.section("probe");
    Probing.Times probing =
        new Probing.Times(
            probe.duration("interval", Duration.ZERO, Duration.ofHours(1)),
            probe.duration("answer-within", Duration.ofSeconds(1), Duration.ofSeconds(30)));
    int probes = probe.number("at-once", 1, 10_000);
    probe.close();
    Section session = section.section("session");
    Duration leastInterval =
        session.duration("min-interval", Duration.ofSeconds(90), Duration.ofHours(2));
    Duration interval = session.duration("interval", Duration.ofSeconds(90), Duration.ofHours(2));
    if (interval.compareTo(leastInterval) < 0) {
      session.fault("interval", "expected at least min-interval, but got less");
    }
    session.close();
    Section treatment = section.section("treatment");
    int firstPort = treatment.number("first-port", 1_024, 65_534);
    int lastPort = treatment.number("last-port", 1_025, 65_535);
    if (firstPort % 2 != 0) {
      treatment.fault("first-port", "expected an even port (RTP), but got " + firstPort);
    }
    Optional<Path> sounds = treatment.optionalPath("sounds", base);
    if (sounds.isPresent() && !Files.isDirectory(sounds.get())) {
      treatment.fault("sounds", "expected a folder, but there is none of that name");
    }
    if (lastPort <= firstPort) {
      treatment.fault("last-port", "expected more than first-port, but got " + lastPort);
    }
    treatment.close();
    Section conference = section.section("conference");
    Optional<String> mixer =
        conference.optionalText("mixer", MIXER, "sip:NAME@HOST:PORT with {call} in the name");
    conference.close();
    Section attached = section.section("attached-data");
    List<String> attachedFrom = attached.texts("from", ADDRESS, "an IPv4 address", MAX_ATTACHING);
    SortedMap<String, String> attachedHeaders = attachedHeaders(attached.section("headers"));
    attached.close();
    Section handOver = section.section("hand-over");
    List<String> redirected =
        handOver.texts("redirect", ADDRESS, "an IPv4 address", MAX_REDIRECTED);
    handOver.close();
    Section limits = section.section("limits");
    int maxCalls = limits.number("calls", 1, 200_000);
    int newCalls = limits.number("new-calls-per-second", 1, 100_000);
    limits.close();
    Configuration.Sip sip =
        new Configuration.Sip(
            address,
            section.port("port"),
            section.text("realm", REALM, "1 to 100 letters, digits, ' ', '.', '_', '@' or '-'"),
            algorithms(section),
            section.optionalPath("secret-file", base).orElse(data.resolve("edge-secret")),
            min,
            max,
            probing,
            probes,
            interval,
            leastInterval,
            firstPort,
            lastPort,
            sounds,
            mixer,
            attachedFrom,
            attachedHeaders,
            redirected,
            maxCalls,
            newCalls);
    section.close();
    return sip;
  }

  private static List<String> algorithms(Section section) {
    List<String> algorithms =
        section.texts(
            "digest-algorithms", Pattern.compile("SHA-256|MD5"), "\"SHA-256\" or \"MD5\"", 2);
    if (algorithms.isEmpty()) {
      section.fault("digest-algorithms", "expected at least one of \"SHA-256\" and \"MD5\"");
    }
    return algorithms;
  }

  private static Configuration.Http http(Section section) {
    Section events = section.section("events");
    int followers = events.number("max-followers", 1, 10_000);
    Duration heartbeat = events.duration("heartbeat", Duration.ofSeconds(1), Duration.ofMinutes(1));
    events.close();
    Configuration.Http http =
        new Configuration.Http(
            section.text("address", ADDRESS, AN_ADDRESS),
            section.port("port"),
            followers,
            heartbeat);
    section.close();
    return http;
  }

  private static Config parseFile(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw refused(file.toString(), "expected a readable configuration file, but there is none");
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      throw refused(e, file.toString());
    }
  }

  private static Config parseSetting(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw refused("--set", "expected KEY=VALUE such as http.port=8081");
    }
    String key = setting.substring(0, equals).strip();
    try {
      Config value = ConfigFactory.parseString("it = " + setting.substring(equals + 1));
      return ConfigFactory.empty()
          .withValue(
              key.startsWith("pekko.") ? key : ROOT + "." + key,
              value
                  .getValue("it")
                  .withOrigin(ConfigValueFactory.fromAnyRef(0, "--set " + key).origin()));
    } catch (ConfigException _) {
      throw refused(
          "--set " + key,
          "expected a value as in a configuration file: a text with other than letters and digits in"
              + " double quotes, such as --set '"
              + key
              + "=\"...\"'");
    }
  }

  private static Config parseResource(String name) {
    return ConfigFactory.parseResources(ConfigurationReader.class, name);
  }

  private static Config resolve(Config layered) {
    try {
      return layered.resolve();
    } catch (ConfigException e) {
      throw refused(e, "configuration");
    }
  }

  private static boolean hasSite(Config operators) {
    try {
      Config resolved = operators.resolve();
      return List.of("queues", "agents", "routing-points", "name").stream()
          .anyMatch(key -> resolved.hasPath(ROOT + ".site." + key));
    } catch (ConfigException e) {
      throw refused(e, "configuration");
    }
  }

  /** The library's sentence begins with the place; after a parse error it holds no more. */
  private static ConfigurationRefused refused(ConfigException e, String otherwise) {
    ConfigOrigin origin = e.origin();
    String message = String.valueOf(e.getMessage());
    if (origin == null) {
      return refused(otherwise, message);
    }
    String prefix = origin.description() + ": ";
    return refused(
        Faults.place(origin),
        message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }

  private static ConfigurationRefused refused(String place, String sentence) {
    return new ConfigurationRefused(List.of(new Fault(place, "", sentence)));
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Any id, for a value whose fault has been noted. */
  static String orSample(String id) {
    return id.isEmpty() ? "faulty" : id;
  }
}
