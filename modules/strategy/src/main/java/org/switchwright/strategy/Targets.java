package org.switchwright.strategy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.QueueId;
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
 *   <li>A figure that is corrected is compared as what it is corrected to. What is not known is
 *       corrected to nothing.
 *   <li>A queue that must improve on the others is left out unless its wait is known, and known to
 *       be so much shorter than in the one that is taken of those that need not. Where there is
 *       none of those left, there is nothing to improve on, and it is as any other.
 * </ol>
 */
record Targets(Rule rule, Optional<Figure> figure, List<Target> all) {
  /**
   * @param share in percent
   * @param adjustBy how its figure is corrected
   * @param waitImproved by how much the wait must be shorter than elsewhere
   */
  record Target(
      QueueId queue,
      int share,
      Optional<Condition> when,
      Optional<Correction> adjustBy,
      Optional<Duration> waitImproved) {}

  /**
   * One that may be taken.
   *
   * @param value null: not known
   */
  private record Fit(Target target, QueueFigures figures, @Nullable Long value) {
    /** What it is compared by; null: not known. */
    @Nullable Long compared() {
      Long known = value;
      return known == null
          ? null
          : Long.valueOf(target.adjustBy().map(it -> it.of(known)).orElse(known));
    }

    /**
     * @param by the figure; empty where it is the share
     */
    Weighed weighed(Optional<Figure> by, boolean leftOut) {
      Optional<Long> corrected =
          target.adjustBy().isEmpty() ? Optional.empty() : Optional.ofNullable(compared());
      return new Weighed(
          target.queue(),
          Optional.ofNullable(value),
          by.flatMap(_ -> figures.basis()),
          by.flatMap(_ -> figures.age()),
          corrected,
          leftOut ? target.waitImproved() : Optional.empty(),
          by.map(figures::estimated).orElse(List.of()));
    }
  }

  Optional<Route.Target> choose(Looked looked) {
    List<Fit> fits = new ArrayList<>();
    for (Target target : all) {
      Optional<QueueFigures> figures = looked.facts().queues().of(target.queue());
      if (figures.isPresent() && target.when().map(it -> it.holds(looked)).orElse(true)) {
        fits.add(new Fit(target, figures.get(), value(target, figures.get())));
      }
    }
    if (fits.isEmpty()) {
      return Optional.empty();
    }
    Set<Fit> leftOut = unimproved(fits);
    List<Fit> left = fits.stream().filter(it -> !leftOut.contains(it)).toList();
    Target taken =
        switch (rule) {
          case FIRST, THRESHOLD -> left.getFirst().target();
          case LEAST -> extreme(left, -1).target();
          case MOST -> extreme(left, 1).target();
          case SHARE -> drawn(left, looked.facts().draw());
        };
    List<Weighed> weighed = new ArrayList<>();
    if (rule != Rule.FIRST && rule != Rule.THRESHOLD) {
      for (Fit fit : fits) {
        weighed.add(fit.weighed(figure.filter(_ -> rule != Rule.SHARE), leftOut.contains(fit)));
      }
    }
    return Optional.of(new Route.Target(taken.queue(), rule, figure, weighed));
  }

  /** Those that must improve on the others, and do not, as far as is known. */
  private static Set<Fit> unimproved(List<Fit> fits) {
    Set<Fit> leftOut = new HashSet<>();
    List<Fit> others = fits.stream().filter(it -> it.target().waitImproved().isEmpty()).toList();
    if (others.isEmpty()) {
      return leftOut;
    }
    Long otherwise = extreme(others, -1).compared();
    for (Fit fit : fits) {
      fit.target()
          .waitImproved()
          .filter(least -> !improves(fit.compared(), otherwise, least))
          .ifPresent(_ -> leftOut.add(fit));
    }
    return leftOut;
  }

  private static boolean improves(@Nullable Long wait, @Nullable Long otherwise, Duration least) {
    return wait != null && otherwise != null && otherwise - wait >= least.toMillis();
  }

  private @Nullable Long value(Target target, QueueFigures figures) {
    return rule == Rule.SHARE
        ? Long.valueOf(target.share())
        : figure.flatMap(figures::of).orElse(null);
  }

  private static Fit extreme(List<Fit> fits, int sign) {
    Fit best = fits.getFirst();
    for (Fit fit : fits) {
      Long value = fit.compared();
      Long least = best.compared();
      if (value != null && (least == null || sign * Long.compare(value, least) > 0)) {
        best = fit;
      }
    }
    return best;
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
