package org.switchwright.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchwright.sip.token.EdgeSecret;

class DigestGuardTest {
  private static final String REALM = "desk.example";
  private static final String URI = "sip:127.0.0.1";
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final DigestGuard guard = guard(List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5));

  private DigestGuard guard(List<DigestAlgorithm> policy) {
    return new DigestGuard(
        REALM,
        policy,
        new EdgeSecret("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
        Duration.ofMinutes(5),
        (user, realm, algorithm) ->
            user.equals("a1") ? Optional.of(algorithm.ha1(user, realm, "open")) : Optional.empty(),
        () -> now);
  }

  @Test
  void shouldReproduceTheExampleOfRfc7616() {
    String ha1 = DigestAlgorithm.SHA_256.ha1("Mufasa", "http-auth@example.org", "Circle of Life");
    String response =
        DigestAlgorithm.SHA_256.hash(
            ha1
                + ":7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
                + ":00000001:f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ:auth:"
                + DigestAlgorithm.SHA_256.hash("GET:/dir/index.html"));

    assertThat(response)
        .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  }

  @Test
  void shouldOfferTheBestAlgorithmFirst() {
    assertThat(guard.challenges(false))
        .hasSize(2)
        .first()
        .asString()
        .contains("algorithm=SHA-256", "qop=\"auth\"", "realm=\"desk.example\"")
        .doesNotContain("stale");
    assertThat(guard.challenges(true)).allMatch(c -> c.endsWith("stale=true"));
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void shouldAcceptRightPasswordInEachAlgorithmOfThePolicy(DigestAlgorithm algorithm) {
    assertThat(check(answer(algorithm, "a1", "open", 1)))
        .isEqualTo(new DigestGuard.Verdict.Accepted("a1"));
  }

  @Test
  void shouldRefuseAlgorithmOutsideOfThePolicy() {
    DigestGuard strict = guard(List.of(DigestAlgorithm.SHA_256));
    String nonce = nonce(guard, DigestAlgorithm.MD5);

    assertThat(strict.check("REGISTER", URI, answer(DigestAlgorithm.MD5, "a1", "open", nonce, 1)))
        .isEqualTo(new DigestGuard.Verdict.Challenged(false));
  }

  @Test
  void shouldAnswerUnknownUserAsWrongPassword() {
    assertThat(check(answer(DigestAlgorithm.SHA_256, "a1", "shut", 1)))
        .isEqualTo(check(answer(DigestAlgorithm.SHA_256, "nobody", "open", 1)))
        .isEqualTo(new DigestGuard.Verdict.Challenged(false));
  }

  @Test
  void shouldRefuseReplayButTakeTheNextCount() {
    String nonce = nonce(guard, DigestAlgorithm.SHA_256);
    DigestAnswer first = answer(DigestAlgorithm.SHA_256, "a1", "open", nonce, 1);

    assertThat(check(first)).isInstanceOf(DigestGuard.Verdict.Accepted.class);
    assertThat(check(first)).isEqualTo(new DigestGuard.Verdict.Challenged(true));
    assertThat(check(answer(DigestAlgorithm.SHA_256, "a1", "open", nonce, 2)))
        .isInstanceOf(DigestGuard.Verdict.Accepted.class);
    assertThat(check(answer(DigestAlgorithm.SHA_256, "a1", "open", nonce, 1)))
        .isEqualTo(new DigestGuard.Verdict.Challenged(true));
  }

  @Test
  void shouldCallOldNonceStale() {
    DigestAnswer answer = answer(DigestAlgorithm.SHA_256, "a1", "open", 1);

    now = now.plus(Duration.ofMinutes(6));

    assertThat(check(answer)).isEqualTo(new DigestGuard.Verdict.Challenged(true));
  }

  @Test
  void shouldCallNonceFromBeforeRestartStale() {
    DigestAnswer answer = answer(DigestAlgorithm.SHA_256, "a1", "open", 1);

    now = now.plus(Duration.ofMinutes(1));

    assertThat(guard(List.of(DigestAlgorithm.SHA_256)).check("REGISTER", URI, answer))
        .isEqualTo(new DigestGuard.Verdict.Challenged(true));
  }

  @Test
  void shouldRefuseForgedNonceOtherUriAndOtherMethod() {
    DigestAnswer good = answer(DigestAlgorithm.SHA_256, "a1", "open", 1);
    String forged = good.nonce().replaceFirst("^.", "f");

    assertThat(check(answer(DigestAlgorithm.SHA_256, "a1", "open", forged, 1)))
        .isEqualTo(new DigestGuard.Verdict.Challenged(false));
    assertThat(guard.check("REGISTER", "sip:other", good))
        .isEqualTo(new DigestGuard.Verdict.Challenged(false));
    assertThat(guard.check("INVITE", URI, good))
        .isEqualTo(new DigestGuard.Verdict.Challenged(false));
  }

  @Test
  void shouldNotAcceptReplayOfForgottenNonce() {
    NonceCounts counts = new NonceCounts(2, Instant.EPOCH);

    assertThat(counts.use("a", Instant.ofEpochSecond(1), 1)).isTrue();
    assertThat(counts.use("b", Instant.ofEpochSecond(2), 1)).isTrue();
    assertThat(counts.use("c", Instant.ofEpochSecond(3), 1)).isTrue();

    assertThat(counts.use("a", Instant.ofEpochSecond(1), 2)).isFalse();
    assertThat(counts.use("c", Instant.ofEpochSecond(3), 2)).isTrue();
  }

  private DigestGuard.Verdict check(DigestAnswer answer) {
    return guard.check("REGISTER", URI, answer);
  }

  private DigestAnswer answer(DigestAlgorithm algorithm, String user, String password, int count) {
    return answer(algorithm, user, password, nonce(guard, algorithm), count);
  }

  private static String nonce(DigestGuard guard, DigestAlgorithm algorithm) {
    String challenge =
        guard.challenges(false).stream()
            .filter(c -> c.contains("algorithm=" + algorithm.token() + ","))
            .findFirst()
            .orElseThrow();
    Matcher matcher = Pattern.compile("nonce=\"([^\"]+)\"").matcher(challenge);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static DigestAnswer answer(
      DigestAlgorithm algorithm, String user, String password, String nonce, int count) {
    String nc = String.format("%08x", count);
    String response =
        algorithm.hash(
            algorithm.ha1(user, REALM, password)
                + ":"
                + nonce
                + ":"
                + nc
                + ":cn:auth:"
                + algorithm.hash("REGISTER:" + URI));
    return new DigestAnswer(
        user, REALM, nonce, URI, response, algorithm.token(), "auth", "cn", count);
  }
}
