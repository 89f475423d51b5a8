package org.switchwright.useragent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An agent's phone: registers, is called, and may call. Usable from any thread. */
public final class Phone {
  /** Calls remembered per phone; the oldest goes first. */
  static final int MAX_CALLS_REMEMBERED = 64;

  private final UserAgents host;
  private final Account account;
  private final Registration registration;
  private final Watch watch;
  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private final ArrayDeque<Conversation> live = new ArrayDeque<>();
  private long callCount;
  private volatile RegistrationState state = new RegistrationState.Unregistered();
  private volatile Behaviour behaviour = Behaviour.answer();
  private volatile Profile profile = Profile.standard();
  private volatile int lines = 1;

  Phone(UserAgents host, Account account) {
    this.host = host;
    this.account = account;
    this.watch = new Watch(host.loop());
    this.registration = new Registration(host, account, contact(), this::onRegistration);
  }

  public String user() {
    return account.user();
  }

  /** The URI at which the phone itself is reached, as in its Contact. */
  public String contact() {
    return host.contact(account.user());
  }

  /** How the next INVITE is treated; answering at once unless told otherwise. */
  public Phone behave(Behaviour wanted) {
    behaviour = wanted;
    return this;
  }

  /** What holds for the next call. */
  public Phone profile(Profile wanted) {
    profile = wanted;
    return this;
  }

  /** How many calls it takes at once (1 unless told otherwise); one more is refused with 486. */
  public Phone lines(int wanted) {
    lines = wanted;
    return this;
  }

  /** Completes with the first outcome: registered, or failed for now or for good. */
  public CompletableFuture<RegistrationState> register() {
    var done = new CompletableFuture<RegistrationState>();
    host.loop().run(() -> registration.register(done));
    return done;
  }

  public CompletableFuture<RegistrationState> unregister() {
    var done = new CompletableFuture<RegistrationState>();
    host.loop().run(() -> registration.unregister(done));
    return done;
  }

  public RegistrationState registration() {
    return state;
  }

  /**
   * Waits until the phone is registered.
   *
   * @throws IllegalStateException if it is not in time
   */
  public RegistrationState.Registered awaitRegistered(Duration atMost) {
    watch.await(() -> state instanceof RegistrationState.Registered, atMost);
    if (state instanceof RegistrationState.Registered registered) {
      return registered;
    }
    throw new IllegalStateException("Expected a registered phone, but it is " + state);
  }

  /** The calls that came to this phone, the last 64 in order. */
  public List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** How many calls came to this phone. */
  public long callCount() {
    synchronized (calls) {
      return callCount;
    }
  }

  /** Waits for the n-th call to this phone, counted from 1. */
  public Call awaitCall(int nth, Duration atMost) {
    if (!watch.await(() -> callCount() >= nth, atMost)) {
      throw new IllegalStateException(
          "Expected call %d within %s, but there were %d".formatted(nth, atMost, callCount()));
    }
    synchronized (calls) {
      return calls.stream().skip(nth - 1L - (callCount - calls.size())).findFirst().orElseThrow();
    }
  }

  public Call awaitCall(Duration atMost) {
    return awaitCall(1, atMost);
  }

  /** A call by this phone through its registrar, with its credentials. */
  public CallRequest call(String uri) {
    String from = "<" + account.addressOfRecord() + ">";
    return new CallRequest(host, from, contact(), profile, Optional.of(account.credentials()), uri)
        .via(account.registrar());
  }

  boolean isSilent() {
    return behaviour instanceof Behaviour.Silent;
  }

  void onInvite(ServerTransaction invited, Dialog dialog) {
    live.removeIf(Conversation::isLeaving);
    Profile current = profile;
    boolean full = live.size() >= lines;
    var conversation = new Conversation(host, current, dialog, true);
    var setup = new IncomingSetup(conversation, invited, full ? Behaviour.busy() : behaviour);
    conversation.begin(setup, invited.request());
    live.add(conversation);
    synchronized (calls) {
      if (calls.size() == MAX_CALLS_REMEMBERED) {
        calls.removeFirst();
      }
      calls.addLast(conversation.call());
      callCount++;
    }
    watch.changed();
    setup.start();
  }

  private void onRegistration(RegistrationState changed) {
    state = changed;
    watch.changed();
  }
}
