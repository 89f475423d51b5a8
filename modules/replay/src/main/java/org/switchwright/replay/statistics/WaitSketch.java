package org.switchwright.replay.statistics;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.switchwright.domain.statistics.Spans;

/**
 * Spans of time in a few hundred bytes, of which those of several sites become one: quantiles are
 * right to {@value #ACCURACY} of their value, however many sketches were merged (DDSketch, Masson
 * et al. 2019).
 */
public final class WaitSketch {
  public static final double ACCURACY = 0.01;

  /** Beyond that the shortest are kept less exactly. */
  private static final int MAX_BINS = 2_048;

  private final DDSketch sketch;

  private WaitSketch(DDSketch sketch) {
    this.sketch = sketch;
  }

  public static WaitSketch of(Spans spans) {
    WaitSketch made = new WaitSketch(DDSketches.collapsingLowestDense(ACCURACY, MAX_BINS));
    spans.millis().forEach(made.sketch::accept);
    return made;
  }

  /** Of both; neither changes. */
  public WaitSketch plus(WaitSketch other) {
    DDSketch both = sketch.copy();
    both.mergeWith(other.sketch);
    return new WaitSketch(both);
  }

  public long count() {
    return Math.round(sketch.getCount());
  }

  /**
   * What the given part of them does not exceed.
   *
   * @param part 0 to 1
   */
  public Optional<Duration> quantile(double part) {
    return sketch.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(sketch.getValueAtQuantile(part))));
  }

  /** DDSketch's own encoding in Base64. */
  public String text() {
    try {
      GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
      sketch.encode(out, false);
      return Base64.getEncoder().encodeToString(out.trimmedCopy());
    } catch (IOException e) {
      throw new IllegalStateException("Expected to write into memory, but could not", e);
    }
  }

  /** What {@link #text} wrote. */
  public static WaitSketch read(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return new WaitSketch(
          DDSketch.decode(
              ByteArrayInput.wrap(bytes), () -> new CollapsingLowestDenseStore(MAX_BINS)));
    } catch (IOException e) {
      throw new IllegalArgumentException("Expected a sketch, but got another text", e);
    }
  }
}
