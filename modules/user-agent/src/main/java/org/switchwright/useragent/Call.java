package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One side of one call: what happened to it, and what may be done with it. Usable from any thread.
 * Futures complete on the signalling thread: what depends on them must not block.
 *
 * <pre>
 *   caller: CALLING --180..199--> RINGING --2xx--> ESTABLISHED --BYE--> ENDED
 *   phone:  RINGING --ACK of our 2xx--> ESTABLISHED --BYE--> ENDED
 *           any --refused, cancelled, nothing heard--> ENDED
 * </pre>
 */
public final class Call {
  public enum Phase {
    CALLING,
    RINGING,
    ESTABLISHED,
    ENDED
  }

  /** Events kept per call; later ones but the last are left out. */
  static final int MAX_EVENTS = 512;

  private static final int MAX_COMPLAINTS = 32;

  private final String sipCallId;
  private final boolean incoming;
  private final Instant beganAt = Instant.now();
  private final UserAgents host;
  private final Conversation conversation;
  private final Watch watch;
  private final List<CallEvent> events = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final CompletableFuture<CallEvent.Established> established = new CompletableFuture<>();
  private final CompletableFuture<CallEvent.Final> finalResponse = new CompletableFuture<>();
  private final CompletableFuture<CallEvent.Ended> ended = new CompletableFuture<>();
  private volatile Phase phase;

  Call(UserAgents host, Conversation conversation, String sipCallId, boolean incoming) {
    this.host = host;
    this.conversation = conversation;
    this.sipCallId = sipCallId;
    this.incoming = incoming;
    this.watch = new Watch(host.loop());
    this.phase = incoming ? Phase.RINGING : Phase.CALLING;
  }

  /** SIP's Call-ID of this side's dialog. */
  public String sipCallId() {
    return sipCallId;
  }

  public boolean isIncoming() {
    return incoming;
  }

  public Instant beganAt() {
    return beganAt;
  }

  public Phase phase() {
    return phase;
  }

  /** Everything that happened so far, in order. */
  public List<CallEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  public <E extends CallEvent> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Rules that the other side broke, in words without personal data; at most 32 are kept. */
  public List<String> complaints() {
    synchronized (complaints) {
      return List.copyOf(complaints);
    }
  }

  /** What went over the wire under this call's Call-ID, as far as the host's ring reaches back. */
  public List<RecordedMessage> messages() {
    return host.messages(message -> message.callId().equals(sipCallId));
  }

  public RtpStream audio() {
    return conversation.media().audio();
  }

  /** Where the other side's last SDP wants its audio. */
  public Optional<InetSocketAddress> remoteMedia() {
    return conversation.media().remoteAddress();
  }

  /** The INVITE that began an incoming call. */
  public Optional<SipMessage> invite() {
    return conversation.invite();
  }

  /** The first final response of the INVITE, received or sent. */
  public CompletableFuture<CallEvent.Final> finalResponse() {
    return finalResponse.copy();
  }

  /** Completes when the call is up; never for a call that is not answered. */
  public CompletableFuture<CallEvent.Established> established() {
    return established.copy();
  }

  public CompletableFuture<CallEvent.Ended> ended() {
    return ended.copy();
  }

  /** Waits for a provisional response of this status. */
  public CallEvent.Provisional awaitProvisional(int status, Duration atMost) {
    return awaitEvent(CallEvent.Provisional.class, 1, event -> event.status() == status, atMost);
  }

  /** Waits for a provisional response with SDP. */
  public CallEvent.Provisional awaitEarlyMedia(Duration atMost) {
    return awaitEvent(CallEvent.Provisional.class, 1, event -> event.sdp().isPresent(), atMost);
  }

  public CallEvent.Final awaitFinal(Duration atMost) {
    return awaitEvent(CallEvent.Final.class, 1, _ -> true, atMost);
  }

  public CallEvent.Established awaitEstablished(Duration atMost) {
    return awaitEvent(CallEvent.Established.class, 1, _ -> true, atMost);
  }

  /** Waits for the n-th accepted re-INVITE of the other side, counted from 1. */
  public CallEvent.ReInvited awaitReInvited(int nth, Duration atMost) {
    return awaitEvent(CallEvent.ReInvited.class, nth, _ -> true, atMost);
  }

  public CallEvent.Ended awaitEnded(Duration atMost) {
    return awaitEvent(CallEvent.Ended.class, 1, _ -> true, atMost);
  }

