package org.switchwright.domain;

/**
 * What every identifier of ours must look like, so that it may stand in a URI, a log line and a
 * table.
 */
final class Ids {
  static final int MAX_CHARS = 64;

  private Ids() {}

  static void check(String noun, String value) {
    if (value.isEmpty() || value.length() > MAX_CHARS || !value.chars().allMatch(Ids::allowed)) {
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

  private static boolean allowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
