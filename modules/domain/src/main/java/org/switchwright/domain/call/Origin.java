package org.switchwright.domain.call;

import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;

/**
 * Where the place of a call is that another site expects: with a call of its home.
 *
 * @param number of the enlistment there, 1 for the call's first
 */
public record Origin(SiteId home, CallId call, int number) {
  private static final String MARK = ".n";

  public Origin {
    if (number < 1) {
      throw new IllegalArgumentException(
          "Expected an enlistment number from 1 up, but got " + number);
    }
  }

  /** The id that the call has where it is expected. */
  public CallId expected() {
    return new CallId(call + MARK + number);
  }

  /** Which call of this home is expected by an id; empty where it is none that is. */
  public static Optional<Origin> of(SiteId home, CallId expected) {
    int mark = expected.value().lastIndexOf(MARK);
    String number = mark < 1 ? "" : expected.value().substring(mark + MARK.length());
    return number.matches("[1-9]\\d{0,8}")
        ? Optional.of(
            new Origin(
                home, new CallId(expected.value().substring(0, mark)), Integer.parseInt(number)))
        : Optional.empty();
  }
}
