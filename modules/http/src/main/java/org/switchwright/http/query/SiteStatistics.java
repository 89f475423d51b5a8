package org.switchwright.http.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What was counted and measured. Asked on threads that may wait for a database. A question that
 * cannot be answered as it was put is an {@link IllegalArgumentException} that says why.
 */
public interface SiteStatistics {
  /** Named intervals that end now; those that begin with the clock do so in the site's zone. */
  enum Window {
    LAST_5_MINUTES,
    QUARTER_HOUR,
    HALF_HOUR,
    DAY
  }

  /** Of when. */
  sealed interface Span {
    record Named(Window window) implements Span {}

    /** From an instant up to, and without, a later one. */
    record Between(Instant from, Instant to) implements Span {}
  }

  /**
   * @param site one that is watched; empty: this one
   * @param target within which a call is to be answered
   * @param shortAbandon who leaves sooner had no interest in an answer
   * @param fromJournal whether it is computed anew from the whole journal, which takes a while
   */
  record Question(
      Optional<String> site,
      Span span,
      Duration target,
      Duration shortAbandon,
      boolean fromJournal) {}

  StatisticsReport statistics(Question question);

  /** How good each formula for the expected wait was; read from the whole journal. */
  EstimateReport estimates(Span span);

  /** How long callers are expected to wait, by every formula. */
  WaitReport waits();

  /** The window of that name. */
  static Optional<Window> window(String text) {
    for (Window window : Window.values()) {
      if (text(window).equals(text)) {
        return Optional.of(window);
      }
    }
    return Optional.empty();
  }

  /** As people name it: {@code last-5-minutes}. */
  static String text(Window window) {
    return window.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