  /**
   * Waits for the n-th event of a kind that fits.
   *
   * @throws IllegalStateException telling the events there were, if it does not come in time
   */
  public <E extends CallEvent> E awaitEvent(
      Class<E> kind, int nth, Predicate<E> fits, Duration atMost) {
    BooleanSupplier isThere = () -> events(kind).stream().filter(fits).count() >= nth;
    if (!watch.await(isThere, atMost)) {
      throw new IllegalStateException(
          "Expected %s (%d.) within %s, but call %s was %s after %s"
              .formatted(kind.getSimpleName(), nth, atMost, sipCallId, phase, summary()));
    }
    return events(kind).stream().filter(fits).skip(nth - 1L).findFirst().orElseThrow();
  }

  /** Answers a ringing incoming call; does nothing otherwise. */
  public void answer() {
    host.loop().run(conversation::answer);
  }

  /** Refuses a ringing incoming call with this status; does nothing otherwise. */
  public void refuse(int status) {
    host.loop().run(() -> conversation.refuse(status));
  }

  /**
   * Gives up: CANCEL once a provisional response came, BYE if the answer was faster, BYE for a call
   * that is up, 480 for one that rings here. {@link #ended} and {@link #awaitEnded} tell when it is
   * over.
   */
  public void hangUp() {
    hangUp(Optional.empty());
  }

  /** As {@link #hangUp()}, with a Reason header in the BYE or CANCEL. */
  public void hangUp(Optional<String> reason) {
    host.loop().run(() -> conversation.hangUp(reason));
  }

  /** Another word for {@link #hangUp()} while the call is not up yet. */
  public void cancel() {
    hangUp();
  }

  /** Completes with the final status of the re-INVITE that puts the other side on hold. */
  public CompletableFuture<Integer> hold() {
    return reInvite(ReInvites.Kind.HOLD);
  }

  public CompletableFuture<Integer> resume() {
    return reInvite(ReInvites.Kind.RESUME);
  }

  /** A re-INVITE with unchanged SDP. */
  public CompletableFuture<Integer> refresh() {
    return reInvite(ReInvites.Kind.REFRESH);
  }

  /** A re-INVITE without SDP: the other side makes the offer. */
  public CompletableFuture<Integer> reInviteWithoutOffer() {
    return reInvite(ReInvites.Kind.WITHOUT_OFFER);
  }

  /** From now on, what this side sends in the dialog goes there, as if to an outbound proxy. */
  public Call through(InetSocketAddress next) {
    InetSocketAddress hop = UserAgents.requireLoopback(next);
    host.loop().run(() -> conversation.dialog().through(hop));
    return this;
  }

  /**
   * Asks the other side to send its peer on (RFC 3515); completes with the REFER's final status.
   * What becomes of it comes as {@link CallEvent.Notified}.
   *
   * @param to the value of Refer-To
   */
  public CompletableFuture<Integer> refer(String to) {
    var done = new CompletableFuture<Integer>();
    host.loop().run(() -> conversation.refer(to, done));
    return done;
  }

  /** Sends any other request in the dialog; completes with its final status, 408 for none. */
  public CompletableFuture<Integer> request(String method) {
    var done = new CompletableFuture<Integer>();
    host.loop().run(() -> conversation.request(method, done));
    return done;
  }

  private CompletableFuture<Integer> reInvite(ReInvites.Kind kind) {
    var done = new CompletableFuture<Integer>();
    host.loop().run(() -> conversation.reInvite(kind, done));
    return done;
  }

  Conversation conversation() {
    return conversation;
  }

  void saw(CallEvent event) {
    synchronized (events) {
      if (events.size() < MAX_EVENTS || event instanceof CallEvent.Ended) {
        events.add(event);
      }
    }
    switch (event) {
      case CallEvent.Provisional(_, int status, _) when status > 100 && phase == Phase.CALLING ->
          phase = Phase.RINGING;
      case CallEvent.Established _ -> phase = Phase.ESTABLISHED;
      case CallEvent.Ended _ -> phase = Phase.ENDED;
      case CallEvent _ -> {}
    }
    watch.changed();
    switch (event) {
      case CallEvent.Final last -> finalResponse.complete(last);
      case CallEvent.Established up -> established.complete(up);
      case CallEvent.Ended over -> ended.complete(over);
      case CallEvent _ -> {}
    }
  }

  void complain(String complaint) {
    synchronized (complaints) {
      if (complaints.size() < MAX_COMPLAINTS) {
        complaints.add(complaint);
      }
    }
  }

  private String summary() {
    return events().stream()
        .map(event ->
            switch (event) {
              case CallEvent.Provisional it -> Integer.toString(it.status());
              case CallEvent.Final it -> Integer.toString(it.status());
              case CallEvent.Ended it -> "Ended " + it.cause() + " by " + it.by();
              case CallEvent it -> it.getClass().getSimpleName();
            })
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String toString() {
    return "Call[" + sipCallId + ", " + phase + ", " + summary() + "]";
  }
}
