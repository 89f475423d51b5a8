package org.switchwright.journal.format;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.pcollections.OrderedPSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Abroad;
import org.switchwright.domain.site.Departures;
import org.switchwright.domain.site.Lent;
import org.switchwright.domain.site.Neighbour;
import org.switchwright.domain.site.Published;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.statistics.Paces;
import org.switchwright.domain.statistics.QueuePace;

/** Teaches Jackson the domain's types; the domain itself knows nothing of it. */
final class DomainModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  /** Sealed types inside events, with the names of their members: for ever, like events' names. */
  private static final Map<Class<?>, Map<String, Class<?>>> CHOICES =
      Map.of(
          Destination.class,
          Map.of(
              "queue", Destination.ToQueue.class,
              "agent", Destination.ToAgent.class,
              "address", Destination.ToAddress.class,
              "back", Destination.Back.class),
          Wish.class,
          Map.of(
              "logged-out", Wish.LoggedOut.class,
              "not-ready", Wish.NotReady.class,
              "ready", Wish.Ready.class),
          SiteCall.Stand.class,
          Map.of(
              "waiting", SiteCall.Stand.Waiting.class,
              "offered", SiteCall.Stand.Offered.class,
              "talking", SiteCall.Stand.Talking.class,
              "released", SiteCall.Stand.Released.class),
          Abroad.Stand.class,
          Map.of(
              "asked", Abroad.Stand.Asked.class,
              "looking", Abroad.Stand.Looking.class,
              "resting", Abroad.Stand.Resting.class),
          SiteAgent.Work.class,
          Map.of(
              "free", SiteAgent.Work.Free.class,
              "resting", SiteAgent.Work.Resting.class,
              "judged", SiteAgent.Work.Judged.class,
              "reserved", SiteAgent.Work.Reserved.class,
              "talking", SiteAgent.Work.Talking.class,
              "wrapping-up", SiteAgent.Work.WrappingUp.class));

  private final transient PersonalCipher cipher;

  DomainModule(PersonalCipher cipher) {
    super("switchwright");
    this.cipher = cipher;
    text(CallId.class, CallId::value, CallId::new);
    text(InteractionId.class, InteractionId::value, InteractionId::new);
    text(AgentId.class, AgentId::value, AgentId::new);
    text(SiteId.class, SiteId::value, SiteId::new);
    text(QueueId.class, QueueId::value, QueueId::new);
    text(StrategyId.class, StrategyId::value, StrategyId::new);
    text(RoutingPointId.class, RoutingPointId::value, RoutingPointId::new);
    text(Skill.class, Skill::value, Skill::new);
    text(EdgeId.class, EdgeId::value, EdgeId::new);
    text(KeyId.class, KeyId::value, KeyId::new);
    text(OfferId.class, OfferId::toString, DomainModule::offerId);
    addDeserializer(Instant.class, new InstantReader());
    addSerializer(Personal.class, new PersonalWriter());
    addDeserializer(Personal.class, new PersonalReader());
    setDeserializerModifier(new FieldDefaults());
    addSerializer(SiteState.class, new SiteWriter());
    addDeserializer(SiteState.class, new SiteReader());
    addSerializer(Report.class, new ReportWriter());
    addDeserializer(Report.class, new ReportReader());
    CHOICES.forEach((choice, members) -> {
      setMixInAnnotation(choice, Tagged.class);
      members.forEach((name, type) -> registerSubtypes(new NamedType(type, name)));
    });
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface Tagged {}

  private static OfferId offerId(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "Expected an offer as CALL/NUMBER, but got '" + text + "'");
    }
    return new OfferId(
        new CallId(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
    addSerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(write.apply(value));
          }
        });
    addKeySerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeFieldName(write.apply(value));
          }
        });
    addDeserializer(
        type,
        new JsonDeserializer<T>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read.apply(in.getValueAsString());
          }
        });
    addKeyDeserializer(
        type,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            return read.apply(key);
          }
        });
  }

  private final class PersonalWriter extends JsonSerializer<Personal> {
    @Override
    public void serialize(Personal value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeStringField("key", value.key().value());
      if (value instanceof Personal.Clear clear) {
        out.writeStringField("cipher", cipher.encrypt(clear));
      }
      out.writeEndObject();
    }

    @Override
    public void serializeWithType(
        Personal value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
        throws IOException {
      serialize(value, out, provider);
    }
  }

  private final class PersonalReader extends JsonDeserializer<Personal> {
    @Override
    public Personal deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode node = in.readValueAsTree();
      KeyId key = new KeyId(node.path("key").asText());
      JsonNode text = node.get("cipher");
      return text == null ? new Personal.Erased(key) : cipher.decrypt(key, text.asText());
    }
  }

  /** An event within an event, with its name and version. */
  private static final class ReportWriter extends JsonSerializer<Report> {
    @Override
    public void serialize(Report value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeNumberField("sequence", value.sequence());
      out.writeStringField("name", EventNames.of(value.event().getClass()));
      provider.defaultSerializeField("event", value.event(), out);
      out.writeEndObject();
    }
  }

  private static final class ReportReader extends JsonDeserializer<Report> {
    @Override
    public Report deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode node = context.readTree(in);
      String name = node.path("name").asText();
      Class<?> type =
          EventNames.type(name)
              .filter(SiteEvent.class::isAssignableFrom)
              .orElseThrow(
                  () -> new IOException("expected an event of a site, but got '" + name + "'"));
      SiteEvent event = (SiteEvent) context.readTreeAsValue(node.path("event"), type);
      return new Report(node.path("sequence").asLong(), event);
    }
  }

  /** A snapshot of a site: its persistent collections as plain lists. */
  private record SiteSnapshot(
      SiteId id,
      java.util.Optional<SiteConfiguration> configuration,
      List<SiteCall> calls,
      List<SiteAgent> agents,
      List<CallId> lately,
      SiteState.Tally tally,
      TreeMap<QueueId, QueuePace> paces,
      TreeMap<AgentId, Paces.Handling> handlings,
      SortedMap<QueueId, AgentId> turns,
      SortedMap<QueueId, Instant> deserted,
      List<Departures.Departure> departures,
      TreeMap<StrategyId, Published> strategies,
      List<Lent> lent,
      TreeMap<SiteId, Neighbour> neighbours) {}

  private static final class SiteWriter extends JsonSerializer<SiteState> {
    @Override
    public void serialize(SiteState value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(
          new SiteSnapshot(
              value.id(),
              value.configuration(),
              List.copyOf(value.calls().values()),
              List.copyOf(value.agents().values()),
              List.copyOf(value.lately()),
              value.tally(),
              new TreeMap<>(value.paces().queues()),
              new TreeMap<>(value.paces().handlings()),
              value.turns(),
              value.deserted(),
              List.copyOf(value.departures().all()),
              new TreeMap<>(value.strategies()),
              List.copyOf(value.lent().values()),
              new TreeMap<>(value.neighbours())),
          out);
    }
  }

  private static final class SiteReader extends JsonDeserializer<SiteState> {
    @Override
    public SiteState deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode snapshot = OldSnapshots.site(context.readTree(in));
      SiteSnapshot it = context.readTreeAsValue(snapshot, SiteSnapshot.class);
      TreeMap<CallId, SiteCall> calls = new TreeMap<>();
      it.calls().forEach(call -> calls.put(call.id(), call));
      TreeMap<AgentId, SiteAgent> agents = new TreeMap<>();
      it.agents().forEach(agent -> agents.put(agent.id(), agent));
      TreeMap<AgentId, Lent> lent = new TreeMap<>();
      it.lent().forEach(agent -> lent.put(agent.agent().id(), agent));
      return new SiteState(
          it.id(),
          it.configuration(),
          TreePMap.from(calls),
          TreePMap.from(agents),
          OrderedPSet.from(it.lately()),
          it.tally(),
          new Paces(TreePMap.from(it.paces()), TreePMap.from(it.handlings())),
          TreePMap.from(it.turns()),
          TreePMap.from(it.deserted()),
          new Departures(TreePVector.from(it.departures())),
          TreePMap.from(it.strategies()),
          TreePMap.from(lent),
          TreePMap.from(it.neighbours()));
    }
  }

  @Override
  public Object getTypeId() {
    return DomainModule.class;
  }
}
