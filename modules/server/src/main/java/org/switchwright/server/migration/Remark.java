package org.switchwright.server.migration;

import java.nio.file.Path;

/**
 * Something that was not carried over, or means something else with us.
 *
 * @param line 0 for what is nowhere written
 */
public record Remark(Path file, int line, String sentence) {
  @Override
  public String toString() {
    return file.getFileName() + (line == 0 ? "" : ":" + line) + ": " + sentence;
  }
}
