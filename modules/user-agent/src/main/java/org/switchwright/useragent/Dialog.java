package org.switchwright.useragent;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dialog as data (RFC 3261 section 12). Confined to the loop. */
final class Dialog {
  private final String callId;
  private final String localTag;
  private final String contact;
  private final InetSocketAddress outbound;
  private final String local;
  private String remote;
  private String remoteTag = "";
  private String remoteTarget;
  private List<String> routes = List.of();
  private @Nullable InetSocketAddress proxy;
  private boolean redirected;
  private long localCseq;
  private long remoteCseq = -1;

  private Dialog(
      String callId,
      String local,
      String localTag,
      String remote,
      String remoteTarget,
      String contact,
      InetSocketAddress outbound) {
    this.callId = callId;
    this.local = local;
    this.localTag = localTag;
    this.remote = remote;
    this.remoteTarget = remoteTarget;
    this.contact = contact;
    this.outbound = outbound;
  }

  /** The dialog-to-be of a request of ours; {@code local} and {@code remote} come without tags. */
  static Dialog outgoing(
      String local, String remote, String target, String contact, InetSocketAddress outbound) {
    String tag = Transactions.token();
    String callId = Transactions.token() + "@" + outbound.getAddress().getHostAddress();
    return new Dialog(callId, local + ";tag=" + tag, tag, remote, target, contact, outbound);
  }

  static Dialog incoming(SipMessage invite, String contact, InetSocketAddress from) {
    String tag = Transactions.token();
    String local = invite.header("To").orElse("") + ";tag=" + tag;
    String remote = invite.header("From").orElse("");
    String target = invite.contact().orElse("sip:" + from.getHostString() + ":" + from.getPort());
    var dialog = new Dialog(invite.callId(), local, tag, remote, target, contact, from);
    dialog.remoteTag = invite.fromTag();
    dialog.remoteCseq = invite.cseq();
    dialog.routes = invite.headers("Record-Route");
    return dialog;
  }

  String callId() {
    return callId;
  }

  String localTag() {
    return localTag;
  }

  String remoteTag() {
    return remoteTag;
  }

  String contact() {
    return contact;
  }

  /** Learns the other side from a response to our INVITE. */
  void learn(SipMessage response) {
    remoteTag = response.toTag();
    remote = response.header("To").orElse(remote);
    routes = new ArrayList<>(response.headers("Record-Route")).reversed();
    retarget(response);
  }

  void retarget(SipMessage message) {
    message.contact().ifPresent(target -> remoteTarget = target);
  }

  /** Goes on where a 3xx says (RFC 3261 section 8.1.3.4); false where it says nothing usable. */
  boolean redirect(SipMessage response) {
    response.contact().ifPresent(target -> remoteTarget = target);
    redirected = response.contact().isPresent();
    return redirected;
  }

  /** False if the request is older than one already seen. */
  boolean isInOrder(SipMessage request) {
    if (request.cseq() < remoteCseq) {
      return false;
    }
    remoteCseq = request.cseq();
    return true;
  }

  /** The next request in this dialog, or the first that is to make it. */
  Draft request(String method) {
    return draft(method, ++localCseq);
  }

  /** The ACK of the 2xx with this CSeq; has its own Via. */
  Draft ack(long cseq, String via) {
    return draft("ACK", cseq).via(via);
  }

  private Draft draft(String method, long cseq) {
    var draft = Draft.request(method, remoteTarget).header("Max-Forwards", "70");
    routes.forEach(route -> draft.header("Route", route));
    draft.header("From", local).header("To", remote).header("Call-ID", callId);
    draft.header("CSeq", cseq + " " + method);
    if (method.equals("INVITE")) {
      draft.header("Contact", "<" + contact + ">");
    }
    return draft;
  }

  /** Sends what follows there, whomever it is addressed to. */
  void through(InetSocketAddress next) {
    proxy = next;
  }

  /** Where the next request goes; where that names no loopback address, to where the first went. */
  InetSocketAddress nextHop() {
    InetSocketAddress fixed = proxy;
    if (fixed != null) {
      return fixed;
    }
    if (remoteTag.isEmpty() && !redirected) {
      return outbound;
    }
    String uri = routes.isEmpty() ? remoteTarget : routes.getFirst();
    int open = uri.indexOf('<');
    String bare = open < 0 ? uri : uri.substring(open + 1, uri.indexOf('>'));
    try {
      SipUri parsed = new StringMsgParser().parseSIPUrl(bare);
      InetAddress host = InetAddress.ofLiteral(parsed.getHost());
      int port = parsed.getPort() > 0 ? parsed.getPort() : 5060;
      return host.isLoopbackAddress() ? new InetSocketAddress(host, port) : outbound;
    } catch (ParseException | RuntimeException _) {
      return outbound;
    }
  }
}
