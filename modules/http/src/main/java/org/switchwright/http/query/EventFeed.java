package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The site's events in the order of their commits. Asked on threads that may wait. */
public interface EventFeed {
  /**
   * Events after a place.
   *
   * @param after a cursor given out before
   * @param limit how many events are looked at, whether they pass the filter or not
   * @throws IllegalArgumentException for a cursor that was never given out
   */
  Read read(String after, Filter filter, int limit);

  /** Before the first event. */
  String start();

  /** After all events that there are. */
  String head();

  /** What a read came to. */
  sealed interface Read {
    /**
     * Events, perhaps none.
     *
     * @param next after all that was looked at
     */
    record Events(List<Event> events, String next) implements Read {
      public Events {
        events = List.copyOf(events);
      }
    }

    /** The journal was restored from a copy: cursors of before mean nothing any more. */
    record StartOver(String start) implements Read {}
  }

  /**
   * One event.
   *
   * @param id its cursor
   * @param type its name in the journal, such as {@code call.queued/1}
   * @param entity such as {@code call|c7f}
   * @param data a JSON object without personal text
   */
  record Event(String id, String type, Instant at, String entity, String data) {}

  /** Only events that fit all that is present; {@code type} is the beginning of a name. */
  record Filter(
      Optional<String> type,
      Optional<String> queue,
      Optional<String> agent,
      Optional<String> call) {
    public static final Filter NONE =
        new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
