package org.switchwright.hocon;

import static java.util.Locale.ROOT;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of the configuration that is being read. What does not fit becomes a fault, and a harmless
 * value is answered in its place, so that reading goes on and finds the other faults too. Whoever
 * has read all that there may be calls {@link #close}, which reports every key nobody asked for.
 */
public final class Section {
  private final ConfigObject object;
  private final Config config;
  private final String path;
  private final Faults faults;
  private final Set<String> known = new LinkedHashSet<>();

  public Section(ConfigObject object, String path, Faults faults) {
    this.object = object;
    this.config = object.toConfig();
    this.path = path;
    this.faults = faults;
  }

  public ConfigOrigin origin() {
    return object.origin();
  }

  /** Where a key stands, or where it is missing. */
  public ConfigOrigin origin(String key) {
    ConfigValue value = object.get(key);
    return value == null ? object.origin() : value.origin();
  }

  /** A fault of the section as a whole. */
  public void faultHere(String sentence) {
    faults.add(object.origin(), path, sentence);
  }

  public void fault(String key, String sentence) {
    faults.add(origin(key), path(key), sentence);
  }

  /** A fault whose place is known better than by its key. */
  public void faultAt(String place, String key, String sentence) {
    faults.add(place, path(key), sentence);
  }

  public boolean has(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  public int number(String key, int min, int max) {
    String expected = "a whole number from " + min + " to " + max;
    return read(key, expected, min, name -> config.getInt(name), it -> it >= min && it <= max);
  }

  public int port(String key) {
    return number(key, 1, 65_535);
  }

  public boolean flag(String key) {
    return read(
        key, "yes or no (true or false)", false, name -> config.getBoolean(name), _ -> true);
  }

  public Duration duration(String key, Duration min, Duration max) {
    String expected =
        "a duration from " + written(min) + " to " + written(max) + ", such as \"30s\" or \"2m\"";
    return read(
        key,
        expected,
        min,
        name -> config.getDuration(name),
        it -> it.compareTo(min) >= 0 && it.compareTo(max) <= 0);
  }

  /** A text of that shape; {@code expected} says the shape in words. */
  public String text(String key, Pattern shape, String expected) {
    return read(
        key, expected, "", name -> config.getString(name), it -> shape.matcher(it).matches());
  }

  /** A text that may be left empty, which means that there is none. */
  public Optional<String> optionalText(String key, Pattern shape, String expected) {
    return !has(key) || (isText(key) && config.getString(quoted(key)).isEmpty())
        ? Optional.empty()
        : Optional.of(text(key, shape, expected));
  }

  /** A file name, relative to {@code directory}; empty: none. */
  public Optional<Path> optionalPath(String key, Path directory) {
    return optionalText(key, Pattern.compile("[^\\x00]{1,4096}"), "a file name")
        .map(name -> resolved(key, name, directory));
  }

  private Path resolved(String key, String name, Path directory) {
    try {
      return directory.resolve(name).normalize();
    } catch (InvalidPathException _) {
      fault(key, "expected a file name, but got " + shown(key));
      return directory;
    }
  }

  /** One of several words, matched as written. */
  public <T> T choice(String key, Map<String, T> choices, T otherwise) {
    String expected = "one of " + String.join(", ", new TreeMap<>(choices).keySet());
    String word =
        read(key, expected, "", name -> config.getString(name), it -> choices.containsKey(it));
    return choices.getOrDefault(word, otherwise);
  }

  public List<String> texts(String key, Pattern shape, String expected, int atMost) {
    String all = "a list of at most " + atMost + " texts, each " + expected;
    List<String> none = List.of();
    List<String> read =
        read(key, all, none, name -> config.getStringList(name), it -> it.size() <= atMost);
    List<String> fitting = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      String text = read.get(i);
      ConfigOrigin origin = element(key, i);
      if (!shape.matcher(text).matches()) {
        faults.add(origin, path(key), "expected " + expected + ", but got \"" + text + "\"");
      } else if (fitting.contains(text)) {
        faults.add(origin, path(key), "expected each only once, but got \"" + text + "\" again");
      } else {
        fitting.add(text);
      }
    }
    return fitting;
  }

  private ConfigOrigin element(String key, int index) {
    return object.get(key) instanceof ConfigList list && index < list.size()
        ? list.get(index).origin()
        : origin(key);
  }

  public Section section(String key) {
    known.add(key);
    return new Section(asObject(key, object.get(key)), path(key), faults);
  }

  /** Named sections, in the order of their names; each completed by {@code defaults}. */
  public SortedMap<String, Section> sections(
      String key, int atMost, @Nullable ConfigObject defaults) {
    known.add(key);
    ConfigObject all = asObject(key, object.get(key));
    if (all.size() > atMost) {
      fault(key, "expected at most " + atMost + ", but got " + all.size());
    }
    SortedMap<String, Section> sections = new TreeMap<>();
    for (String name : new TreeMap<>(all).keySet()) {
      ConfigObject one = asObject(key + "." + name, all.get(name));
      ConfigObject whole = defaults == null ? one : one.withFallback(defaults);
      // A merged object no longer knows where it was written; its first own key does.
      sections.put(
          name, new Section(whole.withOrigin(one.origin()), path(key + "." + name), faults));
      if (sections.size() == atMost) {
        break;
      }
    }
    return sections;
  }

  /** Sections in a list. */
  public List<Section> list(String key, int atMost) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (!(value instanceof ConfigList list)) {
      fault(key, "expected a list of { } sections, but got " + shown(key));
      return List.of();
    }
    if (list.size() > atMost) {
      fault(key, "expected at most " + atMost + ", but got " + list.size());
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < Math.min(list.size(), atMost); i++) {
      sections.add(element(key, i, list.get(i)));
    }
    return sections;
  }

  /** What a list holds, as it was written. */
  public List<ConfigValue> values(String key, int atMost) {
    known.add(key);
    if (!(object.get(key) instanceof ConfigList list)) {
      fault(key, "expected a list, but got " + shown(key));
      return List.of();
    }
    if (list.size() > atMost) {
      fault(key, "expected at most " + atMost + ", but got " + list.size());
    }
    return list.stream().limit(atMost).toList();
  }

  /** One of the values of a list as a section; {@code index} counts from 0. */
  public Section element(String key, int index, ConfigValue value) {
    String numbered = key + "[" + (index + 1) + "]";
    return new Section(asObject(numbered, value), path(numbered), faults);
  }

  /** Named texts of that shape, where nothing else is in the section. */
  public SortedMap<String, String> texts(Pattern shape, String expected, int atMost) {
    if (object.size() > atMost) {
      faultHere("expected at most " + atMost + ", but got " + object.size());
    }
    SortedMap<String, String> texts = new TreeMap<>();
    new TreeMap<>(object)
        .keySet().stream()
            .limit(atMost)
            .forEach(name -> texts.put(name, text(name, shape, expected)));
    return texts;
  }

  /** The key with all that it is in. */
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Names with whole numbers, such as skills with levels. */
  public SortedMap<String, Integer> numbers(String key, int min, int max) {
    return section(key).numbers(min, max);
  }

  /** The same where nothing else is in the section. */
  public SortedMap<String, Integer> numbers(int min, int max) {
    SortedMap<String, Integer> numbers = new TreeMap<>();
    for (String name : object.keySet()) {
      numbers.put(name, number(name, min, max));
    }
    return numbers;
  }

  /** Whether a list stands under a key, where something else may too. */
  public boolean isList(String key) {
    known.add(key);
    return object.get(key) instanceof ConfigList;
  }

  public ConfigObject raw(String key) {
    known.add(key);
    return asObject(key, object.get(key));
  }

  /** Reports every key that nobody asked for. */
  public void close() {
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        String suggestion =
            NearMiss.of(key, known).map(it -> "; did you mean \"" + it + "\"?").orElse("");
        fault(key, "expected no such key here" + suggestion);
      }
    }
  }

  private <T> T read(
      String key, String expected, T otherwise, Function<String, T> reader, Check<T> check) {
    if (!has(key)) {
      fault(key, "expected " + expected + ", but it is missing");
      return otherwise;
    }
    try {
      T value = reader.apply(quoted(key));
      if (check.fits(value)) {
        return value;
      }
    } catch (ConfigException _) {
      // Told below, in our own words and without a secret.
    }
    fault(key, "expected " + expected + ", but got " + shown(key));
    return otherwise;
  }

  private ConfigObject asObject(String key, @Nullable ConfigValue value) {
    if (value instanceof ConfigObject section) {
      return section;
    }
    faults.add(
        value == null ? object.origin() : value.origin(),
        path(key),
        value == null
            ? "expected a { } section, but it is missing"
            : "expected a { } section, but got " + value.valueType().name().toLowerCase(ROOT));
    return ConfigFactory.empty().root();
  }

  private boolean isText(String key) {
    ConfigValue value = object.get(key);
    return value != null && value.valueType() == ConfigValueType.STRING;
  }

  private String shown(String key) {
    ConfigValue value = object.get(key);
    if (value == null) {
      return "nothing";
    }
    return switch (value.valueType()) {
      case OBJECT -> "a { } section";
      case LIST -> "a list";
      case NULL -> "null";
      case STRING, NUMBER, BOOLEAN -> Secrecy.shown(key, value);
    };
  }

  private static String quoted(String key) {
    return ConfigUtil.joinPath(key);
  }

  private static String written(Duration duration) {
    return duration.toString().substring(2).toLowerCase(ROOT);
  }

  private interface Check<T> {
    boolean fits(T value);
  }
}
