package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;

/**
 * An agent of another site, for as long as one of this site's calls rings there or is talked about.
 *
 * @param from the agent's own site
 * @param number of the enlistment, or of the call that was sent unasked
 * @param theirs the offer there; empty where that site was not asked
 * @param agent as an agent of this site, whose station is the address where the call is expected
 */
public record Lent(SiteId from, int number, Optional<OfferId> theirs, SiteAgent agent) {
  Call.Lender lender(Optional<Call.Line> line) {
    return new Call.Lender(from, number, theirs.isPresent(), line);
  }

  /** Whether it is of this site and began then or later. */
  boolean since(SiteId site, Instant at) {
    return from.equals(site) && !agent.idleSince().isBefore(at);
  }

  /** Which one it is for; empty before it is reserved. */
  Optional<CallId> call() {
    return switch (agent.work()) {
      case SiteAgent.Work.Reserved it -> Optional.of(it.offer().call());
      case SiteAgent.Work.Talking it -> Optional.of(it.offer().call());
      case SiteAgent.Work.Free _,
          SiteAgent.Work.Resting _,
          SiteAgent.Work.Judged _,
          SiteAgent.Work.WrappingUp _ ->
          Optional.empty();
    };
  }

  boolean answered() {
    return agent.work() instanceof SiteAgent.Work.Talking;
  }
}
