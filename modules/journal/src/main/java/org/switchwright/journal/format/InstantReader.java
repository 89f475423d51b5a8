package org.switchwright.journal.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Reads {@code 2026-01-31T12:00:00.123456Z}, the form in which instants are written, without the
 * machinery for all other forms, which it leaves to Jackson: a decision alone names fifty instants,
 * and each event is read several times.
 */
final class InstantReader extends JsonDeserializer<Instant> {
  /** Up to where the form never varies: {@code 2026-01-31T12:00:00}. */
  private static final int SECONDS_END = 19;

  private static final int NANO_DIGITS = 9;
  private static final int SECONDS_PER_DAY = 86_400;

  @Override
  public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
    if (in.hasToken(JsonToken.VALUE_STRING)) {
      String text = in.getText();
      if (isUsual(text)) {
        return usual(text);
      }
    }
    return InstantDeserializer.INSTANT.deserialize(in, context);
  }

  static boolean isUsual(String text) {
    int length = text.length();
    if (length <= SECONDS_END
        || length > SECONDS_END + 2 + NANO_DIGITS
        || text.charAt(length - 1) != 'Z'
        || length == SECONDS_END + 2) {
      return false;
    }
    for (int at = 0; at < length - 1; at++) {
      char wanted =
          switch (at) {
            case 4, 7 -> '-';
            case 10 -> 'T';
            case 13, 16 -> ':';
            case SECONDS_END -> '.';
            default -> '0';
          };
      char c = text.charAt(at);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    // Whatever no clock and no calendar shows is for Jackson to refuse, or to understand.
    return number(text, 11, 13) < 24
        && number(text, 14, 16) < 60
        && number(text, 17, SECONDS_END) < 60
        && isDay(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
  }

  private static boolean isDay(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
  }

  private static Instant usual(String text) {
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    int second =
        (number(text, 11, 13) * 60 + number(text, 14, 16)) * 60 + number(text, 17, SECONDS_END);
    int fraction = text.length() - 1;
    int nanos = fraction > SECONDS_END ? number(text, SECONDS_END + 1, fraction) : 0;
    for (int digits = fraction - SECONDS_END - 1;
        fraction > SECONDS_END && digits < NANO_DIGITS;
        digits++) {
      nanos *= 10;
    }
    return Instant.ofEpochSecond(day * SECONDS_PER_DAY + second, nanos);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      number = number * 10 + text.charAt(at) - '0';
    }
    return number;
  }
}
