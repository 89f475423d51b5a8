package org.switchwright.domain.estimate;

/** What is estimated of a site at an instant. */
public enum Quantity {
  /** Agents logged in. */
  LOGGED_IN(0, "agents"),
  /** Agents who talk. */
  BUSY(1, "agents"),
  /** Calls that wait. */
  WAITING(2, "calls"),
  /**
   * The mean wait, until answered or given up, of the calls that enter in the next five minutes.
   */
  EXPECTED_WAIT(3, "s"),
  /**
   * Of the calls that entered in the last half hour and whose fate is known, the share that was
   * answered within 20 s: answered in time / (answered + abandoned + waiting for longer than that).
   */
  SERVICE_LEVEL(4, "share");

  private final int index;
  private final String unit;

  Quantity(int index, String unit) {
    this.index = index;
    this.unit = unit;
  }

  /** Its place in columns, from 0. */
  int index() {
    return index;
  }

  public String unit() {
    return unit;
  }
}
