package org.switchwright.journal.keys;

import org.jspecify.annotations.Nullable;

/** Keys cannot be had, or a text cannot be read with them; one sentence, without the text. */
public final class KeysRefused extends RuntimeException {
  public KeysRefused(String sentence) {
    super(sentence);
  }

  public KeysRefused(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
