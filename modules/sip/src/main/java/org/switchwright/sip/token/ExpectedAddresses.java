package org.switchwright.sip.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;

/**
 * User parts of addresses at which calls come from other sites, signed so that nobody else can come
 * instead: of a call that is expected, {@code x.<call id>.<signature>}; and of a routing point, for
 * calls that this site could not be asked about, {@code y.<day>.<point>.<signature>}, which holds
 * for {@value #DAYS} days, so that whoever is dismissed loses it.
 */
public final class ExpectedAddresses {
  static final int DAYS = 7;

  private static final String PREFIX = "x.";
  private static final String STANDING = "y.";
  private static final int SIGNATURE_BYTES = 10;

  private final EdgeSecret secret;

  public ExpectedAddresses(EdgeSecret secret) {
    this.secret = secret;
  }

  public String write(CallId call) {
    return PREFIX + call + "." + signature(call);
  }

  /**
   * Of a routing point.
   *
   * @param today in days since 1970, as those of all edges
   */
  public String write(RoutingPointId point, long today) {
    return STANDING + today + "." + point + "." + signature(point, today);
  }

  /** Empty for whatever we did not sign, or have signed too long ago. */
  public Optional<RoutingPointId> readPoint(String userPart, long today) {
    String[] parts = userPart.split("\\.", -1);
    boolean formed =
        userPart.startsWith(STANDING) && parts.length >= 4 && parts[1].matches("\\d{1,9}");
    if (!formed) {
      return Optional.empty();
    }
    long day = Long.parseLong(parts[1]);
    int from = STANDING.length() + parts[1].length() + 1;
    RoutingPointId point;
    try {
      point = new RoutingPointId(userPart.substring(from, userPart.lastIndexOf('.')));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean holds = day <= today + 1 && day > today - DAYS;
    return holds && equal(signature(point, day), parts[parts.length - 1])
        ? Optional.of(point)
        : Optional.empty();
  }

  private String signature(RoutingPointId point, long day) {
    return secret.signText(SIGNATURE_BYTES, "standing", Long.toString(day), point.value());
  }

  /** Empty for whatever we did not sign. Takes as long for a wrong signature as for a right one. */
  public Optional<CallId> read(String userPart) {
    int signatureAt = userPart.lastIndexOf('.') + 1;
    if (!userPart.startsWith(PREFIX) || signatureAt <= PREFIX.length() + 1) {
      return Optional.empty();
    }
    CallId call;
    try {
      call = new CallId(userPart.substring(PREFIX.length(), signatureAt - 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return equal(signature(call), userPart.substring(signatureAt))
        ? Optional.of(call)
        : Optional.empty();
  }

  private static boolean equal(String ours, String theirs) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.ISO_8859_1), theirs.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String signature(CallId call) {
    return secret.signText(SIGNATURE_BYTES, "expected", call.value());
  }
}
