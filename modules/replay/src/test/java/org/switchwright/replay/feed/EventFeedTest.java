package org.switchwright.replay.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.database.JournalEpoch;
import org.switchwright.journal.format.EventNames;
import org.switchwright.journal.reader.Cursor;
import org.switchwright.replay.Replayed;
import org.switchwright.replay.feed.EventFeed.Page;

class EventFeedTest {
  private Replayed replayed;
  private CallId call;
  private EventFeed feed;

  @BeforeEach
  void open() throws SQLException, IOException {
    replayed = new Replayed();
    call = replayed.eventfulCall();
    replayed.catchUp();
    feed = new EventFeed(replayed.database.dataSource());
  }

  @AfterEach
  void close() throws SQLException {
    replayed.close();
  }

  @Test
  void shouldGiveEveryEventOnceWhereverItWasInterrupted() throws SQLException {
    List<PublicEvent> whole = all(EventFilter.ALL, 500);
    List<PublicEvent> resumed = all(EventFilter.ALL, 3);

    assertThat(whole.size()).isGreaterThan(60);
    assertThat(resumed)
        .extracting(PublicEvent::cursor)
        .containsExactlyElementsOf(whole.stream().map(PublicEvent::cursor).toList());
    assertThat(whole).extracting(PublicEvent::cursor).doesNotHaveDuplicates();
  }

  @Test
  void shouldSelectByKindAgentQueueAndCall() throws SQLException {
    List<PublicEvent> offers = all(filter(List.of("call.offer"), null, null, null), 7);
    List<PublicEvent> ofAgent = all(filter(List.of(), "a4", null, null), 7);
    List<PublicEvent> ofQueue = all(filter(List.of("site."), null, "support", null), 7);
    List<PublicEvent> ofCall = all(filter(List.of(), null, null, call.value()), 7);

    assertThat(offers)
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.name()).startsWith("call.offer"));
    assertThat(ofAgent)
        .extracting(PublicEvent::name)
        .contains(
            EventNames.of(AgentEvent.WishChanged.class),
            EventNames.of(SiteEvent.AgentReserved.class),
            "call.offered/1");
    assertThat(ofAgent).extracting(PublicEvent::id).doesNotContain("a1");
    assertThat(ofQueue)
        .extracting(PublicEvent::name)
        .contains("site.call-overflowed/1", EventNames.of(SiteEvent.AgentReserved.class));
    assertThat(ofCall).extracting(PublicEvent::kind).containsOnly("call", "site");
  }

  @Test
  void shouldHoldNoPersonalText() throws SQLException {
    List<PublicEvent> events = all(EventFilter.ALL, 500);
    String text = String.join("\n", events.stream().map(PublicEvent::json).toList());

    assertThat(text)
        .contains("\"caller\":{\"masked\":true}", "\"dialog\":{\"masked\":true}")
        .doesNotContain("cipher", "Mustermann", "+4930", "198.51.100", "192.0.2", "z9hG4bK");
    assertThat(events.getFirst().json())
        .startsWith(
            "{\"id\":\""
                + events.getFirst().cursor().text()
                + "\",\"name\":\""
                + EventNames.of(SiteEvent.SiteConfigured.class)
                + "\",\"at\":\"2026-11-22T10:00:00Z\","
                + "\"entity\":{\"kind\":\"site\",\"id\":\"berlin\",\"sequence\":1},\"data\":{");
  }

  @Test
  void shouldSayWhenACursorIsOfAnotherEpoch() throws SQLException {
    Cursor old = feed.head();
    try (Connection connection = replayed.database.connection()) {
      JournalEpoch.renew(connection);
    }

    Page page = feed.read(old, EventFilter.ALL, 10);

    assertThat(page).isInstanceOf(Page.EpochChanged.class);
  }

  @Test
  void shouldRefuseTooMuchAtOnce() {
    assertThatThrownBy(() -> feed.read(feed.start(), EventFilter.ALL, 501))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 1 to 500 events at once, but got 501");
  }

  private static EventFilter filter(List<String> kinds, String agent, String queue, String call) {
    return new EventFilter(
        kinds,
        Optional.ofNullable(agent).map(AgentId::new),
        Optional.ofNullable(queue).map(QueueId::new),
        Optional.ofNullable(call).map(CallId::new));
  }

  private List<PublicEvent> all(EventFilter filter, int limit) throws SQLException {
    List<PublicEvent> events = new ArrayList<>();
    Cursor cursor = feed.start();
    while (true) {
      Page.Events page = (Page.Events) feed.read(cursor, filter, limit);
      events.addAll(page.events());
      cursor = page.next();
      if (page.caughtUp()) {
        return events;
      }
    }
  }
}
