package org.switchwright.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.site.SiteEvent;

/**
 * At whom a call rang at once, who answered first, and that the others were released: for calls
 * that rang at several agents. Reads a story from its beginning.
 */
final class SeveralAtOnce {
  private final List<Told> story;
  private final Map<OfferId, AgentId> ringing = new LinkedHashMap<>();
  private final List<AgentId> lost = new ArrayList<>();
  private @Nullable Instant toldOf;
  private @Nullable Instant wonAt;

  SeveralAtOnce(List<Told> story) {
    this.story = story;
  }

  /** What the next event of the story says of it; empty where that is nothing. */
  String sentence(Object event) {
    return switch (event) {
      case SiteEvent.AgentReserved it -> reserved(it);
      case SiteEvent.OfferAccepted it -> accepted(it);
      case SiteEvent.OfferEnded it -> ended(it);
      default -> "";
    };
  }

  private String reserved(SiteEvent.AgentReserved it) {
    List<AgentId> before = List.copyOf(ringing.values());
    ringing.put(it.offer(), it.agent());
    if (it.at().equals(toldOf)) {
      return "";
    }
    toldOf = it.at();
    List<AgentId> together = together(it.at());
    if (!before.isEmpty()) {
      return "It is offered to " + names(together) + " as well, beside " + names(before) + ".";
    }
    return together.size() < 2 ? "" : "It is offered to " + names(together) + " at once.";
  }

  private List<AgentId> together(Instant at) {
    return story.stream()
        .map(Told::event)
        .filter(SiteEvent.AgentReserved.class::isInstance)
        .map(SiteEvent.AgentReserved.class::cast)
        .filter(it -> it.at().equals(at))
        .map(SiteEvent.AgentReserved::agent)
        .toList();
  }

  private String accepted(SiteEvent.OfferAccepted it) {
    ringing.remove(it.offer());
    if (ringing.isEmpty()) {
      return "";
    }
    wonAt = it.at();
    lost.addAll(ringing.values());
    return "Agent " + it.agent() + " answered first; " + names(lost) + " had to be released.";
  }

  private String ended(SiteEvent.OfferEnded it) {
    ringing.remove(it.offer());
    if (wonAt == null || !ringing.isEmpty() || lost.isEmpty()) {
      return "";
    }
    String after = Words.span(Duration.between(wonAt, it.at()));
    String released = "Released after " + after + ": " + names(lost) + ".";
    lost.clear();
    return released;
  }

  private static String names(List<AgentId> agents) {
    String all = agents.stream().map(AgentId::toString).collect(Collectors.joining(", "));
    return (agents.size() == 1 ? "agent " : "agents ") + all;
  }
}
