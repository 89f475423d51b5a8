package org.switchwright.replay;

import java.time.Instant;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.reader.JournalRow;

/** A row of the journal with the event that it holds. */
record Told(JournalRow row, Object event) {
  Instant at() {
    return at(event);
  }

  static Instant at(Object event) {
    return switch (event) {
      case CallEvent it -> it.at();
      case SiteEvent it -> it.at();
      case AgentEvent it -> it.at();
      case MonitorEvent it -> it.at();
      default -> throw new IllegalStateException("Expected an event, but got " + event.getClass());
    };
  }
}
