package org.switchwright.replay.feed;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.switchwright.journal.reader.Batch;
import org.switchwright.journal.reader.Cursor;
import org.switchwright.journal.reader.JournalRow;
import org.switchwright.journal.reader.OrderedReader;

/**
 * Every event since the first, in the order of commits, to be followed from any cursor without loss
 * and without doubles.
 */
public final class EventFeed {
  /** Events of a page, at most. */
  public static final int MAX_EVENTS = 500;

  /** What came after a cursor. */
  public sealed interface Page {
    /**
     * @param next where to go on, also where no event was wanted
     * @param caughtUp whether this was all that can be read now; if not, ask again at once
     */
    record Events(List<PublicEvent> events, Cursor next, boolean caughtUp) implements Page {
      public Events {
        events = List.copyOf(events);
      }
    }

    /** The database was restored: the cursor means nothing now; whoever follows starts over. */
    record EpochChanged(Cursor start) implements Page {}
  }

  private final OrderedReader reader;
  private final PublicForm form = new PublicForm();

  public EventFeed(DataSource source) {
    this.reader = new OrderedReader(source);
  }

  /** Before the first event. */
  public Cursor start() throws SQLException {
    return reader.start();
  }

  /** After all that can be read now. */
  public Cursor head() throws SQLException {
    return reader.head();
  }

  /**
   * The events after a cursor that a filter wants. Looks at a bounded number of rows, so an answer
   * may be empty and yet not the end.
   *
   * @param limit 1 to {@value #MAX_EVENTS}
   */
  public Page read(Cursor after, EventFilter filter, int limit) throws SQLException {
    if (limit < 1 || limit > MAX_EVENTS) {
      throw new IllegalArgumentException(
          "Expected 1 to " + MAX_EVENTS + " events at once, but got " + limit);
    }
    int rowsAtOnce = filter.equals(EventFilter.ALL) ? limit : OrderedReader.MAX_ROWS;
    return switch (reader.read(after, rowsAtOnce)) {
      case Batch.EpochChanged(Cursor start) -> new Page.EpochChanged(start);
      case Batch.Rows(var rows) -> select(after, rows, rows.size() < rowsAtOnce, filter, limit);
    };
  }

  private Page select(
      Cursor after, List<JournalRow> rows, boolean last, EventFilter filter, int limit) {
    List<PublicEvent> events = new ArrayList<>();
    Cursor next = after;
    for (JournalRow row : rows) {
      if (events.size() == limit) {
        return new Page.Events(events, next, false);
      }
      next = row.cursor();
      if (filter.wants(row.manifest())) {
        PublicForm.Made made = form.make(row);
        if (filter.wants(made.subjects())) {
          events.add(made.event());
        }
      }
    }
    return new Page.Events(events, next, last);
  }
}
