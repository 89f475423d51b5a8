package org.switchwright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps the house readable. */
class TidyTest {
  private static final Path ROOT = Path.of(System.getProperty("switchwright.root"));
  private static final int MAX_LINES = 500;

  @Test
  void shouldHaveNoFileOfManyRooms() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("modules"))) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();

      assertThat(sources).hasSizeGreaterThan(100);
      assertThat(sources)
          .allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(MAX_LINES));
    }
  }

  @Test
  void shouldNumberEachDecisionOnce() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs").resolve("adr"))) {
      List<String> numbers =
          files.map(file -> file.getFileName().toString().substring(0, 4)).toList();

      assertThat(numbers).isNotEmpty().doesNotHaveDuplicates().allMatch(it -> it.matches("\\d{4}"));
    }
  }

  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }
}
