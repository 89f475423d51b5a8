package org.switchwright.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.http.query.CustomerRecords;
import org.switchwright.http.query.DesktopTokens;
import org.switchwright.http.query.Desktops;
import org.switchwright.http.query.EventFeed;

/** One agent at whose station one call may ring. */
final class DesktopsForTests implements Desktops, CustomerRecords, DesktopTokens {
  static final KeyId KEY = new KeyId("k7");

  private final EventFeed feed;
  volatile Optional<CallId> call = Optional.empty();
  volatile String tier = "gold";
  volatile boolean over;
  volatile Lookup record = new Lookup.None();

  DesktopsForTests(EventFeed feed) {
    this.feed = feed;
  }

  @Override
  public Optional<Seat> of(AgentId agent) {
    return agent.value().equals("agent-01")
        ? Optional.of(
            new Seat(call.isEmpty() ? "free" : "ringing", SiteForTests.AT, call, feed.head()))
        : Optional.empty();
  }

  @Override
  public Optional<Attached> attached(CallId id) {
    AttachedData.Proposal pending =
        new AttachedData.Proposal(
            3,
            new AttachedData.Change(texts("order", "17"), Collections.emptySortedSet()),
            "agent-01");
    AttachedData data =
        new AttachedData(
            2, texts("tier", tier), 3, 2, List.of(pending), Collections.emptySortedMap());
    return id.value().startsWith("c")
        ? Optional.of(new Attached(id, new InteractionId("i1"), data, KEY, over))
        : Optional.empty();
  }

  private static TreeMap<String, Personal> texts(String name, String value) {
    return new TreeMap<>(Map.of(name, Personal.of(KEY, value)));
  }

  @Override
  public Lookup of(CallId id, SortedMap<String, Personal> attached) {
    return record;
  }

  @Override
  public String give(AgentId agent) {
    return "token-of-" + agent;
  }

  @Override
  public boolean take(AgentId agent) {
    return true;
  }
}
