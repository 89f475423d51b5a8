package org.switchwright.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BackpressureTimeoutException;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.switchwright.http.query.EventFeed;

/**
 * Server-sent events (WHATWG HTML 9.2) with a cursor as id: whoever comes back with {@code
 * Last-Event-ID} gets what was missed, in order, each event once.
 *
 * <p>A follower pulls: nothing is kept for one who reads slowly, and one who has not read for
 * {@link HttpSettings#stalledAfter} is cut off and may come back; one whose token has become void
 * gets no more. A place that has moved without an event for this follower is sent as an id alone,
 * which browsers remember without telling.
 */
final class EventStream implements AutoCloseable {
  /** Events looked at in one read. */
  static final int LOOK_AT = 500;

  /** A follower looks by itself this often, whatever the tail says. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private static final Set<String> QUERIES =
      Set.of("after", "from", "type", "queue", "agent", "call");
  private static final Set<String> STATUS_QUERIES = Set.of("after", "from");
  private static final EventFeed.Filter STATUS =
      new EventFeed.Filter(
          Optional.of("site."), Optional.empty(), Optional.empty(), Optional.empty());
  private static final ContentType EVENT_STREAM = MediaTypes.TEXT_EVENT_STREAM.toContentType();

  private final EventFeed feed;
  private final EventTail tail;
  private final Workers workers;
  private final int maxFollowers;
  private final Duration heartbeat;
  private final Duration stalledAfter;
  private final SharedKillSwitch stop = KillSwitches.shared("event-streams");

  EventStream(EventFeed feed, Workers workers, HttpSettings settings) {
    this.feed = feed;
    this.tail = new EventTail(feed);
    this.workers = workers;
    this.maxFollowers = settings.maxFollowers();
    this.heartbeat = settings.heartbeat();
    this.stalledAfter = settings.stalledAfter();
  }

  int followers() {
    return tail.followers();
  }

  HttpResponse follow(Exchange exchange) {
    exchange.onlyQueries(QUERIES);
    return follow(
        exchange,
        new EventFeed.Filter(
            exchange.query("type"),
            id(exchange, "queue"),
            id(exchange, "agent"),
            id(exchange, "call")));
  }

  /** What the site reports of itself, and nothing else. */
  HttpResponse followStatus(Exchange exchange) {
    exchange.onlyQueries(STATUS_QUERIES);
    return follow(exchange, STATUS);
  }

  private HttpResponse follow(Exchange exchange, EventFeed.Filter filter) {
    String after = place(exchange);
    return open(
        "retry: 1000\nid: " + after + "\n\n",
        after,
        place -> next(place, filter, exchange.admitted()));
  }

  /** Completes when there may be events that were not there when this was asked for. */
  CompletableFuture<Void> news() {
    return tail.news();
  }

  /**
   * Begins a stream, if there are not too many.
   *
   * @param first what is sent at once
   * @param next what there is after a place; completes when there is something
   */
  HttpResponse open(
      String first,
      String after,
      Function<String, CompletionStage<Optional<Pair<String, ByteString>>>> next) {
    if (tail.followers() >= maxFollowers) {
      return Problem.overloaded("Expected at most " + maxFollowers + " event streams at once")
          .response()
          .addHeader(RawHeader.create("Retry-After", "10"));
    }
    return HttpResponse.create()
        .withEntity(
            (ResponseEntity) HttpEntities.createChunked(EVENT_STREAM, stream(first, after, next)))
        .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
  }

  private static Optional<String> id(Exchange exchange, String name) {
    Optional<String> id = exchange.query(name);
    if (id.filter(it -> !it.matches("[A-Za-z0-9._-]{1,64}")).isPresent()) {
      throw new Refused(Problem.badRequest("Expected the id of a " + name));
    }
    return id;
  }

  /** Checked before the stream begins, so that a wrong cursor is a plain problem. */
  private String place(Exchange exchange) {
    Optional<String> given = exchange.header("Last-Event-ID").or(() -> exchange.query("after"));
    if (given.isPresent()) {
      try {
        feed.read(given.get(), EventFeed.Filter.NONE, 1);
        return given.get();
      } catch (IllegalArgumentException _) {
        throw new Refused(
            Problem.badRequest(
                "Expected a cursor that came as the id of an event, but got another"));
      }
    }
    return switch (exchange.query("from").orElse("now")) {
      case "now" -> feed.head();
      case "start" -> feed.start();
      default -> throw new Refused(Problem.badRequest("Expected from to be now or start"));
    };
  }

  private Source<ByteString, NotUsed> stream(
      String first,
      String after,
      Function<String, CompletionStage<Optional<Pair<String, ByteString>>>> next) {
    Source<ByteString, NotUsed> events = Source.unfoldAsync(after, next::apply);
    return Source.single(ByteString.fromString(first))
        .concat(events)
        .keepAlive(heartbeat, () -> ByteString.fromString(": alive\n\n"))
        .backpressureTimeout(stalledAfter)
        .onErrorComplete(BackpressureTimeoutException.class)
        .via(stop.flow())
        .mapMaterializedValue(nothing -> {
          tail.join();
          return nothing;
        })
        .watchTermination((nothing, over) -> {
          var _ = over.whenComplete((_, _) -> tail.leave());
          return nothing;
        });
  }

  private CompletionStage<Optional<Pair<String, ByteString>>> next(
      String place, EventFeed.Filter filter, BooleanSupplier admitted) {
    if (!admitted.getAsBoolean()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    CompletableFuture<Void> news = tail.news();
    return workers
        .run(() -> CompletableFuture.completedStage(feed.read(place, filter, LOOK_AT)))
        .thenCompose(read ->
            switch (read) {
              case EventFeed.Read.StartOver(String start) ->
                  emit(start, "id: " + start + "\nevent: start-over\ndata: {}\n\n");
              case EventFeed.Read.Events(List<EventFeed.Event> events, String next) -> {
                if (!events.isEmpty()) {
                  yield emit(next, text(events, next));
                }
                if (!next.equals(place)) {
                  yield emit(next, "id: " + next + "\n\n");
                }
                yield news.copy()
                    .completeOnTimeout(null, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .thenCompose(_ -> next(place, filter, admitted));
              }
            });
  }

  private static CompletionStage<Optional<Pair<String, ByteString>>> emit(
      String next, String text) {
    return CompletableFuture.completedStage(
        Optional.of(Pair.create(next, ByteString.fromString(text))));
  }

  private static String text(List<EventFeed.Event> events, String next) {
    StringBuilder text = new StringBuilder();
    for (EventFeed.Event event : events) {
      text.append("id: ")
          .append(event.id())
          .append("\nevent: ")
          .append(event.type())
          .append("\ndata: ")
          .append(event.data())
          .append("\n\n");
    }
    if (!events.getLast().id().equals(next)) {
      text.append("id: ").append(next).append("\n\n");
    }
    return text.toString();
  }

  @Override
  public void close() {
    stop.shutdown();
    tail.close();
  }
}
