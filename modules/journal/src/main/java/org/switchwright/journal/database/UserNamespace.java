package org.switchwright.journal.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
final class UserNamespace {
  private static final String SENTENCE =
      "Expected to start PostgreSQL as root through a user namespace, but this system forbids it;"
          + " run as another user, or configure a database of your own";

  private UserNamespace() {}

  static void requireWhenRoot() {
    try {
      if (isRoot() && !allowed()) {
        throw new DatabaseRefused(SENTENCE);
      }
    } catch (IOException e) {
      throw new DatabaseRefused(SENTENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseRefused("Interrupted before PostgreSQL could start", e);
    }
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static boolean allowed() throws IOException, InterruptedException {
    return new ProcessBuilder("unshare", "-U", "true")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
