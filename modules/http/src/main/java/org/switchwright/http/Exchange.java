package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;
import org.switchwright.http.query.PageRequest;

/**
 * One request that was found a handler and, where needed, a role.
 *
 * @param path the variable parts of the path
 * @param body read whole, within the server's bound
 * @param agents whether it is the agent of the path who asks
 * @param admitted whether whoever asks may still do so, for answers that take long
 */
record Exchange(
    HttpRequest request,
    Map<String, String> path,
    ByteString body,
    boolean agents,
    BooleanSupplier admitted) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._@'-]{1,64}");

  /** A part of the path as an id; a text that can be none leads nowhere. */
  <T> T id(String name, String noun, Function<String, T> parse) {
    try {
      return parse.apply(path.getOrDefault(name, ""));
    } catch (IllegalArgumentException _) {
      throw new Refused(Problem.notFound("the id of " + noun));
    }
  }

  Optional<String> header(String name) {
    return request.getHeader(name).map(it -> it.value());
  }

  /** A query parameter; an empty one is none. */
  Optional<String> query(String name) {
    return request.getUri().query().get(name).filter(it -> !it.isEmpty());
  }

  void onlyQueries(Set<String> known) {
    for (String name : request.getUri().query().toMap().keySet()) {
      if (!known.contains(name)) {
        throw new Refused(
            Problem.badRequest(
                "Expected no query parameters but "
                    + String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  boolean flag(String name) {
    return switch (query(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Refused(Problem.badRequest("Expected true or false for " + name));
    };
  }

  PageRequest page() {
    onlyQueries(Set.of("after", "limit"));
    String limit = query("limit").orElse(Integer.toString(PageRequest.DEFAULT_LIMIT));
    if (!limit.matches("\\d{1,4}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > PageRequest.MAX_LIMIT) {
      throw new Refused(Problem.badRequest("Expected a limit from 1 to " + PageRequest.MAX_LIMIT));
    }
    return new PageRequest(query("after"), Integer.parseInt(limit));
  }

  /** The body as a JSON object. */
  JsonNode json() {
    String type = request.entity().getContentType().mediaType().toString();
    if (!type.equals("application/json")) {
      throw new Refused(
          new Problem(
              415,
              "unsupported-media-type",
              "The body is of a kind that is not taken here",
              "Expected application/json"));
    }
    try {
      JsonNode node = Json.read(body.toArray());
      if (node.isObject()) {
        return node;
      }
    } catch (IOException _) {
      // Told below.
    }
    throw new Refused(Problem.badRequest("Expected a JSON object as body"));
  }

  /** The name of a user, as a body has it. */
  static String name(JsonNode body, String field) {
    String name = body.path(field).asText().strip();
    if (!body.path(field).isTextual() || !NAME.matcher(name).matches()) {
      throw new Refused(
          Problem.badRequest(
              "Expected "
                  + field
                  + " as a name of 1 to 64 letters, digits, spaces, '.', '_', '@', '-' or \"'\""));
    }
    return name;
  }

  /** A text in a body, such as a reason. */
  static String text(JsonNode body, String name, int atMost) {
    JsonNode value = body.path(name);
    String text = value.asText().strip();
    if (!value.isTextual()
        || text.isEmpty()
        || text.length() > atMost
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(
          Problem.badRequest("Expected " + name + " as a text of 1 to " + atMost + " characters"));
    }
    return text;
  }
}
