package org.switchwright.strategy;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a text its words stand. The parser of HOCON knows the line of a value but not the
 * column; this knows nothing of meaning, only where words and quoted texts begin.
 */
final class Positions {
  private static final String PUNCTUATION = "{}[],:=+";

  private final String file;
  private final List<Word> words = new ArrayList<>();
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  /**
   * A word, or a text in quotes.
   *
   * @param value without quotes and escapes
   * @param places for each character of the value, where it stands: line and column in one number
   */
  private record Word(int line, int column, int lastLine, String value, List<Long> places) {}

  Positions(String file, String text) {
    this.file = file;
    this.text = text;
    read();
  }

  /** Of a key, of the brace of a list's element, or of the first word in the value's line. */
  String ofKey(ConfigOrigin origin, String fullKey) {
    String last = fullKey.substring(fullKey.lastIndexOf('.') + 1);
    String key = last.endsWith("]") ? "{" : last;
    @Nullable Word first = null;
    for (Word word : words) {
      if (word.line() == origin.lineNumber()) {
        if (word.value().equals(key)) {
          return place(word.line(), word.column());
        }
        first = first == null ? word : first;
      }
    }
    return first == null
        ? place(Math.max(1, origin.lineNumber()), 1)
        : place(first.line(), first.column());
  }

  /** Of a character inside a text that is the value of a key. */
  String ofValue(ConfigOrigin origin, String key, String value, int offset) {
    boolean afterKey = false;
    @Nullable Word found = null;
    for (Word word : words) {
      if (word.line() <= origin.lineNumber() && origin.lineNumber() <= word.lastLine()) {
        if (word.value().equals(value) && (found == null || afterKey)) {
          found = word;
          if (afterKey) {
            break;
          }
        }
        afterKey |= word.value().equals(key);
      }
    }
    if (found == null || found.places().isEmpty()) {
      return ofKey(origin, key);
    }
    int index = Math.clamp(offset, 0, found.places().size() - 1);
    long place = found.places().get(index);
    int past = Math.max(0, offset - index);
    return place((int) (place >>> 32), (int) place + past);
  }

  /** Of the first word that begins so. */
  String ofFirst(String beginning) {
    for (Word word : words) {
      if (word.value().startsWith(beginning)) {
        return place(word.line(), word.column());
      }
    }
    return place(1, 1);
  }

  String place(int line, int column) {
    return file + ":" + line + ":" + column;
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#' || text.startsWith("//", at)) {
        while (at < text.length() && text.charAt(at) != '\n') {
          step();
        }
      } else if (text.startsWith("\"\"\"", at)) {
        raw();
      } else if (c == '"') {
        quoted();
      } else if (Character.isWhitespace(c) || PUNCTUATION.indexOf(c) >= 0) {
        if (c == '{') {
          words.add(new Word(line, column(), line, "{", List.of(here())));
        }
        step();
      } else {
        plain();
      }
    }
  }

  private void raw() {
    int begin = line;
    int column = column();
    skip(3);
    StringBuilder value = new StringBuilder();
    List<Long> places = new ArrayList<>();
    while (at < text.length() && !text.startsWith("\"\"\"", at)) {
      take(value, places, text.charAt(at));
      step();
    }
    skip(3);
    words.add(new Word(begin, column, line, value.toString(), places));
  }

  private void quoted() {
    int begin = line;
    int column = column();
    step();
    StringBuilder value = new StringBuilder();
    List<Long> places = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        boolean unicode = text.charAt(at + 1) == 'u' && at + 5 < text.length();
        take(value, places, unicode ? codeUnit() : escaped(text.charAt(at + 1)));
        skip(unicode ? 6 : 2);
      } else {
        take(value, places, text.charAt(at));
        step();
      }
    }
    skip(1);
    words.add(new Word(begin, column, line, value.toString(), places));
  }

  private void plain() {
    int column = column();
    StringBuilder value = new StringBuilder();
    List<Long> places = new ArrayList<>();
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && text.charAt(at) != '"'
        && text.charAt(at) != '#'
        && PUNCTUATION.indexOf(text.charAt(at)) < 0) {
      take(value, places, text.charAt(at));
      step();
    }
    if (value.isEmpty()) {
      step();
    }
    words.add(new Word(line, column, line, value.toString(), places));
  }

  private char codeUnit() {
    String digits = text.substring(at + 2, at + 6);
    return digits.matches("[0-9A-Fa-f]{4}") ? (char) Integer.parseInt(digits, 16) : '?';
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> c;
    };
  }

  private void take(StringBuilder value, List<Long> places, char c) {
    value.append(c);
    places.add(here());
  }

  private long here() {
    return ((long) line << 32) | column();
  }

  private int column() {
    return at - lineStart + 1;
  }

  private void skip(int characters) {
    for (int i = 0; i < characters && at < text.length(); i++) {
      step();
    }
  }

  private void step() {
    if (text.charAt(at) == '\n') {
      line++;
      lineStart = at + 1;
    }
    at++;
  }
}
