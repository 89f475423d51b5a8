package org.switchwright.hocon;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers what is wrong, so that all of it can be said at once. */
public final class Faults {
  /** Enough to mend a file by; more would only scroll away. */
  public static final int MAX_FAULTS = 200;

  private static final Pattern NUMBERS = Pattern.compile(":(\\d{1,9})(?=(:\\d{1,9})?$)");

  private final List<Fault> faults = new ArrayList<>();
  private final Places places;

  /** How a place is written. */
  public interface Places {
    /**
     * @param key the full key
     */
    String of(ConfigOrigin origin, String key);
  }

  /** Faults with file and line. */
  public Faults() {
    this((origin, _) -> place(origin));
  }

  public Faults(Places places) {
    this.places = places;
  }

  public void add(ConfigOrigin origin, String key, String sentence) {
    add(places.of(origin, key), key, sentence);
  }

  public void add(String place, String key, String sentence) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(new Fault(place, key, sentence));
    }
  }

  public boolean none() {
    return faults.isEmpty();
  }

  /** In the order of the files' lines. */
  public List<Fault> all() {
    return faults.stream().sorted(Comparator.comparing(Faults::sortKey)).toList();
  }

  public static String place(ConfigOrigin origin) {
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

  /** Numbers at the end of a place, which are lines and columns, sort as numbers. */
  private static String sortKey(Fault fault) {
    Matcher numbers = NUMBERS.matcher(fault.place());
    return numbers.replaceAll(it -> String.format(":%09d", Integer.parseInt(it.group(1))));
  }
}
