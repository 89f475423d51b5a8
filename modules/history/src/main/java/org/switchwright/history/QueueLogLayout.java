package org.switchwright.history;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.switchwright.hocon.Section;

/**
 * Asterisk's {@code queue_log}: a row for each event, as "time|call|queue|agent|event|...", with
 * the time in seconds since the epoch.
 *
 * @param leaveOut queues that are not wanted
 */
record QueueLogLayout(Set<String> leaveOut) implements CallLogMap.Layout {
  private static final int MAX_QUEUES = 1_000;
  private static final Pattern NAME = Pattern.compile("[^|]{1,100}");

  @Override
  public String agents() {
    return "";
  }

  @Override
  public String queues() {
    return "";
  }

  static QueueLogLayout of(Section section) {
    Set<String> leaveOut = new TreeSet<>();
    if (section.has("leave-out")) {
      leaveOut.addAll(section.texts("leave-out", NAME, "the name of a queue", MAX_QUEUES));
    }
    section.close();
    return new QueueLogLayout(leaveOut);
  }
}
