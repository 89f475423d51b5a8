package org.switchwright.history;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Delimited text whose first row names its columns. */
final class DelimitedRows {
  private DelimitedRows() {}

  /** Whoever makes something of the rows. */
  interface Taker {
    /** There is one more, of whatever kind. */
    void row() throws CallLogRefused;

    void take(Row row, long line) throws Faulty, CallLogRefused;

    void fault(long line, String sentence);
  }

  /** A row with as many values as there are columns. */
  static final class Row {
    private final Map<String, Integer> columns;
    private final List<String> values;

    private Row(Map<String, Integer> columns, List<String> values) {
      this.columns = columns;
      this.values = values;
    }

    /** What stands in a column that the map names; empty where nothing does. */
    String get(String column) {
      Integer index = columns.get(column);
      if (index == null) {
        throw new IllegalArgumentException("Expected a column of the map, but got " + column);
      }
      return values.get(index);
    }
  }

  /**
   * Has all rows taken, one after the other.
   *
   * @param quotes whether values may be in quotes
   * @param columns that there have to be, and what of the map needs them
   * @throws CallLogRefused where a column is missing
   */
  static void read(
      Reader reader,
      Path file,
      char delimiter,
      boolean quotes,
      Map<String, String> columns,
      Taker taker)
      throws IOException, CallLogRefused {
    DelimitedLines lines = new DelimitedLines(reader, delimiter, quotes);
    List<String> names = lines.next(0).flatMap(DelimitedLines.Row::values).orElse(List.of());
    check(new TreeSet<>(names), columns, file);
    Map<String, Integer> header = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      header.put(names.get(i), i);
    }
    for (Optional<DelimitedLines.Row> next = lines.next(names.size());
        next.isPresent();
        next = lines.next(names.size())) {
      taker.row();
      try {
        taker.take(new Row(header, values(next.get(), names.size())), next.get().line());
      } catch (Faulty e) {
        taker.fault(next.get().line(), String.valueOf(e.getMessage()));
      }
    }
  }

  private static List<String> values(DelimitedLines.Row row, int columns) throws Faulty {
    List<String> values =
        row.values()
            .orElseThrow(() ->
                new Faulty("expected each quoted value to end with a quote, and then a delimiter"));
    if (values.size() != columns) {
      throw new Faulty("expected as many values as columns, but got " + values.size());
    }
    return values;
  }

  private static void check(Set<String> header, Map<String, String> columns, Path file)
      throws CallLogRefused {
    for (Map.Entry<String, String> named : columns.entrySet()) {
      if (!header.contains(named.getKey())) {
        throw new CallLogRefused(
            "Expected in the first row of "
                + file
                + " the column \""
                + named.getKey()
                + "\" ("
                + named.getValue()
                + " of the map), but got "
                + header);
      }
    }
  }

  /** A row that cannot be understood; the message says what was expected. */
  static final class Faulty extends Exception {
    private static final long serialVersionUID = 1L;

    Faulty(String message) {
      super(message, null, false, false);
    }
  }
}
