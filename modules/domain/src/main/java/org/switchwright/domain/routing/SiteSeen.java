package org.switchwright.domain.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.network.SitePicture.Basis;

/**
 * What was known of another site's queue when a call was to be served there too.
 *
 * @param basis live, estimated or unknown
 * @param age how old the report is that is carried on, where it is estimated and that is known
 * @param ready agents who could have been offered a call; empty where it is unknown
 * @param waiting calls that waited there; empty where it is unknown
 * @param estimatedWait of a call that came to the queue's end; empty where it is unknown
 * @param estimate what was told beside these means; empty where the last report was carried on, or
 *     the site was live
 */
public record SiteSeen(
    Basis basis,
    Optional<Duration> age,
    Optional<Integer> ready,
    Optional<Integer> waiting,
    Optional<Duration> estimatedWait,
    Optional<EstimatedFigures> estimate) {
  private static final SiteSeen NOTHING =
      new SiteSeen(
          Basis.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** By reports alone. */
  public SiteSeen(
      Basis basis,
      Optional<Duration> age,
      Optional<Integer> ready,
      Optional<Integer> waiting,
      Optional<Duration> estimatedWait) {
    this(basis, age, ready, waiting, estimatedWait, Optional.empty());
  }

  public static SiteSeen of(Optional<NetworkFigures.Remote> remote, Instant now) {
    return remote
        .map(it ->
            new SiteSeen(
                it.basis(),
                it.age(now),
                Optional.of(it.figures().ready()),
                Optional.of(it.figures().waiting()),
                it.figures().estimatedWait(),
                it.estimate()))
        .orElse(NOTHING);
  }
}
