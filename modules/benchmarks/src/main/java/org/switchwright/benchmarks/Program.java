package org.switchwright.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a program of others is that a measurement needs. */
final class Program {
  private static final Path DEBIAN_POSTGRESQL = Path.of("/usr/lib/postgresql");

  private Program() {}

  static Path sipp() {
    return find("sipp", onPath(), "sip-tester");
  }

  /** Debian keeps the server's programs off the PATH; the newest version is taken. */
  static Path pgbench() {
    List<Path> folders = new ArrayList<>(onPath());
    if (Files.isDirectory(DEBIAN_POSTGRESQL)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN_POSTGRESQL)) {
        versions.forEach(version -> folders.addFirst(version.resolve("bin")));
      } catch (IOException e) {
        throw new IllegalStateException("Expected to look into " + DEBIAN_POSTGRESQL, e);
      }
    }
    folders.sort(Comparator.comparing((Path folder) -> !folder.startsWith(DEBIAN_POSTGRESQL)));
    return find("pgbench", folders, "postgresql");
  }

  private static List<Path> onPath() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .toList();
  }

  private static Path find(String program, List<Path> folders, String debianPackage) {
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected %s, but it is not there: install the Debian package %s"
                    .formatted(program, debianPackage)));
  }
}
