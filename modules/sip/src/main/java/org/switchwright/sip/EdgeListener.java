package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * The only listener: finds out whom a message concerns, hands it over and returns. Nothing thrown
 * gets past it, since an error would cost the stack a worker for good.
 */
final class EdgeListener implements SipListener {
  private final EdgeParts parts;
  private final Failures failures;

  private final DialPlan dialPlan;
  private final CallerInvites callers;
  private final Dialogs dialogs;
  private final Forwarding forwarding;
  private final Registrar registrar;
  private final Referrals referrals;
  private final FeatureCalls features;
  private final SecondCalls seconds;
  private final Probes probes;
  private final Predicate<SIPRequest> repeated;

  /**
   * Wires it up.
   *
   * @param repeated whether a request's transaction is there already
   */
  EdgeListener(
      EdgeParts parts,
      Failures failures,
      DialPlan dialPlan,
      CallerInvites callers,
      Dialogs dialogs,
      Forwarding forwarding,
      Registrar registrar,
      Referrals referrals,
      FeatureCalls features,
      SecondCalls seconds,
      Probes probes,
      Predicate<SIPRequest> repeated) {
    this.parts = parts;
    this.failures = failures;
    this.dialPlan = dialPlan;
    this.callers = callers;
    this.dialogs = dialogs;
    this.forwarding = forwarding;
    this.registrar = registrar;
    this.referrals = referrals;
    this.features = features;
    this.seconds = seconds;
    this.probes = probes;
    this.repeated = repeated;
  }

  @Override
  public void processRequest(RequestEvent event) {
    SIPRequest request = (SIPRequest) event.getRequest();
    try {
      SipProvider provider = (SipProvider) event.getSource();
      Optional<LegName> leg = legOf(request);
      parts.wire().received(request, leg.orElse(null));
      if (forwarding.forwarded(request, leg)) {
        return;
      }
      switch (request.getMethod()) {
        case Request.INVITE -> invite(provider, request, leg);
        case Request.ACK ->
            leg.ifPresent(
                name -> parts.lanes().run(name.call(), () -> acknowledged(name, request)));
        case Request.BYE -> bye(request, leg);
        case Request.REFER -> refer(provider, request, leg);
        case Request.CANCEL -> cancel(request);
        case Request.REGISTER -> register(provider, request);
        case Request.OPTIONS -> options(request, leg);
        default -> notAllowed(request, leg);
      }
    } catch (Throwable e) {
      failures.unexpected("taking a request", e);
      if (!request.getMethod().equals(Request.ACK)) {
        answer(request, 500, "Internal Error", List.of());
      }
    }
  }

  private void invite(SipProvider provider, SIPRequest request, Optional<LegName> leg) {
    ServerTransaction transaction = begin(provider, request);
    if (transaction == null) {
      return;
    }
    guarded(
        request,
        transaction,
        () -> {
          if (leg.filter(FeatureCalls::owns).isPresent()) {
            refuse(transaction, request, 488, "Not Acceptable Here");
          } else if (leg.isPresent()) {
            dialogs.onReinvite(leg.get(), request, transaction);
          } else if (request.getToTag() != null) {
            refuse(transaction, request, 481, "Call Does Not Exist");
          } else if (!(request.getRequestURI() instanceof SipURI uri)) {
            refuse(transaction, request, 416, "Unsupported URI Scheme");
          } else {
            dialled(request, transaction, uri.getUser() == null ? "" : uri.getUser());
          }
        });
  }

  /** No INVITE stays without an answer because of a bug. */
  private void guarded(SIPRequest request, ServerTransaction transaction, Runnable taking) {
    try {
      taking.run();
    } catch (Throwable e) {
      failures.unexpected("taking an INVITE", e);
      refuse(transaction, request, 500, "Internal Error");
    }
  }

  private void dialled(SIPRequest request, ServerTransaction transaction, String user) {
    Optional<CallId> expected = callers.expected(request);
    if (expected.isPresent()) {
      callers.arriveExpected(request, transaction, expected.get());
      return;
    }
    Optional<RoutingPointId> unasked = callers.unasked(user);
    if (unasked.isPresent()) {
      callers.arriveUnasked(request, transaction, unasked.get());
      return;
    }
    DialPlan.Target target = dialPlan.find(user);
    if (!(target instanceof DialPlan.Target.FeatureCode) && seconds.concerns(request)) {
      seconds.dialled(
          request,
          transaction,
          user,
          () -> dialled(request, transaction, target),
          taking -> guarded(request, transaction, taking));
    } else {
      dialled(request, transaction, target);
    }
  }

  private void dialled(SIPRequest request, ServerTransaction transaction, DialPlan.Target target) {
    switch (target) {
      case DialPlan.Target.RoutingPoint(var point) -> callers.arrive(request, transaction, point);
      case DialPlan.Target.FeatureCode(var feature) ->
          features.dialled(request, transaction, feature);
      case DialPlan.Target.Unknown _ -> refuse(transaction, request, 404, "Not Found");
    }
  }

  /** Null when this is a repeated request, or none that can have a transaction. */
  private @Nullable ServerTransaction begin(SipProvider provider, SIPRequest request) {
    try {
      return provider.getNewServerTransaction(request);
    } catch (TransactionAlreadyExistsException e) {
      return null;
    } catch (TransactionUnavailableException e) {
      answer(request, 400, "Missing Mandatory Header", List.of());
      return null;
    }
  }

