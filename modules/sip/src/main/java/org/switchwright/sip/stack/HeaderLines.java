package org.switchwright.sip.stack;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The header lines of one message by lower-case long name, folded lines joined. */
final class HeaderLines {
  static final int MAX_LINES = 128;
  private static final Pattern TAG =
      Pattern.compile(";\\s*tag\\s*=\\s*[^\\s;]", Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> COMPACT =
      Map.ofEntries(
          Map.entry("v", "via"),
          Map.entry("f", "from"),
          Map.entry("t", "to"),
          Map.entry("i", "call-id"),
          Map.entry("m", "contact"),
          Map.entry("l", "content-length"),
          Map.entry("c", "content-type"),
          Map.entry("e", "content-encoding"),
          Map.entry("k", "supported"),
          Map.entry("s", "subject"),
          Map.entry("x", "session-expires"),
          Map.entry("o", "event"),
          Map.entry("r", "refer-to"),
          Map.entry("b", "referred-by"));

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> firsts = new HashMap<>();
  private final Set<String> repeated = new HashSet<>();
  private int bodyAt = -1;
  private boolean tooMany;

  private HeaderLines() {}

  static HeaderLines read(String text, int from) {
    HeaderLines headers = new HeaderLines();
    int at = from;
    int lines = 0;
    String name = "";
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      if (lineEnd < 0) {
        break;
      }
      int contentEnd = lineEnd > at && text.charAt(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
      if (contentEnd == at) {
        headers.bodyAt = lineEnd + 1;
        break;
      }
      if (++lines > MAX_LINES) {
        headers.tooMany = true;
        break;
      }
      char first = text.charAt(at);
      if (first == ' ' || first == '\t') {
        value.append(' ').append(text, at, contentEnd);
      } else {
        headers.put(name, value.toString());
        int colon = text.indexOf(':', at);
        boolean named = colon > 0 && colon < contentEnd;
        name = named ? longName(text.substring(at, colon)) : "";
        value.setLength(0);
        value.append(text, named ? colon + 1 : at, contentEnd);
      }
      at = lineEnd + 1;
    }
    headers.put(name, value.toString());
    return headers;
  }

  private static String longName(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT);
    return COMPACT.getOrDefault(lower, lower);
  }

  private void put(String name, String value) {
    if (name.isEmpty()) {
      return;
    }
    if (firsts.putIfAbsent(name, value.trim()) != null) {
      repeated.add(name);
    }
    values.merge(name, value.trim(), (old, more) -> old + ", " + more);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The first line of that name, or an empty text. */
  String first(String name) {
    return firsts.getOrDefault(name, "");
  }

  /** All lines of that name joined by commas, or an empty text. */
  String all(String name) {
    return values.getOrDefault(name, "");
  }

  Set<String> repeated() {
    return repeated;
  }

  int bodyAt() {
    return bodyAt;
  }

  boolean tooMany() {
    return tooMany;
  }

  /** Without a Via there is nowhere to answer to (RFC 3261 8.2.6.2). */
  boolean answerable() {
    return !first("via").isBlank();
  }

  boolean toHasTag() {
    String to = first("to");
    return TAG.matcher(to).region(Math.max(to.indexOf('>'), 0), to.length()).find();
  }
}
