package org.switchwright.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.util.ByteString;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.http.query.Desktops;
import org.switchwright.http.query.EventFeed;

/**
 * An agent's desktop as server-sent events: how it is, and how it is again whenever that has
 * changed. A follower who comes back is told how it is now; there is nothing to make up for.
 */
final class DesktopStream {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  /** When something has happened that the read models have not taken in. */
  private static final Duration SOON = Duration.ofMillis(100);

  private final EventStream events;
  private final EventFeed feed;
  private final DesktopRequests desktops;
  private final Workers workers;

  DesktopStream(EventStream events, EventFeed feed, DesktopRequests desktops, Workers workers) {
    this.events = events;
    this.feed = feed;
    this.desktops = desktops;
    this.workers = workers;
  }

  HttpResponse follow(Exchange exchange) {
    exchange.onlyQueries(Set.of("clear"));
    AgentId agent = DesktopRequests.agent(exchange);
    desktops.seat(agent);
    Follower follower = new Follower(exchange, agent, DesktopRequests.clear(exchange));
    return events.open("retry: 1000\n\n", feed.head(), follower::next);
  }

  /**
   * What was seen.
   *
   * @param place after what is taken in by that
   * @param told empty: nothing has changed
   * @param behind whether there are events that may change it soon
   */
  private record Look(String place, String told, boolean behind) {}

  /** One of them; asked for one thing after the other. */
  private final class Follower {
    private final Exchange exchange;
    private final AgentId agent;
    private final boolean clear;
    private Optional<CallId> call = Optional.empty();
    private String last = "";
    private boolean pending;

    Follower(Exchange exchange, AgentId agent, boolean clear) {
      this.exchange = exchange;
      this.agent = agent;
      this.clear = clear;
    }

    CompletionStage<Optional<Pair<String, ByteString>>> next(String place) {
      if (!exchange.admitted().getAsBoolean()) {
        return CompletableFuture.completedStage(Optional.empty());
      }
      CompletableFuture<Void> news = events.news();
      return workers
          .run(() -> CompletableFuture.completedStage(look(place)))
          .thenCompose(seen -> {
            if (!seen.told().isEmpty()) {
              return CompletableFuture.completedStage(
                  Optional.of(Pair.create(seen.place(), ByteString.fromString(seen.told()))));
            }
            CompletableFuture<Void> pause = seen.behind() ? new CompletableFuture<>() : news.copy();
            Duration atMost = seen.behind() ? SOON : LOOK_AGAIN;
            return pause
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(_ -> next(seen.place()));
          });
    }

    private Look look(String place) {
      String head = feed.head();
      boolean concerned =
          last.isEmpty()
              || pending
              || concerns(place, Optional.of(agent.value()), Optional.empty())
              || (call.isPresent() && concerns(place, Optional.empty(), call.map(CallId::value)));
      if (!concerned) {
        return new Look(head, "", false);
      }
      Desktops.Seat seat = desktops.seat(agent);
      call = seat.call();
      DesktopRequests.Desktop desktop = desktops.desktop(agent, seat, clear);
      pending = desktop.pending();
      String now = new String(Json.bytes(desktop.body()), StandardCharsets.UTF_8);
      if (now.equals(last)) {
        return new Look(seat.asOf(), "", true);
      }
      last = now;
      return new Look(seat.asOf(), "event: desktop\ndata: " + now + "\n\n", false);
    }

    private boolean concerns(String place, Optional<String> ofAgent, Optional<String> ofCall) {
      return !(feed.read(
                  place,
                  new EventFeed.Filter(Optional.empty(), Optional.empty(), ofAgent, ofCall),
                  EventStream.LOOK_AT)
              instanceof EventFeed.Read.Events(var found, String _)
          && found.isEmpty());
    }
  }
}
