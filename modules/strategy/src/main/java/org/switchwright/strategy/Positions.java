package org.switchwright.strategy;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where in a text its words stand. The parser of HOCON knows the line of a value but not the
 * column; this knows nothing of meaning, only where words and quoted texts begin.
 */
final class Positions {
  private static final String PUNCTUATION = "{}[],:=+";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final List<Word> tokens = new ArrayList<>();
  private final Outline outline;
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  Positions(String file, String text) {
    this.file = file;
    this.text = text;
    read();
    this.outline = new Outline(tokens);
  }

  /** Of a key, or of a list's element; where it is not there, of the first word in the line. */
  String ofKey(ConfigOrigin origin, String path) {
    return outline
        .key(path, origin.lineNumber())
        .or(() -> firstIn(origin.lineNumber()))
        .or(() -> outline.last(path))
        .map(word -> place(word.line(), word.column()))
        .orElseGet(() -> place(Math.max(1, origin.lineNumber()), 1));
  }

  private Optional<Word> firstIn(int line) {
    return words().filter(word -> word.line() == line).findFirst();
  }

  /** Braces count as words where they are all that there is in a line. */
  private Stream<Word> words() {
    return tokens.stream().filter(it -> !it.sign() || it.value().equals("{"));
  }

  /**
   * Of a character inside a text that is the value of a key, or in the list that is.
   *
   * @param path the full key
   */
  String ofValue(ConfigOrigin origin, String path, String value, int offset) {
    Optional<Word> found =
        outline.values(path).stream()
            .filter(word -> word.value().equals(value))
            .filter(word ->
                word.line() <= origin.lineNumber() && origin.lineNumber() <= word.lastLine())
            .filter(word -> !word.places().isEmpty())
            .findFirst();
    if (found.isEmpty()) {
      return ofKey(origin, path);
    }
    List<Long> places = found.get().places();
    int index = Math.clamp(offset, 0, places.size() - 1);
    long place = places.get(index);
    int past = Math.max(0, offset - index);
    return place((int) (place >>> 32), (int) place + past);
  }

  /** Of what is nested deeper than a parser should go; empty where nothing is. */
  Optional<String> tooDeep() {
    return outline.tooDeep().map(word -> place(word.line(), word.column()));
  }

  /** Of the first word that begins so. */
  String ofFirst(String beginning) {
    return words()
        .filter(word -> word.value().startsWith(beginning))
        .findFirst()
        .map(word -> place(word.line(), word.column()))
        .orElseGet(() -> place(1, 1));
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
      } else if (text.startsWith("${", at)) {
        substitution();
      } else if (blank(c) || PUNCTUATION.indexOf(c) >= 0) {
        if (c == '\n' || !blank(c)) {
          tokens.add(new Word(line, column(), line, String.valueOf(c), List.of(here()), true));
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
    while (at < text.length() && text.charAt(at) == '"') {
      // Of more than three quotes the last three end the text.
      take(value, places, '"');
      step();
    }
    tokens.add(new Word(begin, column, line, value.toString(), places, false));
  }

  /** A substitution, which is one word whatever it names. */
  private void substitution() {
    int column = column();
    StringBuilder value = new StringBuilder();
    List<Long> places = new ArrayList<>();
    boolean open = true;
    while (open && at < text.length() && text.charAt(at) != '\n') {
      open = text.charAt(at) != '}';
      take(value, places, text.charAt(at));
      step();
    }
    tokens.add(new Word(line, column, line, value.toString(), places, false));
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
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
    tokens.add(new Word(begin, column, line, value.toString(), places, false));
  }

  private void plain() {
    int column = column();
    StringBuilder value = new StringBuilder();
    List<Long> places = new ArrayList<>();
    while (at < text.length()
        && !blank(text.charAt(at))
        && !text.startsWith("//", at)
        && !text.startsWith("${", at)
        && text.charAt(at) != '"'
        && text.charAt(at) != '#'
        && PUNCTUATION.indexOf(text.charAt(at)) < 0) {
      take(value, places, text.charAt(at));
      step();
    }
    if (value.isEmpty()) {
      step();
    }
    tokens.add(new Word(line, column, line, value.toString(), places, false));
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
