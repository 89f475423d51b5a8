package org.switchwright.useragent;

import java.time.Duration;
import java.util.function.Consumer;

/** Our 2xx of an INVITE, repeated until its ACK comes or 64*T1 are over (RFC 3261 13.3.1.4). */
final class Acceptance {
  private final Transactions transactions;
  private final ServerTransaction invited;
  private final Consumer<SipMessage> onAck;
  private Loop.Timer resend = Loop.Timer.NONE;
  private Loop.Timer giveUp = Loop.Timer.NONE;

  Acceptance(
      Transactions transactions,
      ServerTransaction invited,
      Draft success,
      Consumer<SipMessage> onAck,
      Runnable onNoAck) {
    this.transactions = transactions;
    this.invited = invited;
    this.onAck = onAck;
    invited.respond(success);
    resendAfter(transactions.t1());
    giveUp =
        transactions
            .loop()
            .after(
                transactions.lifetime(),
                () -> {
                  stop();
                  onNoAck.run();
                });
  }

  private void resendAfter(Duration delay) {
    resend =
        transactions
            .loop()
            .after(
                delay,
                () -> {
                  invited.repeat();
                  resendAfter(transactions.backedOff(delay));
                });
  }

  void onAck(SipMessage ack) {
    stop();
    onAck.accept(ack);
  }

  void stop() {
    resend.stop();
    giveUp.stop();
  }
}
