package org.switchwright.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;

final class JournalComparison {
  JournalComparison(Plan plan, Path home, Path pgbench, PrintStream out) {}

  void run() {}
}