  private void bye(SIPRequest request, Optional<LegName> leg) {
    if (leg.isEmpty()) {
      answer(request, 481, "Call Does Not Exist", List.of());
      return;
    }
    answer(request, 200, "OK", List.of());
    LegName name = leg.get();
    parts
        .lanes()
        .run(
            name.call(),
            () -> {
              if (FeatureCalls.owns(name)) {
                features.hungUp(name);
              } else {
                dialogs.hungUp(name);
              }
            });
  }

  private void refer(SipProvider provider, SIPRequest request, Optional<LegName> leg) {
    if (leg.isEmpty()) {
      boolean outside = request.getToTag() == null;
      answer(
          request,
          outside ? 403 : 481,
          outside ? "Only In A Call" : "Call Does Not Exist",
          List.of());
      return;
    }
    ServerTransaction transaction = begin(provider, request);
    if (transaction == null) {
      return;
    }
    if (FeatureCalls.owns(leg.get())) {
      refuse(transaction, request, 403, "Only In A Call");
    } else {
      referrals.onRefer(leg.get(), request, transaction);
    }
  }

  private void acknowledged(LegName name, SIPRequest ack) {
    if (FeatureCalls.owns(name)) {
      features.acknowledged(name, ack);
    } else {
      dialogs.acknowledged(name, ack);
    }
  }

  private void register(SipProvider provider, SIPRequest request) {
    if (repeated.test(request)) {
      return;
    }
    registrar.register(
        request,
        () -> begin(provider, request),
        (transaction, status, phrase, headers) ->
            respond(transaction, request, status, phrase, headers));
  }

  private void cancel(SIPRequest request) {
    if (request.getToTag() != null) {
      // Of a re-INVITE, which is about to be answered anyway (RFC 3261 9.2).
      answer(request, 200, "OK", List.of());
      return;
    }
    CallId call = callers.callOf(request);
    if (!parts.lanes().run(call, () -> callers.cancel(call, request))) {
      answer(request, 503, "Busy, Try Again Later", List.of());
    }
  }

  private void options(SIPRequest request, Optional<LegName> leg) {
    if (request.getToTag() != null && leg.isEmpty()) {
      answer(request, 481, "Call Does Not Exist", List.of());
      return;
    }
    answer(
        request,
        200,
        "OK",
        List.of(SipWriter.ALLOW, SipWriter.SUPPORTED, "Accept: application/sdp"));
  }

  private void notAllowed(SIPRequest request, Optional<LegName> leg) {
    if (request.getToTag() != null && leg.isEmpty()) {
      answer(request, 481, "Call Does Not Exist", List.of());
    } else {
      answer(request, 405, "Method Not Allowed", List.of(SipWriter.ALLOW));
    }
  }

  /** The leg that our tag names; the tag is To's in a request. */
  private Optional<LegName> legOf(SIPRequest request) {
    String tag = request.getToTag();
    return tag == null ? Optional.empty() : parts.tokens().read(tag);
  }

  private void answer(SIPRequest request, int status, String phrase, List<String> headers) {
    respond(null, request, status, phrase, headers);
  }

  private void refuse(
      ServerTransaction transaction, SIPRequest request, int status, String phrase) {
    respond(transaction, request, status, phrase, List.of());
  }

  private void respond(
      @Nullable ServerTransaction transaction,
      SIPRequest request,
      int status,
      String phrase,
      List<String> headers) {
    try {
      String tag = "s" + Integer.toHexString(request.getTransactionId().hashCode());
      String repeated = SipReader.repeatedHeaders(request, tag);
      parts
          .wire()
          .respond(
              transaction,
              parts.writer().response(repeated, status, phrase, headers, ""),
              legOf(request).orElse(null));
    } catch (RuntimeException e) {
      failures.unexpected("answering a request", e);
    }
  }

  @Override
  public void processResponse(ResponseEvent event) {
    try {
      SIPResponse response = (SIPResponse) event.getResponse();
      String tag = response.getFrom() == null ? null : response.getFrom().getTag();
      Optional<LegName> leg = tag == null ? Optional.empty() : parts.tokens().read(tag);
      parts.wire().received(response, leg.orElse(null));
      if (forwarding.returned(response, leg) || probes.answered(response)) {
        return;
      }
      boolean live = event.getClientTransaction() != null;
      leg.filter(name -> !FeatureCalls.owns(name))
          .ifPresent(
              name -> parts.lanes().run(name.call(), () -> dialogs.answered(name, response, live)));
    } catch (Throwable e) {
      failures.unexpected("taking a response", e);
    }
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    try {
      if (event.isServerTransaction()) {
        return;
      }
      SIPRequest request = (SIPRequest) event.getClientTransaction().getRequest();
      String tag = request.getFromTag();
      Optional<LegName> leg = tag == null ? Optional.empty() : parts.tokens().read(tag);
      leg.ifPresent(name -> parts.lanes().run(name.call(), () -> dialogs.timedOut(name, request)));
    } catch (Throwable e) {
      failures.unexpected("taking a timeout", e);
    }
  }

  @Override
  public void processIOException(IOExceptionEvent event) {}

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {}

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {}
}
