package org.switchwright.domain.estimate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A number of courses that a site may take after a cut, advanced step by step. */
final class Courses {
  private final Particle[] particles;

  Courses(SiteModel model, Sightings seen, int count, long seed) {
    particles = new Particle[count];
    for (int p = 0; p < count; p++) {
      particles[p] =
          new Particle(model, seen, Chance.mix(seed + Chance.mix(model.cutMs()) + 31L * p));
    }
  }

  /**
   * The figure in each course, as often as the course weighs, sorted.
   *
   * @param seconds after the cut; not before those of the last question
   */
  float[] at(double seconds, StateFigure figure) {
    double[] values = new double[particles.length];
    double[] weights = new double[particles.length];
    double sum = 0;
    for (int p = 0; p < particles.length; p++) {
      Particle particle = particles[p];
      particle.advance(seconds);
      values[p] = figure.of(particle.loggedIn(), particle.busy(), particle.waiting());
      weights[p] = particle.weight();
      sum += weights[p];
    }
    return byWeight(values, weights, sum);
  }

  /** How long calls wait on average that enter in the next five minutes, in seconds. */
  double expectedWait(double seconds) {
    double sum = 0;
    double weights = 0;
    for (Particle particle : particles) {
      particle.advance(seconds);
      double wait = particle.expectedWait();
      if (!Double.isNaN(wait)) {
        sum += particle.weight() * wait;
        weights += particle.weight();
      }
    }
    return weights == 0 ? 0 : sum / weights;
  }

  /** The values at the middles of equal parts of the weight. */
  private static float[] byWeight(double[] values, double[] weights, double sum) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((i, j) -> Double.compare(values[i], values[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] told = new float[values.length];
    double upTo = weights[order[0]];
    int from = 0;
    for (int p = 0; p < told.length; p++) {
      while (upTo < (p + 0.5) / told.length * sum && from < order.length - 1) {
        upTo += weights[order[++from]];
      }
      told[p] = (float) values[order[from]];
    }
    Arrays.sort(told);
    return told;
  }
}
