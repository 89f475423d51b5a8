package org.switchwright.domain.estimate;

/** What is estimated of a site at an instant. */
public enum Quantity {
  /** Agents logged in. */
  LOGGED_IN("agents"),
  /** Agents who talk. */
  BUSY("agents"),
  /** Calls that wait. */
  WAITING("calls"),
  /**
   * The mean wait, until answered or given up, of the calls that enter in the next five minutes.
   */
  EXPECTED_WAIT("s"),
  /**
   * Of the calls that entered in the last half hour and whose fate is known, the share that was
   * answered within 20 s: answered in time / (answered + abandoned + waiting for longer than that).
   */
  SERVICE_LEVEL("share");

  private final String unit;

  Quantity(String unit) {
    this.unit = unit;
  }

  public String unit() {
    return unit;
  }
}
