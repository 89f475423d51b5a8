package org.switchwright.useragent;

/** G.711 samples: a tone to send, and whether what came is silence (ITU-T G.711). */
final class G711 {
  static final int SAMPLES_PER_PACKET = 160;
  private static final int TONE_HZ = 400;
  private static final int TONE_AMPLITUDE = 8_000;
  private static final int SILENCE_AMPLITUDE = 64;

  private G711() {}

  /** One packet's worth of tone; its period divides the packet, so packets join without a click. */
  static byte[] tone(Codec codec) {
    byte[] payload = new byte[SAMPLES_PER_PACKET];
    for (int i = 0; i < payload.length; i++) {
      double phase = 2 * Math.PI * TONE_HZ * i / codec.clockRateHz();
      int sample = (int) (TONE_AMPLITUDE * Math.sin(phase));
      payload[i] = nearest(sample, codec.equals(Codec.PCMA));
    }
    return payload;
  }

  static boolean isSilence(byte[] packet, int offset, int length, boolean aLaw) {
    for (int i = offset; i < offset + length; i++) {
      int sample = aLaw ? fromALaw(packet[i]) : fromMuLaw(packet[i]);
      if (Math.abs(sample) > SILENCE_AMPLITUDE) {
        return false;
      }
    }
    return true;
  }

  // Used a few times per process: searching is shorter than a second table of segments.
  private static byte nearest(int sample, boolean aLaw) {
    int best = 0;
    int bestError = Integer.MAX_VALUE;
    for (int code = 0; code < 256; code++) {
      int decoded = aLaw ? fromALaw((byte) code) : fromMuLaw((byte) code);
      int error = Math.abs(decoded - sample);
      if (error < bestError) {
        best = code;
        bestError = error;
      }
    }
    return (byte) best;
  }

  static int fromMuLaw(byte code) {
    int inverted = ~code & 0xff;
    int magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
    return (inverted & 0x80) == 0 ? magnitude : -magnitude;
  }

  static int fromALaw(byte code) {
    int toggled = ((code ^ 0x55) & 0xff);
    int segment = (toggled & 0x70) >> 4;
    int magnitude = ((toggled & 0x0f) << 4) + 8;
    if (segment > 0) {
      magnitude = (magnitude + 0x100) << (segment - 1);
    }
    return (toggled & 0x80) == 0 ? -magnitude : magnitude;
  }
}
