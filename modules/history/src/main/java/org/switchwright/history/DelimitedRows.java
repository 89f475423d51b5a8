package org.switchwright.history;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Delimited text whose first row names its columns. */
final class DelimitedRows {
  private DelimitedRows() {}

  /** Whoever makes something of the rows. */
  interface Taker {
    /** There is one more, of whatever kind. */
    void row() throws CallLogRefused;

    /**
     * @param row with as many values as there are columns
     */
    void take(CSVRecord row, long line) throws Faulty, CallLogRefused;

    void fault(long line, String sentence);
  }

  /**
   * Has all rows taken, one after the other.
   *
   * @param columns that there have to be, and what of the map needs them
   * @throws CallLogRefused where a column is missing
   */
  static void read(
      Reader reader, Path file, char delimiter, Map<String, String> columns, Taker taker)
      throws IOException, CallLogRefused {
    CSVFormat format =
        CSVFormat.Builder.create(CSVFormat.DEFAULT)
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser rows = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      check(rows.getHeaderMap().keySet(), columns, file);
      for (CSVRecord row : rows) {
        taker.row();
        long line = rows.getCurrentLineNumber();
        try {
          if (!row.isConsistent()) {
            throw new Faulty("expected as many values as columns, but got " + row.size());
          }
          taker.take(row, line);
        } catch (Faulty e) {
          taker.fault(line, String.valueOf(e.getMessage()));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new CallLogRefused(
          "Expected names of columns in the first row of " + file + ", but " + e.getMessage());
    }
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
                + new TreeSet<>(header));
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
