package org.switchwright.simulation.rehearsal;

import java.util.Locale;
import java.util.Optional;
import org.switchwright.domain.estimate.ObservationLevel;

/** By what a call chooses among sites of which one is not heard of. */
public enum Practice {
  /** The truth, as if the link was up. */
  ORACLE,
  /** The last report, for as long as the link is cut. Cisco's "dim" routing of peripherals. */
  FROZEN,
  /** Nothing: the site gets no calls. As Genesys treats targets that are not monitored. */
  LEFT_OUT,
  /** What is usual at that time of similar days. */
  AVERAGE,
  /** The estimate that sees nothing of the site. */
  ESTIMATE_A,
  /** The estimate that sees the calls that are sent there. */
  ESTIMATE_B,
  /** The estimate that sees their answers and ends, too. */
  ESTIMATE_C;

  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Optional<ObservationLevel> level() {
    return switch (this) {
      case ESTIMATE_A -> Optional.of(ObservationLevel.A);
      case ESTIMATE_B -> Optional.of(ObservationLevel.B);
      case ESTIMATE_C -> Optional.of(ObservationLevel.C);
      case ORACLE, FROZEN, LEFT_OUT, AVERAGE -> Optional.empty();
    };
  }
}
