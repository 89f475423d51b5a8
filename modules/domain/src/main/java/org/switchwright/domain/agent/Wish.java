package org.switchwright.domain.agent;

import java.util.Arrays;

/** What an agent wants to be; whether work comes of it is the site's matter. */
public sealed interface Wish {
  record LoggedOut() implements Wish {}

  /**
   * @param reason one of the site's, or of {@link SystemReason}
   */
  record NotReady(String reason) implements Wish {}

  record Ready() implements Wish {}

  /** Reasons that are given by the system, not by the agent. */
  enum SystemReason {
    /** Logged in, and has not said more yet. */
    LOGGED_IN("logged-in"),
    /** An offer rang and was not answered. */
    MISSED("missed"),
    /** The phone answers nothing any more, be it probes or an offer. */
    UNREACHABLE("unreachable"),
    /** The phone's registration ended, and no other came in its place. */
    NO_STATION("no-station");

    private final String text;

    SystemReason(String text) {
      this.text = text;
    }

    /** Whether no agent may give this reason. */
    public static boolean isOne(String reason) {
      return Arrays.stream(values()).anyMatch(it -> it.text.equals(reason));
    }

    public String text() {
      return text;
    }
  }
}
