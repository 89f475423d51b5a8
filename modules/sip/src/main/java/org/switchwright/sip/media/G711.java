package org.switchwright.sip.media;

import org.switchwright.sip.sdp.Law;

/** Encodes 16-bit samples by ITU-T G.711. */
final class G711 {
  private static final int MU_BIAS = 0x84;
  private static final int MU_CLIP = 32_635;
  private static final int A_CLIP = 32_767;
  private static final int SEGMENT_END = 0xFF;

  private G711() {}

  static byte[] encode(Law law, short[] samples) {
    byte[] encoded = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      encoded[i] = law == Law.PCMU ? mu(samples[i]) : a(samples[i]);
    }
    return encoded;
  }

  /** The byte that stands for silence. */
  static byte silence(Law law) {
    return law == Law.PCMU ? mu((short) 0) : a((short) 0);
  }

  static byte mu(short sample) {
    int sign = sample < 0 ? 0x80 : 0;
    int magnitude = Math.min(Math.abs((int) sample), MU_CLIP) + MU_BIAS;
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
    int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
    return (byte) ~(sign | (exponent << 4) | mantissa);
  }

  static byte a(short sample) {
    boolean negative = sample < 0;
    int magnitude = negative ? Math.min(-sample - 1, A_CLIP) : sample;
    int code;
    if (magnitude <= SEGMENT_END) {
      code = magnitude >> 4;
    } else {
      int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
      code = (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F);
    }
    return (byte) ((negative ? code : code | 0x80) ^ 0x55);
  }
}
