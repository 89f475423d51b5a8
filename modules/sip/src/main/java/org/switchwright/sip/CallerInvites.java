package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.HandOver;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.sip.Invitations.Invitation;
import org.switchwright.sip.LiveCall.IncomingInvite;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.Reports.Outcome;
import org.switchwright.sip.token.CallIds;
import org.switchwright.sip.token.ExpectedAddresses;
import org.switchwright.sip.token.LegTokens.LegName;

/** The caller's INVITE: how it comes in, is answered, acknowledged or cancelled. */
final class CallerInvites {
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(60);

  /** The call knows itself where it is expected. */
  private static final RoutingPointId EXPECTED = new RoutingPointId("..");

  private final EdgeParts parts;
  private final Finals finals;
  private final CallIds callIds;
  private final ExpectedAddresses expected;
  private final Invitations invitations;

  CallerInvites(EdgeParts parts, Finals finals, Invitations invitations) {
    this.parts = parts;
    this.finals = finals;
    this.callIds = new CallIds(parts.settings().secret());
    this.expected = new ExpectedAddresses(parts.settings().secret());
    this.invitations = invitations;
  }

  /** The routing point at whose address a call comes that this site was not asked about. */
  Optional<RoutingPointId> unasked(String user) {
    long today = LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC).toEpochDay();
    return expected.readPoint(user, today);
  }

  /** Of a caller whose home has let go of the call, where one is expected. */
  private static Optional<Carried> handedOn(SIPRequest request) {
    return carried(request).filter(Carried::handedOn);
  }

  private static Optional<Carried> carried(SIPRequest request) {
    SortedMap<String, String> parameters = new TreeMap<>();
    if (request.getRequestURI() instanceof SipURI uri) {
      for (Iterator<?> names = uri.getParameterNames(); names.hasNext(); ) {
        String name = String.valueOf(names.next());
        parameters.put(name, uri.getParameter(name));
      }
    }
    return Carried.read(parameters);
  }

  /** The call that is expected at this address. */
  Optional<CallId> expected(SIPRequest request) {
    return request.getRequestURI() instanceof SipURI uri && uri.getUser() != null
        ? expected.read(uri.getUser())
        : Optional.empty();
  }

  /** The call that this CANCEL means: one that is expected, or that its INVITE made. */
  CallId callOf(SIPRequest cancel) {
    CallId made = callBy(cancel);
    return expected(cancel).filter(_ -> parts.calls().find(made).isEmpty()).orElse(made);
  }

  private CallId callBy(SIPRequest request) {
    String fromTag = request.getFromTag() == null ? "" : request.getFromTag();
    return callIds.of(
        request.getCallId().getCallId(),
        fromTag,
        request.getCSeq().getSeqNumber(),
        SipReader.branch(request));
  }

  /** Answers 100 and hands the call over; or refuses it at once. May run on any thread. */
  void arrive(SIPRequest request, javax.sip.ServerTransaction transaction, RoutingPointId point) {
    arrive(request, transaction, callBy(request), point, Optional.empty(), Optional.empty());
  }

  /** The same, of one that is expected. */
  void arriveExpected(SIPRequest request, javax.sip.ServerTransaction transaction, CallId call) {
    Optional<Carried> handedOn = handedOn(request);
    arrive(
        request,
        transaction,
        call,
        EXPECTED,
        handedOn,
        handedOn.map(it -> () -> arriveLate(request, transaction, it)));
  }

  /** The same, of one whose caller has a place at another site. */
  void arriveUnasked(
      SIPRequest request, javax.sip.ServerTransaction transaction, RoutingPointId point) {
    Optional<Carried> carried = carried(request).filter(it -> !it.handedOn());
    arrive(request, transaction, callBy(request), point, carried, Optional.empty());
  }

  /**
   * Nobody is held any more for a caller whose home has let go of the call: it waits here, as an
   * ordinary one, at its place.
   */
  private void arriveLate(
      SIPRequest request, javax.sip.ServerTransaction transaction, Carried carried) {
    arrive(
        request,
        transaction,
        callBy(request),
        carried.point().orElseThrow(),
        Optional.of(carried),
        Optional.empty());
  }

  private void arrive(
      SIPRequest request,
      javax.sip.ServerTransaction transaction,
      CallId id,
      RoutingPointId point,
      Optional<Carried> carried,
      Optional<Runnable> late) {
    LegName name = new LegName(id, 0);
    Optional<Invitation> read = invitations.read(request, transaction, name, parts.keys().issue());
    if (read.isEmpty()) {
      return;
    }
    Invitation it = read.get();
    IncomingInvite invite = it.invite();
    if (parts.calls().full()) {
      finals.refuse(invite, Refusal.OVERLOADED, null);
      return;
    }
    parts.wire().belongs(request, name);
    finals.trying(invite, name);
    Call.Arrive arrive =
        new Call.Arrive(
            new InteractionId("i-" + id),
            parts.settings().site(),
            parts.settings().edge(),
            point,
            invite.data,
            it.dialog(),
            it.dialog().remoteParty(),
            it.offered().map(text -> Personal.of(it.key(), text)).orElse(null),
            attached(request, it.key()),
            carried,
            Optional.of(
                HistoryInfo.read(request, hidden(request, carried), it.key())
                    .handedOver(handOver(request))));
    if (!parts.lanes().run(id, () -> arrived(id, invite, it.key(), arrive, late))) {
      finals.refuse(invite, Refusal.OVERLOADED, null);
    }
  }

  private HandOver handOver(SIPRequest request) {
    String from = request.getPeerPacketSourceAddress().getHostAddress();
    return parts.settings().redirected().contains(from) ? HandOver.REDIRECT : HandOver.RELAY;
  }

  /** What stands for an address that only one other site is to know. */
  private Optional<String> hidden(SIPRequest request, Optional<Carried> carried) {
    EdgeSettings settings = parts.settings();
    return carried.isPresent() || expected(request).isPresent()
        ? Optional.of("sip:" + settings.address() + ":" + settings.port())
        : Optional.empty();
  }

  private SortedMap<String, Personal> attached(SIPRequest request, KeyId key) {
    EdgeSettings.AttachedHeaders believed = parts.settings().attached();
    SortedMap<String, Personal> attached = new TreeMap<>();
    if (believed.from().contains(request.getPeerPacketSourceAddress().getHostAddress())) {
      believed
          .headers()
          .forEach((name, header) ->
              SipReader.onlyValue(request, header)
                  .filter(value -> value.length() <= RoutingFacts.MAX_ATTACHED_CHARS)
                  .ifPresent(value -> attached.put(name, Personal.of(key, value))));
    }
    return attached;
  }

  private void arrived(
      CallId id, IncomingInvite invite, KeyId key, Call.Arrive arrive, Optional<Runnable> late) {
    LiveCall call = parts.calls().get(id);
    LiveLeg leg = call.leg(0);
    IncomingInvite before = call.invite;
    if (before != null && !before.data.branch().equals(invite.data.branch())) {
      comesAgain(id, invite, arrive, late);
      return;
    }
    call.key = call.key == null ? key : call.key;
    invite.finalStatus = before == null ? 0 : before.finalStatus;
    call.invite = invite;
    leg.remoteCseq = invite.data.cseq();
    leg.provisional = !leg.attended;
    leg.attended = true;
    if (before == null) {
      parts.calls().enterSetUp(invite);
    }
    parts.reports().submit(id, arrive, outcome -> judged(call, invite, key, outcome, late));
  }

  /**
   * At the address of a call that has come: somebody else, or one who was handed on and did not get
   * through. Whatever the first INVITE is up to goes on.
   */
  private void comesAgain(
      CallId id, IncomingInvite invite, Call.Arrive arrive, Optional<Runnable> late) {
    if (late.isEmpty()) {
      finals.refuse(invite, Refusal.NOBODY_THERE, null);
      return;
    }
    parts
        .reports()
        .submit(
            id,
            arrive,
            outcome -> {
              if (outcome instanceof Outcome.Refused(var reason) && reason == Reason.CALL_OVER) {
                late.get().run();
              } else {
                finals.refuse(invite, Refusal.NOBODY_THERE, null);
              }
            });
  }

  private void judged(
      LiveCall call, IncomingInvite invite, KeyId key, Outcome outcome, Optional<Runnable> late) {
    LiveLeg leg = call.leg(0);
    switch (outcome) {
      case Outcome.Taken _ -> leg.provisional = false;
      case Outcome.Refused(var reason) when reason == Reason.ALREADY_DONE -> {
        // Repeated after a restart: the call knows us no more than we know it, until Attend.
        if (leg.provisional) {
          leg.attended = false;
          call.key = key.equals(call.key) ? null : call.key;
        }
        parts.calls().leaveSetUp(invite);
      }
      // Nobody is held any more, or not yet, for a call that is expected.
      case Outcome.Refused(var reason)
          when reason == Reason.OUT_OF_ORDER || reason == Reason.CALL_OVER -> {
        if (late.isEmpty() || invite.finalStatus != 0) {
          refuse(call, invite, Refusal.NOBODY_THERE);
        } else {
          parts.calls().leaveSetUp(invite);
          call.invite = null;
          call.leg(0).gone = true;
          late.get().run();
        }
      }
      // What it says of itself is not so.
      case Outcome.Refused(var reason) when reason == Reason.UNKNOWN_CALL ->
          refuse(call, invite, Refusal.NOBODY_THERE);
      case Outcome.Refused _ -> refuse(call, invite, Refusal.INTERNAL);
      case Outcome.Lost _ -> refuse(call, invite, Refusal.OVERLOADED);
    }
  }

  private void refuse(LiveCall call, IncomingInvite invite, Refusal refusal) {
    if (invite.finalStatus == 0) {
      finals.refuse(invite, refusal, call.leg(0).name);
      call.leg(0).gone = true;
    }
    parts.calls().leaveSetUp(invite);
  }

  /** The invite that a signal means: the live one, or the data that came with the signal. */
  IncomingInvite invite(LiveCall call, ServerTransaction data) {
    IncomingInvite known = call.invite;
    if (known == null) {
      known = new IncomingInvite(data, null);
      call.invite = known;
      call.key = data.headers().key();
    }
    return known;
  }

  void progress(LiveCall call, Signal.Progress signal) {
    IncomingInvite invite = invite(call, signal.invite());
    if (invite.finalStatus != 0) {
      return;
    }
    SipWriter writer = parts.writer();
    List<String> headers = List.of(writer.contact(call.id, 0), SipWriter.ALLOW);
    String repeated = SipWriter.text(invite.data.headers());
    SIPResponse response =
        signal.early() == null
            ? writer.response(repeated, 180, "Ringing", headers, "")
            : writer.response(
                repeated,
                183,
                "Session Progress",
                headers,
                writer.session(call.id, 0, signal.early()));
    invite.progress = response;
    invite.progressAt = parts.clock().instant();
    parts.calls().leaveSetUp(invite);
    parts.wire().respond(invite.transaction, response, call.leg(0).name);
  }

  /** Repeats the last provisional response, so that no proxy forgets us (RFC 3261 13.3.1.1). */
  void progressAgain(LiveCall call) {
    IncomingInvite invite = call.invite;
    Instant now = parts.clock().instant();
    if (invite != null
        && invite.finalStatus == 0
        && invite.progress != null
        && !now.isBefore(invite.progressAt.plus(PROGRESS_EVERY))) {
      invite.progressAt = now;
      parts
          .wire()
          .respond(invite.transaction, (SIPResponse) invite.progress.clone(), call.leg(0).name);
    }
  }

  void answer(LiveCall call, Signal.Answer signal) {
    IncomingInvite invite = invite(call, signal.invite());
    if (invite.acknowledged) {
      parts.reports().report(call.id, new LegReport.CallerAcknowledged(invite.acknowledgedWith));
      return;
    }
    if (invite.finalStatus != 0 && invite.finalStatus != 200) {
      return;
    }
    parts.calls().leaveSetUp(invite);
    SIPResponse ok = parts.writer().ok(call.id, 0, invite.data, signal.session(), signal.timer());
    finals.ok(
        call.leg(0),
        invite,
        ok,
        () -> parts.reports().report(call.id, new LegReport.NeverAcknowledged(0)));
  }

  void refuse(LiveCall call, Signal.Refuse signal) {
    IncomingInvite invite = invite(call, signal.invite());
    refuse(call, invite, signal.refusal());
    parts.reports().report(call.id, new LegReport.Released(0));
  }

  void redirect(LiveCall call, Signal.Redirect signal) {
    IncomingInvite invite = invite(call, signal.invite());
    if (invite.finalStatus == 0) {
      List<String> headers = List.of("Contact: <" + SipWriter.text(signal.to()) + ">");
      finals.refuse(invite, 302, "Moved Temporarily", headers, call.leg(0).name);
      call.leg(0).gone = true;
    }
    parts.calls().leaveSetUp(invite);
    parts.reports().report(call.id, new LegReport.Released(0));
  }

  /**
   * The INVITE of an edge that is gone, or its copy that came here since: that edge may or may not
   * have answered it, and where it has not, a BYE alone would leave the caller without a final
   * response.
   */
  void endAdopted(LiveCall call, Refusal why) {
    IncomingInvite invite = call.invite;
    if (invite != null && invite.finalStatus == 0) {
      finals.refuse(invite, why, call.leg(0).name);
    }
  }

  /** An ACK of our 200 to the INVITE. */
  void acknowledged(LiveCall call, IncomingInvite invite, @Nullable Personal session) {
    if (!invite.acknowledged) {
      invite.acknowledged = true;
      invite.acknowledgedWith = session;
      parts.reports().report(call.id, new LegReport.CallerAcknowledged(session));
    }
  }

  /** Runs in the call's lane; the CANCEL has not been answered yet. */
  void cancel(CallId id, SIPRequest cancel) {
    parts.wire().belongs(cancel, new LegName(id, 0));
    Optional<LiveCall> found = parts.calls().find(id).filter(call -> call.invite != null);
    if (found.isPresent()) {
      answerCancel(id, cancel, 200, "OK");
      LiveCall call = found.get();
      if (terminate(call)) {
        parts.reports().report(id, new LegReport.CallerCancelled());
      }
      return;
    }
    parts
        .reports()
        .submit(
            id,
            new LegReport.CallerCancelled(),
            outcome -> {
              boolean known =
                  outcome instanceof Outcome.Taken
                      || (outcome instanceof Outcome.Refused(var reason)
                          && reason == Reason.ALREADY_DONE);
              CallId made = callBy(cancel);
              if (!known && !made.equals(id)) {
                // It came when nobody was held for it any more, and to another edge.
                parts.lanes().run(made, () -> cancel(made, cancel));
                return;
              }
              answerCancel(id, cancel, known ? 200 : 481, known ? "OK" : "Call Does Not Exist");
              if (outcome instanceof Outcome.Taken) {
                LiveCall call = parts.calls().get(id);
                invite(call, SipReader.cancelled(cancel, tag(id), parts.keys().issue()));
                terminate(call);
              }
            });
  }

  private String tag(CallId id) {
    return parts.tokens().write(id, 0);
  }

  /** Ends an unanswered INVITE whose caller wants no answer any more; false if it had ended. */
  boolean terminate(LiveCall call) {
    IncomingInvite invite = call.invite;
    if (invite == null || invite.finalStatus != 0) {
      return false;
    }
    refuse(call, invite, Refusal.CANCELLED);
    if (call.treatment != null) {
      call.treatment.stream.stop();
    }
    return true;
  }

  private void answerCancel(CallId id, SIPRequest cancel, int status, String phrase) {
    String repeated = SipReader.repeatedHeaders(cancel, tag(id));
    SIPResponse response = parts.writer().response(repeated, status, phrase, new ArrayList<>(), "");
    parts.wire().respond(null, response, new LegName(id, 0));
  }
}
