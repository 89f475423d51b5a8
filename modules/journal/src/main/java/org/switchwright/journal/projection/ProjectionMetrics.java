package org.switchwright.journal.projection;

import java.time.Duration;

/** What the operator wants to see of projections; called on the projections' threads. */
public interface ProjectionMetrics {
  ProjectionMetrics NONE = new ProjectionMetrics() {};

  /** Rows were stored; {@code lag} is the age of the last of them. */
  default void handled(String projection, int rows, Duration lag) {}

  /** A batch failed and will be tried again. */
  default void retried(String projection) {}

  /** An event could not be handled; the projection stands still until it is restarted. */
  default void stopped(String projection) {}

  /** The projection was emptied and starts over. */
  default void rebuilt(String projection) {}
}
