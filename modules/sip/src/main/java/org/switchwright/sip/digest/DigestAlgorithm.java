package org.switchwright.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Hashes for digest authentication (RFC 8760 2). MD5 only where the policy names it. */
public enum DigestAlgorithm {
  SHA_256("SHA-256"),
  MD5("MD5");

  private final String token;

  DigestAlgorithm(String token) {
    this.token = token;
  }

  /** The name in the header, which is the JDK's too. */
  public String token() {
    return token;
  }

  /**
   * Finds an algorithm by its header's parameter.
   *
   * @param token a missing one means MD5 (RFC 7616 3.3)
   */
  public static Optional<DigestAlgorithm> of(String token) {
    String upper = token.toUpperCase(Locale.ROOT);
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.token.equals(upper)) {
        return Optional.of(algorithm);
      }
    }
    return upper.isEmpty() ? Optional.of(MD5) : Optional.empty();
  }

  /** The hash of a text's UTF-8 bytes in lower-case hexadecimal digits. */
  public String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(token).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected " + token + " in this JVM", e);
    }
  }

  /** H(user:realm:password), all that needs to be kept of a password (RFC 7616 3.4.2). */
  public String ha1(String user, String realm, String password) {
    return hash(user + ":" + realm + ":" + password);
  }
}
