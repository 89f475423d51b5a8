package org.switchwright.sip.digest;

import java.util.Optional;
import javax.sip.header.AuthorizationHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a client answered to a challenge (RFC 7616 3.4). Texts are unquoted; {@code nonceCount} is
 * the number behind nc.
 */
public record DigestAnswer(
    String user,
    String realm,
    String nonce,
    String uri,
    String response,
    String algorithm,
    String qop,
    String clientNonce,
    int nonceCount) {

  /** Empty when the header lacks what a digest with qop needs, or is none. */
  public static Optional<DigestAnswer> from(AuthorizationHeader header) {
    try {
      if (!"Digest".equalsIgnoreCase(header.getScheme()) || header.getURI() == null) {
        return Optional.empty();
      }
      DigestAnswer answer =
          new DigestAnswer(
              orEmpty(header.getUsername()),
              orEmpty(header.getRealm()),
              orEmpty(header.getNonce()),
              header.getURI().toString(),
              orEmpty(header.getResponse()),
              orEmpty(header.getAlgorithm()),
              orEmpty(header.getQop()),
              orEmpty(header.getCNonce()),
              header.getNonceCount());
      return answer.complete() ? Optional.of(answer) : Optional.empty();
    } catch (RuntimeException e) {
      // The stack's accessors throw on odd values.
      return Optional.empty();
    }
  }

  private boolean complete() {
    return !user.isEmpty()
        && !nonce.isEmpty()
        && !response.isEmpty()
        && !clientNonce.isEmpty()
        && nonceCount > 0;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public String toString() {
    return "DigestAnswer[withheld]";
  }
}
