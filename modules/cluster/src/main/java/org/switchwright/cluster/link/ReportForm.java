package org.switchwright.cluster.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.network.Trouble;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.format.EventFormat;

/**
 * Makes reports of the public form of a site's events. Where that has masked something about a
 * person, what stays is that there was something.
 */
final class ReportForm {
  /** The key of texts that nobody here can read. */
  static final String MASKED = "masked";

  private final EventFormat format;
  private final SiteId site;

  ReportForm(EventFormat format, SiteId site) {
    this.format = format;
    this.site = site;
  }

  Report read(String json) throws LinkFailure {
    JsonNode told;
    try {
      told = format.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new LinkFailure(Trouble.UNREADABLE, "Expected an event as JSON, but could not read it");
    }
    JsonNode entity = told.path("entity");
    if (!entity.path("kind").asText().equals("site")
        || !entity.path("id").asText().equals(site.value())) {
      throw new LinkFailure(
          Trouble.ANOTHER_SITE,
          "Expected an event of site "
              + site
              + ", but got one of "
              + LinkFailure.shown(entity.path("kind").asText())
              + " "
              + LinkFailure.shown(entity.path("id").asText()));
    }
    ObjectNode journaled = format.mapper().createObjectNode();
    ObjectNode event = journaled.putObject("event");
    event.setAll(unmasked(told.path("data")));
    event.set("at", told.path("at"));
    String name = told.path("name").asText();
    try {
      Object read = format.read(name, journaled.toString().getBytes(UTF_8)).event();
      if (read instanceof SiteEvent it) {
        return new Report(entity.path("sequence").asLong(), it);
      }
    } catch (EventFormat.UnreadableEvent _) {
      // Told below: the text of the event is not to be repeated.
    }
    throw new LinkFailure(
        Trouble.UNREADABLE,
        "Expected an event that this version knows, but got '" + LinkFailure.shown(name) + "'");
  }

  private ObjectNode unmasked(JsonNode data) {
    ObjectNode copy = data instanceof ObjectNode it ? it : format.mapper().createObjectNode();
    unmask(copy);
    return copy;
  }

  private static void unmask(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.size() == 1 && object.path(MASKED).isBoolean()) {
        object.removeAll();
        object.put("key", MASKED);
        return;
      }
      object.forEach(ReportForm::unmask);
    } else if (node instanceof ArrayNode array) {
      array.forEach(ReportForm::unmask);
    }
  }
}
