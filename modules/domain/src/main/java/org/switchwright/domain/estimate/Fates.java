package org.switchwright.domain.estimate;

import java.util.Arrays;

/** How long calls waited that no longer do, in the order in which that was decided. */
final class Fates {
  static final double LEVEL_WINDOW_SECONDS = Horizons.LEVEL_WINDOW_MS / 1_000.0;
  static final double LEVEL_TARGET_SECONDS = Horizons.LEVEL_TARGET_MS / 1_000.0;

  private double[] entered = new double[64];
  private double[] waited = new double[64];
  private boolean[] answered = new boolean[64];
  private int size;

  void add(double enteredAt, double seconds, boolean wasAnswered) {
    if (size == entered.length) {
      forget(enteredAt + seconds - LEVEL_WINDOW_SECONDS);
    }
    if (size == entered.length) {
      entered = Arrays.copyOf(entered, 2 * size);
      waited = Arrays.copyOf(waited, 2 * size);
      answered = Arrays.copyOf(answered, 2 * size);
    }
    entered[size] = enteredAt;
    waited[size] = seconds;
    answered[size] = wasAnswered;
    size++;
  }

  /** Nobody asks for those that entered before that. */
  private void forget(double before) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (entered[i] > before) {
        entered[kept] = entered[i];
        waited[kept] = waited[i];
        answered[kept] = answered[i];
        kept++;
      }
    }
    size = kept;
  }

  int size() {
    return size;
  }

  double entered(int i) {
    return entered[i];
  }

  double waited(int i) {
    return waited[i];
  }

  /** Of those that entered in the half hour before {@code now}. */
  int known(double now) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += entered[i] > now - LEVEL_WINDOW_SECONDS ? 1 : 0;
    }
    return count;
  }

  int answeredInTime(double now) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      boolean recent = entered[i] > now - LEVEL_WINDOW_SECONDS;
      count += recent && answered[i] && waited[i] <= LEVEL_TARGET_SECONDS ? 1 : 0;
    }
    return count;
  }
}
