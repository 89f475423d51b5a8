package org.switchwright.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.http.query.AccessTokens;

/**
 * One operation of the API.
 *
 * @param template path with variable parts in braces, as in the API's description
 */
record Endpoint(HttpMethod method, String template, Audience audience, Handler handler) {
  /** Who is answered. */
  enum Audience {
    /** Also whoever has no token. */
    ANYBODY,
    /** The agent that the path names, and administrators. */
    DESKTOPS,
    /** Controllers that were admitted, and administrators. */
    LINKS,
    ADMINISTRATORS;

    boolean admits(AccessTokens.Role role) {
      return switch (this) {
        case ANYBODY -> true;
        case DESKTOPS -> role == AccessTokens.Role.AGENT || role == AccessTokens.Role.ADMINISTRATOR;
        case LINKS -> role == AccessTokens.Role.LINK || role == AccessTokens.Role.ADMINISTRATOR;
        case ADMINISTRATORS -> role == AccessTokens.Role.ADMINISTRATOR;
      };
    }
  }

  interface Handler {
    /** Called on a thread that may wait. */
    CompletionStage<HttpResponse> handle(Exchange exchange);
  }

  /** The variable parts, if the path is of this template. */
  Optional<Map<String, String>> match(List<String> segments) {
    List<String> wanted = List.of(template.substring(1).split("/", -1));
    if (wanted.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String part = wanted.get(i);
      if (part.startsWith("{")) {
        variables.put(part.substring(1, part.length() - 1), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
