package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  @Test
  void shouldTakeEachOnceWhereAllWeighTheSame() {
    assertThat(Ensemble.resampled(new double[] {-7, -7, -7, -7})).containsExactly(0, 1, 2, 3);
  }

  @Test
  void shouldTakeTwiceWhatWeighsTwiceAsMuch() {
    double twice = Math.log(2);

    int[] taken = Ensemble.resampled(new double[] {twice, 0, 0, 0, twice, 0});

    assertThat(Arrays.stream(taken).filter(it -> it == 0 || it == 4).count()).isEqualTo(3);
    assertThat(taken).isSorted();
  }

  /** At a large site each course contradicts what is seen many times a minute. */
  @Test
  void shouldFlattenWeightsThatWouldLeaveOneCourseAlone() {
    double[] weights = new double[100];
    Arrays.setAll(weights, i -> -5_000 - 40 * i);

    int[] taken = Ensemble.resampled(weights);

    long different = Arrays.stream(taken).distinct().count();
    assertThat(different).isBetween(40L, 99L);
    assertThat(Arrays.stream(taken).filter(it -> it < 50).count()).isGreaterThan(60);
  }
}
