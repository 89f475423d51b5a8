package org.switchwright.cluster.link;

import java.io.IOException;
import org.switchwright.domain.network.Trouble;

/** The site answers, and cannot be followed all the same. */
final class LinkFailure extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 80;

  private final Trouble trouble;

  LinkFailure(Trouble trouble, String message) {
    super(message);
    this.trouble = trouble;
  }

  /** What a stranger wrote, as it may stand in a message. */
  static String shown(String text) {
    String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    return cut.replaceAll("[^\\x21-\\x7e]", "?");
  }

  Trouble trouble() {
    return trouble;
  }
}
