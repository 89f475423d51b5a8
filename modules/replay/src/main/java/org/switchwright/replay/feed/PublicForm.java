package org.switchwright.replay.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.format.Subjects;
import org.switchwright.journal.reader.JournalRow;

/**
 * Makes public events from rows of the journal. Masks personal data, and SIP's dialogs and
 * transactions as a whole: peers choose what stands in those, and it is nobody's business.
 */
final class PublicForm {
  private final EventFormat format = new EventFormat(new SealedPersonal());
  private final ObjectMapper mapper;

  PublicForm() {
    SimpleModule masks = new SimpleModule("switchwright-masks");
    masks.addSerializer(Personal.class, new Mask<>());
    masks.addSerializer(Dialog.class, new Mask<>());
    masks.addSerializer(ServerTransaction.class, new Mask<>());
    this.mapper = format.mapper().copy().registerModule(masks);
  }

  private static final class Mask<T> extends JsonSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeBooleanField("masked", true);
      out.writeEndObject();
    }

    @Override
    public void serializeWithType(
        T value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
        throws IOException {
      serialize(value, out, provider);
    }
  }

  /** A public event, with whom it is about. */
  record Made(PublicEvent event, Subjects subjects) {}

  Made make(JournalRow row) {
    Object event = format.read(row.manifest(), row.payload()).event();
    int bar = row.persistenceId().indexOf('|');
    String id = row.persistenceId().substring(bar + 1);
    ObjectNode data = mapper.valueToTree(event);
    Instant at = Instant.parse(data.remove("at").asText());
    PublicEvent made =
        new PublicEvent(
            row.cursor(),
            row.manifest(),
            at,
            row.persistenceId().substring(0, bar),
            id,
            row.sequenceNr(),
            data);
    return new Made(made, Subjects.of(id, event));
  }
}
