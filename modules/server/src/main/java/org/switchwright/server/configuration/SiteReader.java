package org.switchwright.server.configuration;

import static org.switchwright.server.configuration.ConfigurationReader.AN_ID;
import static org.switchwright.server.configuration.ConfigurationReader.ID;
import static org.switchwright.server.configuration.ConfigurationReader.orSample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.site.Capacity;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.hocon.NearMiss;
import org.switchwright.hocon.Section;

/** Reads the part that describes one call center, and checks what in it refers to each other. */
final class SiteReader {
  static final int MAX_QUEUES = 1_000;
  static final int MAX_POINTS = 10_000;
  static final int MAX_AGENTS = 10_000;
  static final int MAX_SKILLS = 1_000;
  static final int MAX_REASONS = 100;
  private static final int MAX_MUSIC = 50;
  private static final int MAX_LEVEL = 10;
  private static final Pattern CODE = Pattern.compile("[*0-9]{2,16}");
  private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_+/:-]{1,60}");
  private static final String A_ZONE = "a time zone such as Europe/Berlin";

  private final Section section;
  private final Path base;
  private final Path data;
  private final List<String> algorithms;
  private final Set<String> sites;
  private final Map<String, String> dialled = new HashMap<>();

  /**
   * @param sites the other sites of the network
   */
  SiteReader(Section section, Path base, Path data, List<String> algorithms, Set<String> sites) {
    this.section = section;
    this.base = base;
    this.data = data;
    this.algorithms = algorithms;
    this.sites = sites;
  }

  Configuration.Site read() {
    SiteId id = new SiteId(orSample(section.text("name", ID, AN_ID)));
    ZoneId zone = zone();
    List<String> skills = section.texts("skills", ID, AN_ID, MAX_SKILLS);
    List<SiteConfiguration.Queue> queues =
        new QueueReader(section, skills, names("agents"), sites).read();
    List<SiteConfiguration.RoutingPoint> points = points(queues);
    SortedMap<String, String> reasons = reasons();
    Configuration.FeatureCodes features = features(reasons);
    Section delays = section.section("delays");
    Duration hour = Duration.ofHours(1);
    SiteConfiguration.Delays rests =
        new SiteConfiguration.Delays(
            delays.duration("rejected", Duration.ZERO, hour),
            delays.duration("busy", Duration.ofSeconds(1), hour),
            delays.duration("missed", Duration.ZERO, hour),
            delays.duration("unreachable", Duration.ZERO, hour),
            delays.number("misses-to-not-ready", 1, 100),
            delays.number("failures-to-lost", 1, 100));
    delays.close();
    SiteConfiguration.Rules rules =
        new SiteConfiguration.Rules(
            section.duration("priority-worth", Duration.ZERO, hour),
            section.duration("longest-wrap-up", Duration.ZERO, Duration.ofHours(8)),
            capacity());
    List<String> music = section.texts("music", QueueReader.SOUND, QueueReader.A_SOUND, MAX_MUSIC);
    Section passwords = section.section("passwords");
    boolean generate = passwords.flag("generate-missing");
    Optional<Path> file = passwords.optionalPath("file", base);
    if (file.isEmpty() && generate) {
      file = Optional.of(data.resolve("phone-passwords"));
    }
    if (file.isPresent() && !generate && !Files.isReadable(file.get())) {
      passwords.fault("file", "expected a readable file, but there is none of that name");
    }
    passwords.close();
    SortedMap<AgentId, Configuration.AgentSettings> agents = agents(skills, file.isPresent());
    section.raw("queue-defaults");
    section.close();
    return new Configuration.Site(
        id,
        zone,
        new SiteConfiguration(queues, points, rests, List.copyOf(reasons.keySet()), rules),
        agents,
        features,
        reasons,
        file,
        generate,
        skills,
        music);
  }

  private ZoneId zone() {
    String name = section.text("time-zone", ZONE, A_ZONE);
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      section.fault("time-zone", "expected " + A_ZONE + ", but got \"" + name + "\"");
      return ZoneOffset.UTC;
    }
  }

  private List<SiteConfiguration.RoutingPoint> points(List<SiteConfiguration.Queue> queues) {
    List<String> names = queues.stream().map(queue -> queue.id().value()).toList();
    List<SiteConfiguration.RoutingPoint> points = new ArrayList<>();
    section
        .sections("routing-points", MAX_POINTS, null)
        .forEach((name, point) -> {
          checkId(point, name);
          claim(point, "queue", name, "the routing point " + name);
          String queue = point.text("queue", ID, "a queue of this site");
          if (!queue.isEmpty() && !names.contains(queue)) {
            point.fault("queue", unknown("a queue of this site", queue, names));
          }
          int priority = point.has("priority") ? point.number("priority", 0, Site.MAX_PRIORITY) : 0;
          point.close();
          points.add(
              new SiteConfiguration.RoutingPoint(
                  new RoutingPointId(valid(name)), new QueueId(orSample(queue)), priority));
        });
    if (points.isEmpty()) {
      section.fault("routing-points", "expected at least one, or nobody can call");
    }
    return points;
  }

  private SortedMap<AgentId, Configuration.AgentSettings> agents(
      List<String> skills, boolean passwordFile) {
    SortedMap<AgentId, Configuration.AgentSettings> agents = new TreeMap<>();
    section
        .sections("agents", MAX_AGENTS, null)
        .forEach((name, agent) -> {
          checkId(agent, name);
          Optional<Configuration.Hashes> hashes =
              agent.has("ha1") ? hashes(agent.section("ha1")) : Optional.empty();
          if (hashes.isEmpty() && !agent.has("ha1") && !passwordFile) {
            agent.faultHere("expected ha1 here, or site.passwords.file to hold a password");
          }
          agents.put(
              new AgentId(valid(name)),
              new Configuration.AgentSettings(skills(agent, "skills", skills), hashes));
          agent.close();
        });
    return agents;
  }

  private Capacity capacity() {
    Section capacity = section.section("capacity");
    int voice = capacity.number("voice", 1, 1_000);
    if (voice != 1) {
      capacity.fault("voice", "expected 1, as a phone holds one conversation, but got " + voice);
    }
    capacity.close();
    return Capacity.ONE_CALL;
  }

  private Optional<Configuration.Hashes> hashes(Section section) {
    Optional<String> sha256 =
        section.optionalText(
            "sha-256", Pattern.compile("[0-9a-f]{64}"), "64 lower-case hexadecimal digits");
    Optional<String> md5 =
        section.optionalText(
            "md5", Pattern.compile("[0-9a-f]{32}"), "32 lower-case hexadecimal digits");
    boolean usable =
        (sha256.isPresent() && algorithms.contains("SHA-256"))
            || (md5.isPresent() && algorithms.contains("MD5"));
    if (!usable) {
      section.fault(
          "sha-256", "expected a hash for one of sip.digest-algorithms, but there is none");
    }
    section.close();
    return Optional.of(new Configuration.Hashes(sha256, md5));
  }

  private SortedMap<String, String> reasons() {
    SortedMap<String, String> codes = new TreeMap<>();
    for (Section reason : section.list("not-ready-reasons", MAX_REASONS)) {
      String name = reason.text("name", ID, AN_ID);
      String code = reason.text("code", Pattern.compile("[0-9]{1,4}"), "1 to 4 digits");
      if (Wish.SystemReason.isOne(name)) {
        reason.fault("name", "expected another than the system's own reason \"" + name + "\"");
      } else if (codes.containsKey(name)) {
        reason.fault("name", "expected each reason only once, but got \"" + name + "\" again");
      } else if (codes.containsValue(code)) {
        reason.fault("code", "expected each code only once, but got \"" + code + "\" again");
      }
      reason.close();
      codes.put(orSample(name), code);
    }
    return codes;
  }

  private Configuration.FeatureCodes features(SortedMap<String, String> reasons) {
    Section codes = section.section("feature-codes");
    Configuration.FeatureCodes features =
        new Configuration.FeatureCodes(
            code(codes, "log-in"),
            code(codes, "log-out"),
            code(codes, "ready"),
            codes.optionalText("not-ready", CODE, "2 to 16 of the keys 0-9 and *"),
            code(codes, "end-wrap-up"));
    features
        .notReady()
        .ifPresent(prefix ->
            reasons.forEach((reason, code) ->
                claim(codes, "not-ready", prefix + code, "not ready, " + reason)));
    codes.close();
    return features;
  }

  private Optional<String> code(Section codes, String key) {
    Optional<String> code = codes.optionalText(key, CODE, "2 to 16 of the keys 0-9 and *");
    code.ifPresent(it -> claim(codes, key, it, "the feature code " + key));
    return code;
  }

  /** What can be dialled must lead to one thing. */
  private void claim(Section at, String key, String digits, String what) {
    String other = dialled.putIfAbsent(digits, what);
    if (other != null && !digits.isEmpty()) {
      at.fault(
          key, "expected " + what + " to have a number of its own, but " + digits + " is " + other);
    }
  }

  static SortedMap<Skill, Integer> skills(Section at, String key, List<String> known) {
    SortedMap<Skill, Integer> skills = new TreeMap<>();
    if (at.has(key)) {
      Section levels = at.section(key);
      at.numbers(key, 0, MAX_LEVEL)
          .forEach((name, level) -> {
            if (known.contains(name)) {
              skills.put(new Skill(name), level);
            } else {
              levels.fault(name, unknown("one of site.skills", name, known));
            }
          });
    }
    return skills;
  }

  private Set<String> names(String key) {
    return section.raw(key).keySet();
  }

  static void checkId(Section at, String name) {
    if (!ID.matcher(name).matches()) {
      at.faultHere("expected a name of " + AN_ID);
    }
  }

  static String valid(String name) {
    return ID.matcher(name).matches() ? name : "faulty";
  }

  static String unknown(String expected, String written, Iterable<String> known) {
    List<String> words = new ArrayList<>();
    known.forEach(words::add);
    return "expected "
        + expected
        + ", but got \""
        + written
        + "\""
        + NearMiss.of(written, words).map(it -> "; did you mean \"" + it + "\"?").orElse("");
  }
}
