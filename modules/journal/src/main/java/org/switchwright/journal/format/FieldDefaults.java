package org.switchwright.journal.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.Passage;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.Abroad;
import org.switchwright.domain.site.Lent;
import org.switchwright.domain.site.Routing;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * What fields mean in records that were written before there were such fields. Hand-written and for
 * ever: a record of last year still means what it meant.
 *
 * <p>A field whose default is null or an empty {@code Optional} needs no entry.
 */
final class FieldDefaults extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1L;

  /** For each record that got more fields: those fields, as JSON. */
  private static final Map<Class<?>, String> DEFAULTS =
      Map.ofEntries(
          Map.entry(
              SiteConfiguration.class,
              """
              {"rules": {"priorityWorth": "PT0S", "longestWrapUp": "PT30M"}}
              """),
          Map.entry(
              SiteConfiguration.Rules.class,
              """
              {"capacity": {"voice": 1}}
              """),
          Map.entry(
              SiteConfiguration.Queue.class,
              """
              {
                "weight": 0,
                "choosing":
                  {"by": "LONGEST_IDLE", "members": {}, "tierWait": "PT0S", "ringStep": "PT5S"},
                "widenings": [],
                "presence": {"join": [], "leave": [], "leaveAfter": "PT0S"},
                "keepPlace": "PT0S",
                "announcements":
                  {
                    "position": false,
                    "positionLimit": 0,
                    "expectedWait": false,
                    "rounding": "PT30S",
                    "after": "PT15S",
                    "every": "PT1M"
                  },
                "elsewhere": {}
              }
              """),
          Map.entry(
              SiteConfiguration.Delays.class,
              """
              {"missed": "PT0S", "unreachable": "PT0S", "missesToNotReady": 1, "failuresToLost": 1}
              """),
          Map.entry(
              SiteCall.class,
              """
              {
                "consults": {"number": 0, "now": null},
                "abroad": {"origin": null, "enlistments": 0, "enlisted": {}}
              }
              """),
          Map.entry(
              Abroad.class,
              """
              {"proposed": 0, "taken": 0}
              """),
          Map.entry(
              Lent.class,
              """
              {"number": 1}
              """),
          Map.entry(
              SiteCall.Consult.class,
              """
              {"attendance": 0}
              """),
          Map.entry(
              Route.Aim.class,
              """
              {"alternatives": []}
              """),
          Map.entry(
              Route.Weighed.class,
              """
              {"estimated": []}
              """),
          Map.entry(
              Routing.class,
              """
              {"alternatives": []}
              """),
          Map.entry(
              RoutingDecision.class,
              """
              {"widening": 0}
              """),
          Map.entry(
              CallEvent.CallArrived.class,
              """
              {"attached": {}}
              """),
          Map.entry(
              Passage.class,
              """
              {"handOver": "RELAY"}
              """),
          Map.entry(
              ScoredCut.class,
              """
              {"bySchedule": false}
              """),
          Map.entry(
              SiteState.Tally.class,
              """
              {"handedOn": 0}
              """),
          Map.entry(
              CallEvent.ConsultEnded.class,
              """
              {"dialledGone": false}
              """),
          Map.entry(
              SiteEvent.OfferEnded.class,
              """
              {"spared": false}
              """));

  private static final JsonMapper JSON = new JsonMapper();

  static @Nullable JsonNode of(Class<?> type) {
    String text = DEFAULTS.get(type);
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected defaults of " + type + " as JSON", e);
    }
  }

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
    return of(type.getBeanClass()) instanceof ObjectNode defaults
        ? new Defaulting(deserializer, defaults)
        : deserializer;
  }

  /** Fills in what is missing before the record is made. */
  private static final class Defaulting extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final ObjectNode defaults;

    Defaulting(JsonDeserializer<?> record, ObjectNode defaults) {
      super(record);
      this.defaults = defaults;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> record) {
      return new Defaulting(record, defaults);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
      ObjectNode written = context.readValue(in, ObjectNode.class);
      ObjectNode full = defaults.deepCopy();
      full.setAll(written);
      try (JsonParser again = full.traverse(in.getCodec())) {
        again.nextToken();
        return super.deserialize(again, context);
      }
    }
  }
}
