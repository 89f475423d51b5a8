package org.switchwright.systemtest.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Programs of others that these tests need. */
final class Tools {
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private Tools() {}

  /**
   * @return where the program is
   * @throws AssertionError where it is missing: these tests fail then, they are never skipped
   */
  static String path(String program, String debianPackage) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    throw new AssertionError(
        "Expected %s on the PATH, but it is not: install the Debian package %s"
            .formatted(program, debianPackage));
  }

  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
