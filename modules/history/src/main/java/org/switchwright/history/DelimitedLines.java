package org.switchwright.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits delimited text into rows (RFC 4180), with each value trimmed. A row that breaks its rules
 * of quotes is one line, so that a stray quote costs that line and not the rest of a year's log: no
 * general reader of such text goes on after one.
 */
final class DelimitedLines {
  /** A quoted value goes over no more lines. */
  static final int MAX_LINES = 50;

  private static final char QUOTE = '"';

  private final BufferedReader reader;
  private final char delimiter;
  private final boolean quotes;

  /** Lines that were read in search of the end of a quoted value, and are none of its. */
  private final Deque<String> ahead = new ArrayDeque<>();

  private long taken;

  /**
   * @param quotes whether values may be in quotes; or else these stand for themselves
   */
  DelimitedLines(Reader reader, char delimiter, boolean quotes) {
    this.reader = new BufferedReader(reader);
    this.delimiter = delimiter;
    this.quotes = quotes;
  }

  /**
   * A row.
   *
   * @param line the number of its first line, from 1 on
   * @param values empty where the quotes are wrong
   */
  record Row(long line, Optional<List<String>> values) {}

  /**
   * The next row that is not empty.
   *
   * @param columns a row of more than one line has so many values; 0 where that is not known
   */
  Optional<Row> next(int columns) throws IOException {
    String text = line();
    while (text != null && text.isEmpty()) {
      taken++;
      text = line();
    }
    if (text == null) {
      return Optional.empty();
    }
    long first = ++taken;
    List<String> more = new ArrayList<>();
    Split split = split(text);
    while (split.open() && more.size() < MAX_LINES) {
      String line = line();
      if (line == null) {
        break;
      }
      more.add(line);
      text += "\n" + line;
      split = split(text);
    }
    boolean fits = more.isEmpty() || columns == 0 || split.values().size() == columns;
    if (split.open() || split.wrong() || !fits) {
      for (int i = more.size() - 1; i >= 0; i--) {
        ahead.addFirst(more.get(i));
      }
      return Optional.of(new Row(first, Optional.empty()));
    }
    taken += more.size();
    return Optional.of(new Row(first, Optional.of(split.values())));
  }

  private @Nullable String line() throws IOException {
    return ahead.isEmpty() ? reader.readLine() : ahead.removeFirst();
  }

  /**
   * What became of a text.
   *
   * @param open whether it ends within quotes
   * @param wrong whether something follows a closing quote
   */
  private record Split(List<String> values, boolean open, boolean wrong) {}

  private Split split(String text) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      int end;
      if (quotes && at < text.length() && text.charAt(at) == QUOTE) {
        StringBuilder value = new StringBuilder();
        int from = at + 1;
        int quote = text.indexOf(QUOTE, from);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == QUOTE) {
          value.append(text, from, quote + 1);
          from = quote + 2;
          quote = text.indexOf(QUOTE, from);
        }
        if (quote < 0) {
          return new Split(values, true, false);
        }
        value.append(text, from, quote);
        end = text.indexOf(delimiter, quote);
        end = end < 0 ? text.length() : end;
        if (!text.substring(quote + 1, end).isBlank()) {
          return new Split(values, false, true);
        }
        values.add(value.toString().trim());
      } else {
        end = text.indexOf(delimiter, at);
        end = end < 0 ? text.length() : end;
        values.add(text.substring(at, end).trim());
      }
      at = end + 1;
    }
    return new Split(values, false, false);
  }
}
