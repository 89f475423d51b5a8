package org.switchwright.http.query;

import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.call.AttachedData;

/** What agents' desktops show. Asked on threads that may wait for a database. */
public interface Desktops {
  /** Empty where there is no such agent. */
  Optional<Seat> of(AgentId agent);

  /** Empty where there is no such call. */
  Optional<Attached> attached(CallId call);

  /**
   * How an agent stands.
   *
   * @param work as of {@link AgentStatus}
   * @param since since when
   * @param call what rings at the agent's phone or is talked on; empty for whatever is only on its
   *     way there
   * @param asOf the cursor of the last event that this has taken in
   */
  record Seat(String work, Instant since, Optional<CallId> call, String asOf) {}

  /**
   * What is attached to a call.
   *
   * @param key under which more is attached to it
   * @param over whether the call is over
   */
  record Attached(
      CallId call, InteractionId interaction, AttachedData data, KeyId key, boolean over) {}
}
