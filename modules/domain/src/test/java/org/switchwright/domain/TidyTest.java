package org.switchwright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler looks at, in the whole repository. */
class TidyTest {
  private static final int MAX_LINES = 500;

  private static final Path ROOT =
      Path.of(
          Objects.requireNonNull(
              System.getProperty("switchwright.root"), "Expected the repository's root"));

  private static final Set<String> NOT_OURS =
      Set.of("target", "node_modules", ".git", "build", "dist");

  @Test
  void shouldKeepFilesShort() {
    assertThat(files(path -> path.toString().endsWith(".java")))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(lines(path)).as("%s", path).hasSizeLessThan(MAX_LINES));
  }

  @Test
  void shouldNumberDecisionRecordsOnce() {
    List<String> numbers =
        files(path -> path.startsWith(ROOT.resolve("docs/adr"))).stream()
            .map(path -> path.getFileName().toString())
            .filter(name -> !name.equals("README.md"))
            .map(name -> name.matches("\\d{4}-[a-z0-9-]+\\.md") ? name.substring(0, 4) : name)
            .toList();

    assertThat(numbers).doesNotHaveDuplicates().allMatch(number -> number.matches("\\d{4}"));
  }

  @Test
  void shouldDescribeEachPackageAndForbidNullThere() {
    Set<Path> packages =
        files(path -> path.toString().endsWith(".java")).stream()
            .filter(path -> path.toString().contains("/src/main/java/"))
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(path ->
            assertThat(String.join("\n", lines(path.resolve("package-info.java"))))
                .as("%s", path)
                .startsWith("/**")
                .contains("@NullMarked"));
  }

  private static List<Path> files(Predicate<Path> wanted) {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(TidyTest::ours).filter(Files::isRegularFile).filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ours(Path path) {
    for (Path part : ROOT.relativize(path)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
