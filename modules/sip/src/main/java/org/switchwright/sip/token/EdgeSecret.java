package org.switchwright.sip.token;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all edges of a data center share. What it signs is parted by purpose, so that a
 * token of one kind never passes for another.
 */
public final class EdgeSecret {
  public static final int MIN_BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  /** Only ever cloned: that is much faster than looking the algorithm up for each token. */
  private final Mac keyed;

  public EdgeSecret(byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "Expected a secret of at least " + MIN_BYTES + " bytes, but got " + secret.length);
    }
    try {
      this.keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected " + ALGORITHM + " in this JVM", e);
    }
  }

  /** The first bytes of an HMAC-SHA256 over the purpose and the parts, each with its length. */
  public byte[] sign(int bytes, String purpose, String... parts) {
    try {
      Mac mac = (Mac) keyed.clone();
      update(mac, purpose);
      for (String part : parts) {
        update(mac, part);
      }
      return Arrays.copyOf(mac.doFinal(), bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Expected an " + ALGORITHM + " that can be cloned", e);
    }
  }

  /** As {@link #sign}, written in the digits 0-9 and a-v, five bits each. */
  public String signText(int bytes, String purpose, String... parts) {
    String digits = new BigInteger(1, sign(bytes, purpose, parts)).toString(32);
    int width = (bytes * 8 + 4) / 5;
    return "0".repeat(width - digits.length()) + digits;
  }

  private static void update(Mac mac, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  @Override
  public String toString() {
    return "EdgeSecret[withheld]";
  }
}
