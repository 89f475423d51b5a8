package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;

/**
 * A datagram that a host sent or received.
 *
 * @param at when it was sent or read from the socket
 * @param peer where it went to or came from
 * @param text the whole message
 */
public record RecordedMessage(
    Instant at, Way way, InetSocketAddress peer, String callId, String text) {
  public enum Way {
    SENT,
    RECEIVED
  }

  /**
   * The message parsed.
   *
   * @throws IllegalStateException if it is not well-formed (only a misbehaving agent sends such)
   */
  public SipMessage message() {
    try {
      return SipMessage.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (ParseException malformed) {
      throw new IllegalStateException("Expected a well-formed message", malformed);
    }
  }

  /** Says what happened without a word about persons. */
  @Override
  public String toString() {
    return at + " " + way + " " + message();
  }
}
