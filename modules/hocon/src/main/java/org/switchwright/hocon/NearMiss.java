package org.switchwright.hocon;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody probably meant. */
public final class NearMiss {
  private NearMiss() {}

  /** The known word with the fewest edits, if those are few for its length. */
  public static Optional<String> of(String written, Collection<String> known) {
    return known.stream()
        .filter(word ->
            distance(written, word)
                <= (word.length() < 4 ? 1 : Math.max(2, Math.min(3, word.length() / 3))))
        .min(
            Comparator.<String>comparingInt(word -> distance(written, word))
                .thenComparing(it -> it));
  }

  /** Levenshtein's: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
