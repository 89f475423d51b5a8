package org.switchwright.server.outside;

import java.util.List;
import javax.sql.DataSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.http.query.EventFeed;
import org.switchwright.journal.reader.Cursor;
import org.switchwright.replay.feed.EventFilter;
import org.switchwright.replay.feed.PublicEvent;

/** The journal as the outside follows it. */
final class JournalFeed implements EventFeed {
  private final org.switchwright.replay.feed.EventFeed feed;

  JournalFeed(DataSource source) {
    this.feed = new org.switchwright.replay.feed.EventFeed(source);
  }

  @Override
  public Read read(String after, Filter filter, int limit) {
    Cursor cursor = Cursor.parse(after);
    int bounded = Math.min(limit, org.switchwright.replay.feed.EventFeed.MAX_EVENTS);
    return switch (Asked.of(() -> feed.read(cursor, filter(filter), bounded))) {
      case org.switchwright.replay.feed.EventFeed.Page.EpochChanged(Cursor start) ->
          new Read.StartOver(start.text());
      case org.switchwright.replay.feed.EventFeed.Page.Events(var events, Cursor next, _) ->
          new Read.Events(events.stream().map(JournalFeed::event).toList(), next.text());
    };
  }

  @Override
  public String start() {
    return Asked.of(feed::start).text();
  }

  @Override
  public String head() {
    return Asked.of(feed::head).text();
  }

  private static Event event(PublicEvent it) {
    return new Event(it.cursor().text(), it.name(), it.at(), it.kind() + "|" + it.id(), it.json());
  }

  private static EventFilter filter(Filter it) {
    return new EventFilter(
        it.type().map(List::of).orElse(List.of()),
        it.agent().map(AgentId::new),
        it.queue().map(QueueId::new),
        it.call().map(CallId::new));
  }
}
