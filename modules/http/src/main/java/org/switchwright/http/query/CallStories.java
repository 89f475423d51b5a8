package org.switchwright.http.query;

import java.util.Optional;
import org.switchwright.domain.CallId;

/** What became of a call and why, from the journal. Asked on threads that may wait for it. */
public interface CallStories {
  /**
   * Everything that happened, in order; empty for a call that never was.
   *
   * @param clear whether personal data is shown, as far as it has not been erased
   */
  Optional<CallTimeline> timeline(CallId call, boolean clear);

  /** Why here, why this agent, why none of the others; empty for a call that never was. */
  Optional<CallExplanation> explanation(CallId call);
}
