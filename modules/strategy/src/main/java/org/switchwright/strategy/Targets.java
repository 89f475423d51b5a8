package org.switchwright.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.network.SitePicture;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.QueueFigures.Figure;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.Route.Rule;
import org.switchwright.domain.routing.Route.Weighed;
import org.switchwright.domain.routing.RoutingFacts;

/**
 * Queues of which one is taken.
 *
 * <ol>
 *   <li>A queue that the site does not have (any more), or whose own condition does not hold, is
 *       left out.
 *   <li>Of the others the rule takes one: the first; the one with the least or most of a figure,
 *       where what is not known comes last and the earlier wins a draw; or by shares, which are
 *       taken of those that are left.
 * </ol>
 */
record Targets(Rule rule, Optional<Figure> figure, List<Target> all) {
  /**
   * @param share in percent
   */
  record Target(QueueId queue, int share, Optional<Condition> when) {}

  /** One that may be taken, and what it is compared by; null: not known. */
  private record Fit(Target target, @Nullable Long value, Optional<SitePicture.Basis> basis) {}

  Optional<Route.Target> choose(Looked looked) {
    List<Fit> fits = new ArrayList<>();
    for (Target target : all) {
      Optional<QueueFigures> figures = looked.facts().queues().of(target.queue());
      if (figures.isPresent() && target.when().map(it -> it.holds(looked)).orElse(true)) {
        fits.add(
            new Fit(
                target,
                value(target, figures.get()),
                rule == Rule.SHARE ? Optional.empty() : figures.get().basis()));
      }
    }
    if (fits.isEmpty()) {
      return Optional.empty();
    }
    Target taken =
        switch (rule) {
          case FIRST, THRESHOLD -> fits.getFirst().target();
          case LEAST -> extreme(fits, -1);
          case MOST -> extreme(fits, 1);
          case SHARE -> drawn(fits, looked.facts().draw());
        };
    List<Weighed> weighed = new ArrayList<>();
    if (rule != Rule.FIRST && rule != Rule.THRESHOLD) {
      for (Fit fit : fits) {
        weighed.add(
            new Weighed(fit.target().queue(), Optional.ofNullable(fit.value()), fit.basis()));
      }
    }
    return Optional.of(new Route.Target(taken.queue(), rule, figure, weighed));
  }

  private @Nullable Long value(Target target, QueueFigures figures) {
    return rule == Rule.SHARE
        ? Long.valueOf(target.share())
        : figure.flatMap(figures::of).orElse(null);
  }

  private static Target extreme(List<Fit> fits, int sign) {
    Fit best = fits.getFirst();
    for (Fit fit : fits) {
      Long value = fit.value();
      Long least = best.value();
      if (value != null && (least == null || sign * Long.compare(value, least) > 0)) {
        best = fit;
      }
    }
    return best.target();
  }

  private static Target drawn(List<Fit> fits, int draw) {
    int total = 0;
    for (Fit fit : fits) {
      total += fit.target().share();
    }
    long reached = 0;
    for (Fit fit : fits) {
      reached += fit.target().share();
      if ((long) draw * total < reached * RoutingFacts.DRAWS) {
        return fit.target();
      }
    }
    return fits.getLast().target();
  }
}
