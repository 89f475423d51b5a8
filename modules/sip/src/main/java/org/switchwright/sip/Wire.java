package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ObjectInUseException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.RouteHeader;
import org.jspecify.annotations.Nullable;
import org.switchwright.sip.SipTrace.Direction;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * Sends messages, on a transaction or without one; counts and traces them. A peer that cannot be
 * reached is answered with empty or false, never with an exception. Looks up no names: a next hop
 * is an address (RFC 3263 is for the trunks' configuration).
 */
final class Wire {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private final SipProvider provider;
  private final EdgeMetrics metrics;
  private final SipTrace trace;
  private final InstantSource clock;

  Wire(SipProvider provider, EdgeMetrics metrics, SipTrace trace, InstantSource clock) {
    this.provider = provider;
    this.metrics = metrics;
    this.trace = trace;
    this.clock = clock;
  }

  /** How a response went out. */
  enum Sent {
    ON_TRANSACTION,
    STATELESSLY,
    NOT
  }

  /**
   * On the transaction if there is one that still takes it, else statelessly: transactions of
   * callers who wait for hours may be gone.
   */
  Sent respond(
      @Nullable ServerTransaction transaction, SIPResponse response, @Nullable LegName leg) {
    if (transaction != null) {
      try {
        transaction.sendResponse(response);
        sent(response, leg);
        return Sent.ON_TRANSACTION;
      } catch (SipException | InvalidArgumentException | RuntimeException e) {
        // It is over for the stack; the peer may still wait.
      }
    }
    try {
      provider.sendResponse(response);
      sent(response, leg);
      return Sent.STATELESSLY;
    } catch (SipException | RuntimeException e) {
      metrics.failed(EdgeMetrics.Failure.NOT_SENT);
      return Sent.NOT;
    }
  }

  /** Sends a request in a new client transaction. */
  Optional<ClientTransaction> request(SIPRequest request, @Nullable LegName leg) {
    if (!hopIsAddress(request)) {
      metrics.failed(EdgeMetrics.Failure.NOT_SENT);
      return Optional.empty();
    }
    try {
      ClientTransaction transaction = provider.getNewClientTransaction(request);
      transaction.sendRequest();
      sent(request, leg);
      return Optional.of(transaction);
    } catch (SipException | RuntimeException e) {
      metrics.failed(EdgeMetrics.Failure.NOT_SENT);
      return Optional.empty();
    }
  }

  /** Ends a transaction whose answer nobody waits for any more. */
  void forget(@Nullable ClientTransaction transaction) {
    if (transaction != null) {
      try {
        transaction.terminate();
      } catch (ObjectInUseException e) {
        // It ends by itself, a little later.
      }
    }
  }

  /** Sends an ACK, which has no transaction (RFC 3261 13.2.2.4). */
  boolean acknowledge(SIPRequest ack, LegName leg) {
    return forward((SIPRequest) ack.clone(), leg);
  }

  /** Sends a request without a transaction. */
  boolean forward(SIPRequest request, LegName leg) {
    if (!hopIsAddress(request)) {
      metrics.failed(EdgeMetrics.Failure.NOT_SENT);
      return false;
    }
    try {
      provider.sendRequest(request);
      sent(request, leg);
      return true;
    } catch (SipException | RuntimeException e) {
      metrics.failed(EdgeMetrics.Failure.NOT_SENT);
      return false;
    }
  }

  /** Counts a message that came in, and traces it if it names its leg. */
  void received(SIPMessage message, @Nullable LegName leg) {
    metrics.received(method(message), status(message));
    trace(message, leg, Direction.IN);
  }

  /** Traces a message that came in before it was known whose it is. */
  void belongs(SIPMessage message, LegName leg) {
    trace(message, leg, Direction.IN);
  }

  /** Counts what could not even be written. */
  void notSent() {
    metrics.failed(EdgeMetrics.Failure.NOT_SENT);
  }

  private void sent(SIPMessage message, @Nullable LegName leg) {
    metrics.sent(method(message), status(message));
    trace(message, leg, Direction.OUT);
  }

  private void trace(SIPMessage message, @Nullable LegName leg, Direction direction) {
    if (leg != null) {
      trace.record(
          new SipTrace.Line(
              leg.call(),
              leg.leg(),
              direction,
              clock.instant(),
              method(message),
              status(message),
              message.getCSeq().getSeqNumber(),
              message.getRawContent() != null && message.getRawContent().length > 0));
    }
  }

  private static String method(SIPMessage message) {
    return message.getCSeq().getMethod();
  }

  private static int status(SIPMessage message) {
    return message instanceof SIPResponse response ? response.getStatusCode() : 0;
  }

  private static boolean hopIsAddress(SIPRequest request) {
    RouteHeader route = (RouteHeader) request.getHeader(RouteHeader.NAME);
    URI uri = route == null ? request.getRequestURI() : route.getAddress().getURI();
    return uri instanceof SipURI sip && isAddress(sip);
  }

  /** Whether requests to the URI need no look-up of a name. */
  static boolean isAddress(SipURI uri) {
    String host = uri.getMAddrParam() == null ? uri.getHost() : uri.getMAddrParam();
    return host != null && ADDRESS.matcher(host).matches();
  }
}
