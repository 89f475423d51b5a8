package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ServerTransaction;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.site.Site;
import org.switchwright.sip.Authenticator.Proof;
import org.switchwright.sip.LiveCall.IncomingInvite;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.media.MediaStream;
import org.switchwright.sip.media.Player;
import org.switchwright.sip.media.Sound;
import org.switchwright.sip.sdp.SessionDescriptions;
import org.switchwright.sip.sdp.SessionDescriptions.Answer;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * Calls of agents to feature codes: a command is carried out, a tone says how it went, and we hang
 * up. Nothing of them is journaled but the command; nothing of them lives longer than a minute.
 */
final class FeatureCalls {
  static final int MAX_CALLS = 500;
  private static final String ID_PREFIX = "f-";
  private static final KeyId UNJOURNALED = new KeyId("unjournaled");
  private static final Duration TONE = Duration.ofMillis(1_200);

  /** Of two wishes of one call the second is the later one. */
  private static final Duration IN_THE_SAME_BREATH = Duration.ofNanos(1_000);

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final EdgeParts parts;
  private final Finals finals;
  private final Player player;
  private final Authenticator authenticator;
  private final AgentIntake agents;
  private final ConcurrentHashMap<CallId, FeatureCall> calls = new ConcurrentHashMap<>();

  FeatureCalls(
      EdgeParts parts,
      Finals finals,
      Player player,
      Authenticator authenticator,
      AgentIntake agents) {
    this.parts = parts;
    this.finals = finals;
    this.player = player;
    this.authenticator = authenticator;
    this.agents = agents;
  }

  private record FeatureCall(
      LiveLeg leg,
      IncomingInvite invite,
      Dialog dialog,
      MediaStream stream,
      Answer.Answered media) {}

  /** Whether the name is that of a feature call, not of a journaled one. */
  static boolean owns(LegName name) {
    return name.call().value().startsWith(ID_PREFIX);
  }

  /** Runs on the stack's thread. */
  void dialled(SIPRequest request, ServerTransaction transaction, DialPlan.Feature feature) {
    String branch = SipReader.branch(request);
    CallId id =
        new CallId(
            ID_PREFIX
                + parts
                    .settings()
                    .secret()
                    .signText(15, "feature", request.getCallId().getCallId(), branch));
    String tag = parts.tokens().write(id, 0);
    IncomingInvite invite =
        new IncomingInvite(SipReader.transaction(request, tag, UNJOURNALED), transaction);
    switch (authenticator.check(request)) {
      case Proof.Nothing(var challenges) ->
          finals.refuse(invite, 401, "Unauthorized", challenges, null);
      case Proof.Agent(var agent) -> begin(id, tag, request, invite, agent, feature);
    }
  }

  private void begin(
      CallId id,
      String tag,
      SIPRequest request,
      IncomingInvite invite,
      AgentId agent,
      DialPlan.Feature feature) {
    int interval = Math.toIntExact(parts.settings().times().sessionInterval().toSeconds());
    SessionTimer timer = new SessionTimer(interval, true);
    Optional<Dialog> dialog = SipReader.dialogOfCaller(request, tag, UNJOURNALED, timer);
    Optional<String> offered = SipReader.session(request);
    if (dialog.isEmpty()) {
      finals.refuse(invite, 400, "Unusable Contact Or Tag", List.of(), null);
      return;
    }
    if (offered.isEmpty()) {
      finals.refuse(invite, Refusal.NOT_ACCEPTABLE, null);
      return;
    }
    Optional<MediaStream> stream = calls.size() < MAX_CALLS ? player.open(0) : Optional.empty();
    if (stream.isEmpty()) {
      finals.refuse(invite, Refusal.OVERLOADED, null);
      return;
    }
    Answer answer =
        SessionDescriptions.answer(
            offered.get(), parts.writer().origin(id, 0, 1), stream.get().port());
    if (!(answer instanceof Answer.Answered media)) {
      stream.get().stop();
      finals.refuse(invite, Refusal.NOT_ACCEPTABLE, null);
      return;
    }
    finals.trying(invite, null);
    FeatureCall call =
        new FeatureCall(new LiveLeg(new LegName(id, 0)), invite, dialog.get(), stream.get(), media);
    calls.put(id, call);
    parts.timers().after(LONGEST, id, () -> end(call));
    submit(agent, feature)
        .whenComplete((receipt, failure) ->
            parts.lanes().run(id, () -> judged(call, receipt, failure != null)));
  }

  private CompletionStage<Receipt> submit(AgentId agent, DialPlan.Feature feature) {
    Instant uttered = parts.clock().instant();
    return switch (feature) {
      case DialPlan.Feature.LogIn _ ->
          agents
              .submit(agent, new Agent.LogIn(uttered))
              .thenCompose(
                  _ -> agents.submit(agent, new Agent.BeReady(uttered.plus(IN_THE_SAME_BREATH))));
      case DialPlan.Feature.LogOut _ -> agents.submit(agent, new Agent.LogOut(uttered));
      case DialPlan.Feature.BeReady _ -> agents.submit(agent, new Agent.BeReady(uttered));
      case DialPlan.Feature.BeNotReady(var reason) ->
          agents.submit(agent, new Agent.BeNotReady(uttered, reason));
      case DialPlan.Feature.EndWrapUp _ ->
          agents.submit(parts.settings().site(), new Site.EndWrapUp(agent));
    };
  }

  private void judged(FeatureCall call, Receipt receipt, boolean lost) {
    boolean done =
        !lost
            && switch (receipt) {
              case Receipt.Taken _ -> true;
              case Receipt.Refused refused -> refused.reason() == Reason.ALREADY_DONE;
            };
    SIPResponse ok =
        parts
            .writer()
            .ok(
                call.leg().name.call(),
                0,
                call.invite().data,
                call.media().sdp(),
                call.dialog().timer());
    finals.ok(call.leg(), call.invite(), ok, () -> end(call));
    if (call.media().direction().sends()) {
      call.stream()
          .play(
              done ? Sound.CONFIRMATION : Sound.FAILURE,
              call.media().law(),
              call.media().payloadType(),
              new InetSocketAddress(call.media().remote().address(), call.media().remote().port()));
    }
  }

  /** An ACK; the tone has begun. */
  void acknowledged(LegName name, SIPRequest ack) {
    FeatureCall call = calls.get(name.call());
    if (call != null && finals.acknowledged(call.leg(), ack.getCSeq().getSeqNumber())) {
      parts.timers().after(TONE, name.call(), () -> end(call));
    }
  }

  /** The phone said BYE, and was answered. */
  void hungUp(LegName name) {
    FeatureCall call = calls.remove(name.call());
    if (call != null) {
      finals.acknowledged(call.leg(), call.invite().data.cseq());
      call.stream().stop();
    }
  }

  private void end(FeatureCall call) {
    LegName name = call.leg().name;
    if (!calls.remove(name.call(), call)) {
      return;
    }
    call.stream().stop();
    finals.acknowledged(call.leg(), call.invite().data.cseq());
    if (call.invite().finalStatus == 200) {
      SIPRequest bye =
          parts
              .writer()
              .inDialog(
                  "BYE",
                  name.call(),
                  0,
                  call.dialog(),
                  SipWriter.text(call.dialog().remoteTarget()),
                  1,
                  List.of(),
                  "");
      parts.wire().request(bye, name);
    } else {
      finals.refuse(call.invite(), Refusal.TIMED_OUT, null);
    }
  }
}
