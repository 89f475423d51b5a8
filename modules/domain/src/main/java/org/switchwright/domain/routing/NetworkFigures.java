package org.switchwright.domain.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SitePicture.Basis;

/** How other sites stand, for decisions here. Asked within a decision: answers from memory. */
@FunctionalInterface
public interface NetworkFigures {
  NetworkFigures NONE = (_, _) -> Optional.empty();

  /**
   * How the queue of another site's routing point stands, by its reports.
   *
   * @return empty while that is unknown, or where there is no such point
   */
  Optional<Remote> of(SiteId site, RoutingPointId point);

  /**
   * @param basis live or estimated
   * @param asOf what it is of, by our own clock; empty where that is not known
   * @param figures with the estimated wait of a call that comes to its end now
   * @param believed of a site whose link is cut, where it is estimated; empty where its last report
   *     is carried on, or it is live
   */
  record Remote(
      Basis basis,
      Optional<Instant> asOf,
      QueueFigures.Named figures,
      Optional<Believed> believed) {
    /** As reported. */
    public Remote(Basis basis, Optional<Instant> asOf, QueueFigures.Named figures) {
      this(basis, asOf, figures, Optional.empty());
    }

    /** What people are told beside the figures. */
    public Optional<EstimatedFigures> estimate() {
      return believed.map(Believed::told);
    }

    /** How old it is, where it is estimated. */
    public Optional<Duration> age(Instant now) {
      return basis == Basis.ESTIMATED
          ? asOf.map(at -> at.isBefore(now) ? Duration.between(at, now) : Duration.ZERO)
          : Optional.empty();
    }
  }

  /**
   * What an estimate says beside the means of a queue.
   *
   * @param told what people are told of the queue
   * @param until before when calls were sent there that are in it; by our own clock
   * @param ready agents of the whole site who are in no call; queues may share them
   * @param waiting calls that wait at the whole site, those that were sent there with them
   */
  record Believed(EstimatedFigures told, Instant until, int ready, int waiting) {}
}
