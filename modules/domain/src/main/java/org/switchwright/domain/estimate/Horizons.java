package org.switchwright.domain.estimate;

import java.util.List;

/** How far ahead of the cut estimates are made and judged, and the windows of what they tell. */
public final class Horizons {
  public static final List<Integer> MINUTES = List.of(1, 5, 15, 60, 240);

  static final long WAIT_WINDOW_MS = 5 * 60_000L;
  static final long LEVEL_WINDOW_MS = 30 * 60_000L;
  static final long LEVEL_TARGET_MS = 20_000L;

  private Horizons() {}

  static int count() {
    return MINUTES.size();
  }

  static long ms(int index) {
    return MINUTES.get(index) * 60_000L;
  }
}
