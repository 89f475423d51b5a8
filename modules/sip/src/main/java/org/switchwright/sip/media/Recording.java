package org.switchwright.sip.media;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.switchwright.sip.sdp.Law;

/** A recorded sound, held in both laws, so that playing it costs nothing but copying. */
final class Recording implements Clip {
  private final Map<Law, byte[]> laws = new EnumMap<>(Law.class);
  private final boolean repeats;

  /**
   * @param samples at 8000 a second; silence is added up to a whole frame
   */
  Recording(short[] samples, boolean repeats) {
    int frames = Math.max(1, Math.ceilDiv(samples.length, Sound.FRAME_SAMPLES));
    short[] whole = Arrays.copyOf(samples, frames * Sound.FRAME_SAMPLES);
    for (Law law : Law.values()) {
      laws.put(law, G711.encode(law, whole));
    }
    this.repeats = repeats;
  }

  @Override
  public byte[] encoded(Law law) {
    byte[] bytes = laws.get(law);
    if (bytes == null) {
      throw new IllegalStateException("Expected a recording in " + law + ", but there is none");
    }
    return bytes;
  }

  @Override
  public boolean repeats() {
    return repeats;
  }
}
