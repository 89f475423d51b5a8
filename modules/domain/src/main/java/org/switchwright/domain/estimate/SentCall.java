package org.switchwright.domain.estimate;

import org.switchwright.domain.CallId;

/**
 * A call of the controller's that another site has, or was sent.
 *
 * @param number of the enlistment, or of the times that it was sent
 */
public record SentCall(CallId call, int number) implements Comparable<SentCall> {
  @Override
  public int compareTo(SentCall other) {
    int byCall = call.compareTo(other.call);
    return byCall != 0 ? byCall : Integer.compare(number, other.number);
  }
}
