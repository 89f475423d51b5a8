package org.switchwright.cluster.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.domain.call.DataCommand;
import org.switchwright.domain.routing.RoutingFacts;

/** What is attached to a call, as one site tells another, and what that one answers. */
final class DataForm {
  /** Of an answer: as many changes as may be, each of as much as may be. */
  static final int MAX_ANSWER =
      AttachedData.MAX_PENDING
          * RoutingFacts.MAX_ATTACHED
          * (2 * RoutingFacts.MAX_ATTACHED_CHARS * 6 + 16);

  private final JsonMapper mapper;

  DataForm(JsonMapper mapper) {
    this.mapper = mapper;
  }

  String write(DataCommand.KeepInStep it) {
    ObjectNode body = mapper.createObjectNode();
    body.put("home", it.origin().home().value());
    body.put("call", it.origin().call().value());
    body.put("number", it.origin().number());
    body.put("version", it.version());
    body.put("taken", it.taken());
    write(it.values(), body.putObject("attached"));
    return body.toString();
  }

  /** What was erased is not told. */
  static void write(SortedMap<String, Personal> values, ObjectNode to) {
    values.forEach((name, value) -> value.text().ifPresent(text -> to.put(name, text)));
  }

  /** Empty where the answer is of another form, or says more than may be. */
  Optional<DataCommand.InStep> read(
      SiteId site, CallId there, DataCommand.KeepInStep asked, String answer) {
    JsonNode told;
    try {
      told = mapper.readTree(answer);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    List<AttachedData.Proposal> proposals = new ArrayList<>();
    for (JsonNode one : told.path("proposals")) {
      TreeMap<String, Personal> set = new TreeMap<>();
      one.path("set").properties().forEach(it -> set.put(it.getKey(), text(asked.key(), it)));
      TreeSet<String> removed = new TreeSet<>();
      one.path("removed").forEach(name -> removed.add(name.asText()));
      proposals.add(
          new AttachedData.Proposal(
              one.path("number").asInt(),
              new AttachedData.Change(set, removed),
              LinkFailure.shown(one.path("by").asText())));
    }
    boolean formed =
        told.path("version").canConvertToLong()
            && told.path("version").asLong() <= asked.version()
            && told.path("taken").canConvertToInt()
            && proposals.size() <= AttachedData.MAX_PENDING
            && proposals.stream().allMatch(DataForm::fits);
    return formed
        ? Optional.of(
            new DataCommand.InStep(
                site,
                asked.origin().number(),
                there,
                told.path("version").asLong(),
                Math.min(told.path("taken").asInt(), asked.taken()),
                proposals))
        : Optional.empty();
  }

  private static Personal text(KeyId key, Map.Entry<String, JsonNode> it) {
    return Personal.of(key, it.getValue().asText());
  }

  private static boolean fits(AttachedData.Proposal it) {
    return it.change().set().size() <= RoutingFacts.MAX_ATTACHED
        && it.change().removed().size() <= RoutingFacts.MAX_ATTACHED
        && it.change().set().entrySet().stream()
            .allMatch(one ->
                one.getKey().length() <= RoutingFacts.MAX_ATTACHED_CHARS
                    && one.getValue().text().orElse("").length()
                        <= RoutingFacts.MAX_ATTACHED_CHARS);
  }
}
