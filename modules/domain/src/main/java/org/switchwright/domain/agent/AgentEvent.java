package org.switchwright.domain.agent;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;

/**
 * What happened to an agent's record. Events with a version are told to the site under that number.
 */
public sealed interface AgentEvent {
  Instant at();

  record AgentConfigured(Instant at, SiteId site, SortedMap<Skill, Integer> skills, long version)
      implements AgentEvent {}

  /**
   * @param uttered when the agent said so, by the clock of the node that heard it; empty where the
   *     system changed the wish, and where that was not written down yet
   */
  record WishChanged(Instant at, Wish wish, long version, Optional<Instant> uttered)
      implements AgentEvent {}

  /**
   * The agent said anew what is so already: what was said before that comes too late from now on.
   * Nothing that the site needs to know.
   */
  record WishRenewed(Instant at, Instant uttered) implements AgentEvent {}

  /**
   * @param edge which took the registration, and probes the phone
   */
  record StationRegistered(
      Instant at,
      Personal contact,
      Personal binding,
      long cseq,
      Instant expiresAt,
      long version,
      Optional<EdgeId> edge)
      implements AgentEvent {}

  /** The same station, for longer. Nothing that the site needs to know. */
  record RegistrationRefreshed(
      Instant at, Personal binding, long cseq, Instant expiresAt, Optional<EdgeId> edge)
      implements AgentEvent {}

  record StationLost(Instant at, Cause cause, long version) implements AgentEvent {
    public enum Cause {
      UNREGISTERED,
      EXPIRED,
      /** An offer got no sign of life. */
      UNREACHABLE,
      /** Probes were not answered. */
      SILENT
    }
  }

  /**
   * The agent knows that the site judged it (missed, unreachable) while it knew version {@code
   * judged}; the site may forget its judgement and believe the agent again.
   */
  record JudgementNoted(Instant at, long judged, long version) implements AgentEvent {}

  record ReportAcknowledged(Instant at, long version) implements AgentEvent {}
}
