package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request being answered (RFC 3261 17.2, RFC 6026): repeats its last response to a repeated
 * request; repeats a failure of an INVITE until its ACK. A 2xx of an INVITE is repeated by the
 * call.
 */
final class ServerTransaction {
  private final Transactions transactions;
  private final SipMessage request;
  private final InetSocketAddress replyTo;
  private final boolean isInvite;
  private @Nullable Draft last;
  private Consumer<ServerTransaction> onCancel = cancel -> cancel.respond(200, "");
  private boolean completed;
  private boolean succeeded;
  private Loop.Timer resend = Loop.Timer.NONE;

  ServerTransaction(Transactions transactions, SipMessage request, InetSocketAddress replyTo) {
    this.transactions = transactions;
    this.request = request;
    this.replyTo = replyTo;
    this.isInvite = request.method().equals("INVITE");
  }

  SipMessage request() {
    return request;
  }

  void onCancel(Consumer<ServerTransaction> handler) {
    onCancel = handler;
  }

  /** Answers a CANCEL of this request, however late it comes. */
  void cancel(ServerTransaction cancel) {
    if (completed) {
      cancel.respond(200, "");
    } else {
      onCancel.accept(cancel);
    }
  }

  boolean isCompleted() {
    return completed;
  }

  void respond(int status, String toTag) {
    respond(Draft.response(request, status, toTag));
  }

  void respond(Draft response) {
    if (completed) {
      return;
    }
    last = response;
    transactions.send(response, replyTo);
    if (response.status() >= 200) {
      completed = true;
      succeeded = response.status() < 300;
      transactions.loop().after(transactions.lifetime(), this::end);
      if (isInvite && !succeeded) {
        resendLater(transactions.t1());
      }
    }
  }

  /** Sends the last response once more, as a call does with its 2xx until the ACK is there. */
  void repeat() {
    if (last != null) {
      transactions.send(last, replyTo);
    }
  }

  void onRetransmission() {
    if (!(isInvite && succeeded)) {
      repeat();
    }
  }

  boolean onAck() {
    if (completed && !succeeded) {
      resend.stop();
      return true;
    }
    return false;
  }

  private void resendLater(Duration delay) {
    resend =
        transactions
            .loop()
            .after(
                delay,
                () -> {
                  repeat();
                  resendLater(transactions.backedOff(delay));
                });
  }

  private void end() {
    resend.stop();
    transactions.forget(this);
  }
}
