package org.switchwright.domain.call;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.switchwright.domain.Personal;

/**
 * A session description that we send on a leg.
 *
 * @param text SDP as its author wrote it; the edge replaces the origin line by our own
 * @param version the version of our origin line on this leg: one more for each description that
 *     differs from the last (RFC 3264, section 8)
 */
public record SessionDescription(Personal text, long version) {
  private static final List<String> DIRECTIONS =
      List.of("a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive");

  /**
   * Whether two descriptions name the same flows: the same addresses, ports and directions. Their
   * codecs may differ, because an answer names fewer than the offer did.
   */
  static boolean sameFlows(Personal one, Personal other) {
    return one.equals(other)
        || (one.text().isPresent()
            && other.text().isPresent()
            && flows(one.text().get()).equals(flows(other.text().get())));
  }

  /** The same without being on hold by the other side: only a hold of its own stays. */
  static Personal unheld(Personal session) {
    return session
        .text()
        .map(text ->
            text.replace("\r\na=recvonly", "")
                .replace("\r\na=inactive", "")
                .replace("\na=recvonly", "")
                .replace("\na=inactive", ""))
        .filter(text -> !session.text().get().equals(text))
        .map(text -> Personal.of(session.key(), text))
        .orElse(session);
  }

  /** The same, with nothing to be sent either way. */
  static Personal held(Personal session) {
    return session.text().map(text -> Personal.of(session.key(), inactive(text))).orElse(session);
  }

  /** Directions stand with each medium, because some phones read none elsewhere. */
  private static String inactive(String sdp) {
    String end = sdp.contains("\r\n") ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder();
    boolean media = false;
    for (String line : sdp.lines().toList()) {
      if (line.startsWith("m=") && media) {
        text.append("a=inactive").append(end);
      }
      media |= line.startsWith("m=");
      if (!DIRECTIONS.contains(line)) {
        text.append(line).append(end);
      }
    }
    text.append("a=inactive");
    return (sdp.endsWith("\n") ? text.append(end) : text).toString();
  }

  private static List<String> flows(String sdp) {
    return sdp.lines().flatMap(SessionDescription::flow).toList();
  }

  private static Stream<String> flow(String line) {
    if (line.startsWith("m=")) {
      return Arrays.stream(line.split(" ", 3)).limit(2);
    }
    boolean direction =
        line.equals("a=sendonly") || line.equals("a=recvonly") || line.equals("a=inactive");
    return direction || line.startsWith("c=") ? Stream.of(line) : Stream.empty();
  }
}
