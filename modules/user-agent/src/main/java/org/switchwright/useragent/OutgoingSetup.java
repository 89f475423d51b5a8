package org.switchwright.useragent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From our INVITE to its final response (RFC 3261 section 13.2). Confined to the loop. */
final class OutgoingSetup implements Setup, ClientTransaction.User {
  private static final int MAX_TRIES = 3;

  private final Conversation conversation;
  private final Dialog dialog;
  private final LocalSession session;
  private final boolean withOffer;
  private final Optional<Duration> follows;
  private final Optional<Credentials> credentials;
  private final Consumer<Draft> extras;
  private @Nullable ClientTransaction transaction;
  private @Nullable Draft lastAck;
  private Optional<String> cancelReason = Optional.empty();
  private boolean givenUp;
  private boolean cancelled;
  private boolean challenged;
  private int tries;
  private long cseq;

  OutgoingSetup(
      Conversation conversation,
      boolean withOffer,
      Optional<Duration> follows,
      Optional<Credentials> credentials,
      Consumer<Draft> extras) {
    this.conversation = conversation;
    this.dialog = conversation.dialog();
    this.session = conversation.session();
    this.withOffer = withOffer;
    this.follows = follows;
    this.credentials = credentials;
    this.extras = extras;
  }

  void start() {
    if (givenUp) {
      end(CallEvent.By.LOCAL, CallEvent.Cause.CANCELLED, Optional.empty());
      return;
    }
    send(Optional.empty());
  }

  private void send(Optional<SipMessage> challenge) {
    tries++;
    Draft invite = dialog.request("INVITE").header("Allow", Conversation.ALLOW);
    cseq = Long.parseLong(invite.first("CSeq").orElseThrow().split(" ", 2)[0]);
    extras.accept(invite);
    conversation.clock().askIn(invite);
    challenge.ifPresent(asked -> Digest.answer(invite, asked, credentials.orElseThrow(), 1));
    if (withOffer) {
      invite.sdp(tries == 1 ? session.offer(false) : session.unchanged());
    }
    transaction = conversation.transactions().request(invite, dialog.nextHop(), this);
  }

  @Override
  public void onResponse(SipMessage response) {
    if (response.cseq() != cseq) {
      return;
    }
    if (response.status() < 200) {
      onProvisional(response);
    } else if (response.status() < 300) {
      onSuccess(response);
    } else {
      onFailure(response);
    }
  }

  private void onProvisional(SipMessage response) {
    if (response.status() > 100 && !response.toTag().isEmpty()) {
      Optional<String> sdp = response.sdp();
      if (withOffer && sdp.isPresent() && session.accept(sdp.get())) {
        conversation.media().changed();
      }
    }
    if (response.header("Require").isPresent()) {
      conversation.complain("1xx requires an extension that was not offered");
    }
    conversation.saw(new CallEvent.Provisional(Instant.now(), response.status(), response.sdp()));
    if (givenUp) {
      sendCancel();
    }
  }

  private void onSuccess(SipMessage response) {
    Draft ack = lastAck;
    if (ack != null) {
      if (response.toTag().equals(dialog.remoteTag())) {
        acknowledge(ack);
      } else {
        conversation.complain("2xx from a second branch");
      }
      return;
    }
    dialog.learn(response);
    conversation.saw(
        new CallEvent.Final(Instant.now(), response.status(), response.reasonPhrase(), true));
    ack = dialog.ack(cseq, conversation.transactions().newVia());
    lastAck = ack;
    boolean usable = negotiate(response, ack);
    acknowledge(ack);
    conversation.clock().answered(response);
    if (usable) {
      conversation.established();
    }
    if (givenUp || !usable) {
      conversation.bye(
          usable ? CallEvent.Cause.HUNG_UP : CallEvent.Cause.NOT_ACCEPTABLE, cancelReason);
    }
  }

  private boolean negotiate(SipMessage response, Draft ack) {
    Optional<String> sdp = response.sdp();
    if (withOffer) {
      // Early SDP was the answer already; a 2xx without any repeats it.
      return sdp.map(session::accept).orElse(session.remoteAddress().isPresent());
    }
    Optional<String> answer = sdp.flatMap(session::answer);
    answer.ifPresent(ack::sdp);
    return answer.isPresent();
  }

  private void acknowledge(Draft ack) {
    if (!conversation.profile().has(Quirk.NEVER_ACKS)) {
      conversation.transactions().send(ack, dialog.nextHop());
    }
  }

  private void onFailure(SipMessage response) {
    int status = response.status();
    boolean mayAnswer = credentials.isPresent() && !challenged && Digest.canAnswer(response);
    if ((status == 401 || status == 407) && mayAnswer && !givenUp) {
      challenged = true;
      send(Optional.of(response));
      return;
    }
    boolean moved = (status == 301 || status == 302) && tries < MAX_TRIES && !givenUp;
    if (moved && follows.isPresent() && dialog.redirect(response)) {
      conversation.saw(new CallEvent.Redirected(Instant.now(), status));
      transaction = null;
      var _ = conversation.host().loop().after(follows.get(), this::start);
      return;
    }
    Optional<Long> least = response.header("Min-SE").flatMap(OutgoingSetup::number);
    if (status == 422 && least.isPresent() && tries < MAX_TRIES && !givenUp) {
      conversation.clock().atLeast(least.get());
      send(Optional.empty());
      return;
    }
    conversation.saw(new CallEvent.Final(Instant.now(), status, response.reasonPhrase(), true));
    boolean byUs = cancelled && status == 487;
    end(
        byUs ? CallEvent.By.LOCAL : CallEvent.By.REMOTE,
        byUs ? CallEvent.Cause.CANCELLED : CallEvent.Cause.REFUSED,
        response.header("Reason"));
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,9}.*")
        ? Optional.of(Long.valueOf(text.split("[^0-9]", 2)[0]))
        : Optional.empty();
  }

  @Override
  public void onTimeout() {
    conversation.saw(new CallEvent.Final(Instant.now(), 408, Draft.reason(408), false));
    end(CallEvent.By.LOCAL, CallEvent.Cause.NO_RESPONSE, Optional.empty());
  }

  @Override
  public void hangUp(Optional<String> reason) {
    if (givenUp) {
      return;
    }
    givenUp = true;
    cancelReason = reason;
    ClientTransaction pending = transaction;
    if (pending != null && pending.isProceeding()) {
      sendCancel();
    }
  }

  private void sendCancel() {
    ClientTransaction pending = transaction;
    if (cancelled || pending == null) {
      return;
    }
    cancelled = true;
    pending.cancel(
        cancelReason,
        new ClientTransaction.User() {
          @Override
          public void onResponse(SipMessage response) {
            if (response.status() >= 300 && response.status() != 481) {
              conversation.complain("CANCEL got " + response.status());
            }
          }

          @Override
          public void onTimeout() {
            conversation.complain("CANCEL got no response");
          }
        });
  }

  private void end(CallEvent.By by, CallEvent.Cause cause, Optional<String> reason) {
    conversation.ended(by, cause, reason);
  }

  @Override
  public void answer() {}

  @Override
  public void refuse(int status) {}

  @Override
  public void onEarlyBye() {}
}
