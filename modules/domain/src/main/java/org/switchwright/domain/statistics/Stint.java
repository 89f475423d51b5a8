package org.switchwright.domain.statistics;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;

/**
 * How an agent stood from when to when, as the site knew it.
 *
 * @param number 1 for the agent's first
 * @param to null for how it stands now
 */
public record Stint(
    SiteId site, AgentId agent, int number, Instant from, @Nullable Instant to, Standing standing) {
  /** What an agent wants. */
  public enum Wanted {
    LOGGED_OUT,
    NOT_READY,
    READY
  }

  /** What an agent does for the site. */
  public enum Doing {
    NOTHING,
    RESERVED,
    TALKING,
    /** Talks to another agent about a caller, or looks for one. */
    CONSULTING,
    WRAPPING_UP,
    /** Left alone after a rejected or busy offer. */
    RESTING,
    /** Missed an offer or could not be reached, and has not been heard from since. */
    UNDER_JUDGEMENT
  }

  /** In what one's time is spent: what one does, else what one wants. */
  public enum Activity {
    LOGGED_OUT,
    NOT_READY,
    /** Ready, but without a phone. */
    NO_STATION,
    READY,
    RESERVED,
    TALKING,
    CONSULTING,
    WRAPPING_UP,
    RESTING,
    UNDER_JUDGEMENT
  }

  /**
   * @param reason of being not ready
   * @param queue whose call it is
   * @param version of the agent's last report
   * @param judged the version at which the site judged the agent
   */
  public record Standing(
      Wanted wanted,
      Optional<String> reason,
      boolean station,
      Doing doing,
      Optional<QueueId> queue,
      long version,
      long judged) {
    static final Standing NEW =
        new Standing(
            Wanted.LOGGED_OUT, Optional.empty(), false, Doing.NOTHING, Optional.empty(), 0, 0);

    Standing doing(Doing next, Optional<QueueId> of) {
      long since = next == Doing.UNDER_JUDGEMENT ? version : judged;
      return new Standing(wanted, reason, station, next, of, version, since);
    }

    public Activity activity() {
      return switch (doing) {
        case RESERVED -> Activity.RESERVED;
        case TALKING -> Activity.TALKING;
        case CONSULTING -> Activity.CONSULTING;
        case WRAPPING_UP -> Activity.WRAPPING_UP;
        case RESTING, UNDER_JUDGEMENT, NOTHING ->
            switch (wanted) {
              case LOGGED_OUT -> Activity.LOGGED_OUT;
              case NOT_READY -> Activity.NOT_READY;
              case READY ->
                  switch (doing) {
                    case RESTING -> Activity.RESTING;
                    case UNDER_JUDGEMENT -> Activity.UNDER_JUDGEMENT;
                    case NOTHING, RESERVED, TALKING, CONSULTING, WRAPPING_UP ->
                        station ? Activity.READY : Activity.NO_STATION;
                  };
            };
      };
    }

    /** Whether the time of both is spent in the same. */
    boolean likewise(Standing other) {
      return activity() == other.activity()
          && reason.equals(other.reason)
          && queue.equals(other.queue);
    }
  }

  Stint until(Instant at) {
    return new Stint(site, agent, number, from, at, standing);
  }

  Stint standing(Standing next) {
    return new Stint(site, agent, number, from, to, next);
  }
}
