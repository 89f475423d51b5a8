package org.switchwright.sip;

import java.util.List;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.call.LegReport.ReinviteRefusal;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.call.Refusal;

/** The one table between the reasons of calls and sites and SIP's status codes (RFC 3261 21). */
final class Statuses {
  /** For a Retry-After where the peer should come again soon; RFC 3261 14.2 says 0 to 10 s. */
  static final int RETRY_SOON_SECONDS = 2;

  static final int RETRY_LATER_SECONDS = 5;

  private Statuses() {}

  /**
   * A final status of ours.
   *
   * @param retryAfterSeconds 0 for none
   */
  record Status(int code, String phrase, int retryAfterSeconds) {
    List<String> headers() {
      return retryAfterSeconds == 0 ? List.of() : List.of("Retry-After: " + retryAfterSeconds);
    }
  }

  static Status of(Refusal refusal) {
    return switch (refusal) {
      case NOT_FOUND -> new Status(404, "Not Found", 0);
      case NOT_ACCEPTABLE -> new Status(488, "Not Acceptable Here", 0);
      case OVERLOADED -> new Status(503, "Busy, Try Again Later", RETRY_LATER_SECONDS);
      case QUEUE_FULL -> new Status(486, "Queue Full", 0);
      case AGENT_BUSY -> new Status(486, "Agent Busy", 0);
      case AGENT_REJECTED -> new Status(603, "Agent Declined", 0);
      case NOBODY_THERE -> new Status(480, "Nobody Is There", 0);
      case WAITED_TOO_LONG -> new Status(480, "Nobody Was Free", 0);
      case CANCELLED -> new Status(487, "Request Terminated", 0);
      case GLARE -> new Status(491, "Request Pending", 0);
      case RENEGOTIATING -> new Status(500, "Still Renegotiating", RETRY_SOON_SECONDS);
      case CALL_OVER -> new Status(481, "Call Does Not Exist", 0);
      case HUNG_UP -> new Status(480, "Other Party Hung Up", 0);
      case TRANSFERRED -> new Status(480, "Sent On", 0);
      case HANDED_ON -> new Status(480, "Handed On", 0);
      case SESSION_EXPIRED -> new Status(408, "Session Expired", 0);
      case TIMED_OUT -> new Status(504, "Set-Up Timed Out", 0);
      case TOO_LATE -> new Status(480, "Answered Too Late", 0);
      case INTERNAL -> new Status(500, "Internal Error", 0);
    };
  }

  /** Why what an agent's phone asked for is not to be. */
  static Status of(Reason reason) {
    return switch (reason) {
      case UNKNOWN_AGENT, UNKNOWN_QUEUE, UNKNOWN_ROUTING_POINT -> new Status(404, "Not Found", 0);
      case LOGGED_OUT -> new Status(480, "Agent Logged Out", 0);
      case QUEUE_FULL -> new Status(486, "Queue Full", 0);
      case UNKNOWN_CALL, CALL_OVER -> new Status(481, "Call Does Not Exist", 0);
      case OUT_OF_ORDER, RENEGOTIATING, ALREADY_DONE -> new Status(491, "Request Pending", 0);
      case STALE,
          UNREADABLE,
          TOO_MUCH_DATA,
          NOT_CONFIGURED,
          NOT_IN_WRAP_UP,
          UNKNOWN_REASON,
          UNKNOWN_STRATEGY,
          FAULTY_STRATEGY ->
          new Status(503, "Try Again Later", RETRY_LATER_SECONDS);
    };
  }

  /** What a station's final failure means. */
  static StationRefusal stationRefusal(int status) {
    return switch (status) {
      case 487 -> StationRefusal.CANCELLED;
      case 486, 600 -> StationRefusal.BUSY;
      case 415, 488, 606 -> StationRefusal.NOT_ACCEPTABLE;
      // Gone round too often: nothing is wrong with the way there.
      case 482, 483 -> StationRefusal.REJECTED;
      case 403, 480, 603, 607, 608 -> StationRefusal.REJECTED;
      default -> StationRefusal.UNREACHABLE;
    };
  }

  /** What a final failure of a re-INVITE of ours means. */
  static ReinviteRefusal reinviteRefusal(int status) {
    return switch (status) {
      case 491 -> ReinviteRefusal.GLARE;
      case 408, 481 -> ReinviteRefusal.GONE;
      case 415, 488, 606 -> ReinviteRefusal.NOT_ACCEPTABLE;
      default -> ReinviteRefusal.FAILED;
    };
  }
}
