package org.switchwright.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.LegReport.TreatmentFailure;
import org.switchwright.domain.call.Signal;

/** The edge's treatment player. */
final class Players {
  private final Surroundings world;
  private final Map<CallId, String> playing = new HashMap<>();
  private int made;

  Players(Surroundings world) {
    this.world = world;
  }

  void restart() {
    playing.clear();
  }

  String busy() {
    return playing.isEmpty() ? "" : "plays to " + playing.keySet();
  }

  boolean plays(CallId call, String session) {
    return session.equals(playing.get(call));
  }

  /** Null where nothing is played. */
  @Nullable String session(CallId call) {
    return playing.get(call);
  }

  /** What the caller hears between the music; lost where none plays. */
  void announce(CallId call, Signal.Announce it) {
    if (playing.containsKey(call)) {
      world.trace().note("player", "tells", new LegKey(call, 0), it);
    }
  }

  void start(Edge edge, CallId call, Signal.StartTreatment it) {
    LegKey key = new LegKey(call, 0);
    String session = playing.get(call);
    if (session == null) {
      if (world.dice().chance(world.scenario().playerFails())) {
        TreatmentFailure failure =
            world.dice().chance(0.8)
                ? TreatmentFailure.NO_CAPACITY
                : TreatmentFailure.NO_COMMON_CODEC;
        edge.report(key, new LegReport.TreatmentFailed(failure));
        return;
      }
      Personal previous = it.previous();
      session =
          previous != null && world.dice().chance(0.5)
              ? previous.text().orElseThrow()
              : Sdp.of("player-" + ++made, "");
      playing.put(call, session);
    }
    edge.report(key, new LegReport.TreatmentStarted(Edge.personal(call, session)));
  }

  void stop(CallId call) {
    playing.remove(call);
  }
}
