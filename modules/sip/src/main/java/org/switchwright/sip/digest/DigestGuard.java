package org.switchwright.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.switchwright.sip.token.EdgeSecret;

/**
 * Challenges and checks (RFC 7616, RFC 8760, RFC 3261 22). Nonces carry their time and our
 * signature, so that nothing is kept for a challenge; what is kept, within a bound, are the nonces
 * that were answered rightly, against replay. An unknown user gets the very answers that a wrong
 * password gets. Safe for any thread.
 */
public final class DigestGuard {
  static final int MAX_NONCES = 20_000;
  private static final int RANDOM_BYTES = 8;
  private static final int SIGNATURE_BYTES = 16;
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  private final String realm;
  private final List<DigestAlgorithm> policy;
  private final EdgeSecret secret;
  private final Duration nonceLife;
  private final Credentials credentials;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final NonceCounts counts;

  /**
   * Makes a guard of one realm.
   *
   * @param policy the algorithms to offer, the best first
   * @param nonceLife after which a client is challenged again, without asking its person
   */
  public DigestGuard(
      String realm,
      List<DigestAlgorithm> policy,
      EdgeSecret secret,
      Duration nonceLife,
      Credentials credentials,
      InstantSource clock) {
    if (policy.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one digest algorithm, but got none");
    }
    this.realm = realm;
    this.policy = List.copyOf(policy);
    this.secret = secret;
    this.nonceLife = nonceLife;
    this.credentials = credentials;
    this.clock = clock;
    // What was answered before this guard was made is unknown to it, so older nonces are stale.
    this.counts = new NonceCounts(MAX_NONCES, clock.instant().minus(CLOCK_SKEW));
  }

  public boolean knows(String user) {
    return policy.stream()
        .anyMatch(algorithm -> credentials.ha1(user, realm, algorithm).isPresent());
  }

  /** The outcome of a check. */
  public sealed interface Verdict {
    record Accepted(String user) implements Verdict {
      @Override
      public String toString() {
        return "Accepted";
      }
    }

    /**
     * To be challenged.
     *
     * @param stale true when only the nonce was too old: the client may answer again by itself
     */
    record Challenged(boolean stale) implements Verdict {}
  }

  /** The values of the WWW-Authenticate headers to send, in order of preference (RFC 8760 2.4). */
  public List<String> challenges(boolean stale) {
    return policy.stream()
        .map(algorithm ->
            "Digest realm=\""
                + realm
                + "\", nonce=\""
                + nonce(algorithm)
                + "\", algorithm="
                + algorithm.token()
                + ", qop=\"auth\""
                + (stale ? ", stale=true" : ""))
        .toList();
  }

  /**
   * Checks one answer.
   *
   * @param requestUri the Request-URI as written
   */
  public Verdict check(String method, String requestUri, DigestAnswer answer) {
    Optional<DigestAlgorithm> found = DigestAlgorithm.of(answer.algorithm());
    if (found.isEmpty()
        || !policy.contains(found.get())
        || !answer.realm().equals(realm)
        || !answer.qop().equals("auth")
        || !answer.uri().equals(requestUri)) {
      return new Verdict.Challenged(false);
    }
    DigestAlgorithm algorithm = found.get();
    Optional<Instant> issued = issuedAt(answer.nonce(), algorithm);
    if (issued.isEmpty()) {
      return new Verdict.Challenged(false);
    }
    String ha1 =
        credentials
            .ha1(answer.user(), realm, algorithm)
            .orElseGet(() -> unguessable(answer.user(), algorithm));
    String expected =
        algorithm.hash(
            ha1.toLowerCase(Locale.ROOT)
                + ":"
                + answer.nonce()
                + ":"
                + String.format(Locale.ROOT, "%08x", answer.nonceCount())
                + ":"
                + answer.clientNonce()
                + ":auth:"
                + algorithm.hash(method + ":" + answer.uri()));
    if (!equal(expected, answer.response().toLowerCase(Locale.ROOT))) {
      return new Verdict.Challenged(false);
    }
    boolean fresh = !clock.instant().isAfter(issued.get().plus(nonceLife));
    return fresh && counts.use(answer.nonce(), issued.get(), answer.nonceCount())
        ? new Verdict.Accepted(answer.user())
        : new Verdict.Challenged(true);
  }

  private String nonce(DigestAlgorithm algorithm) {
    byte[] salt = new byte[RANDOM_BYTES];
    random.nextBytes(salt);
    String stamp = Long.toHexString(clock.millis()) + "-" + HexFormat.of().formatHex(salt);
    return stamp + "-" + signature(stamp, algorithm);
  }

  /** Empty for a nonce that no edge of ours made for that algorithm. */
  private Optional<Instant> issuedAt(String nonce, DigestAlgorithm algorithm) {
    int end = nonce.lastIndexOf('-');
    int first = nonce.indexOf('-');
    if (first < 1 || end <= first) {
      return Optional.empty();
    }
    String stamp = nonce.substring(0, end);
    if (!equal(signature(stamp, algorithm), nonce.substring(end + 1))) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochMilli(Long.parseLong(stamp.substring(0, first), 16)));
  }

  private String signature(String stamp, DigestAlgorithm algorithm) {
    return secret.signText(SIGNATURE_BYTES, "nonce", stamp, realm, algorithm.token());
  }

  private String unguessable(String user, DigestAlgorithm algorithm) {
    return HexFormat.of().formatHex(secret.sign(32, "nobody", user, algorithm.token()));
  }

  private static boolean equal(String ours, String theirs) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8));
  }
}
