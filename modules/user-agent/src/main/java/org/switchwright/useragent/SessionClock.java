package org.switchwright.useragent;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The session timer of one call (RFC 4028): who refreshes, when, and when the session has run out.
 * Confined to the loop.
 */
final class SessionClock {
  private static final int MAX_GRACE_S = 32;

  private final SessionTimer policy;
  private final Loop loop;
  private final Runnable refresh;
  private final Runnable expire;
  private long intervalS;
  private boolean weRefresh;
  private long leastS;
  private Loop.Timer timer = Loop.Timer.NONE;

  SessionClock(SessionTimer policy, Loop loop, Runnable refresh, Runnable expire) {
    this.policy = policy;
    this.loop = loop;
    this.refresh = refresh;
    this.expire = expire;
    this.leastS = policy.least().toSeconds();
  }

  /** Adds what our INVITE or re-INVITE asks for. */
  void askIn(Draft invite) {
    if (!policy.supported()) {
      return;
    }
    invite.header("Supported", "timer");
    boolean running = intervalS > 0;
    if (!running && policy.interval().isEmpty()) {
      return;
    }
    long wanted =
        running ? intervalS : Math.max(leastS, policy.interval().orElseThrow().toSeconds());
    String refresher =
        running
            ? (weRefresh ? ";refresher=uac" : ";refresher=uas")
            : policy.refresher() == SessionTimer.Refresher.UNSPECIFIED
                ? ""
                : ";refresher=" + policy.refresher().name().toLowerCase(Locale.ROOT);
    invite.header("Session-Expires", wanted + refresher).header("Min-SE", Long.toString(leastS));
  }

  /** Takes a 422: the next try asks for at least this. */
  void atLeast(long seconds) {
    leastS = Math.max(leastS, seconds);
  }

  /** Takes the 2xx of our INVITE or re-INVITE. */
  void answered(SipMessage success) {
    var header = success.sessionExpires();
    if (!policy.supported() || header.isEmpty()) {
      stop();
      return;
    }
    start(header.get().getExpires(), !"uas".equalsIgnoreCase(header.get().getRefresher()));
  }

  boolean isTooShort(SipMessage invite) {
    return policy.supported()
        && invite.sessionExpires().filter(se -> se.getExpires() < leastS).isPresent();
  }

  /** Adds our answer to {@code invite} to its 2xx, and starts. */
  void answerIn(Draft success, SipMessage invite) {
    if (!policy.supported()) {
      return;
    }
    success.header("Supported", "timer");
    boolean peerKnows =
        invite.headers("Supported").stream().anyMatch(value -> value.contains("timer"));
    var asked = invite.sessionExpires();
    if (asked.isEmpty() && policy.interval().isEmpty()) {
      stop();
      return;
    }
    long seconds =
        asked.isPresent() ? asked.get().getExpires() : policy.interval().orElseThrow().toSeconds();
    @Nullable String wanted = asked.isPresent() ? asked.get().getRefresher() : null;
    boolean peerRefreshes =
        peerKnows
            && (wanted == null
                ? policy.refresher() != SessionTimer.Refresher.UAS
                : wanted.equalsIgnoreCase("uac"));
    success.header("Session-Expires", seconds + ";refresher=" + (peerRefreshes ? "uac" : "uas"));
    if (peerKnows) {
      success.header("Require", "timer");
    }
    start(seconds, !peerRefreshes);
  }

  private void start(long seconds, boolean ours) {
    timer.stop();
    intervalS = seconds;
    weRefresh = ours;
    Duration whole = Duration.ofSeconds(seconds);
    // RFC 4028 section 10: the other side is given up min(32 s, a third) before the end.
    Duration grace = whole.dividedBy(3);
    Duration patience =
        whole.minus(grace.toSeconds() > MAX_GRACE_S ? Duration.ofSeconds(MAX_GRACE_S) : grace);
    timer = ours ? loop.after(whole.dividedBy(2), refresh) : loop.after(patience, expire);
  }

  void stop() {
    timer.stop();
    intervalS = 0;
  }
}
