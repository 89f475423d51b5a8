package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/** Something that one side of a call saw happen. */
public sealed interface CallEvent {
  Instant at();

  /** Who did it, seen from the agent that tells. */
  enum By {
    LOCAL,
    REMOTE
  }

  /** Why a call ended. */
  enum Cause {
    /** A BYE. */
    HUNG_UP,
    /** A CANCEL that won. */
    CANCELLED,
    /** A final response other than 2xx. */
    REFUSED,
    /** Nothing came back for 64*T1: to INVITE, BYE or a re-INVITE; or 481. */
    NO_RESPONSE,
    /** Our 2xx was never acknowledged. */
    NO_ACK,
    /** The session timer ran out (RFC 4028). */
    SESSION_EXPIRED,
    /** The other side's SDP could not be used. */
    NOT_ACCEPTABLE
  }

  /** A 1xx that came (caller) or was sent (phone). */
  record Provisional(Instant at, int status, Optional<String> sdp) implements CallEvent {}

  /** The caller was told to go elsewhere, and does. */
  record Redirected(Instant at, int status) implements CallEvent {}

  /**
   * The final response of the INVITE, received or sent.
   *
   * @param fromPeer false for the 408 that stands for no response at all
   */
  record Final(Instant at, int status, String reasonPhrase, boolean fromPeer)
      implements CallEvent {}

  /** 2xx received and acknowledged (caller), or our 2xx acknowledged (phone). */
  record Established(Instant at, Optional<InetSocketAddress> remoteMedia) implements CallEvent {}

  /** A CANCEL came from the other side. */
  record CancelCame(Instant at) implements CallEvent {}

  /** The other side's re-INVITE was accepted. */
  record ReInvited(Instant at, Optional<InetSocketAddress> remoteMedia, boolean sdpChanged)
      implements CallEvent {}

  /**
   * What became of a REFER of ours so far.
   *
   * @param last whether nothing more will be told
   */
  record Notified(Instant at, int status, boolean last) implements CallEvent {}

  /** Our re-INVITE got this final response; 491 is told too, though it is tried again. */
  record ReInviteAnswered(Instant at, int status) implements CallEvent {}

  record Held(Instant at, By by) implements CallEvent {}

  record Resumed(Instant at, By by) implements CallEvent {}

  /**
   * The last event.
   *
   * @param reason the Reason header (RFC 3326) of the BYE, CANCEL or final response
   */
  record Ended(Instant at, By by, Cause cause, Optional<String> reason) implements CallEvent {}
}
