package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.sip.ServerTransaction;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;
import org.switchwright.sip.Authenticator.Proof;
import org.switchwright.sip.Invitations.Invitation;
import org.switchwright.sip.LiveCall.IncomingInvite;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.Reports.Outcome;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * Calls that agents' phones make while the agent talks to a caller: a consultation, of which the
 * call is told. From an agent who does not talk it is a call like anybody's. Whoever calls under an
 * agent's name has to prove it.
 */
final class SecondCalls {
  private final EdgeParts parts;
  private final Finals finals;
  private final Invitations invitations;
  private final Authenticator authenticator;
  private final AgentIntake sites;

  SecondCalls(
      EdgeParts parts,
      Finals finals,
      Invitations invitations,
      Authenticator authenticator,
      AgentIntake sites) {
    this.parts = parts;
    this.finals = finals;
    this.invitations = invitations;
    this.authenticator = authenticator;
    this.sites = sites;
  }

  /** Whether the INVITE says that it comes from an agent's phone. */
  boolean concerns(SIPRequest request) {
    return request.getFrom().getAddress().getURI() instanceof SipURI from
        && from.getUser() != null
        && authenticator.knows(from.getUser());
  }

  /**
   * Runs on the stack's thread.
   *
   * @param ordinary what becomes of the INVITE where the agent talks to nobody
   * @param guarded runs what takes the INVITE later, and answers it where that fails
   */
  void dialled(
      SIPRequest request,
      ServerTransaction transaction,
      String user,
      Runnable ordinary,
      Consumer<Runnable> guarded) {
    switch (authenticator.check(request)) {
      case Proof.Nothing(var challenges) ->
          finals.refuse(unknown(request, transaction), 401, "Unauthorized", challenges, null);
      case Proof.Agent(var agent) -> {
        Optional<Destination> to = Referrals.destination(user);
        if (to.isEmpty()) {
          ordinary.run();
          return;
        }
        CompletionStage<Receipt> found =
            sites.submit(parts.settings().site(), new Site.FindConversation(agent, to.get()));
        found.whenComplete((receipt, failure) ->
            guarded.accept(() ->
                found(
                    new Dialling(request, transaction, agent, to.get()),
                    failure == null ? receipt : null,
                    ordinary,
                    guarded)));
      }
    }
  }

  /** What an agent's phone dialled. */
  private record Dialling(
      SIPRequest request, ServerTransaction transaction, AgentId agent, Destination to) {}

  private void found(
      Dialling it, @Nullable Receipt receipt, Runnable ordinary, Consumer<Runnable> guarded) {
    switch (receipt) {
      case null -> finals.refuse(unknown(it), Statuses.of(Reason.NOT_CONFIGURED), null);
      case Receipt.Taken(var named) -> {
        CallId call = named.orElseThrow();
        if (!parts.lanes().run(call, () -> guarded.accept(() -> arrived(it, call)))) {
          finals.refuse(unknown(it), Statuses.of(Refusal.OVERLOADED), null);
        }
      }
      case Receipt.Refused no when no.reason() == Reason.OUT_OF_ORDER -> ordinary.run();
      case Receipt.Refused no -> finals.refuse(unknown(it), Statuses.of(no.reason()), null);
    }
  }

  private void arrived(Dialling dialling, CallId id) {
    SIPRequest request = dialling.request();
    LiveCall call = parts.calls().get(id);
    LegName name = new LegName(id, number(request));
    KeyId key = call.key == null ? parts.keys().issue() : call.key;
    Optional<Invitation> read = invitations.read(request, dialling.transaction(), name, key);
    if (read.isEmpty()) {
      return;
    }
    Invitation it = read.get();
    IncomingInvite invite = it.invite();
    if (it.offered().isEmpty()) {
      finals.refuse(invite, Refusal.NOT_ACCEPTABLE, null);
      return;
    }
    call.key = key;
    LiveLeg before = call.legs.get(name.leg());
    if (before != null && !before.gone) {
      // Two that got the same number: the phone may dial again.
      finals.refuse(invite, Refusal.RENEGOTIATING, null);
      return;
    }
    call.legs.remove(name.leg());
    LiveLeg leg = call.leg(name.leg());
    leg.attended = true;
    leg.remoteCseq = invite.data.cseq();
    leg.incoming.put(invite.data.branch(), invite);
    parts.wire().belongs(request, name);
    finals.trying(invite, name);
    Consultation.Dialled dialled =
        new Consultation.Dialled(
            name.leg(), invite.data, it.dialog(), Personal.of(key, it.offered().get()));
    parts
        .reports()
        .submit(
            id,
            new LegReport.Dialled(dialling.agent(), dialled, dialling.to()),
            outcome -> {
              switch (outcome) {
                case Outcome.Taken _ -> taken(call, leg);
                case Outcome.Refused(var reason) when reason == Reason.ALREADY_DONE ->
                    taken(call, leg);
                case Outcome.Refused(var reason) -> refuse(leg, invite, Statuses.of(reason));
                case Outcome.Lost _ -> {
                  refuse(leg, invite, Statuses.of(Reason.NOT_CONFIGURED));
                  // The call may have taken it all the same.
                  parts.reports().report(id, new LegReport.HungUp(name.leg()));
                }
              }
            });
  }

  /** A call of another edge is answered by that one, and the leg is its own from then on. */
  private static void taken(LiveCall call, LiveLeg leg) {
    LiveLeg caller = call.legs.get(0);
    if (caller == null || !caller.attended) {
      call.legs.remove(leg.name.leg(), leg);
    }
  }

  /** The same for the same INVITE at any edge. */
  private int number(SIPRequest request) {
    int legs = Consultation.LAST_DIALLED - Consultation.FIRST_DIALLED + 1;
    byte[] hash =
        parts
            .settings()
            .secret()
            .sign(
                Integer.BYTES,
                "dialled",
                request.getCallId().getCallId(),
                SipReader.branch(request));
    return Consultation.FIRST_DIALLED + Math.floorMod(ByteBuffer.wrap(hash).getInt(), legs);
  }

  private void refuse(LiveLeg leg, IncomingInvite invite, Statuses.Status status) {
    leg.gone = true;
    finals.refuse(invite, status, leg.name);
  }

  private static IncomingInvite unknown(Dialling it) {
    return unknown(it.request(), it.transaction());
  }

  /** One that belongs to no call. */
  private static IncomingInvite unknown(SIPRequest request, ServerTransaction transaction) {
    String tag = "s" + Integer.toHexString(SipReader.branch(request).hashCode());
    return new IncomingInvite(SipReader.transaction(request, tag, new KeyId("none")), transaction);
  }
}
