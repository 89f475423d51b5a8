package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What is otherwise than it should be, which it may be for a while. */
final class Differences {
  /**
   * Where another has written meanwhile, an actor learns of it at its own next write: at its next
   * deadline at the latest, which for a conversation is half of a long session interval.
   */
  private static final int LAGS_S = 960;

  private final Surroundings world;
  private Map<String, Instant> wrongSince = new HashMap<>();
  private Map<String, Instant> next = new HashMap<>();

  Differences(Surroundings world) {
    this.world = world;
  }

  /**
   * @param peacefulS how long it may be otherwise where nothing goes wrong, in seconds
   * @param troubledS the same among faults
   */
  void expect(boolean right, String promise, int peacefulS, int troubledS, Object... subject) {
    if (right) {
      return;
    }
    String key = promise + Arrays.toString(subject);
    Instant since = wrongSince.getOrDefault(key, world.now());
    next.put(key, since);
    int boundS = world.weather().faults().any() ? troubledS : peacefulS;
    if (!world.weather().faults().pauses().isZero()) {
      boundS += LAGS_S;
    }
    Duration stalled = world.weather().stalledSince(since, world.now());
    boolean kept = !since.plusSeconds(boundS).plus(stalled).isBefore(world.now());
    promise(kept, promise, Arrays.toString(subject), "not so for", boundS, "s");
  }

  /** Everything has been looked at once; whatever was as it should be counts anew. */
  void look() {
    wrongSince = next;
    next = new HashMap<>();
  }
}
