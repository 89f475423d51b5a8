package org.switchwright.domain.estimate;

import java.util.Arrays;

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
    double[] weights = new double[particles.length];
    for (int p = 0; p < particles.length; p++) {
      particles[p].advance(seconds);
      weights[p] = particles[p].logWeight();
    }
    int[] taken = Ensemble.resampled(weights);
    float[] values = new float[taken.length];
    for (int i = 0; i < taken.length; i++) {
      Particle particle = particles[taken[i]];
      values[i] = (float) figure.of(particle.loggedIn(), particle.busy(), particle.waiting());
    }
    Arrays.sort(values);
    return values;
  }
}
