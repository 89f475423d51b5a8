package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.http.query.CustomerRecords.Lookup;
import org.switchwright.http.query.Desktops;

/** Attached data in bodies. */
final class AttachedForm {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");

  private AttachedForm() {}

  /** As another site tells it. */
  static SortedMap<String, Personal> read(JsonNode attached, KeyId key) {
    SortedMap<String, Personal> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : attached.properties()) {
      boolean fits =
          one.getKey().length() <= RoutingFacts.MAX_ATTACHED_CHARS
              && one.getValue().isTextual()
              && one.getValue().asText().length() <= RoutingFacts.MAX_ATTACHED_CHARS;
      if (!fits || values.size() >= RoutingFacts.MAX_ATTACHED) {
        throw new Refused(
            Problem.badRequest(
                "Expected attached as at most "
                    + RoutingFacts.MAX_ATTACHED
                    + " texts of at most "
                    + RoutingFacts.MAX_ATTACHED_CHARS
                    + " characters"));
      }
      values.put(one.getKey(), Personal.of(key, one.getValue().asText()));
    }
    return values;
  }

  /** What somebody wants otherwise: {@code set} and {@code remove}. */
  static AttachedData.Change change(JsonNode body, KeyId key) {
    SortedMap<String, Personal> set = read(body.path("set"), key);
    TreeSet<String> removed = new TreeSet<>();
    for (JsonNode one : body.path("remove")) {
      removed.add(one.asText());
    }
    boolean named =
        set.keySet().stream().allMatch(it -> NAME.matcher(it).matches())
            && removed.stream().allMatch(it -> NAME.matcher(it).matches());
    boolean some = !set.isEmpty() || !removed.isEmpty();
    if (!named || !some || removed.size() > RoutingFacts.MAX_ATTACHED) {
      throw new Refused(
          Problem.badRequest(
              "Expected set or remove with 1 to "
                  + RoutingFacts.MAX_ATTACHED
                  + " names of a letter and at most 31 more letters, digits and '_'"));
    }
    return new AttachedData.Change(set, removed);
  }

  private static Map<String, ?> item(String name, Optional<String> value, boolean clear) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("name", name);
    item.put("personal", true);
    if (clear) {
      value.ifPresent(text -> item.put("value", text));
    }
    return item;
  }

  /** Empty where there is none to be shown. */
  static Optional<Map<String, ?>> record(Lookup lookup, boolean clear) {
    return switch (lookup) {
      case Lookup.None _ -> Optional.empty();
      case Lookup.Pending _ -> Optional.of(Map.of("state", "pending"));
      case Lookup.Failed it -> Optional.of(Map.of("state", "failed", "problem", it.why()));
      case Lookup.Found it -> {
        List<Map<String, ?>> items = new ArrayList<>();
        it.fields().forEach((name, text) -> items.add(item(name, Optional.of(text), clear)));
        yield Optional.of(Map.of("state", "found", "items", items));
      }
    };
  }

  /**
   * All of it is personal; what is not shown is named.
   *
   * @param clear whether whoever asks may read it
   */
  static Map<String, ?> shown(Desktops.Attached attached, boolean clear) {
    List<Map<String, ?>> items = new ArrayList<>();
    attached.data().shown().forEach((name, value) -> items.add(item(name, value.text(), clear)));
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("version", attached.data().version());
    shown.put("inStep", attached.data().inStep());
    shown.put("items", items);
    return shown;
  }
}
