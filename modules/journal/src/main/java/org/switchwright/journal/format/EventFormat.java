package org.switchwright.journal.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.site.SiteState;

/**
 * Events to bytes and back: JSON in UTF-8. The same mapper serves snapshots and the messages
 * between nodes, so that personal data is never written in clear by any of them.
 */
public final class EventFormat {
  /**
   * An event is a few hundred bytes, the configuration of a thousand queues some hundred thousand;
   * one above this is a mistake and is refused.
   */
  static final int MAX_BYTES = 1024 * 1024;

  private final ObjectMapper mapper;
  private final Map<String, JavaType> types;

  public EventFormat(PersonalCipher cipher) {
    mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(new DomainModule(cipher))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    types =
        StreamSupport.stream(EventNames.all().spliterator(), false)
            .collect(Collectors.toMap(name -> name, this::journaled));
  }

  private JavaType journaled(String name) {
    Class<?> event = EventNames.type(name).orElseThrow();
    return mapper.getTypeFactory().constructParametricType(Journaled.class, event);
  }

  public String name(Journaled<?> journaled) {
    return EventNames.of(journaled.event().getClass());
  }

  public byte[] write(Journaled<?> journaled) {
    return bytes(journaled, name(journaled));
  }

  /**
   * Reads an event by its name.
   *
   * @throws UnreadableEvent for an unknown name or text that does not fit it
   */
  public Journaled<?> read(String name, byte[] payload) {
    JavaType type = types.get(name);
    if (type == null) {
      throw new UnreadableEvent("Expected a known event, but got one named '" + name + "'");
    }
    try {
      return mapper.readValue(payload, type);
    } catch (IOException e) {
      throw new UnreadableEvent("Expected an event '" + name + "', but " + e.getMessage(), e);
    }
  }

  /** Anything else that goes over a wire or into a snapshot, by its class. */
  public byte[] writeValue(Object value) {
    return bytes(value, value.getClass().getName());
  }

  public <T> T readValue(byte[] payload, Class<T> type) {
    try {
      return mapper.readValue(payload, type);
    } catch (IOException e) {
      throw new UnreadableEvent(
          "Expected a " + type.getSimpleName() + ", but " + e.getMessage(), e);
    }
  }

  /** For views of events that people read: the same names and forms, without envelope. */
  public ObjectMapper mapper() {
    return mapper;
  }

  private byte[] bytes(Object value, String name) {
    byte[] bytes;
    try {
      bytes = mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected to write " + name + ", but could not", e);
    }
    boolean snapshot = value instanceof SiteState || value instanceof MonitorState;
    if (bytes.length > MAX_BYTES && !snapshot) {
      throw new IllegalArgumentException(
          "Expected "
              + name
              + " to take at most "
              + MAX_BYTES
              + " bytes, but it takes "
              + bytes.length);
    }
    return bytes;
  }

  /** A row of the journal that cannot be read: a broken journal, or one of a newer version. */
  public static final class UnreadableEvent extends IllegalStateException {
    UnreadableEvent(String message) {
      super(message);
    }

    UnreadableEvent(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
