package org.switchwright.journal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  private static final int NODES = 8;

  @TempDir private Path home;

  @Test
  void shouldGiveAllNodesThatStartTogetherOneSecret() throws Exception {
    Path file = home.resolve("secret").resolve("edge-secret");
    CyclicBarrier together = new CyclicBarrier(NODES);
    List<Future<String>> asked = new ArrayList<>();
    try (ExecutorService nodes = Executors.newFixedThreadPool(NODES)) {
      for (int n = 0; n < NODES; n++) {
        asked.add(
            nodes.submit(() -> {
              together.await();
              return PrivateFiles.secret(file);
            }));
      }
    }
    Set<String> secrets = new HashSet<>();
    for (Future<String> secret : asked) {
      secrets.add(secret.get());
    }

    assertThat(secrets).containsExactly(Files.readString(file));
    try (var left = Files.list(home.resolve("secret"))) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void shouldNeverReplaceAFile() throws Exception {
    Path file = Files.writeString(home.resolve("a"), "first");

    assertThatThrownBy(() -> PrivateFiles.create(file, "second"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("first");
  }
}
