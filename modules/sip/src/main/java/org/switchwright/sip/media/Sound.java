package org.switchwright.sip.media;

import java.util.EnumMap;
import java.util.Map;
import org.switchwright.sip.sdp.Law;

/** What is built in; all of it synthesised here, at 8000 samples a second. */
public enum Sound implements Clip {
  /** A slow progression of four chords, played as soft plucked notes; repeats for ever. */
  MUSIC(true) {
    @Override
    short[] samples() {
      double[][] chords = {
        {261.63, 329.63, 392.00, 523.25}, // C
        {220.00, 261.63, 329.63, 440.00}, // A minor
        {174.61, 220.00, 261.63, 349.23}, // F
        {196.00, 246.94, 293.66, 392.00} // G
      };
      int[] pattern = {0, 1, 2, 3, 2, 1, 2, 3};
      double noteSeconds = 0.4;
      int noteSamples = (int) (noteSeconds * RATE_HZ);
      double[] mix = new double[chords.length * pattern.length * noteSamples];
      for (int chord = 0; chord < chords.length; chord++) {
        for (int step = 0; step < pattern.length; step++) {
          int at = (chord * pattern.length + step) * noteSamples;
          pluck(mix, at, chords[chord][pattern[step]], 1.6, 0.10);
        }
        pluck(mix, chord * pattern.length * noteSamples, chords[chord][0] / 2, 3.0, 0.12);
      }
      return quantised(mix);
    }
  },
  /** Two rising notes: what was dialled was done. */
  CONFIRMATION(false) {
    @Override
    short[] samples() {
      double[] mix = new double[RATE_HZ];
      pluck(mix, 0, 523.25, 0.5, 0.20);
      pluck(mix, RATE_HZ / 5, 783.99, 0.7, 0.20);
      return quantised(mix);
    }
  },
  /** Two falling notes: it was not done. */
  FAILURE(false) {
    @Override
    short[] samples() {
      double[] mix = new double[RATE_HZ];
      pluck(mix, 0, 311.13, 0.5, 0.22);
      pluck(mix, RATE_HZ / 5, 233.08, 0.7, 0.22);
      return quantised(mix);
    }
  };

  static final int RATE_HZ = 8_000;
  static final int FRAME_SAMPLES = 160;

  private final boolean repeats;

  Sound(boolean repeats) {
    this.repeats = repeats;
  }

  abstract short[] samples();

  @Override
  public boolean repeats() {
    return repeats;
  }

  /** Holds each sound in both laws, made when first asked for. */
  private static final class Encoded {
    private static final Map<Sound, Map<Law, byte[]>> SOUNDS = new EnumMap<>(Sound.class);

    static {
      for (Sound sound : Sound.values()) {
        short[] samples = sound.samples();
        Map<Law, byte[]> laws = new EnumMap<>(Law.class);
        for (Law law : Law.values()) {
          laws.put(law, G711.encode(law, samples));
        }
        SOUNDS.put(sound, laws);
      }
    }
  }

  @Override
  public byte[] encoded(Law law) {
    Map<Law, byte[]> laws = Encoded.SOUNDS.get(this);
    byte[] bytes = laws == null ? null : laws.get(law);
    if (bytes == null) {
      throw new IllegalStateException("Expected " + this + " in " + law + ", but there is none");
    }
    return bytes;
  }

  /** Adds a note with a soft start and a long fall; what runs past the end comes round. */
  private static void pluck(double[] mix, int at, double hertz, double seconds, double volume) {
    int length = (int) (seconds * RATE_HZ);
    for (int i = 0; i < length; i++) {
      double time = (double) i / RATE_HZ;
      double rise = Math.min(1, time / 0.02);
      double fall = Math.exp(-3.5 * time / seconds) * (1 - (double) i / length);
      double wave =
          Math.sin(2 * Math.PI * hertz * time) + 0.25 * Math.sin(4 * Math.PI * hertz * time);
      mix[(at + i) % mix.length] += volume * rise * fall * wave;
    }
  }

  private static short[] quantised(double[] mix) {
    int frames = mix.length / FRAME_SAMPLES;
    short[] samples = new short[frames * FRAME_SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(Math.clamp(mix[i], -0.9, 0.9) * Short.MAX_VALUE);
    }
    return samples;
  }
}
