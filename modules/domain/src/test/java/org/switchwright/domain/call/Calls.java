package org.switchwright.domain.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.Site;

/** One call for rules to be tried on, and how it came to where it is. */
final class Calls {
  static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  static final CallId CALL = new CallId("c1");
  static final SiteId SITE = new SiteId("berlin");
  static final EdgeId EDGE = new EdgeId("edge-1");
  static final AgentId ANNA = new AgentId("anna");
  static final QueueId SALES = new QueueId("sales");
  static final OfferId FIRST = new OfferId(CALL, 1);
  static final OfferId SECOND = new OfferId(CALL, 2);
  static final Personal CALLER_SDP = personal("c=IN IP4 127.0.0.2\nm=audio 4000 RTP/AVP 8");
  static final Personal CALLER_HOLD =
      personal("c=IN IP4 127.0.0.2\nm=audio 4000 RTP/AVP 8\na=sendonly");
  static final Personal AGENT_SDP = personal("c=IN IP4 127.0.0.3\nm=audio 5000 RTP/AVP 8");
  static final Personal AGENT_HELD =
      personal("c=IN IP4 127.0.0.3\nm=audio 5000 RTP/AVP 8\na=recvonly");
  static final Personal PLAYER_SDP = personal("c=IN IP4 127.0.0.1\nm=audio 9000 RTP/AVP 8");
  static final Personal OTHER_PLAYER_SDP = personal("c=IN IP4 127.0.0.1\nm=audio 9002 RTP/AVP 8");
  static final Personal STATION = personal("sip:anna@127.0.0.3");
  static final Personal CALLER = personal("<sip:caller@example.org>");
  static final ServerTransaction INVITE = transaction("z9hG4bK-1", 1);
  static final SessionTimer TIMER = new SessionTimer(1_800, true);
  static final Dialog CALLER_DIALOG = dialog("caller-tag", TIMER);
  static final Dialog AGENT_DIALOG = dialog("agent-tag", TIMER);

  private Calls() {}

  static Personal personal(String text) {
    return Personal.of(new KeyId("k1"), text);
  }

  static ServerTransaction transaction(String branch, long cseq) {
    return new ServerTransaction(personal("Via: x"), branch, cseq);
  }

  static Dialog dialog(String remoteTag, SessionTimer timer) {
    return new Dialog(
        personal("call-id"),
        "local-tag",
        remoteTag,
        personal("<sip:us>"),
        personal("<sip:them>"),
        personal("sip:them"),
        personal(""),
        timer);
  }

  static CallEvent.CallArrived arrived() {
    return arrived(CALLER_SDP);
  }

  static CallEvent.CallArrived arrived(@org.jspecify.annotations.Nullable Personal offered) {
    return arrived(CALLER_DIALOG, offered);
  }

  static CallEvent.CallArrived arrived(
      Dialog dialog, @org.jspecify.annotations.Nullable Personal offered) {
    return new CallEvent.CallArrived(
        NOW,
        new InteractionId("i1"),
        SITE,
        EDGE,
        new RoutingPointId("hotline"),
        INVITE,
        dialog,
        CALLER,
        offered,
        new TreeMap<>(Map.of("tier", personal("gold"))));
  }

  static CallEvent.CallQueued queued(TreatmentMode mode) {
    return new CallEvent.CallQueued(NOW, SALES, 1, NOW.plusSeconds(90), mode);
  }

  static CallEvent.TreatmentStarted treated() {
    return new CallEvent.TreatmentStarted(NOW, new SessionDescription(PLAYER_SDP, 1));
  }

  static CallEvent.CallerConfirmed confirmed() {
    return new CallEvent.CallerConfirmed(NOW, null);
  }

  static CallEvent.CallOffered offered(OfferId offer) {
    return new CallEvent.CallOffered(NOW, offer, ANNA, STATION, NOW.plusSeconds(15));
  }

  static CallEvent.OfferAccepted accepted() {
    return new CallEvent.OfferAccepted(NOW, FIRST, AGENT_DIALOG, AGENT_SDP);
  }

  static List<CallEvent> ringing() {
    return List.of(arrived(), offered(FIRST));
  }

  static List<CallEvent> waiting(TreatmentMode mode) {
    return List.of(arrived(), queued(mode), treated());
  }

  /** Waits, treated after an answer that the caller has acknowledged. */
  static List<CallEvent> waitingAnswered() {
    return plus(waiting(TreatmentMode.AFTER_ANSWER), confirmed());
  }

  /** The agent has answered; the caller has not acknowledged our 200 yet. */
  static List<CallEvent> unconfirmed() {
    return plus(ringing(), accepted());
  }

  static List<CallEvent> connected() {
    return plus(unconfirmed(), confirmed(), new CallEvent.CallConnected(NOW));
  }

  static List<CallEvent> plus(List<CallEvent> events, CallEvent... more) {
    List<CallEvent> all = new ArrayList<>(events);
    all.addAll(List.of(more));
    return all;
  }

  static Effect signal(Signal signal) {
    return new Effect.Signalled(EDGE, CALL, signal);
  }

  static Effect tell(Site.Command command) {
    return new Effect.TellSite(SITE, command);
  }
}
