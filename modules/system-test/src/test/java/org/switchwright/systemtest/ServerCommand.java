package org.switchwright.systemtest;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a server's process is started: with the class path of what is shipped, none of the tests'. As
 * with the launcher, classes come from a shared archive that a server makes when it ends: that
 * takes some three of eight seconds of computing from each start.
 */
final class ServerCommand {
  private static final List<String> CLASS_PATH =
      Stream.of(
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                  .split(File.pathSeparator))
          .filter(it -> !it.endsWith("test-classes") && !it.endsWith("-tests.jar"))
          .filter(it -> Files.exists(Path.of(it)))
          .toList();

  private static final Path ARCHIVE = Path.of("target", "server.jsa").toAbsolutePath();

  private ServerCommand() {}

  /**
   * @param archiving makes the archive at its end, if there is none that fits; one of those that
   *     run at the same time is enough, because that takes as long as a start
   */
  static List<String> of(List<String> arguments, boolean archiving) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            // A short life on a busy machine: compilers must not take the cores from the work.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    // Archives are of jars: there are none where the modules have been compiled, but not packaged.
    boolean packaged = CLASS_PATH.stream().allMatch(it -> Files.isRegularFile(Path.of(it)));
    if (packaged && (archiving || Files.exists(ARCHIVE))) {
      command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-Xlog:cds*=off:stderr"));
      command.add("-XX:SharedArchiveFile=" + ARCHIVE);
      if (archiving) {
        command.add("-XX:+AutoCreateSharedArchive");
      }
    }
    command.addAll(
        List.of(
            "-cp", String.join(File.pathSeparator, CLASS_PATH), "org.switchwright.server.Main"));
    command.addAll(arguments);
    return command;
  }
}
