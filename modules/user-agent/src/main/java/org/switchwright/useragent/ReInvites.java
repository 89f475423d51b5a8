package org.switchwright.useragent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Re-INVITEs of a call, ours and theirs, and their glare (RFC 3261 section 14). */
final class ReInvites {
  enum Kind {
    HOLD,
    RESUME,
    REFRESH,
    WITHOUT_OFFER
  }

  private static final int MAX_TRIES = 8;
  private static final Duration OWNERS_LEAST_WAIT = Duration.ofMillis(2_100);
  private static final int WAIT_STEP_MS = 10;
  private static final int WAIT_STEPS = 190;

  private final Conversation conversation;
  private @Nullable Attempt pending;
  private boolean awaitsAnswer;

  ReInvites(Conversation conversation) {
    this.conversation = conversation;
  }

  void send(Kind kind, CompletableFuture<Integer> done) {
    new Attempt(kind, done).start();
  }

  void onEnd() {
    Attempt open = pending;
    pending = null;
    if (open != null) {
      open.done.complete(481);
    }
  }

  void onReInvite(ServerTransaction transaction) {
    SipMessage invite = transaction.request();
    Profile profile = conversation.profile();
    if (profile.has(Quirk.IGNORES_REINVITE)) {
      return;
    }
    if (profile.has(Quirk.REFUSES_REINVITE)) {
      transaction.respond(488, "");
    } else if (pending != null || awaitsAnswer) {
      transaction.respond(491, "");
    } else if (!conversation.isUp() && !conversation.awaitsAck()) {
      transaction.respond(Draft.response(invite, 500, "").header("Retry-After", "2"));
    } else if (conversation.clock().isTooShort(invite)) {
      long least = profile.sessionTimer().least().toSeconds();
      transaction.respond(Draft.response(invite, 422, "").header("Min-SE", Long.toString(least)));
    } else {
      answer(transaction, invite);
    }
  }

  private void answer(ServerTransaction transaction, SipMessage invite) {
    LocalSession session = conversation.session();
    Optional<RemoteMedia> before = session.remote();
    Optional<String> offer = invite.sdp();
    Optional<String> ours =
        offer.isPresent()
            ? offer.flatMap(session::answer)
            : Optional.of(session.offer(session.isHeld()));
    if (ours.isEmpty()) {
      transaction.respond(488, "");
      return;
    }
    conversation.dialog().retarget(invite);
    Draft success =
        Draft.response(invite, 200, "")
            .header("Contact", "<" + conversation.dialog().contact() + ">")
            .header("Allow", Conversation.ALLOW)
            .sdp(ours.get());
    conversation.clock().answerIn(success, invite);
    awaitsAnswer = offer.isEmpty();
    conversation.accept(
        transaction,
        success,
        ack -> {
          if (awaitsAnswer) {
            awaitsAnswer = false;
            if (!ack.sdp().map(session::accept).orElse(false)) {
              conversation.complain("ACK without a usable answer to our offer");
            }
            tell(before);
          }
        });
    if (!awaitsAnswer) {
      tell(before);
    }
  }

  private void tell(Optional<RemoteMedia> before) {
    LocalSession session = conversation.session();
    conversation.media().changed();
    conversation.saw(
        new CallEvent.ReInvited(
            Instant.now(), session.remoteAddress(), !before.equals(session.remote())));
    conversation.media().tellHold();
  }

  /** One wish for a re-INVITE, tried again after glare with a bound. */
  private final class Attempt implements ClientTransaction.User {
    private final Kind kind;
    private final CompletableFuture<Integer> done;
    private int tries;
    private long cseq;
    private @Nullable Draft ack;

    private Attempt(Kind kind, CompletableFuture<Integer> done) {
      this.kind = kind;
      this.done = done;
    }

    private void start() {
      if (!conversation.isUp() || conversation.isLeaving()) {
        done.complete(481);
        return;
      }
      if (++tries > MAX_TRIES) {
        done.complete(491);
        return;
      }
      if (pending != null || conversation.awaitsAck()) {
        later(Duration.ofMillis(WAIT_STEP_MS).multipliedBy(tries));
        return;
      }
      pending = this;
      ack = null;
      LocalSession session = conversation.session();
      Draft invite = conversation.dialog().request("INVITE").header("Allow", Conversation.ALLOW);
      cseq = Long.parseLong(invite.first("CSeq").orElseThrow().split(" ", 2)[0]);
      conversation.clock().askIn(invite);
      switch (kind) {
        case HOLD -> invite.sdp(session.offer(true));
        case RESUME -> invite.sdp(session.offer(false));
        case REFRESH -> invite.sdp(session.unchanged());
        case WITHOUT_OFFER -> {}
      }
      conversation.transactions().request(invite, conversation.dialog().nextHop(), this);
    }

    private void later(Duration delay) {
      conversation.host().loop().after(delay, this::start);
    }

    @Override
    public void onResponse(SipMessage response) {
      int status = response.status();
      if (response.cseq() != cseq || status < 200) {
        return;
      }
      Draft repeat = ack;
      if (repeat != null && status < 300) {
        conversation.transactions().send(repeat, conversation.dialog().nextHop());
        return;
      }
      pending = null;
      conversation.saw(new CallEvent.ReInviteAnswered(Instant.now(), status));
      if (status < 300) {
        onSuccess(response);
      } else if (status == 491) {
        later(glareWait());
      } else {
        done.complete(status);
        if (status == 481 || status == 408) {
          conversation.bye(CallEvent.Cause.NO_RESPONSE, Optional.empty());
        }
      }
    }

    private void onSuccess(SipMessage response) {
      LocalSession session = conversation.session();
      boolean wasHeld = session.isHeld();
      conversation.dialog().retarget(response);
      Draft draft = conversation.dialog().ack(cseq, conversation.transactions().newVia());
      if (kind == Kind.WITHOUT_OFFER) {
        response.sdp().flatMap(session::answer).ifPresent(draft::sdp);
      } else if (!response.sdp().map(session::accept).orElse(false)) {
        conversation.complain("2xx of a re-INVITE without a usable answer");
      }
      ack = draft;
      if (!conversation.profile().has(Quirk.NEVER_ACKS)) {
        conversation.transactions().send(draft, conversation.dialog().nextHop());
      }
      conversation.clock().answered(response);
      conversation.media().changed();
      conversation.media().tellHold();
      if (wasHeld != session.isHeld()) {
        conversation.saw(
            session.isHeld()
                ? new CallEvent.Held(Instant.now(), CallEvent.By.LOCAL)
                : new CallEvent.Resumed(Instant.now(), CallEvent.By.LOCAL));
      }
      done.complete(response.status());
    }

    // RFC 3261 14.1: who made the Call-ID waits 2.1 to 4 s, the other up to 2 s, in steps of 10 ms.
    private Duration glareWait() {
      int steps = ThreadLocalRandom.current().nextInt(WAIT_STEPS);
      Duration part = Duration.ofMillis((long) steps * WAIT_STEP_MS);
      return conversation.call().isIncoming() ? part : part.plus(OWNERS_LEAST_WAIT);
    }

    @Override
    public void onTimeout() {
      pending = null;
      conversation.saw(new CallEvent.ReInviteAnswered(Instant.now(), 408));
      done.complete(408);
      conversation.bye(CallEvent.Cause.NO_RESPONSE, Optional.empty());
    }
  }
}
