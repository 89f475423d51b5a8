package org.switchwright.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.http.query.EventFeed;

/**
 * Looks for new events on behalf of all followers, so that a hundred idle ones cost one small query
 * every {@value #POLL_MS} ms; none at all when nobody follows.
 */
final class EventTail implements AutoCloseable {
  static final int POLL_MS = 100;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int LOOK_AT = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

  private final EventFeed feed;
  private final AtomicInteger followers = new AtomicInteger();
  private final Thread thread;
  private volatile CompletableFuture<Void> news = new CompletableFuture<>();
  private volatile boolean open = true;

  EventTail(EventFeed feed) {
    this.feed = feed;
    this.thread = Thread.ofPlatform().name("event-tail").daemon().start(this::run);
  }

  /** Completes when there may be events that were not there when this was asked for. */
  CompletableFuture<Void> news() {
    return news;
  }

  int followers() {
    return followers.get();
  }

  void join() {
    followers.incrementAndGet();
    LockSupport.unpark(thread);
  }

  void leave() {
    followers.decrementAndGet();
  }

  private void run() {
    String cursor = "";
    while (open) {
      if (followers.get() == 0) {
        cursor = "";
        LockSupport.parkNanos(this, Duration.ofSeconds(1).toNanos());
        continue;
      }
      Duration pause = Duration.ofMillis(POLL_MS);
      try {
        if (cursor.isEmpty()) {
          cursor = feed.head();
          tell();
        }
        String next = look(cursor);
        if (!next.equals(cursor)) {
          cursor = next;
          tell();
        }
      } catch (RuntimeException e) {
        LOG.warn("New events cannot be looked for now: {}", e.getClass().getName());
        pause = PAUSE_AFTER_FAILURE;
      }
      LockSupport.parkNanos(this, pause.toNanos());
    }
  }

  private String look(String cursor) {
    return switch (feed.read(cursor, EventFeed.Filter.NONE, LOOK_AT)) {
      case EventFeed.Read.Events(var events, String next) -> events.isEmpty() ? cursor : next;
      case EventFeed.Read.StartOver(String start) -> start;
    };
  }

  private void tell() {
    CompletableFuture<Void> old = news;
    news = new CompletableFuture<>();
    old.complete(null);
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
    tell();
  }
}
