package org.switchwright.sip.sdp;

/**
 * The o= line of a description that we send (RFC 4566 5.2). The version grows with each change that
 * the same session id sees.
 *
 * @param address our own, an IPv4 literal
 */
public record Origin(long sessionId, long version, String address) {
  public Origin {
    if (sessionId < 0 || version < 0) {
      throw new IllegalArgumentException(
          "Expected a session id and version of 0 or more, but got "
              + sessionId
              + " and "
              + version);
    }
  }

  String line() {
    return "o=- " + sessionId + " " + version + " IN IP4 " + address;
  }
}
