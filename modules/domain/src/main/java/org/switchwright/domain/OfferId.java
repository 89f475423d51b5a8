package org.switchwright.domain;

/**
 * Identifies one offer of a call: its n-th, counted from 1. The n-th offer's leg has the number n
 * too; leg 0 is the caller's.
 */
public record OfferId(CallId call, int number) implements Comparable<OfferId> {
  public OfferId {
    if (number < 1) {
      throw new IllegalArgumentException("Expected an offer number from 1 up, but got " + number);
    }
  }

  @Override
  public int compareTo(OfferId other) {
    int byCall = call.compareTo(other.call);
    return byCall != 0 ? byCall : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return call + "/" + number;
  }
}
