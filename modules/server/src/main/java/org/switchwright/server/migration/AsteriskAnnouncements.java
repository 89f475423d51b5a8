package org.switchwright.server.migration;

import java.util.Locale;

/**
 * What a queue of Asterisk tells those who wait, in whatever order its options come. The defaults
 * are those of {@code app_queue}: nothing until announce-frequency is set, then place and wait.
 */
final class AsteriskAnnouncements {
  private static final int LEAST_SECONDS = 15;
  private static final int MOST_SECONDS = 3_600;

  private int frequency;
  private int leastFrequency = LEAST_SECONDS;
  private String position = "yes";
  private int limit = 10;
  private String holdTime = "yes";
  private int rounding;

  void frequency(int seconds) {
    frequency = seconds;
  }

  void leastFrequency(int seconds) {
    leastFrequency = seconds;
  }

  /**
   * @param word yes, no, limit or more
   */
  void position(String word) {
    position = word.toLowerCase(Locale.ROOT);
  }

  void limit(int places) {
    limit = Math.min(999, places);
  }

  /**
   * @param word yes, no or once
   */
  void holdTime(String word) {
    holdTime = word.toLowerCase(Locale.ROOT);
  }

  void rounding(int seconds) {
    rounding = seconds;
  }

  void tell(ForeignSite.Queue queue) {
    if (frequency == 0) {
      return;
    }
    int every = Math.clamp(Math.max(frequency, leastFrequency), LEAST_SECONDS, MOST_SECONDS);
    queue.set("announce.after", Math.min(frequency, MOST_SECONDS) + "s");
    queue.set("announce.every", every + "s");
    queue.set("announce.position", isNo(position) ? "no" : "yes");
    boolean limited = position.equals("limit") || position.equals("more");
    queue.set("announce.position-limit", "" + (limited ? limit : 0));
    queue.set("announce.expected-wait", isNo(holdTime) ? "no" : "yes");
    // Asterisk says whole minutes unless told otherwise.
    queue.set("announce.rounding", (rounding == 0 ? 60 : Math.min(rounding, MOST_SECONDS)) + "s");
  }

  private static boolean isNo(String word) {
    return AsteriskQueues.FALSE.contains(word);
  }
}
