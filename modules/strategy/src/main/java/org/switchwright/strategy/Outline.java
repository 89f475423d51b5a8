package org.switchwright.strategy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which word of a HOCON text is the key, and which are the values, of what: read along with the
 * parser, which tells lines only. A text that the parser refuses is read as far as it makes sense.
 */
final class Outline {
  /** Deeper than any strategy goes. */
  static final int MAX_DEPTH = 32;

  private final List<Word> tokens;
  private final Map<String, List<Word>> keys = new HashMap<>();
  private final Map<String, List<Word>> values = new HashMap<>();
  private @Nullable Word dotted;
  private int at;

  /**
   * @param tokens words and signs in order; a sign's value is the one character
   */
  Outline(List<Word> tokens) {
    this.tokens = tokens;
    while (at < tokens.size()) {
      if (!is("{") && !isWord()) {
        at++;
      } else {
        at += is("{") ? 1 : 0;
        fields("", 0);
      }
    }
  }

  /**
   * The key, or the brace or the word of a list's element, that stands in this line.
   *
   * @param path such as {@code cases[1].targets[2].queue}
   */
  Optional<Word> key(String path, int line) {
    return keys.getOrDefault(path, List.of()).stream().filter(it -> it.line() == line).findFirst();
  }

  /** Wherever it stands; of several the last, which is the one that counts. */
  Optional<Word> last(String path) {
    List<Word> all = keys.getOrDefault(path, List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** The first brace or bracket, or else the last key with dots, that goes too deep. */
  Optional<Word> tooDeep() {
    int depth = 0;
    for (Word token : tokens) {
      depth += opens(token) - closes(token);
      if (depth > MAX_DEPTH) {
        return Optional.of(token);
      }
    }
    return Optional.ofNullable(dotted);
  }

  private static int opens(Word token) {
    return token.sign() && (token.value().equals("{") || token.value().equals("[")) ? 1 : 0;
  }

  private static int closes(Word token) {
    return token.sign() && (token.value().equals("}") || token.value().equals("]")) ? 1 : 0;
  }

  /** The words that are the value of a key, or elements of the list that is. */
  List<Word> values(String path) {
    return values.getOrDefault(path, List.of());
  }

  private boolean is(String sign) {
    return at < tokens.size() && tokens.get(at).sign() && tokens.get(at).value().equals(sign);
  }

  private boolean isWord() {
    return at < tokens.size() && !tokens.get(at).sign();
  }

  /** What is between braces, until past the closing one. */
  private void fields(String path, int depth) {
    while (at < tokens.size()) {
      if (is("}")) {
        at++;
        return;
      } else if (isWord()) {
        field(path, depth);
      } else {
        at++;
      }
    }
  }

  private void field(String path, int depth) {
    Word first = tokens.get(at);
    StringBuilder key = new StringBuilder();
    while (isWord()) {
      key.append(tokens.get(at).value());
      at++;
    }
    if (key.chars().filter(c -> c == '.').count() > MAX_DEPTH) {
      dotted = first;
    }
    String full = path.isEmpty() ? key.toString() : path + "." + key;
    keys.computeIfAbsent(full, _ -> new ArrayList<>()).add(first);
    boolean assigned = false;
    while (is("=") || is(":") || is("+") || (assigned && is("\n"))) {
      assigned = true;
      at++;
    }
    value(full, full, depth);
  }

  /**
   * @param path of the value
   * @param key of which it is a value, or of the list in which it is
   */
  private void value(String path, String key, int depth) {
    int elements = 0;
    // Several in a row are one value.
    while (isWord() || is("{") || is("[")) {
      boolean object = is("{");
      boolean list = is("[");
      if (!object && !list) {
        values.computeIfAbsent(key, _ -> new ArrayList<>()).add(tokens.get(at));
      }
      at++;
      if (object && depth < MAX_DEPTH) {
        fields(path, depth + 1);
      } else if (list && depth < MAX_DEPTH) {
        elements = elements(path, elements, depth + 1);
      }
    }
  }

  /**
   * What is between brackets, until past the closing one.
   *
   * @param before how many elements there are already
   * @return how many there are now
   */
  private int elements(String path, int before, int depth) {
    int number = before;
    while (at < tokens.size() && !is("]")) {
      if (isWord() || is("{") || is("[")) {
        Word first = tokens.get(at);
        number++;
        String element = path + "[" + number + "]";
        keys.computeIfAbsent(element, _ -> new ArrayList<>()).add(first);
        value(element, path, depth);
      } else {
        at++;
      }
    }
    at++;
    return number;
  }
}
