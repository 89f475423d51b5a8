package org.switchwright.replay.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.switchwright.journal.reader.Cursor;

/**
 * An event as the outside sees it.
 *
 * @param cursor its place: who follows from here has seen it
 * @param name such as {@code call.offered/1}; the number is the version of {@code data}
 * @param kind of the entity whose event it is: call, site or agent
 * @param id of that entity
 * @param sequenceNr its number in that entity's history, from 1 without gaps
 * @param data what the event says; in place of personal data stands <code>{"masked":true}</code>.
 *     Readers ignore fields that they do not know.
 */
public record PublicEvent(
    Cursor cursor,
    String name,
    Instant at,
    String kind,
    String id,
    long sequenceNr,
    ObjectNode data) {

  /** The public form, in one line. */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", cursor.text()).put("name", name).put("at", at.toString());
    json.putObject("entity").put("kind", kind).put("id", id).put("sequence", sequenceNr);
    json.set("data", data);
    return json.toString();
  }
}
