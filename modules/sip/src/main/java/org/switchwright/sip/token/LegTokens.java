package org.switchwright.sip.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.switchwright.domain.CallId;

/**
 * Names a leg of a call in the user part of our Contact and in our tags, signed so that nobody can
 * reach a call by guessing: {@code <call id>.<leg>.<signature>}. Fits SIP's user part and token
 * (RFC 3261 25.1).
 */
public final class LegTokens {
  private static final int SIGNATURE_BYTES = 10;
  private static final int SIGNATURE_CHARS = 16;
  public static final int MAX_LEG = 9_999;

  private final EdgeSecret secret;

  public LegTokens(EdgeSecret secret) {
    this.secret = secret;
  }

  /** A leg of a call. */
  public record LegName(CallId call, int leg) {
    public LegName {
      if (leg < 0 || leg > MAX_LEG) {
        throw new IllegalArgumentException(
            "Expected a leg of 0 to " + MAX_LEG + ", but got " + leg);
      }
    }
  }

  public String write(CallId call, int leg) {
    return write(new LegName(call, leg));
  }

  public String write(LegName name) {
    return name.call() + "." + name.leg() + "." + signature(name);
  }

  /** Empty for whatever we did not sign. Takes as long for a wrong signature as for a right one. */
  public Optional<LegName> read(String token) {
    int signatureAt = token.length() - SIGNATURE_CHARS;
    int legEnd = signatureAt - 1;
    int legAt = legEnd < 1 ? -1 : token.lastIndexOf('.', legEnd - 1) + 1;
    if (legAt < 2 || legEnd - legAt < 1 || legEnd - legAt > 4 || token.charAt(legEnd) != '.') {
      return Optional.empty();
    }
    String leg = token.substring(legAt, legEnd);
    if (!leg.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    LegName name;
    try {
      name = new LegName(new CallId(token.substring(0, legAt - 1)), Integer.parseInt(leg));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return equal(signature(name), token.substring(signatureAt))
        ? Optional.of(name)
        : Optional.empty();
  }

  private String signature(LegName name) {
    return secret.signText(
        SIGNATURE_BYTES, "leg", name.call().value(), Integer.toString(name.leg()));
  }

  private static boolean equal(String ours, String theirs) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.ISO_8859_1), theirs.getBytes(StandardCharsets.ISO_8859_1));
  }
}
