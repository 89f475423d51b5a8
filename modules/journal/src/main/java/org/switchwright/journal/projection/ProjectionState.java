package org.switchwright.journal.projection;

import java.time.Duration;
import org.switchwright.journal.reader.Cursor;

/** How a projection is doing on this node. */
public sealed interface ProjectionState {
  /** Another node runs it, or the database cannot be reached. */
  record Waiting() implements ProjectionState {}

  /** It runs here, has come to {@code at}, and the last row it stored was {@code lag} old. */
  record Running(Cursor at, Duration lag) implements ProjectionState {}

  /**
   * The event after {@code at} could not be handled. Nothing is skipped: it goes on after a restart
   * or a rebuild.
   *
   * @param event persistence id and sequence number
   * @param failure the class of the exception; its message may hold personal data
   */
  record Stopped(Cursor at, String event, String failure) implements ProjectionState {}

  /** Closed on this node. */
  record Closed() implements ProjectionState {}
}
