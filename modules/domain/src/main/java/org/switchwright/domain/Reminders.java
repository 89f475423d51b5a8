package org.switchwright.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the messages that an aggregate still owes are to be sent again. A host asks once a tick
 * (a second); what is still owed a tick after it was sent first is repeated, then after 2, 4, 8, 8,
 * ... ticks, so that a partner who is away is not flooded.
 */
public final class Reminders {
  private static final int MAX_TICKS = 8;

  private Map<Effect, Reminder> known = new LinkedHashMap<>();

  private record Reminder(int waitTicks, int elapsedTicks) {}

  /** Takes note of what is owed now, forgets all else, and returns what to repeat, in order. */
  public List<Effect> tick(List<Effect> owed) {
    Map<Effect, Reminder> next = new LinkedHashMap<>();
    List<Effect> repeat = new ArrayList<>();
    for (Effect effect : owed) {
      Reminder before = known.get(effect);
      if (before == null) {
        next.put(effect, new Reminder(1, 0));
      } else if (before.elapsedTicks() + 1 >= before.waitTicks()) {
        repeat.add(effect);
        next.put(effect, new Reminder(Math.min(before.waitTicks() * 2, MAX_TICKS), 0));
      } else {
        next.put(effect, new Reminder(before.waitTicks(), before.elapsedTicks() + 1));
      }
    }
    known = next;
    return repeat;
  }

  /** Whether nothing was owed at the last tick. */
  public boolean quiet() {
    return known.isEmpty();
  }
}
