package org.switchwright.http.query;

import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.StrategyId;

/**
 * How the site stands. Asked on threads that may wait for a database. A page's {@code after} that
 * was not given out before is an {@link IllegalArgumentException}.
 */
public interface SiteQueries {
  Listing<SiteStatus> sites();

  Listing<QueueStatus> queues(PageRequest page);

  Listing<AgentStatus> agents(PageRequest page);

  /** Calls that are not over, oldest first. */
  Listing<LiveCall> liveCalls(PageRequest page);

  /** Calls that are over, latest arrived first. */
  Listing<PastCall> history(PageRequest page);

  /** Every version of every routing strategy, without their texts. */
  Listing<StrategyStatus> strategies();

  /** The versions of one strategy with their texts, latest first; none where there is none. */
  Listing<StrategyStatus> strategy(StrategyId strategy);

  /** One call, live or past. */
  Optional<CallStatus> call(CallId call);
}
