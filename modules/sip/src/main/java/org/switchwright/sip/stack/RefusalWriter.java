package org.switchwright.sip.stack;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Writes the stateless answer to a request that never reached a transaction (RFC 3261 8.2.6,
 * 8.2.7): the same request gets the same To tag every time, from any node.
 */
final class RefusalWriter {
  private RefusalWriter() {}

  /**
   * @param source the packet's address, for received
   * @param port the packet's port, for rport
   * @param extraHeader one complete header line without its end, or an empty text
   */
  static byte[] write(
      int status, String phrase, HeaderLines headers, String source, int port, String extraHeader) {
    StringBuilder text = new StringBuilder(512);
    text.append("SIP/2.0 ").append(status).append(' ').append(phrase).append("\r\n");
    String vias = headers.all("via");
    String top = DatagramScreen.topmost(vias);
    text.append("Via: ").append(stamped(top.trim(), source, port));
    text.append(vias, top.length(), vias.length()).append("\r\n");
    append(text, "From", headers.first("from"));
    String to = headers.first("to");
    if (!to.isBlank() && !headers.toHasTag()) {
      to = to + ";tag=r" + fingerprint(headers);
    }
    append(text, "To", to);
    append(text, "Call-ID", headers.first("call-id"));
    append(text, "CSeq", headers.first("cseq"));
    if (!extraHeader.isEmpty()) {
      text.append(extraHeader).append("\r\n");
    }
    text.append("Content-Length: 0\r\n\r\n");
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Where the answer goes: the packet's port when rport asks for it, else the Via's own. */
  static int answerPort(HeaderLines headers, int sourcePort) {
    String top = DatagramScreen.topmost(headers.first("via"));
    if (asksForPort(top)) {
      return sourcePort;
    }
    int end = top.indexOf(';');
    String sentBy = (end < 0 ? top : top.substring(0, end)).trim();
    int colon = sentBy.lastIndexOf(':');
    if (colon < 0 || sentBy.indexOf(']', colon) >= 0) {
      return 5060;
    }
    try {
      int port = Integer.parseInt(sentBy.substring(colon + 1).trim());
      return port > 0 && port < 65536 ? port : sourcePort;
    } catch (NumberFormatException e) {
      return sourcePort;
    }
  }

  private static String stamped(String via, String source, int port) {
    String stamped = via;
    if (asksForPort(via)) {
      int at = via.toLowerCase(Locale.ROOT).indexOf(";rport");
      stamped = via.substring(0, at + 6) + "=" + port + via.substring(at + 6);
    }
    return stamped + ";received=" + source;
  }

  private static boolean asksForPort(String via) {
    String lower = via.toLowerCase(Locale.ROOT);
    return lower.contains(";rport;") || lower.endsWith(";rport");
  }

  private static void append(StringBuilder text, String name, String value) {
    if (!value.isBlank()) {
      text.append(name).append(": ").append(value).append("\r\n");
    }
  }

  private static String fingerprint(HeaderLines headers) {
    CRC32 crc = new CRC32();
    crc.update(headers.first("call-id").getBytes(StandardCharsets.ISO_8859_1));
    crc.update(headers.first("from").getBytes(StandardCharsets.ISO_8859_1));
    crc.update(headers.first("via").getBytes(StandardCharsets.ISO_8859_1));
    return Long.toHexString(crc.getValue());
  }
}
