package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A request on its way (RFC 3261 17.1, RFC 6026):
 *
 * <pre>
 *   SENT --1xx--> PROCEEDING --final--> COMPLETED --(D, K or 64*T1)--> gone
 *     `---------------final----------------^
 *     `--64*T1 without any response--> the user hears onTimeout --> gone
 * </pre>
 */
final class ClientTransaction {
  /** Who hears what comes back. Repeated 2xx of an INVITE are all told. */
  interface User {
    void onResponse(SipMessage response);

    void onTimeout();
  }

  private enum State {
    SENT,
    PROCEEDING,
    COMPLETED,
    GONE
  }

  private final Transactions transactions;
  private final Draft draft;
  private final InetSocketAddress to;
  private final User user;
  private final boolean isInvite;
  private final String key;
  private State state = State.SENT;
  private boolean succeeded;
  private Loop.Timer resend = Loop.Timer.NONE;
  private Loop.Timer timeout = Loop.Timer.NONE;

  ClientTransaction(Transactions transactions, Draft draft, InetSocketAddress to, User user) {
    this.transactions = transactions;
    this.draft = draft;
    this.to = to;
    this.user = user;
    this.isInvite = draft.method().equals("INVITE");
    String via = draft.first("Via").orElseThrow();
    int branch = via.indexOf("branch=") + "branch=".length();
    this.key = via.substring(branch, via.indexOf(';', branch)) + draft.method();
  }

  String key() {
    return key;
  }

  boolean isProceeding() {
    return state == State.PROCEEDING;
  }

  boolean isOpen() {
    return state == State.SENT || state == State.PROCEEDING;
  }

  void start() {
    timeout = transactions.loop().after(transactions.lifetime(), this::onTimeout);
    send(transactions.t1());
  }

  private void send(Duration next) {
    transactions.send(draft, to);
    Duration after = isInvite ? next.multipliedBy(2) : transactions.backedOff(next);
    resend = transactions.loop().after(next, () -> resend(after));
  }

  private void resend(Duration next) {
    if (state == State.SENT) {
      send(next);
    } else if (state == State.PROCEEDING && !isInvite) {
      send(transactions.t2());
    }
  }

  /** Asks to give up an INVITE; only lawful after a provisional response (RFC 3261 9.1). */
  void cancel(Optional<String> reason, User cancelUser) {
    Draft cancel = draft.sibling("CANCEL");
    reason.ifPresent(value -> cancel.header("Reason", value));
    var transaction = new ClientTransaction(transactions, cancel, to, cancelUser);
    transactions.adopt(transaction);
    timeout.stop();
    timeout = transactions.loop().after(transactions.lifetime(), this::onTimeout);
  }

  void onResponse(SipMessage response) {
    boolean isFinal = response.status() >= 200;
    switch (state) {
      case SENT, PROCEEDING -> {
        if (isFinal) {
          complete(response);
        } else if (state == State.SENT || isInvite) {
          state = State.PROCEEDING;
          if (isInvite) {
            resend.stop();
            timeout.stop();
          }
        }
        user.onResponse(response);
      }
      case COMPLETED -> {
        if (isInvite && isFinal && !succeeded) {
          acknowledge(response);
        } else if (isInvite && isFinal) {
          user.onResponse(response);
        }
      }
      case GONE -> {}
    }
  }

  private void complete(SipMessage response) {
    state = State.COMPLETED;
    resend.stop();
    timeout.stop();
    succeeded = response.status() < 300;
    if (isInvite && !succeeded) {
      acknowledge(response);
    }
    Duration linger = isInvite ? transactions.lifetime() : transactions.t4();
    transactions.loop().after(linger, this::end);
  }

  private void acknowledge(SipMessage failure) {
    Draft ack = draft.sibling("ACK").replace("To", failure.header("To").orElse(""));
    transactions.send(ack, to);
  }

  private void onTimeout() {
    if (isOpen()) {
      end();
      user.onTimeout();
    }
  }

  private void end() {
    state = State.GONE;
    resend.stop();
    timeout.stop();
    transactions.forget(this);
  }
}
