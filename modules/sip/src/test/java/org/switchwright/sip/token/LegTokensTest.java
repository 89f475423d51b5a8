package org.switchwright.sip.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchwright.domain.CallId;

class LegTokensTest {
  private static final EdgeSecret SECRET = secret("0123456789abcdef");
  private final LegTokens tokens = new LegTokens(SECRET);
  private final CallIds callIds = new CallIds(SECRET);

  private static EdgeSecret secret(String text) {
    return new EdgeSecret(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldBeReadByAnyNodeWithTheSameSecret() {
    CallId call = callIds.of("abc@host", "ft", 1, "z9hG4bK1");

    String token = tokens.write(call, 12);

    assertThat(new LegTokens(secret("0123456789abcdef")).read(token))
        .contains(new LegTokens.LegName(call, 12));
    assertThat(token).matches("[a-z0-9.]{20,64}");
  }

  @Test
  void shouldNotBeReadWithAnotherSecret() {
    String token = tokens.write(new CallId("c1"), 0);

    assertThat(new LegTokens(secret("another secret!!")).read(token)).isEmpty();
  }

  @Test
  void shouldReadCallIdsWithDots() {
    assertThat(tokens.read(tokens.write(new CallId("a.b-c.7"), 3)))
        .contains(new LegTokens.LegName(new CallId("a.b-c.7"), 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "c1",
        "c1.0",
        "c1.0.",
        "c1..0123456789012345",
        ".0.0123456789012345",
        "c1.0.0123456789012345",
        "c1.99999.0123456789012345",
        "c1.-1.0123456789012345",
        "c 1.0.0123456789012345",
        "alice",
        "0123456789012345",
        ".0123456789012345"
      })
  void shouldRefuseWhatWeDidNotSign(String text) {
    assertThat(tokens.read(text)).isEmpty();
  }

  @Test
  void shouldRefuseChangedLeg() {
    String token = tokens.write(new CallId("c1"), 1);

    assertThat(tokens.read(token.replace("c1.1.", "c1.2."))).isEmpty();
  }

  @Test
  void shouldDeriveSameCallFromSameInviteOnly() {
    CallId call = callIds.of("abc", "t", 1, "b");

    assertThat(new CallIds(secret("0123456789abcdef")).of("abc", "t", 1, "b")).isEqualTo(call);
    assertThat(callIds.of("abc", "t", 2, "b")).isNotEqualTo(call);
    assertThat(callIds.of("ab", "ct", 1, "b")).isNotEqualTo(call);
    assertThat(callIds.of("abc", "t", 1, "c")).isNotEqualTo(call);
    assertThat(call.value()).matches("c[0-9a-v]{24}");
  }

  @Test
  void shouldRefuseShortSecret() {
    assertThatThrownBy(() -> secret("short")).hasMessageContaining("at least 16 bytes");
    assertThat(SECRET.toString()).doesNotContain("0123");
  }
}
