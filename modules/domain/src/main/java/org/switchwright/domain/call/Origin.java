package org.switchwright.domain.call;

import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;

/**
 * Where the place of a call is that another site expects: with a call of its home.
 *
 * @param number of the enlistment there, 1 for the call's first
 */
public record Origin(SiteId home, CallId call, int number) {
  public Origin {
    if (number < 1) {
      throw new IllegalArgumentException(
          "Expected an enlistment number from 1 up, but got " + number);
    }
  }

  /** The id that the call has where it is expected. */
  public CallId expected() {
    return new CallId(call + ".n" + number);
  }
}
