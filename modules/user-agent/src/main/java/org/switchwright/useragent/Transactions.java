package org.switchwright.useragent;

import gov.nist.javax.sip.header.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;

/**
 * The transactions of one host over UDP (RFC 3261 section 17, with the Accepted states of RFC
 * 6026). Confined to the loop. Every transaction ends by a timer, so the tables are bounded by rate
 * times 64*T1.
 */
final class Transactions {
  private final Wire wire;
  private final Loop loop;
  private final Duration t1;
  private final Map<String, ClientTransaction> clients = new HashMap<>();
  private final Map<String, ServerTransaction> servers = new HashMap<>();

  Transactions(Wire wire, Loop loop, Duration t1) {
    this.wire = wire;
    this.loop = loop;
    this.t1 = t1;
  }

  Duration t1() {
    return t1;
  }

  Duration t2() {
    return t1.multipliedBy(8);
  }

  /** The next wait between repetitions: twice the last, at most T2. */
  Duration backedOff(Duration last) {
    Duration doubled = last.multipliedBy(2);
    return doubled.compareTo(t2()) > 0 ? t2() : doubled;
  }

  Duration t4() {
    return t1.multipliedBy(10);
  }

  Duration lifetime() {
    return t1.multipliedBy(64);
  }

  Loop loop() {
    return loop;
  }

  static String token() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong())
        + Integer.toHexString(ThreadLocalRandom.current().nextInt());
  }

  String newVia() {
    InetSocketAddress local = wire.local();
    return "SIP/2.0/UDP "
        + local.getAddress().getHostAddress()
        + ":"
        + local.getPort()
        + ";branch=z9hG4bK"
        + token()
        + ";rport";
  }

  /** Sends a request that has no Via yet in a transaction of its own. */
  ClientTransaction request(Draft draft, InetSocketAddress to, ClientTransaction.User user) {
    draft.via(newVia());
    var transaction = new ClientTransaction(this, draft, to, user);
    adopt(transaction);
    return transaction;
  }

  /** Sends a request of which only the final status counts; 408 for no response. */
  void request(Draft draft, InetSocketAddress to, IntConsumer onFinal) {
    var user =
        new ClientTransaction.User() {
          @Override
          public void onResponse(SipMessage response) {
            if (response.status() >= 200) {
              onFinal.accept(response.status());
            }
          }

          @Override
          public void onTimeout() {
            onFinal.accept(408);
          }
        };
    request(draft, to, user);
  }

  void adopt(ClientTransaction transaction) {
    clients.put(transaction.key(), transaction);
    transaction.start();
  }

  /** Opens the transaction of a request that {@link #isRetransmission} did not know. */
  ServerTransaction accept(SipMessage request, InetSocketAddress from) {
    stamp(request.topVia(), from);
    var transaction = new ServerTransaction(this, request, replyAddress(request, from));
    servers.put(serverKey(request, request.method()), transaction);
    return transaction;
  }

  boolean isRetransmission(SipMessage request) {
    ServerTransaction known = servers.get(serverKey(request, request.method()));
    if (known != null) {
      known.onRetransmission();
    }
    return known != null;
  }

  /** Takes an ACK that answers a failure; an ACK of a 2xx belongs to a dialog. */
  boolean takesAck(SipMessage ack) {
    ServerTransaction invite = servers.get(serverKey(ack, "INVITE"));
    return invite != null && invite.onAck();
  }

  Optional<ServerTransaction> inviteOf(SipMessage cancel) {
    return Optional.ofNullable(servers.get(serverKey(cancel, "INVITE")));
  }

  boolean takesResponse(SipMessage response) {
    ClientTransaction transaction = clients.get(response.branch() + response.method());
    if (transaction != null) {
      transaction.onResponse(response);
    }
    return transaction != null;
  }

  void send(Draft draft, InetSocketAddress to) {
    wire.send(draft.bytes(), draft.first("Call-ID").orElse(""), to);
  }

  void forget(ClientTransaction transaction) {
    clients.remove(transaction.key());
  }

  void forget(ServerTransaction transaction) {
    SipMessage request = transaction.request();
    servers.remove(serverKey(request, request.method()));
  }

  int size() {
    return clients.size() + servers.size();
  }

  // RFC 3261 18.2.1 and RFC 3581 section 4.
  private static void stamp(Via via, InetSocketAddress from) {
    try {
      via.setParameter("received", from.getAddress().getHostAddress());
      if (via.hasParameter("rport")) {
        via.setParameter("rport", Integer.toString(from.getPort()));
      }
    } catch (ParseException impossible) {
      throw new IllegalStateException("Expected an address to be a valid parameter", impossible);
    }
  }

  private static String serverKey(SipMessage request, String method) {
    var sentBy = request.topVia().getSentBy();
    return request.branch() + "|" + sentBy + "|" + method;
  }

  // RFC 3261 18.2.2 and RFC 3581: back to the source port only for those who asked with rport.
  private static InetSocketAddress replyAddress(SipMessage request, InetSocketAddress from) {
    if (request.topVia().hasParameter("rport")) {
      return from;
    }
    int port = request.topVia().getPort();
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(from.getAddress().getAddress()), port > 0 ? port : 5060);
    } catch (UnknownHostException _) {
      return from;
    }
  }
}
