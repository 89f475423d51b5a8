package org.switchwright.domain.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.routing.StrategySource;

/**
 * The versions of a strategy.
 *
 * @param active which new calls go by; 0: none
 * @param latest the highest number that there was
 * @param versions those that can be gone back to, and older ones that calls still go by; oldest
 *     first
 */
public record Published(int active, int latest, List<Version> versions) {
  /** How many versions can be gone back to; the journal holds them all. */
  public static final int MAX_KEPT = 10;

  static final Published NOTHING = new Published(0, 0, List.of());

  public Published {
    versions = List.copyOf(versions);
  }

  /**
   * @param number 1 for the first
   * @param points routing points that it is for
   * @param by who published it: a user's name
   */
  public record Version(
      int number,
      StrategySource source,
      List<RoutingPointId> points,
      Instant at,
      String by,
      String why) {
    public Version {
      points = List.copyOf(points);
    }
  }

  public Optional<Version> version(int number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  Optional<Version> activeVersion() {
    return version(active);
  }

  /**
   * @param inUse whether calls still go by a version of that number
   */
  Published with(Version next, IntPredicate inUse) {
    List<Version> kept = new ArrayList<>();
    for (Version version : versions) {
      if (version.number() > next.number() - MAX_KEPT
          || version.number() == active
          || inUse.test(version.number())) {
        kept.add(version);
      }
    }
    kept.add(next);
    return new Published(next.number(), next.number(), kept);
  }

  Published activating(int number) {
    return new Published(number, latest, versions);
  }
}
