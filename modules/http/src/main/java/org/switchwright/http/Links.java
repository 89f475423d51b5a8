package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.SiteId;
import org.switchwright.http.query.LinkTokens;

/** Who may follow this site. */
final class Links {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final LinkTokens tokens;
  private final SiteId site;

  Links(LinkTokens tokens, SiteId site) {
    this.tokens = tokens;
    this.site = site;
  }

  HttpResponse list(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return Json.ok(Map.of("items", tokens.admitted()));
  }

  HttpResponse admit(Exchange exchange) {
    JsonNode body = exchange.json();
    String name = body.path("name").asText();
    if (!NAME.matcher(name).matches()) {
      throw new Refused(
          Problem.badRequest("Expected name as 1 to 64 letters, digits, '-', '_' or '.'"));
    }
    return Json.ok(Map.of("site", site.value(), "name", name, "token", tokens.admit(name)));
  }

  HttpResponse dismiss(Exchange exchange) {
    String name = exchange.id("link", "a link", it -> it);
    return tokens.dismiss(name)
        ? Json.ok(Map.of("outcome", "done"))
        : Problem.notFound("a controller that was admitted").response();
  }
}
