package org.switchwright.domain;

/**
 * What every identifier of ours must look like, so that it may stand in a URI, a log line and a
 * table.
 */
final class Ids {
  static final int MAX_CHARS = 64;

  private Ids() {}

  static void check(String noun, String value) {
    if (value.isEmpty() || value.length() > MAX_CHARS || !allowed(value)) {
      throw new IllegalArgumentException(
          "Expected a "
              + noun
              + " id of 1 to "
              + MAX_CHARS
              + " letters, digits, '-', '_' or '.', but got '"
              + value.substring(0, Math.min(value.length(), MAX_CHARS))
              + "'");
    }
  }

  /** Asked for each id of each event that is read, so without a stream. */
  private static boolean allowed(String value) {
    for (int at = 0; at < value.length(); at++) {
      if (!allowed(value.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
