package org.switchwright.sip;

import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * Passes a request in a dialog on to the edge that holds it, where it came here by an outbound
 * proxy or a balancer: as a stateless proxy (RFC 3261 16.11), so that transactions, repetitions and
 * acknowledgements stay with one edge. Only among edges of our own, and only under a token of ours:
 * nobody can be sent anything by way of us. Where the other edge is gone, this one takes the
 * request itself.
 */
final class Forwarding {
  private static final String BRANCH = "z9hG4bKfw";
  private static final int SIGNATURE_BYTES = 15;
  private static final int SIP_PORT = 5060;

  private final EdgeSettings settings;
  private final Wire wire;
  private final Neighbours neighbours;

  Forwarding(EdgeSettings settings, Wire wire, Neighbours neighbours) {
    this.settings = settings;
    this.wire = wire;
    this.neighbours = neighbours;
  }

  /** Whether the request was for another edge, and has been passed on. */
  boolean forwarded(SIPRequest request, Optional<LegName> leg)
      throws ParseException, SipException, InvalidArgumentException {
    if (leg.isEmpty()
        || request.getMethod().equals(Request.CANCEL)
        || !(request.getRequestURI() instanceof SipURI uri)
        || !isNeighbour(uri)) {
      return false;
    }
    int hopsLeft =
        request.getMaxForwards() == null ? 70 : request.getMaxForwards().getMaxForwards();
    if (hopsLeft <= 1) {
      return false;
    }
    SIPRequest copy = (SIPRequest) request.clone();
    copy.removeHeader(RouteHeader.NAME);
    copy.removeHeader(MaxForwardsHeader.NAME);
    copy.addFirst(via(request.getTopmostVia()));
    copy.setMaxForwards(new MaxForwards(hopsLeft - 1));
    return wire.forward(copy, leg.get());
  }

  private boolean isNeighbour(SipURI uri) {
    int port = uri.getPort() > 0 ? uri.getPort() : SIP_PORT;
    boolean own = port == settings.port() && settings.address().equals(uri.getHost());
    return !own && uri.getMAddrParam() == null && neighbours.has(uri.getHost(), port);
  }

  /** The same for a repeated request, and for the ACK of a failure (RFC 3261 16.11). */
  private Via via(@Nullable Via theirs) throws ParseException, InvalidArgumentException {
    String branch = theirs == null ? "" : String.valueOf(theirs.getBranch());
    String sentBy = theirs == null ? "" : theirs.getSentByField();
    Via ours = new Via();
    ours.setProtocolVersion("2.0");
    ours.setTransport("UDP");
    ours.setHost(settings.address());
    ours.setPort(settings.port());
    ours.setBranch(BRANCH + settings.secret().signText(SIGNATURE_BYTES, "forward", branch, sentBy));
    return ours;
  }

  /** Whether the response was for a request that we passed on, and has been passed back. */
  boolean returned(SIPResponse response, Optional<LegName> leg) {
    Via top = response.getTopmostVia();
    if (top == null || top.getBranch() == null || !top.getBranch().startsWith(BRANCH)) {
      return false;
    }
    SIPResponse copy = (SIPResponse) response.clone();
    copy.removeFirst(ViaHeader.NAME);
    if (copy.getTopmostVia() != null) {
      wire.respond(null, copy, leg.orElse(null));
    }
    return true;
  }
}
