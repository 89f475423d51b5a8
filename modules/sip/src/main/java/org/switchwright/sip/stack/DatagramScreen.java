package org.switchwright.sip.stack;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a datagram's header lines before the parser does, for what the parser lets pass: other
 * versions, missing and repeated headers, a CSeq that does not fit, an empty branch, a wrong
 * Content-Length, spent Max-Forwards, unknown extensions (RFC 3261 7.3, 8.1.1, 8.2.2, 16.3, 18.3,
 * 20; torture cases of RFC 4475). Holds no state; any thread may call it.
 */
final class DatagramScreen {
  private static final int MAX_FORWARDS_LIMIT = 255;

  private static final Pattern SENT_BY_UDP =
      Pattern.compile("\\s*SIP\\s*/\\s*2\\.0\\s*/\\s*UDP\\s", Pattern.CASE_INSENSITIVE);

  /** The stack would answer to that address, or look up that name. */
  private static final Pattern MADDR = Pattern.compile(";\\s*maddr\\s*=", Pattern.CASE_INSENSITIVE);

  /** The cookie is demanded: without it the stack compares with every open transaction. */
  private static final Pattern BRANCH =
      Pattern.compile(";\\s*branch\\s*=\\s*z9hG4bK[^\\s;,]", Pattern.CASE_INSENSITIVE);

  private static final Set<String> SINGLE =
      Set.of(
          "from",
          "to",
          "call-id",
          "cseq",
          "max-forwards",
          "content-length",
          "content-type",
          "content-disposition",
          "expires",
          "min-expires",
          "session-expires",
          "min-se",
          "event",
          "refer-to",
          "replaces",
          "date",
          "user-agent",
          "subject");

  private final Set<String> supported;

  /**
   * @param supported the option tags that a Require may name, in lower case
   */
  DatagramScreen(Set<String> supported) {
    this.supported = Set.copyOf(supported);
  }

  /** What became of a datagram. */
  sealed interface Verdict {
    /**
     * Handed on to the stack.
     *
     * @param newCall true for an INVITE outside of any dialog
     */
    record Passed(boolean newCall) implements Verdict {}

    record Dropped(Fault fault) implements Verdict {}

    /**
     * Answered here.
     *
     * @param unsupported the option tags to name in Unsupported; empty unless the fault is
     *     EXTENSION
     */
    record Refused(Fault fault, HeaderLines headers, String unsupported) implements Verdict {}
  }

  Verdict screen(byte[] datagram, int offset, int length) {
    String text = new String(datagram, offset, length, StandardCharsets.ISO_8859_1);
    if (text.isBlank() || (length <= 4 && text.chars().allMatch(c -> c == 0))) {
      return new Verdict.Dropped(Fault.KEEP_ALIVE);
    }
    int startEnd = text.indexOf('\n');
    if (startEnd < 0) {
      return new Verdict.Dropped(Fault.GARBAGE);
    }
    String startLine = text.substring(0, startEnd).stripTrailing();
    if (startLine.startsWith("SIP/")) {
      return screenResponse(text, startLine, startEnd + 1);
    }
    String[] words = startLine.split(" ", -1);
    if (words.length != 3 || !words[2].regionMatches(true, 0, "SIP/", 0, 4)) {
      return new Verdict.Dropped(Fault.GARBAGE);
    }
    HeaderLines headers = HeaderLines.read(text, startEnd + 1);
    String method = words[0];
    Fault fault = requestFault(text, words[2], method, headers);
    String unsupported = "";
    if (fault == null && !method.equals("ACK") && !method.equals("CANCEL")) {
      unsupported = unsupportedIn(headers);
      fault = unsupported.isEmpty() ? null : Fault.EXTENSION;
    }
    if (fault == null) {
      return new Verdict.Passed(method.equals("INVITE") && !headers.toHasTag());
    }
    boolean answerable = fault.status() != 0 && !method.equals("ACK") && headers.answerable();
    return answerable
        ? new Verdict.Refused(fault, headers, unsupported)
        : new Verdict.Dropped(fault);
  }

