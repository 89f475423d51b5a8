package org.switchwright.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.call.SessionTimer;

/** A phone's side of a SIP dialog. */
final class Dialogue {
  final LegKey key;
  final String tag;
  final SessionTimer timer;
  final Instant since;
  String local;
  String remote;
  boolean holding;
  long heardCseq;
  long cseq;
  long answeredCseq = -1;
  String lastAnswer = "";
  @Nullable Proposal proposal;
  Instant refreshedAt;

  /** The phone's own re-INVITE, without a final answer yet. */
  record Proposal(String branch, String session) {}

  Dialogue(LegKey key, String tag, SessionTimer timer, String local, String remote, Instant since) {
    this.key = key;
    this.tag = tag;
    this.timer = timer;
    this.local = local;
    this.remote = remote;
    this.since = since;
    this.cseq = key.leg() == 0 || SecondLine.is(key) ? 1 : 0;
    this.refreshedAt = since;
  }

  /** The phone's session as it would propose it now. */
  String session(String name) {
    return Sdp.of(name, holding ? "sendonly" : "");
  }

  /** The phone's answer to an offer: never less on hold than the offer allows (RFC 3264). */
  String answerTo(String name, String offered) {
    return switch (Sdp.direction(offered)) {
      case "sendonly" -> Sdp.of(name, holding ? "inactive" : "recvonly");
      case "recvonly" -> Sdp.of(name, "sendonly");
      case "inactive" -> Sdp.of(name, "inactive");
      default -> Sdp.of(name, holding ? "sendonly" : "");
    };
  }
}
