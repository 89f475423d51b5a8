package org.switchwright.server.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What FreeSWITCH's {@code callcenter.conf.xml} is with us. Source: the documentation of {@code
 * mod_callcenter}. External entities and document types are not read.
 */
final class FreeSwitchCenter {
  private static final int MAX_BYTES = 10_000_000;
  private static final Pattern TIMEOUT = Pattern.compile("(?:leg|call)_timeout=(\\d{1,4})");
  private static final Map<String, String> STRATEGIES =
      Map.of(
          "ring-all", "ring-all",
          "longest-idle-agent", "longest-idle",
          "round-robin", "round-robin",
          "top-down", "top-down",
          "agent-with-least-talk-time", "least-talk-time",
          "agent-with-fewest-calls", "fewest-calls",
          "sequentially-by-agent-order", "in-order",
          "random", "random",
          "ring-progressively", "ring-progressively");

  private final Path file;
  private final ForeignSite site = new ForeignSite();
  private final Map<String, Integer> latest = new HashMap<>();
  private Map<String, String> params = new HashMap<>();
  private int wrapUp;
  private int ringTimeout;

  private FreeSwitchCenter(Path file) {
    this.file = file;
  }

  static ForeignSite read(Path file) throws Unreadable {
    FreeSwitchCenter reader = new FreeSwitchCenter(file);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new Unreadable("Expected a file of at most " + MAX_BYTES + " bytes, but got " + file);
      }
    } catch (IOException e) {
      throw new Unreadable("Expected to read " + file + ", but could not: " + e.getMessage());
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      while (xml.hasNext()) {
        reader.take(xml, xml.next());
      }
    } catch (IOException | XMLStreamException e) {
      throw new Unreadable(
          "Expected XML in "
              + file
              + ", but "
              + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
    reader.finish();
    return reader.site;
  }

  private void take(XMLStreamReader xml, int event) throws Unreadable {
    int line = xml.getLocation().getLineNumber();
    if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("queue")) {
      endQueue(line);
    }
    if (event != XMLStreamConstants.START_ELEMENT) {
      return;
    }
    switch (xml.getLocalName()) {
      case "queue" -> {
        params = new HashMap<>();
        params.put("name", required(xml, "name", line));
      }
      case "param" -> param(xml, line);
      case "agent" -> agent(xml, line);
      case "tier" -> tier(xml, line);
      case "X-PRE-PROCESS" ->
          site.remark(
              file, line, "X-PRE-PROCESS is not carried out: include by hand, or set by hand");
      default -> {}
    }
  }

  private void param(XMLStreamReader xml, int line) throws Unreadable {
    String name = required(xml, "name", line);
    String value = required(xml, "value", line);
    if (params.containsKey("name")) {
      params.put(name, value);
      latest.put(name, line);
    } else {
      // Settings hold the password of a database.
      site.remark(file, line, "setting " + name + " is not carried over");
    }
  }

  private void endQueue(int line) throws Unreadable {
    ForeignSite.Queue queue = site.queue(params.getOrDefault("name", ""));
    queue.set("agents-by", "longest-idle");
    queue.set("max-waiting", "100000");
    queue.set("max-wait", "24h");
    boolean rules = flag("tier-rules-apply");
    boolean resume = flag("abandoned-resume-allowed");
    for (Map.Entry<String, String> param : new java.util.TreeMap<>(params).entrySet()) {
      String value = param.getValue();
      int at = latest.getOrDefault(param.getKey(), line);
      switch (param.getKey()) {
        case "name", "tier-rules-apply", "abandoned-resume-allowed" -> {}
        case "strategy" -> {
          String ours = STRATEGIES.get(value.toLowerCase(Locale.ROOT));
          if (ours == null) {
            left(at, "strategy", value, "is no strategy that we know; the longest idle is taken");
          } else {
            queue.set("agents-by", ours);
          }
        }
        case "max-wait-time" -> {
          int seconds = number(param.getKey(), value, at);
          queue.set("max-wait", seconds == 0 ? "24h" : Math.min(86_400, seconds) + "s");
        }
        case "max-wait-time-with-no-agent" -> {
          int seconds = number(param.getKey(), value, at);
          if (seconds > 0) {
            queue.set("nobody-there.let-go-if-all", "[logged-out, not-ready]");
            queue.set("nobody-there.let-go-after", Math.min(3_600, seconds) + "s");
          }
        }
        case "tier-rule-wait-second" ->
            queue.set(
                "tier-wait",
                rules ? Math.min(3_600, number(param.getKey(), value, at)) + "s" : "0s");
        case "tier-rule-wait-multiply-level", "tier-rule-no-agent-no-wait" -> {
          if (rules && !isTrue(value)) {
            left(at, param.getKey(), value, "is always true with us");
          }
        }
        case "discard-abandoned-after" -> {
          if (resume) {
            queue.set("keep-place", Math.min(3_600, number(param.getKey(), value, at)) + "s");
          }
        }
        case "ring-progressively-delay" ->
            queue.set("ring-step", Math.clamp(number(param.getKey(), value, at), 1, 180) + "s");
        case "time-base-score" -> {
          if (!value.equals("queue")) {
            left(at, param.getKey(), value, "has no equal: a place counts from the call's arrival");
          }
        }
        case "moh-sound" ->
            left(
                at,
                param.getKey(),
                value,
                "is a file or stream there: put a file into sip.treatment.sounds and name it: music");
        case "announce-sound", "announce-frequency" ->
            left(
                at,
                param.getKey(),
                value,
                "plays one sound again and again; ours tell place and wait, see announce");
        default -> left(at, param.getKey(), value, "is not carried over");
      }
    }
    params = new HashMap<>();
  }

  private void agent(XMLStreamReader xml, int line) throws Unreadable {
    site.agent(required(xml, "name", line));
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String key = xml.getAttributeLocalName(i);
      String value = xml.getAttributeValue(i);
      switch (key) {
        case "name" -> {}
        case "type" -> {
          if (!value.equals("callback")) {
            left(line, key, value, "is not carried over: agents are called");
          }
        }
        case "contact" -> {
          Matcher timeout = TIMEOUT.matcher(value);
          ringTimeout =
              Math.max(ringTimeout, timeout.find() ? Integer.parseInt(timeout.group(1)) : 0);
        }
        case "status" -> {
          if (Set.of("Available", "Available (On Demand)").contains(value)) {
            left(line, key, value, "is not carried over: agents log in themselves");
          }
        }
        case "wrap-up-time" -> wrapUp = Math.max(wrapUp, number(key, value, line));
        case "max-no-answer" ->
            least("delays.misses-to-not-ready", number(key, value, line), 100, "");
        case "reject-delay-time" -> most("delays.rejected", number(key, value, line));
        case "busy-delay-time" -> most("delays.busy", Math.max(1, number(key, value, line)));
        case "no-answer-delay-time" -> most("delays.missed", number(key, value, line));
        default -> left(line, key, value, "is not carried over");
      }
    }
  }

  private void most(String key, int seconds) {
    String known = site.siteKeys().getOrDefault(key, "0s");
    int before = Integer.parseInt(known.substring(0, known.length() - 1));
    site.set(key, Math.min(3_600, Math.max(before, seconds)) + "s");
  }

  /** FreeSWITCH's 0 means never. */
  private void least(String key, int wanted, int never, String unit) {
    int number = wanted == 0 ? never : Math.min(never, wanted);
    String known = site.siteKeys().getOrDefault(key, "" + never);
    site.set(key, Math.min(Integer.parseInt(known), number) + unit);
  }

  private void tier(XMLStreamReader xml, int line) throws Unreadable {
    String agent = site.agent(required(xml, "agent", line));
    ForeignSite.Queue queue = site.queue(required(xml, "queue", line));
    int level = number("level", optional(xml, "level"), line);
    int position = number("position", optional(xml, "position"), line);
    queue
        .members()
        .put(
            agent,
            new ForeignSite.Member(Math.clamp(level, 1, 1_000), Math.clamp(position, 1, 10_000)));
  }

  /** What is each agent's there is each queue's or the site's here. */
  private void finish() throws Unreadable {
    if (site.queues().isEmpty()) {
      throw new Unreadable("Expected at least one <queue> in " + file + ", but there is none");
    }
    for (ForeignSite.Queue queue : site.queues().values()) {
      queue.set("wrap-up", Math.min(3_600, wrapUp) + "s");
      if (ringTimeout > 0) {
        queue.set("ring-timeout", Math.clamp(ringTimeout, 2, 180) + "s");
      }
    }
    site.remark(
        file,
        0,
        "wrap-up-time, the call timeout, max-no-answer and the delays are each agent's there; here all"
            + " queues got the longest wrap-up ("
            + wrapUp
            + " s) and timeout, the site the longest delays and the fewest misses");
  }

  private boolean flag(String name) {
    return isTrue(params.getOrDefault(name, "false"));
  }

  private static boolean isTrue(String value) {
    return Set.of("true", "yes", "on", "1", "enabled").contains(value.toLowerCase(Locale.ROOT));
  }

  private static String optional(XMLStreamReader xml, String key) {
    String value = xml.getAttributeValue(null, key);
    return value == null ? "1" : value;
  }

  private String required(XMLStreamReader xml, String key, int line) throws Unreadable {
    String value = xml.getAttributeValue(null, key);
    if (value == null || value.isBlank()) {
      throw new Unreadable(
          "Expected <"
              + xml.getLocalName()
              + "> with "
              + key
              + ", but it has none in "
              + file
              + ", line "
              + line);
    }
    return value;
  }

  private int number(String key, String value, int line) throws Unreadable {
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, with where it is.
    }
    throw new Unreadable(
        "Expected "
            + key
            + " as a whole number from 0, but got \""
            + value
            + "\" in "
            + file
            + ", line "
            + line);
  }

  private void left(int line, String key, String value, String sentence) {
    site.remark(file, line, key + " = " + value + " " + sentence);
  }
}
