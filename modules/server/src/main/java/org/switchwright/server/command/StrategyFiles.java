package org.switchwright.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.strategy.TextCompiler;

/** Strategies as files, with the calendars that lie beside them. */
final class StrategyFiles {
  private static final int MAX_FILES = 50;

  private StrategyFiles() {}

  /** The text, and those calendars of its folder that it names. */
  static StrategySource read(Path file) {
    String text = text(file);
    SortedMap<String, String> files = new TreeMap<>();
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (Stream<Path> beside = Files.list(folder)) {
        beside
            .filter(path -> path.toString().endsWith(".ics"))
            .filter(path -> text.contains(String.valueOf(path.getFileName())))
            .sorted()
            .limit(MAX_FILES)
            .forEach(path -> files.put(String.valueOf(path.getFileName()), text(path)));
      } catch (IOException e) {
        throw new CommandFailed(ExitCode.USAGE, "Expected a folder that can be read: " + folder);
      }
    }
    return new StrategySource(text, files);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException _) {
      throw new CommandFailed(ExitCode.USAGE, "Expected a readable text in UTF-8: " + file);
    }
  }

  /** Compiles, or prints every fault and ends with 2. */
  static Strategy compile(Path file, Optional<TextCompiler.Known> known, PrintWriter err) {
    return switch (new TextCompiler(file.toString(), known).compile(read(file))) {
      case StrategyCompiler.Outcome.Sound(Strategy strategy) -> strategy;
      case StrategyCompiler.Outcome.Faulty(List<StrategyCompiler.Fault> faults) ->
          throw refused(faults, err);
    };
  }

  static CommandFailed refused(List<StrategyCompiler.Fault> faults, PrintWriter err) {
    faults.forEach(err::println);
    return new CommandFailed(
        ExitCode.USAGE, faults.size() == 1 ? "1 fault." : faults.size() + " faults.");
  }
}
