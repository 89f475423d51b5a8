package org.switchwright.sip.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.switchwright.domain.CallId;

/**
 * Names a call that is expected from another site in the user part of the address that it is to
 * come to, signed so that nobody else can come instead: {@code x.<call id>.<signature>}.
 */
public final class ExpectedAddresses {
  private static final String PREFIX = "x.";
  private static final int SIGNATURE_BYTES = 10;

  private final EdgeSecret secret;

  public ExpectedAddresses(EdgeSecret secret) {
    this.secret = secret;
  }

  public String write(CallId call) {
    return PREFIX + call + "." + signature(call);
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
    byte[] given = userPart.substring(signatureAt).getBytes(StandardCharsets.ISO_8859_1);
    return MessageDigest.isEqual(signature(call).getBytes(StandardCharsets.ISO_8859_1), given)
        ? Optional.of(call)
        : Optional.empty();
  }

  private String signature(CallId call) {
    return secret.signText(SIGNATURE_BYTES, "expected", call.value());
  }
}
