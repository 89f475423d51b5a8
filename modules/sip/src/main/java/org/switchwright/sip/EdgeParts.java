package org.switchwright.sip;

import java.time.InstantSource;
import org.switchwright.domain.CallId;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.sip.token.LegTokens;

/** What the parts of an edge share. */
record EdgeParts(
    EdgeSettings settings,
    SipWriter writer,
    Wire wire,
    Reports reports,
    LiveCalls calls,
    Lanes lanes,
    Timers timers,
    Repeats repeats,
    LegTokens tokens,
    PersonalKeys keys,
    InstantSource clock) {

  /** The name under which a 2xx of ours is repeated. */
  static String okName(CallId call, int leg, long cseq) {
    return "ok/" + call + "/" + leg + "/" + cseq;
  }

  /** The name under which a final failure of ours is repeated that has no transaction. */
  static String failureName(String branch) {
    return "failure/" + branch;
  }
}
