package org.switchwright.domain;

import java.util.Optional;

/**
 * Text about a person: a number, a URI, an address, a name, a session description. Journals hold it
 * encrypted under {@link #key()}; once that key is erased the text is gone for good, and every rule
 * must be able to go on without it.
 */
public sealed interface Personal {
  int MAX_CHARS = 16_384;

  KeyId key();

  Optional<String> text();

  static Personal of(KeyId key, String text) {
    return new Clear(key, text);
  }

  /** Text whose key exists. Prints masked, so that no log line can show it by accident. */
  record Clear(KeyId key, String value) implements Personal {
    public Clear {
      if (value.length() > MAX_CHARS) {
        throw new IllegalArgumentException(
            "Expected personal text of at most "
                + MAX_CHARS
                + " characters, but got "
                + value.length());
      }
    }

    @Override
    public Optional<String> text() {
      return Optional.of(value);
    }

    @Override
    public String toString() {
      return "Personal[" + key + "]";
    }
  }

  /** What is left once the key was erased. */
  record Erased(KeyId key) implements Personal {
    @Override
    public Optional<String> text() {
      return Optional.empty();
    }
  }
}
