package org.switchwright.useragent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.WWWAuthenticateHeader;

/** Answers digest challenges: SHA-256 where offered, else MD5, with qop=auth (RFC 7616, 8760). */
final class Digest {
  private record Challenge(
      boolean proxy,
      String realm,
      String nonce,
      String algorithm,
      boolean auth,
      Optional<String> opaque) {}

  private Digest() {}

  static boolean canAnswer(SipMessage challenge) {
    return best(challenge).isPresent();
  }

  static boolean isStale(SipMessage response) {
    return (response.status() == 401 || response.status() == 407)
        && response.headers("WWW-Authenticate").stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).matches(".*stale=\"?true.*"));
  }

  /** Adds the answer to {@code challenge}; {@code count} says how often its nonce is used now. */
  static void answer(Draft request, SipMessage challenge, Credentials credentials, int count) {
    Challenge asked = best(challenge).orElseThrow();
    String algorithm = asked.algorithm();
    String cnonce = Transactions.token();
    String nonceCount = "%08x".formatted(count);
    String ha1 =
        hash(algorithm, credentials.user() + ":" + asked.realm() + ":" + credentials.password());
    String ha2 = hash(algorithm, request.method() + ":" + request.uri());
    String between = asked.auth() ? ":" + nonceCount + ":" + cnonce + ":auth:" : ":";
    var parts = new ArrayList<String>();
    parts.add("username=\"" + credentials.user() + "\"");
    parts.add("realm=\"" + asked.realm() + "\"");
    parts.add("nonce=\"" + asked.nonce() + "\"");
    parts.add("uri=\"" + request.uri() + "\"");
    parts.add("response=\"" + hash(algorithm, ha1 + ":" + asked.nonce() + between + ha2) + "\"");
    parts.add("algorithm=" + algorithm);
    if (asked.auth()) {
      parts.add("qop=auth");
      parts.add("nc=" + nonceCount);
      parts.add("cnonce=\"" + cnonce + "\"");
    }
    asked.opaque().ifPresent(opaque -> parts.add("opaque=\"" + opaque + "\""));
    request.replace(
        asked.proxy() ? "Proxy-Authorization" : "Authorization",
        "Digest " + String.join(", ", parts));
  }

  private static Optional<Challenge> best(SipMessage response) {
    var challenges = new ArrayList<Challenge>();
    for (var it = response.parsed().getHeaders("WWW-Authenticate"); it.hasNext(); ) {
      if (it.next() instanceof WWWAuthenticateHeader header) {
        challenges.add(read(false, header));
      }
    }
    for (var it = response.parsed().getHeaders("Proxy-Authenticate"); it.hasNext(); ) {
      if (it.next() instanceof ProxyAuthenticateHeader header) {
        challenges.add(read(true, header));
      }
    }
    for (String algorithm : List.of("SHA-256", "MD5")) {
      for (Challenge challenge : challenges) {
        if (challenge.algorithm().equalsIgnoreCase(algorithm)) {
          return Optional.of(challenge);
        }
      }
    }
    return Optional.empty();
  }

  private static Challenge read(boolean proxy, WWWAuthenticateHeader header) {
    String algorithm = Optional.ofNullable(header.getAlgorithm()).orElse("MD5");
    String qop = Optional.ofNullable(header.getQop()).orElse("");
    return new Challenge(
        proxy,
        header.getRealm(),
        header.getNonce(),
        algorithm,
        List.of(qop.split(" *, *")).contains("auth"),
        Optional.ofNullable(header.getOpaque()));
  }

  private static String hash(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Expected SHA-256 and MD5 in every JDK", impossible);
    }
  }
}
