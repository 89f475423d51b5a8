package org.switchwright.history;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.switchwright.hocon.Fault;
import org.switchwright.hocon.Faults;
import org.switchwright.hocon.Section;

/**
 * How a call log is to be understood, from a small file in HOCON ({@code docs/call-logs}).
 *
 * @param zone in which the log's times are, where they do not say so, and by which the site lives
 * @param longestCall from entering to the end; a longer one is a fault of the log
 */
public record CallLogMap(ZoneId zone, Charset charset, Duration longestCall, Layout layout) {
  static final Pattern COLUMN = Pattern.compile("[^\\x00-\\x1f]{1,100}");
  private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_+:/-]{1,50}");

  /** Which kind of log it is. */
  sealed interface Layout permits DelimitedLayout, QueueLogLayout {
    /** What of the map may be wrong where there are too many agents; empty where nothing may. */
    String agents();

    /** The same of queues. */
    String queues();
  }

  /**
   * @throws CallLogRefused with all that is wrong in the file, each with its line
   */
  public static CallLogMap read(Path file) throws CallLogRefused {
    return read(file, CallLogMap::of);
  }

  static <T> T read(Path file, Function<Section, T> of) throws CallLogRefused {
    Faults faults = new Faults();
    T map;
    try {
      if (!Files.isReadable(file)) {
        throw new CallLogRefused("Expected to read the map " + file + ", but cannot");
      }
      Config config =
          ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF))
              .resolve();
      map = of.apply(new Section(config.root(), "", faults));
    } catch (ConfigException e) {
      throw new CallLogRefused("Expected a map in HOCON, but " + e.getMessage());
    }
    if (!faults.none()) {
      throw new CallLogRefused(
          faults.all().stream().map(Fault::toString).collect(Collectors.joining("\n")));
    }
    return map;
  }

  private static CallLogMap of(Section section) {
    ZoneId zone = zone(section);
    Charset charset = charset(section);
    Duration longest =
        section.has("longest-call")
            ? section.duration("longest-call", Duration.ofMinutes(1), Duration.ofHours(4))
            : Duration.ofHours(4);
    boolean delimited = section.has("delimited");
    if (delimited == section.has("asterisk-queue-log")) {
      section.faultHere(
          "expected either a section \"delimited\" or \"asterisk-queue-log\", but got "
              + (delimited ? "both" : "neither"));
    }
    Layout layout =
        delimited
            ? DelimitedLayout.of(section.section("delimited"))
            : QueueLogLayout.of(section.section("asterisk-queue-log"));
    section.close();
    return new CallLogMap(zone, charset, longest, layout);
  }

  static Charset charset(Section section) {
    return section.has("charset")
        ? section.choice(
            "charset",
            Map.of("UTF-8", StandardCharsets.UTF_8, "ISO-8859-1", StandardCharsets.ISO_8859_1),
            StandardCharsets.UTF_8)
        : StandardCharsets.UTF_8;
  }

  static ZoneId zone(Section section) {
    String name = section.text("zone", ZONE, "a time zone such as Europe/Vienna");
    try {
      return name.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(name);
    } catch (DateTimeException _) {
      section.fault("zone", "expected a time zone such as Europe/Vienna, but got \"" + name + "\"");
      return ZoneId.of("UTC");
    }
  }
}
