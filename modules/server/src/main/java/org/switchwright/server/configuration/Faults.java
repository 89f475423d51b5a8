package org.switchwright.server.configuration;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong, so that all of it can be said at once. */
final class Faults {
  /** Enough to mend a file by; more would only scroll away. */
  static final int MAX_FAULTS = 200;

  private final List<Fault> faults = new ArrayList<>();

  void add(ConfigOrigin origin, String key, String sentence) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(new Fault(place(origin), key, sentence));
    }
  }

  boolean none() {
    return faults.isEmpty();
  }

  /** In the order of the files' lines. */
  List<Fault> all() {
    return faults.stream().sorted(Comparator.comparing(Faults::sortKey)).toList();
  }

  static String place(ConfigOrigin origin) {
    String file = origin.filename();
    String resource = origin.resource();
    String source =
        file != null ? shortest(file) : resource != null ? resource : origin.description();
    return origin.lineNumber() > 0 && (file != null || resource != null)
        ? source + ":" + origin.lineNumber()
        : source;
  }

  /** As the operator wrote it where that is possible: relative to where the server was started. */
  private static String shortest(String file) {
    Path path = Path.of(file).toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private static String sortKey(Fault fault) {
    int colon = fault.place().lastIndexOf(':');
    String line = colon < 0 ? "" : fault.place().substring(colon + 1);
    return line.matches("\\d{1,9}")
        ? fault.place().substring(0, colon) + String.format(":%09d", Integer.parseInt(line))
        : fault.place();
  }
}
