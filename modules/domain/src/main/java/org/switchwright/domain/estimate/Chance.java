package org.switchwright.domain.estimate;

/**
 * Numbers as if by chance, the same for the same seed on every machine: SplitMix64 (Steele, Lea and
 * Flood, OOPSLA 2014), and StrictMath, which unlike Math is specified to the last bit.
 */
final class Chance {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  Chance(long seed) {
    this.state = seed;
  }

  /** Spreads the bits of a number; also a hash. */
  static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  long bits() {
    state += GAMMA;
    return mix(state);
  }

  /** From 0 to just below 1. */
  double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) (((bits() >>> 33) * (long) bound) >>> 31);
  }

  /** With mean 1. */
  double exponential() {
    return -StrictMath.log(1 - uniform());
  }

  double normal() {
    double radius = StrictMath.sqrt(2 * exponential());
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }

  /** With that shape, at least 1, and mean {@code shape}: Marsaglia and Tsang, TOMS 26 (2000). */
  double gamma(double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = normal();
      double v = 1 + c * x;
      v = v * v * v;
      if (v > 0 && exponential() > -(0.5 * x * x + d - d * v + d * StrictMath.log(v))) {
        return d * v;
      }
    }
  }
}