  private Verdict screenResponse(String text, String statusLine, int headersAt) {
    if (!statusLine.startsWith("SIP/2.0 ")) {
      return new Verdict.Dropped(Fault.VERSION);
    }
    HeaderLines headers = HeaderLines.read(text, headersAt);
    Fault fault = shapeFault(text, headers);
    return fault == null ? new Verdict.Passed(false) : new Verdict.Dropped(fault);
  }

  private @Nullable Fault requestFault(
      String text, String version, String method, HeaderLines headers) {
    if (!version.equals("SIP/2.0")) {
      return Fault.VERSION;
    }
    Fault shape = shapeFault(text, headers);
    if (shape != null) {
      return shape;
    }
    if (method.equals("INVITE") && !headers.has("contact")) {
      return Fault.MISSING_HEADER;
    }
    String[] cseq = headers.first("cseq").trim().split("[ \t]+", -1);
    if (cseq.length != 2 || !isNumberBelow(cseq[0], 1L << 31)) {
      return Fault.CSEQ;
    }
    if (!cseq[1].equals(method)) {
      return Fault.CSEQ_METHOD;
    }
    String maxForwards = headers.first("max-forwards").trim();
    if (maxForwards.isEmpty()) {
      return Fault.MISSING_HEADER;
    }
    if (!isNumberBelow(maxForwards, MAX_FORWARDS_LIMIT + 1L)) {
      return Fault.MAX_FORWARDS;
    }
    boolean endHere = method.equals("ACK") || method.equals("CANCEL");
    return !endHere && Integer.parseInt(maxForwards) == 0 ? Fault.TOO_MANY_HOPS : null;
  }

  /** What requests and responses have in common. */
  private static @Nullable Fault shapeFault(String text, HeaderLines headers) {
    if (headers.tooMany()) {
      return Fault.TOO_MANY_HEADERS;
    }
    if (headers.bodyAt() < 0) {
      return Fault.UNFINISHED_HEADERS;
    }
    for (String name : new String[] {"via", "from", "to", "call-id", "cseq"}) {
      if (headers.first(name).isBlank()) {
        return Fault.MISSING_HEADER;
      }
    }
    for (String name : headers.repeated()) {
      if (SINGLE.contains(name)) {
        return Fault.REPEATED_HEADER;
      }
    }
    String contentLength = headers.first("content-length").trim();
    int body = text.length() - headers.bodyAt();
    if (headers.has("content-length") && !isNumberBelow(contentLength, body + 1L)) {
      return Fault.CONTENT_LENGTH;
    }
    return viaFault(headers.first("via"));
  }

  private static @Nullable Fault viaFault(String vias) {
    String top = topmost(vias);
    if (!SENT_BY_UDP.matcher(top).lookingAt()) {
      return Fault.TRANSPORT;
    }
    if (MADDR.matcher(top).find()) {
      return Fault.TRANSPORT;
    }
    return BRANCH.matcher(top).find() ? null : Fault.BRANCH;
  }

  static String topmost(String vias) {
    boolean quoted = false;
    for (int i = 0; i < vias.length(); i++) {
      char c = vias.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return vias.substring(0, i);
      }
    }
    return vias;
  }

  private String unsupportedIn(HeaderLines headers) {
    StringBuilder unsupported = new StringBuilder();
    String required = headers.all("require") + "," + headers.all("proxy-require");
    for (String tag : required.split(",", -1)) {
      String name = tag.trim();
      if (!name.isEmpty() && !supported.contains(name.toLowerCase(Locale.ROOT))) {
        unsupported.append(unsupported.isEmpty() ? "" : ", ").append(name);
      }
    }
    return unsupported.toString();
  }

  private static boolean isNumberBelow(String digits, long limit) {
    return !digits.isEmpty()
        && digits.length() <= 10
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(digits) < limit;
  }
}
