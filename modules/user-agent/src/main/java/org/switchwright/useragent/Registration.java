package org.switchwright.useragent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A phone's binding at its registrar: made, refreshed, taken back (RFC 3261 section 10). Confined
 * to the loop.
 */
final class Registration {
  private static final int MAX_TRIES = 4;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final UserAgents host;
  private final Account account;
  private final String contact;
  private final Consumer<RegistrationState> listener;
  private final String callId = Transactions.token();
  private final String fromTag = Transactions.token();
  private @Nullable SipMessage challenge;
  private int nonceCount;
  private long cseq;
  private long expiryS;
  private int generation;
  private Loop.Timer next = Loop.Timer.NONE;

  Registration(
      UserAgents host, Account account, String contact, Consumer<RegistrationState> listener) {
    this.host = host;
    this.account = account;
    this.contact = contact;
    this.listener = listener;
    this.expiryS = account.expiry().toSeconds();
  }

  void register(CompletableFuture<RegistrationState> done) {
    listener.accept(new RegistrationState.Registering());
    new Attempt(++generation, false, done).send();
  }

  void unregister(CompletableFuture<RegistrationState> done) {
    next.stop();
    new Attempt(++generation, true, done).send();
  }

  private void refresh() {
    new Attempt(++generation, false, new CompletableFuture<>()).send();
  }

  /** One REGISTER with its repetitions for challenge and interval. */
  private final class Attempt implements ClientTransaction.User {
    private final int mine;
    private final boolean leaving;
    private final CompletableFuture<RegistrationState> done;
    private boolean answeredNow;
    private int tries;

    private Attempt(int mine, boolean leaving, CompletableFuture<RegistrationState> done) {
      this.mine = mine;
      this.leaving = leaving;
      this.done = done;
    }

    private void send() {
      next.stop();
      tries++;
      String record = account.addressOfRecord();
      Draft register =
          Draft.request("REGISTER", "sip:" + account.domain())
              .header("Max-Forwards", "70")
              .header("From", "<" + record + ">;tag=" + fromTag)
              .header("To", "<" + record + ">")
              .header("Call-ID", callId)
              .header("CSeq", ++cseq + " REGISTER")
              .header("Contact", "<" + contact + ">;expires=" + (leaving ? 0 : expiryS));
      SipMessage asked = challenge;
      if (asked != null) {
        Digest.answer(register, asked, account.credentials(), ++nonceCount);
      }
      host.transactions().request(register, account.registrar(), this);
    }

    @Override
    public void onResponse(SipMessage response) {
      int status = response.status();
      if (status < 200 || mine != generation) {
        return;
      }
      if (status < 300) {
        onGranted(response);
      } else if (status == 401 || status == 407) {
        onChallenge(response);
      } else if (status == 423 && tries < MAX_TRIES) {
        expiryS =
            Math.max(
                expiryS + 1, response.header("Min-Expires").map(Long::valueOf).orElse(expiryS + 1));
        send();
      } else {
        fail(status);
      }
    }

    private void onChallenge(SipMessage response) {
      boolean mayTry = !answeredNow || Digest.isStale(response);
      if (mayTry && tries < MAX_TRIES && Digest.canAnswer(response)) {
        challenge = response;
        nonceCount = 0;
        answeredNow = true;
        send();
      } else {
        challenge = null;
        fail(response.status());
      }
    }

    private void onGranted(SipMessage response) {
      if (leaving) {
        settle(new RegistrationState.Unregistered());
        return;
      }
      Duration granted = Duration.ofSeconds(granted(response));
      settle(new RegistrationState.Registered(Instant.now(), granted));
      next = host.loop().after(granted.multipliedBy(4).dividedBy(5), Registration.this::refresh);
    }

    private long granted(SipMessage response) {
      for (String value : response.headers("Contact")) {
        int expires = value.indexOf(";expires=");
        if (value.contains(contact) && expires >= 0) {
          String digits = value.substring(expires + ";expires=".length()).split("[^0-9]", 2)[0];
          return digits.isEmpty() ? expiryS : Long.parseLong(digits);
        }
      }
      Optional<String> expires = response.header("Expires");
      return expires.map(String::strip).map(Long::valueOf).orElse(expiryS);
    }

    @Override
    public void onTimeout() {
      if (mine == generation) {
        fail(408);
      }
    }

    private void fail(int status) {
      settle(new RegistrationState.Failed(status));
      boolean mayPass = status == 408 || status / 100 == 5;
      if (mayPass && !leaving) {
        next = host.loop().after(RETRY_AFTER, Registration.this::refresh);
      }
    }

    private void settle(RegistrationState state) {
      listener.accept(state);
      done.complete(state);
    }
  }
}
