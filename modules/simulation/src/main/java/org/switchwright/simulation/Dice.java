package org.switchwright.simulation;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The only source of chance. */
final class Dice {
  private final RandomGenerator random;

  Dice(RandomGenerator random) {
    this.random = random;
  }

  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  int between(int lowest, int highest) {
    return random.nextInt(lowest, highest + 1);
  }

  Duration between(Duration shortest, Duration longest) {
    long micros = longest.minus(shortest).toNanos() / 1_000;
    return micros <= 0 ? shortest : shortest.plusNanos(1_000 * random.nextLong(micros + 1));
  }

  Duration millis(long shortest, long longest) {
    return between(Duration.ofMillis(shortest), Duration.ofMillis(longest));
  }

  Duration seconds(long shortest, long longest) {
    return between(Duration.ofSeconds(shortest), Duration.ofSeconds(longest));
  }

  /** Exponentially distributed, cut off at ten times the mean. */
  Duration around(Duration mean) {
    double factor = Math.min(10, -Math.log(1 - random.nextDouble()));
    return Duration.ofNanos(1_000 * (long) (mean.toNanos() / 1_000.0 * factor));
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
