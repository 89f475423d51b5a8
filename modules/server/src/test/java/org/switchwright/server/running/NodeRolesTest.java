package org.switchwright.server.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.sip.token.EdgeSecret;

class NodeRolesTest {
  private static final String TEXT = "0123456789abcdef";

  @TempDir private Path home;

  private Configuration.Sip sip() {
    return ConfigurationReader.read(Optional.empty(), List.of(), home).configuration().sip();
  }

  private static EdgeSecret secret(String text) {
    return new EdgeSecret(text.getBytes(UTF_8));
  }

  @Test
  void shouldTellWhereItTakesSipAndNotTheSecret() {
    List<String> roles = NodeRoles.of(sip(), secret(TEXT));

    assertThat(roles).hasSize(2).contains("sip-127.0.0.1:5060");
    assertThat(roles).noneMatch(role -> role.contains(TEXT));
  }

  @Test
  void shouldAgreeWithNodesOfTheSameSecret() {
    NodeRoles.checkSame(sip(), secret(TEXT), Set.of());
    NodeRoles.checkSame(sip(), secret(TEXT), Set.of(NodeRoles.secret(secret(TEXT))));
  }

  @Test
  void shouldNameTheFileToReplaceWhereTheOthersHaveAnotherSecret() {
    Set<String> others = Set.of(NodeRoles.secret(secret("another" + TEXT)));

    assertThatThrownBy(() -> NodeRoles.checkSame(sip(), secret(TEXT), others))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("edge-secret")
        .hasMessageContaining("copy theirs");
  }
}
