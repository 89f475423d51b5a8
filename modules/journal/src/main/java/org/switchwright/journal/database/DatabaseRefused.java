package org.switchwright.journal.database;

/** The database cannot be used as it is; the message says what to change, in one sentence. */
public final class DatabaseRefused extends RuntimeException {
  public DatabaseRefused(String sentence) {
    super(sentence);
  }

  public DatabaseRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
