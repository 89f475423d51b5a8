package org.switchwright.sip.sdp;

import java.util.List;
import java.util.Optional;

/**
 * The first usable audio stream of a party's description.
 *
 * @param address where it wants to hear; an IP literal
 * @param port the same; 0 for a stream that is refused
 * @param payloads in the order of preference
 * @param direction from the party's view; 0.0.0.0 counts as not receiving (RFC 3264 8.4)
 */
public record RemoteAudio(String address, int port, List<Payload> payloads, Direction direction) {
  /** One format: its number in RTP, its name in upper case and its clock rate in Hz. */
  public record Payload(int type, String encoding, int clockRateHz) {}

  public RemoteAudio {
    payloads = List.copyOf(payloads);
  }

  /** The first of the two laws that the party names. */
  public Optional<Payload> law() {
    return payloads.stream()
        .filter(p -> p.clockRateHz() == 8000)
        .filter(p -> p.encoding().equals("PCMU") || p.encoding().equals("PCMA"))
        .findFirst();
  }

  /** The format for keys pressed (RFC 4733). */
  public Optional<Payload> telephoneEvent() {
    return payloads.stream()
        .filter(p -> p.clockRateHz() == 8000 && p.encoding().equals("TELEPHONE-EVENT"))
        .findFirst();
  }

  @Override
  public String toString() {
    return "RemoteAudio[" + payloads.size() + " formats, " + direction + "]";
  }
}
