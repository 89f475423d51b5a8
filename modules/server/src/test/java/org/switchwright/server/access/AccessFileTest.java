package org.switchwright.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessFileTest {
  @TempDir private Path directory;

  @Test
  void shouldBeReadableByOwnerOnly() throws Exception {
    AccessFile file = new AccessFile("http://127.0.0.1:8080", "sw_secret");

    file.write(directory);

    assertThat(AccessFile.read(directory)).contains(file);
    assertThat(Files.getPosixFilePermissions(directory.resolve("access.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(file.toString()).doesNotContain("secret");
  }

  @Test
  void shouldNotRemoveFileOfAnotherServer() throws Exception {
    AccessFile mine = new AccessFile("http://127.0.0.1:8080", "sw_mine");
    AccessFile others = new AccessFile("http://127.0.0.1:8080", "sw_others");
    mine.write(directory);
    others.write(directory);

    mine.remove(directory);
    assertThat(AccessFile.read(directory)).contains(others);

    others.remove(directory);
    assertThat(AccessFile.read(directory)).isEmpty();
  }
}
