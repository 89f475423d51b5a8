package org.switchwright.useragent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From an INVITE to us to its ACK (RFC 3261 section 13.3). Confined to the loop. */
final class IncomingSetup implements Setup {
  // A phone whose caller vanished stops by itself.
  private static final Duration LONGEST_RINGING = Duration.ofMinutes(3);

  private final Conversation conversation;
  private final ServerTransaction invited;
  private final SipMessage invite;
  private final LocalSession session;
  private final Behaviour behaviour;
  private final String tag;
  private Optional<String> answer = Optional.empty();
  private Loop.Timer timer = Loop.Timer.NONE;

  IncomingSetup(Conversation conversation, ServerTransaction invited, Behaviour behaviour) {
    this.conversation = conversation;
    this.invited = invited;
    this.invite = invited.request();
    this.session = conversation.session();
    this.behaviour = behaviour;
    this.tag = conversation.dialog().localTag();
  }

  void start() {
    invited.onCancel(this::onCancel);
    if (!conversation.profile().has(Quirk.NEVER_TRIES)) {
      invited.respond(100, "");
    }
    Optional<String> offer = invite.sdp();
    answer = offer.flatMap(session::answer);
    conversation.media().changed();
    if (invite.headers("Require").stream().anyMatch(option -> !option.equals("timer"))) {
      refuse(response(420).header("Unsupported", String.join(", ", invite.headers("Require"))));
    } else if (conversation.clock().isTooShort(invite)) {
      Duration least = conversation.profile().sessionTimer().least();
      refuse(response(422).header("Min-SE", Long.toString(least.toSeconds())));
    } else if (offer.isPresent() && answer.isEmpty()) {
      refuse(488);
    } else {
      behave();
    }
  }

  private void behave() {
    switch (behaviour) {
      case Behaviour.Answer(Duration ringTime, _, boolean early) -> {
        ring(early);
        answerAfter(ringTime);
      }
      case Behaviour.Ring _ -> {
        ring(false);
        timer = conversation.host().loop().after(LONGEST_RINGING, () -> refuse(480));
      }
      case Behaviour.Refuse(int status, Duration after) -> {
        if (after.isZero()) {
          refuse(status);
        } else {
          ring(false);
          timer = conversation.host().loop().after(after, () -> refuse(status));
        }
      }
      case Behaviour.Silent _ -> {}
    }
  }

  private void answerAfter(Duration ringTime) {
    if (ringTime.isZero()) {
      answer();
    } else {
      timer = conversation.host().loop().after(ringTime, this::answer);
    }
  }

  private void ring(boolean early) {
    provisional(response(180), 180, Optional.empty());
    if (early && answer.isPresent()) {
      provisional(response(183).sdp(answer.get()), 183, answer);
      conversation.media().talkEarly();
    }
  }

  private void provisional(Draft draft, int status, Optional<String> sdp) {
    invited.respond(draft);
    conversation.saw(new CallEvent.Provisional(Instant.now(), status, sdp));
  }

  private Draft response(int status) {
    Draft draft = Draft.response(invite, status, tag);
    return status < 300
        ? draft.header("Contact", "<" + conversation.dialog().contact() + ">")
        : draft;
  }

  @Override
  public void answer() {
    timer.stop();
    if (invited.isCompleted()) {
      return;
    }
    Draft success = response(200).header("Allow", Conversation.ALLOW);
    boolean weOffer = answer.isEmpty();
    success.sdp(weOffer ? session.offer(false) : answer.get());
    conversation.clock().answerIn(success, invite);
    conversation.accept(invited, success, ack -> onAck(ack, weOffer));
    conversation.saw(new CallEvent.Final(Instant.now(), 200, Draft.reason(200), false));
  }

  private void onAck(SipMessage ack, boolean weOffered) {
    if (weOffered && !ack.sdp().map(session::accept).orElse(false)) {
      conversation.complain("ACK without a usable answer to our offer");
      conversation.bye(CallEvent.Cause.NOT_ACCEPTABLE, Optional.empty());
      return;
    }
    conversation.established();
    if (behaviour instanceof Behaviour.Answer(_, Optional<Duration> talkTime, _)) {
      talkTime.ifPresent(time ->
          conversation.host().loop().after(time, () -> conversation.hangUp(Optional.empty())));
    }
  }

  @Override
  public void refuse(int status) {
    refuse(response(status));
  }

  private void refuse(Draft failure) {
    fail(failure, CallEvent.By.LOCAL, CallEvent.Cause.REFUSED, Optional.empty());
  }

  private void fail(
      Draft failure, CallEvent.By by, CallEvent.Cause cause, Optional<String> reason) {
    timer.stop();
    if (invited.isCompleted()) {
      return;
    }
    invited.respond(failure);
    int status = failure.status();
    conversation.saw(new CallEvent.Final(Instant.now(), status, Draft.reason(status), false));
    conversation.ended(by, cause, reason);
  }

  private void onCancel(ServerTransaction cancel) {
    conversation.saw(new CallEvent.CancelCame(Instant.now()));
    if (conversation.profile().has(Quirk.IGNORES_CANCEL)) {
      return;
    }
    if (conversation.profile().has(Quirk.ANSWERS_ON_CANCEL)) {
      answer();
    }
    cancel.respond(200, tag);
    fail(
        response(487),
        CallEvent.By.REMOTE,
        CallEvent.Cause.CANCELLED,
        cancel.request().header("Reason"));
  }

  @Override
  public void hangUp(Optional<String> reason) {
    Draft failure = response(480);
    reason.ifPresent(value -> failure.header("Reason", value));
    fail(failure, CallEvent.By.LOCAL, CallEvent.Cause.REFUSED, reason);
  }

  @Override
  public void onEarlyBye() {
    timer.stop();
    invited.respond(response(487));
  }
}
