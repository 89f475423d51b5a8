package org.switchwright.useragent;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a {@link Call}: its dialog, its session, its audio, and what goes on between the
 * answer and the end. How it comes about is in {@link OutgoingSetup} and {@link IncomingSetup}.
 * Confined to the loop, but for {@link #invite}.
 */
final class Conversation {
  static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY";

  private final UserAgents host;
  private final Profile profile;
  private final Dialog dialog;
  private final CallMedia media;
  private final SessionClock clock;
  private final ReInvites reInvites;
  private final Call call;
  private final Map<Long, Acceptance> acceptances = new HashMap<>();
  private @Nullable Setup setup;
  private @Nullable Runnable afterAck;
  private boolean up;
  private boolean leaving;
  private boolean over;
  private volatile @Nullable SipMessage invite;

  Conversation(UserAgents host, Profile profile, Dialog dialog, boolean incoming) {
    this.host = host;
    this.profile = profile;
    this.dialog = dialog;
    this.media = new CallMedia(this, host.openAudio());
    this.clock = new SessionClock(profile.sessionTimer(), host.loop(), this::refresh, this::expire);
    this.reInvites = new ReInvites(this);
    this.call = new Call(host, this, dialog.callId(), incoming);
    host.remember(this);
  }

  void begin(Setup how, @Nullable SipMessage request) {
    setup = how;
    invite = request;
  }

  Call call() {
    return call;
  }

  CallMedia media() {
    return media;
  }

  Optional<SipMessage> invite() {
    return Optional.ofNullable(invite);
  }

  UserAgents host() {
    return host;
  }

  Transactions transactions() {
    return host.transactions();
  }

  Profile profile() {
    return profile;
  }

  Dialog dialog() {
    return dialog;
  }

  LocalSession session() {
    return media.session();
  }

  SessionClock clock() {
    return clock;
  }

  boolean isUp() {
    return up;
  }

  /** True from the moment it is known that the call ends. */
  boolean isLeaving() {
    return leaving || over;
  }

  boolean awaitsAck() {
    return !acceptances.isEmpty();
  }

  void complain(String complaint) {
    call.complain(complaint);
  }

  void saw(CallEvent event) {
    call.saw(event);
  }

  void established() {
    if (up || over) {
      return;
    }
    up = true;
    media.changed();
    saw(new CallEvent.Established(Instant.now(), session().remoteAddress()));
    media.tellHold();
  }

  /** Sends our 2xx and repeats it until the ACK; without an ACK the call ends. */
  void accept(ServerTransaction invited, Draft success, Consumer<SipMessage> onAck) {
    long cseq = invited.request().cseq();
    Runnable onNoAck =
        () -> {
          acceptances.remove(cseq);
          complain("no ACK for our 2xx");
          bye(CallEvent.Cause.NO_ACK, Optional.empty());
        };
    acceptances.put(cseq, new Acceptance(transactions(), invited, success, onAck, onNoAck));
  }

  void onAck(SipMessage ack) {
    Acceptance acceptance = acceptances.remove(ack.cseq());
    if (acceptance == null) {
      return;
    }
    acceptance.onAck(ack);
    Runnable next = afterAck;
    if (next != null && acceptances.isEmpty()) {
      afterAck = null;
      next.run();
    }
  }

  /** Handles a request within the dialog. */
  void onRequest(ServerTransaction transaction) {
    SipMessage request = transaction.request();
    if (!dialog.isInOrder(request)) {
      complain("CSeq of " + request.method() + " went back");
      transaction.respond(500, "");
      return;
    }
    switch (request.method()) {
      case "INVITE" -> reInvites.onReInvite(transaction);
      case "BYE" -> onBye(transaction);
      case "NOTIFY" -> onNotify(transaction);
      case "OPTIONS" ->
          transaction.respond(Draft.response(request, 200, "").header("Allow", ALLOW));
      default -> transaction.respond(Draft.response(request, 405, "").header("Allow", ALLOW));
    }
  }

  /** RFC 3515, section 2.4.5: the body is the status line that the REFER's effect has got to. */
  private void onNotify(ServerTransaction transaction) {
    SipMessage request = transaction.request();
    String[] words = request.body().split(" ", 3);
    boolean fragment = words.length > 1 && words[0].equals("SIP/2.0") && words[1].matches("\\d{3}");
    transaction.respond(fragment ? 200 : 400, "");
    if (!fragment) {
      complain("NOTIFY without a status line");
      return;
    }
    boolean last =
        request
            .header("Subscription-State")
            .filter(state -> state.startsWith("terminated"))
            .isPresent();
    saw(new CallEvent.Notified(Instant.now(), Integer.parseInt(words[1]), last));
  }

  private void onBye(ServerTransaction transaction) {
    if (profile.has(Quirk.IGNORES_BYE)) {
      return;
    }
    transaction.respond(200, "");
    if (leaving || over) {
      return;
    }
    if (!up && setup != null) {
      setup.onEarlyBye();
    }
    ended(CallEvent.By.REMOTE, CallEvent.Cause.HUNG_UP, transaction.request().header("Reason"));
  }

  void answer() {
    if (setup != null && !up && !over) {
      setup.answer();
    }
  }

  void refuse(int status) {
    if (setup != null && !up && !over) {
      setup.refuse(status);
    }
  }

  void hangUp() {
    hangUp(Optional.empty());
  }

  void hangUp(Optional<String> reason) {
    if (over) {
      return;
    }
    if (!up && setup != null && !awaitsAck()) {
      setup.hangUp(reason);
    } else {
      bye(CallEvent.Cause.HUNG_UP, reason);
    }
  }

  void reInvite(ReInvites.Kind kind, CompletableFuture<Integer> done) {
    reInvites.send(kind, done);
  }

  void refer(String to, CompletableFuture<Integer> done) {
    Draft refer =
        dialog
            .request("REFER")
            .header("Contact", "<" + dialog.contact() + ">")
            .header("Refer-To", to);
    transactions().request(refer, dialog.nextHop(), done::complete);
  }

  void request(String method, CompletableFuture<Integer> done) {
    transactions().request(dialog.request(method), dialog.nextHop(), done::complete);
  }

  /**
   * Ends the call by BYE; one who answered and has no ACK yet waits for it (RFC 3261 section 15).
   */
  void bye(CallEvent.Cause cause, Optional<String> reason) {
    if (leaving || over) {
      return;
    }
    if (awaitsAck()) {
      afterAck = () -> bye(cause, reason);
      return;
    }
    leaving = true;
    quiet();
    Draft bye = dialog.request("BYE");
    reason.ifPresent(value -> bye.header("Reason", value));
    transactions()
        .request(
            bye,
            dialog.nextHop(),
            status -> {
              if (status >= 300) {
                complain("BYE got " + status);
              }
              ended(CallEvent.By.LOCAL, cause, reason);
            });
  }

  private void refresh() {
    if (!isLeaving()) {
      reInvites.send(ReInvites.Kind.REFRESH, new CompletableFuture<>());
    }
  }

  private void expire() {
    bye(CallEvent.Cause.SESSION_EXPIRED, Optional.empty());
  }

  private void quiet() {
    clock.stop();
    media.silence();
  }

  void ended(CallEvent.By by, CallEvent.Cause cause, Optional<String> reason) {
    if (over) {
      return;
    }
    over = true;
    quiet();
    acceptances.values().forEach(Acceptance::stop);
    acceptances.clear();
    host.forget(this);
    reInvites.onEnd();
    saw(new CallEvent.Ended(Instant.now(), by, cause, reason));
  }
}
