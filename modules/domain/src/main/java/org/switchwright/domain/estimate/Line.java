package org.switchwright.domain.estimate;

import static org.switchwright.domain.estimate.SiteHistory.NOBODY;

import java.util.Arrays;

/** Who waits in a simulated site, in the order in which they are taken. Times in seconds. */
final class Line {
  private double[] key = new double[16];
  private double[] entered = new double[16];
  private double[] leaves = new double[16];
  private int[] queue = new int[16];
  private int[] call = new int[16];
  private int size;
  private double nextLeave = Double.POSITIVE_INFINITY;

  Line copy() {
    Line copy = new Line();
    copy.key = key.clone();
    copy.entered = entered.clone();
    copy.leaves = leaves.clone();
    copy.queue = queue.clone();
    copy.call = call.clone();
    copy.size = size;
    copy.nextLeave = nextLeave;
    return copy;
  }

  /**
   * @param leavesAt when it will have lost patience
   * @param followed the call whose fate will be seen, or nobody
   */
  void join(double enteredAt, double headStart, double leavesAt, int ofQueue, int followed) {
    if (size == key.length) {
      key = Arrays.copyOf(key, 2 * size);
      entered = Arrays.copyOf(entered, 2 * size);
      leaves = Arrays.copyOf(leaves, 2 * size);
      queue = Arrays.copyOf(queue, 2 * size);
      call = Arrays.copyOf(call, 2 * size);
    }
    double own = enteredAt - headStart;
    int place = size;
    while (place > 0 && key[place - 1] > own) {
      place--;
    }
    move(place, place + 1, size - place);
    key[place] = own;
    entered[place] = enteredAt;
    leaves[place] = leavesAt;
    queue[place] = ofQueue;
    call[place] = followed;
    size++;
    nextLeave = Math.min(nextLeave, leavesAt);
  }

  void remove(int place) {
    boolean first = leaves[place] == nextLeave;
    move(place + 1, place, size - place - 1);
    size--;
    if (first) {
      seekNextLeave();
    }
  }

  /** Nobody sees any more when it leaves. */
  void letGo(int place, double leavesAt) {
    call[place] = NOBODY;
    leaves[place] = leavesAt;
    seekNextLeave();
  }

  int size() {
    return size;
  }

  double entered(int place) {
    return entered[place];
  }

  int queue(int place) {
    return queue[place];
  }

  int call(int place) {
    return call[place];
  }

  /** The place of a call that is followed, or -1. */
  int of(int followed) {
    for (int place = 0; place < size; place++) {
      if (call[place] == followed) {
        return place;
      }
    }
    return -1;
  }

  /** When the next one loses patience. */
  double nextLeave() {
    return nextLeave;
  }

  int leaving() {
    int place = 0;
    while (leaves[place] != nextLeave) {
      place++;
    }
    return place;
  }

  boolean enteredBetween(double after, double until) {
    for (int place = 0; place < size; place++) {
      if (entered[place] > after && entered[place] <= until) {
        return true;
      }
    }
    return false;
  }

  private void seekNextLeave() {
    nextLeave = Double.POSITIVE_INFINITY;
    for (int place = 0; place < size; place++) {
      nextLeave = Math.min(nextLeave, leaves[place]);
    }
  }

  private void move(int from, int to, int count) {
    System.arraycopy(key, from, key, to, count);
    System.arraycopy(entered, from, entered, to, count);
    System.arraycopy(leaves, from, leaves, to, count);
    System.arraycopy(queue, from, queue, to, count);
    System.arraycopy(call, from, call, to, count);
  }
}
