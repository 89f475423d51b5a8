package org.switchwright.server.outside;

import java.util.Optional;
import javax.sql.DataSource;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.AgentStates.AgentNow;
import org.switchwright.cluster.view.AgentStates.Work;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Expectation;
import org.switchwright.domain.call.Phase;
import org.switchwright.http.query.Desktops;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.replay.JournalFold;

/** What rings where by the read models, and what is attached to it by the call's own history. */
final class JournalDesktops implements Desktops {
  private final AgentStates agents;
  private final JournalFold calls;

  /**
   * @param format reads personal data
   */
  JournalDesktops(DataSource source, EventFormat format) {
    this.agents = new AgentStates(source);
    this.calls = new JournalFold(source, format);
  }

  @Override
  public Optional<Seat> of(AgentId agent) {
    AgentStates.Found found = Asked.of(() -> agents.look(agent));
    String asOf = found.asOf().cursor().text();
    return found.agent().map(it -> new Seat(Words.of(it.work()), it.since(), shown(it), asOf));
  }

  private static Optional<CallId> shown(AgentNow it) {
    return it.work() == Work.RINGING || it.work() == Work.TALKING ? it.call() : Optional.empty();
  }

  @Override
  public Optional<Attached> attached(CallId call) {
    CallState state = Asked.of(() -> calls.call(call, new JournalFold.Until.Now())).state();
    CallEvent.CallArrived arrived = state.arrival();
    if (arrived != null) {
      boolean over = state.phase() instanceof Phase.Over;
      return Optional.of(
          new Attached(call, arrived.interaction(), state.data(), arrived.caller().key(), over));
    }
    return switch (state.phase()) {
      case Phase.Expected it -> Optional.of(expected(state, it.expectation(), false));
      case Phase.Unneeded it -> Optional.of(expected(state, it.expectation(), true));
      case Phase _ -> Optional.empty();
    };
  }

  private static Attached expected(CallState state, Expectation it, boolean over) {
    return new Attached(state.id(), it.interaction(), state.data(), it.caller().key(), over);
  }
}
