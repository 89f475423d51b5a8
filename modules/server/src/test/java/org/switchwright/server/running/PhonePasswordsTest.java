package org.switchwright.server.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.AgentId;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.configuration.ConfigurationReader;

/** Three nodes that start together are the system tests' part. */
class PhonePasswordsTest {
  private static final AgentId FIRST = new AgentId("agent-01");
  private static final AgentId SECOND = new AgentId("agent-02");

  @TempDir private Path home;

  private Path file() {
    return home.resolve("secret").resolve("phone-passwords");
  }

  private Configuration.Site sampleSite() {
    return ConfigurationReader.read(Optional.empty(), List.of(), home).configuration().site();
  }

  @Test
  void shouldMakeThemOnceForAllNodesThatShareTheFile() throws Exception {
    PhonePasswords one = PhonePasswords.open(sampleSite(), file());
    PhonePasswords another = PhonePasswords.open(sampleSite(), file());

    assertThat(one.password(FIRST)).isPresent().isEqualTo(another.password(FIRST));
    assertThat(one.password(FIRST)).isNotEqualTo(one.password(SECOND));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldAddWhatIsMissingAndLeaveWhatIsThere() throws Exception {
    Files.createDirectories(home.resolve("secret"));
    Files.writeString(file(), "# mine\nagent-01 chosen by me");

    PhonePasswords passwords = PhonePasswords.open(sampleSite(), file());

    assertThat(passwords.password(FIRST)).contains("chosen by me");
    assertThat(passwords.password(SECOND)).isPresent();
    assertThat(Files.readAllLines(file()))
        .startsWith("# mine", "agent-01 chosen by me")
        .contains("agent-02 " + passwords.password(SECOND).orElseThrow());
  }

  @Test
  void shouldNameALineThatHoldsNoPassword() throws Exception {
    Files.createDirectories(home.resolve("secret"));
    Files.writeString(file(), "agent-01 right\nagent-02\n");

    assertThatThrownBy(() -> PhonePasswords.open(sampleSite(), file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2");
  }
}
