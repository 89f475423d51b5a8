package org.switchwright.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.StationWatch;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.store.EventFormatSetup;

/**
 * Messages between nodes of one cluster, in the form that events have: personal data stays
 * encrypted on the wire too. Not kept anywhere, so types go by their class names.
 */
public final class WireSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 7_002;
  private static final String DELIVER = "deliver";
  private static final String WAKE = "wake";
  private static final String STOP = "stop";
  private static final String SEND = "send";
  private static final String PERFORM = "perform";
  private static final String RECEIPT = "receipt";

  private final EventFormat format;
  private final ActorRefResolver refs;
  private final Map<String, Class<?>> types = new HashMap<>();

  public WireSerializer(ExtendedActorSystem system) {
    this.format = EventFormatSetup.of(system);
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
    Deque<Class<?>> sealed =
        new ArrayDeque<>(
            List.of(
                Call.Command.class,
                Site.Command.class,
                Agent.Command.class,
                SiteMonitor.Command.class,
                Signal.class,
                StationWatch.class,
                Receipt.class));
    while (!sealed.isEmpty()) {
      Class<?> type = sealed.removeFirst();
      if (type.isSealed()) {
        sealed.addAll(List.of(type.getPermittedSubclasses()));
      } else {
        types.put(type.getName(), type);
      }
    }
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return switch (message) {
      case EntityMessage.Deliver<?> _ -> DELIVER;
      case EntityMessage.Wake<?> _ -> WAKE;
      case EntityMessage.Stop<?> _ -> STOP;
      case EdgeGate.Send _ -> SEND;
      case EdgeGate.Perform _ -> PERFORM;
      case Receipt _ -> RECEIPT;
      default ->
          throw new IllegalArgumentException(
              "Expected a message that goes between nodes, but got a " + message.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (message) {
      case EntityMessage.Deliver<?> it -> {
        put(json, it.command());
        it.replyTo().ifPresent(ref -> json.put("replyTo", refs.toSerializationFormat(ref)));
      }
      case EdgeGate.Send it -> {
        put(json, it.errand());
        json.put("edge", it.edge().value());
      }
      case EdgeGate.Perform it -> put(json, it.errand());
      case Receipt it -> put(json, it);
      default -> {}
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void put(ObjectNode json, EdgeGate.Errand errand) {
    switch (errand) {
      case EdgeGate.Errand.ForCall it -> {
        put(json, it.signal());
        json.put("call", it.call().value());
      }
      case EdgeGate.Errand.ForAgent it -> {
        put(json, it.watch());
        json.put("agent", it.agent().value());
      }
    }
  }

  private void put(ObjectNode json, Object value) {
    json.put("type", value.getClass().getName());
    json.set("value", format.mapper().valueToTree(value));
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    try {
      JsonNode json = format.mapper().readTree(bytes);
      return switch (manifest) {
        case DELIVER -> new EntityMessage.Deliver<>(value(json), replyTo(json));
        case WAKE -> new EntityMessage.Wake<>();
        case STOP -> new EntityMessage.Stop<>();
        case SEND -> new EdgeGate.Send(new EdgeId(json.path("edge").asText()), errand(json));
        case PERFORM -> new EdgeGate.Perform(errand(json));
        case RECEIPT -> value(json);
        default ->
            throw new IllegalArgumentException(
                "Expected a message that goes between nodes, but got '" + manifest + "'");
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("Expected a " + manifest + " message, but could not", e);
    }
  }

  private EdgeGate.Errand errand(JsonNode json) throws IOException {
    return switch (value(json)) {
      case Signal it -> new EdgeGate.Errand.ForCall(new CallId(json.path("call").asText()), it);
      case StationWatch it ->
          new EdgeGate.Errand.ForAgent(new AgentId(json.path("agent").asText()), it);
      case Object it ->
          throw new IllegalArgumentException(
              "Expected an errand of an edge, but got a " + it.getClass());
    };
  }

  private Optional<ActorRef<Receipt>> replyTo(JsonNode json) {
    return Optional.ofNullable(json.get("replyTo"))
        .map(ref -> refs.<Receipt>resolveActorRef(ref.asText()));
  }

  private Object value(JsonNode json) throws IOException {
    String name = json.path("type").asText();
    Class<?> type = types.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "Expected a type that goes between nodes, but got '" + name + "'");
    }
    return format.mapper().treeToValue(json.path("value"), type);
  }
}
