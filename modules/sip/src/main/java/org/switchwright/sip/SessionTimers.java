package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Optional;
import org.switchwright.domain.call.SessionTimer;

/** Agrees on session timers (RFC 4028 7 and 9). Pure. */
final class SessionTimers {
  private final EdgeSettings.Times times;

  SessionTimers(EdgeSettings.Times times) {
    this.times = times;
  }

  int leastSeconds() {
    return Math.toIntExact(times.minSessionInterval().toSeconds());
  }

  private int ours() {
    return Math.toIntExact(times.sessionInterval().toSeconds());
  }

  /** With a caller; empty when the interval is too small: 422. */
  Optional<SessionTimer> withCaller(SIPRequest invite) {
    Optional<SipReader.SessionExpires> asked = SipReader.sessionExpires(invite);
    if (asked.isPresent() && asked.get().seconds() < leastSeconds()) {
      return Optional.empty();
    }
    int least =
        SipReader.headerValue(invite, "Min-SE")
            .map(value -> SipReader.number(value.split(";", 2)[0]).orElse(0))
            .orElse(0);
    int wanted = asked.map(it -> Math.min(it.seconds(), ours())).orElse(ours());
    boolean supports =
        SipReader.lists(invite, "Supported", "timer")
            || SipReader.lists(invite, "Require", "timer");
    boolean theyRefresh = supports && asked.filter(it -> it.refresher().equals("uac")).isPresent();
    return Optional.of(new SessionTimer(Math.max(least, wanted), !theyRefresh));
  }

  /** With a station that answered our INVITE; one without timers is refreshed by us. */
  SessionTimer withStation(SIPResponse answer) {
    Optional<SipReader.SessionExpires> agreed = SipReader.sessionExpires(answer);
    int seconds = agreed.map(SipReader.SessionExpires::seconds).orElse(ours());
    boolean theyRefresh = agreed.filter(it -> it.refresher().equals("uas")).isPresent();
    return new SessionTimer(Math.max(seconds, leastSeconds()), !theyRefresh);
  }
}
