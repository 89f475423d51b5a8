package org.switchwright.sip.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads RIFF/WAVE of the one kind that telephones need: 8000 Hz, mono, 16-bit PCM. */
final class WaveFile {
  private static final int PCM = 1;
  private static final int HEADER_BYTES = 12;
  private static final int FORMAT_BYTES = 16;

  private WaveFile() {}

  /** A file of another kind; the message says which. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String but) {
      super("Expected a WAV file of 8000 Hz, mono, 16-bit PCM, but " + but);
    }
  }

  static short[] samples(byte[] file) throws UnreadableException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEADER_BYTES || !name(in).equals("RIFF")) {
      throw new UnreadableException("it does not begin with RIFF");
    }
    in.getInt();
    if (!name(in).equals("WAVE")) {
      throw new UnreadableException("it is RIFF of another kind");
    }
    boolean known = false;
    while (in.remaining() >= 8) {
      String chunk = name(in);
      long size = Integer.toUnsignedLong(in.getInt());
      if (chunk.equals("data")) {
        if (!known) {
          throw new UnreadableException("its samples come before their format");
        }
        // A program that wrote to a pipe did not know the size.
        short[] samples = new short[(int) Math.min(size, in.remaining()) / Short.BYTES];
        in.asShortBuffer().get(samples);
        return samples;
      }
      if (size > in.remaining()) {
        throw new UnreadableException("its part \"" + chunk + "\" is cut short");
      }
      int next = in.position() + (int) Math.min(in.remaining(), size + size % 2);
      if (chunk.equals("fmt ") && size >= FORMAT_BYTES) {
        check(in);
        known = true;
      }
      in.position(next);
    }
    throw new UnreadableException("it has no samples");
  }

  private static void check(ByteBuffer in) throws UnreadableException {
    int format = in.getShort();
    int channels = in.getShort();
    int rate = in.getInt();
    in.getInt();
    in.getShort();
    int bits = in.getShort();
    if (format != PCM || channels != 1 || rate != Sound.RATE_HZ || bits != Short.SIZE) {
      throw new UnreadableException(
          "it is of format "
              + format
              + " with "
              + channels
              + " channels of "
              + bits
              + " bits at "
              + rate
              + " Hz");
    }
  }

  private static String name(ByteBuffer in) {
    byte[] name = new byte[4];
    in.get(name);
    return new String(name, StandardCharsets.US_ASCII);
  }
}
