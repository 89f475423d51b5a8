package org.switchwright.server.outside;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.switchwright.http.query.Health;
import org.switchwright.journal.projection.ProjectionState;
import org.switchwright.server.running.RunningServer;

/** Whether a node can take calls, journal them, and say how the site stands. */
final class NodeHealth implements Health {
  private static final int ANSWER_WITHIN_S = 2;

  private final RunningServer server;

  NodeHealth(RunningServer server) {
    this.server = server;
  }

  @Override
  public List<Check> checks() {
    return List.of(database(), cluster(), keys(), views());
  }

  private Check database() {
    try (Connection connection = server.database().connection()) {
      boolean ok = connection.isValid(ANSWER_WITHIN_S);
      return new Check("database", ok, ok ? "answers" : "does not answer");
    } catch (SQLException e) {
      return new Check("database", false, "SQLSTATE " + e.getSQLState());
    }
  }

  private Check cluster() {
    boolean up = server.node().isUp();
    return new Check(
        "cluster",
        up,
        up ? "member of a cluster of " + server.node().members() : "not a member of its cluster");
  }

  private Check keys() {
    int ready = server.keys().ready();
    return new Check("keys", ready > 0, ready + " ready to be issued");
  }

  private Check views() {
    ProjectionState state = server.views().state();
    return switch (state) {
      case ProjectionState.Running running ->
          new Check("views", true, "run here, " + running.lag().toMillis() + " ms behind");
      case ProjectionState.Waiting _ ->
          new Check("views", true, "run on another node, or will in a moment");
      case ProjectionState.Stopped stopped ->
          new Check("views", false, "stopped after a " + stopped.failure());
      case ProjectionState.Closed _ -> new Check("views", false, "closed");
    };
  }
}
