package org.switchwright.cluster.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Where a page ended: the instant and the id by which its rows are ordered.
 *
 * @param at to the microsecond
 */
record PageKey(Instant at, String id) {
  private static final int MAX_CHARS = 400;

  String text() {
    String plain = ChronoUnit.MICROS.between(Instant.EPOCH, at) + " " + id;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
  }

  /**
   * @throws IllegalArgumentException for a text that no page was given out with
   */
  static PageKey parse(String text) {
    if (text.length() <= MAX_CHARS) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        int blank = plain.indexOf(' ');
        if (blank > 0) {
          long micros = Long.parseLong(plain.substring(0, blank));
          return new PageKey(
              Instant.EPOCH.plus(micros, ChronoUnit.MICROS), plain.substring(blank + 1));
        }
      } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
        throw new IllegalArgumentException(message(), e);
      }
    }
    throw new IllegalArgumentException(message());
  }

  private static String message() {
    return "Expected a place as given out with a page, but got another text";
  }
}
