package org.switchwright.replay.privacy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;
import org.switchwright.journal.format.SealedPersonal;

/**
 * Erases the person from an interaction: the keys under which its personal data stands in the
 * journal. Events, decisions and counts stay. An agent's keys stay too, although the agent's phone
 * is named in the call's events.
 */
public final class Erasure {
  /** What became of a request to erase. */
  public sealed interface Outcome {
    /**
     * @param calls the calls of the interaction
     * @param keys how many keys were erased now; none of them is left
     */
    record Erased(List<CallId> calls, int keys) implements Outcome {}

    /** Nothing was erased, because a call of the interaction is not over. */
    record StillLive(CallId call, String sentence) implements Outcome {}

    /** Nothing is known of such an interaction. */
    record Unknown(String sentence) implements Outcome {}
  }

  /** The views may lag behind: what they have not taken in is searched in the journal itself. */
  private static final String CALLS =
      """
      SELECT call_id FROM call_history WHERE interaction_id = ?
      UNION
      SELECT substr(j.persistence_id, 6)
      FROM journal_epoch e
      LEFT JOIN projection_offset o ON o.name = 'views' AND o.epoch = e.epoch
      JOIN event_journal j
        ON (j.xid, j.ordering) > (coalesce(o.xid, '0'), coalesce(o.ordering, 0))
      WHERE j.event_ser_manifest LIKE 'call.arrived/%'
        AND convert_from(j.event_payload, 'UTF8')::jsonb #>> '{event,interaction}' = ?
      UNION
      SELECT substr(persistence_id, 6) FROM event_journal
      WHERE event_ser_manifest LIKE 'call.expected/%'
        AND convert_from(event_payload, 'UTF8')::jsonb
          #>> '{event,expectation,interaction}' = ?
      ORDER BY 1
      """;

  private static final String EVENTS =
      """
      SELECT event_ser_manifest, event_payload FROM event_journal WHERE persistence_id = ?
      ORDER BY sequence_number
      """;

  private final DataSource source;
  private final Predicate<KeyId> eraser;
  private final EventFormat format = new EventFormat(new SealedPersonal());

  /**
   * @param eraser erases a key, and says whether it was there until now; {@code KeyRing::erase}
   */
  public Erasure(DataSource source, Predicate<KeyId> eraser) {
    this.source = source;
    this.eraser = eraser;
  }

  /** May be repeated: what is erased stays so. */
  public Outcome erase(InteractionId interaction) throws SQLException {
    Set<KeyId> keys = new TreeSet<>();
    List<CallId> calls;
    try (Connection connection = source.getConnection()) {
      calls = calls(connection, interaction);
      for (CallId call : calls) {
        List<Journaled<?>> events = events(connection, call);
        if (events.getLast().due() != null) {
          return new Outcome.StillLive(
              call,
              "Expected interaction "
                  + interaction
                  + " to be over before it is erased, but its call "
                  + call
                  + " is not");
        }
        keys.addAll(keys(events));
      }
    }
    if (calls.isEmpty()) {
      return new Outcome.Unknown(
          "Expected an interaction " + interaction + ", but nothing is known of it");
    }
    int erased = 0;
    for (KeyId key : keys) {
      erased += eraser.test(key) ? 1 : 0;
    }
    return new Outcome.Erased(List.copyOf(calls), erased);
  }

  private static List<CallId> calls(Connection connection, InteractionId interaction)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(CALLS)) {
      select.setString(1, interaction.value());
      select.setString(2, interaction.value());
      select.setString(3, interaction.value());
      List<CallId> calls = new ArrayList<>();
      ResultSet row = select.executeQuery();
      while (row.next()) {
        calls.add(new CallId(row.getString(1)));
      }
      return calls;
    }
  }

  private List<Journaled<?>> events(Connection connection, CallId call) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
      select.setString(1, "call|" + call);
      List<Journaled<?>> events = new ArrayList<>();
      ResultSet row = select.executeQuery();
      while (row.next()) {
        events.add(format.read(row.getString(1), row.getBytes(2)));
      }
      return events;
    }
  }

  private static Set<KeyId> keys(List<Journaled<?>> events) {
    Set<KeyId> keys = new TreeSet<>();
    Set<KeyId> agents = new TreeSet<>();
    for (Journaled<?> journaled : events) {
      collect(journaled.event(), keys::add);
      if (journaled.event() instanceof CallEvent.CallOffered offered) {
        agents.add(offered.station().key());
      }
      if (journaled.event() instanceof CallEvent.OfferHeld held) {
        agents.add(held.station().key());
      }
    }
    keys.removeAll(agents);
    return keys;
  }

  private static void collect(@Nullable Object value, Consumer<KeyId> found) {
    switch (value) {
      case null -> {}
      case Personal it -> found.accept(it.key());
      case Optional<?> it -> collect(it.orElse(null), found);
      case Map<?, ?> it -> it.values().forEach(element -> collect(element, found));
      case Iterable<?> it -> it.forEach(element -> collect(element, found));
      case Record it -> {
        for (RecordComponent component : it.getClass().getRecordComponents()) {
          try {
            collect(component.getAccessor().invoke(it), found);
          } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Expected to read a field of " + it.getClass(), e);
          }
        }
      }
      default -> {}
    }
  }
}
