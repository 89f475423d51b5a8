package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static Phone phone(UserAgents host, TinyRegistrar registrar, String password) {
    return host.phone(Account.of("2001", password, "example.test", registrar.address()));
  }

  private static UserAgents host() {
    return UserAgents.at("127.0.0.1").t1(Duration.ofMillis(20)).start();
  }

  @Test
  void shouldRegisterWithSha256WhereBothAreOffered() {
    try (var registrar = new TinyRegistrar(60, "MD5", "SHA-256");
        var host = host()) {
      Phone phone = phone(host, registrar, TinyRegistrar.PASSWORD);

      RegistrationState state = phone.register().join();

      assertThat(state).isInstanceOf(RegistrationState.Registered.class);
      assertThat(phone.awaitRegistered(SOON).expiry()).isEqualTo(Duration.ofSeconds(60));
      String proof = registrar.granted.getFirst().header("Authorization").orElseThrow();
      assertThat(TinyRegistrar.part(proof, "algorithm")).isEqualTo("SHA-256");
      assertThat(registrar.granted.getFirst().contact()).contains(phone.contact());
      assertThat(registrar.problems).isEmpty();
    }
  }

  @Test
  void shouldRegisterWithMd5WhereOnlyThatIsOffered() {
    try (var registrar = new TinyRegistrar(60, "MD5");
        var host = host()) {
      phone(host, registrar, TinyRegistrar.PASSWORD).register().join();

      assertThat(registrar.granted).isNotEmpty();
    }
  }

  @Test
  void shouldFailForGoodWithTheWrongPassword() {
    try (var registrar = new TinyRegistrar(60, "SHA-256");
        var host = host()) {
      Phone phone = phone(host, registrar, "wrong");

      assertThat(phone.register().join()).isEqualTo(new RegistrationState.Failed(401));
      assertThat(registrar.challenged).hasSize(2);
      assertThatThrownBy(() -> phone.awaitRegistered(Duration.ofMillis(1)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void shouldRefreshWithTheSameNonceAndThenWithAFreshOne() {
    try (var registrar = new TinyRegistrar(1, "SHA-256");
        var host = host()) {
      phone(host, registrar, TinyRegistrar.PASSWORD).register().join();

      await().atMost(SOON).until(() -> registrar.granted.size() >= 2);
      String second = registrar.granted.get(1).header("Authorization").orElseThrow();
      assertThat(TinyRegistrar.part(second, "nc")).isEqualTo("00000002");
      assertThat(registrar.challenged).hasSize(1);

      registrar.nonce = "n1";
      await().atMost(SOON).until(() -> registrar.challenged.size() == 2);
      await()
          .atMost(SOON)
          .until(() ->
              registrar.granted.stream()
                  .anyMatch(it -> it.header("Authorization").orElse("").contains("\"n1\"")));
    }
  }

  @Test
  void shouldUnregister() {
    try (var registrar = new TinyRegistrar(60, "SHA-256");
        var host = host()) {
      Phone phone = phone(host, registrar, TinyRegistrar.PASSWORD);
      phone.register().join();

      assertThat(phone.unregister().join()).isEqualTo(new RegistrationState.Unregistered());
      assertThat(registrar.granted.getLast().header("Contact").orElse("")).contains("expires=0");
    }
  }

  @Test
  void shouldTryAgainWhenTheRegistrarIsBack() {
    try (var registrar = new TinyRegistrar(60, "SHA-256");
        var host = host()) {
      registrar.refuseWith = 503;
      Phone phone = phone(host, registrar, TinyRegistrar.PASSWORD);
      assertThat(phone.register().join()).isEqualTo(new RegistrationState.Failed(503));

      registrar.refuseWith = 0;

      phone.awaitRegistered(SOON);
    }
  }

  @Test
  void shouldTellThatNobodyAnswers() {
    try (var registrar = new TinyRegistrar(60, "SHA-256");
        var host = host()) {
      host.loseIncoming(message -> message.method().equals("REGISTER"));
      Phone phone = phone(host, registrar, TinyRegistrar.PASSWORD);

      assertThat(phone.register().join()).isEqualTo(new RegistrationState.Failed(408));
    }
  }

  @Test
  void shouldCallWithCredentialsWhereAsked() {
    try (var registrar = new TinyRegistrar(60, "SHA-256", "MD5");
        var host = host()) {
      Caller stranger = host.caller("2001");
      Caller known = stranger.credentials(new Credentials("2001", TinyRegistrar.PASSWORD));

      Call refused = stranger.call("sip:*1@example.test", registrar.address()).place();
      Call heard = known.call("sip:*1@example.test", registrar.address()).place();
      Call byPhone = phone(host, registrar, TinyRegistrar.PASSWORD).call("sip:*1@x").place();

      assertThat(refused.awaitFinal(SOON).status()).isEqualTo(401);
      assertThat(heard.awaitFinal(SOON).status()).isEqualTo(480);
      assertThat(byPhone.awaitFinal(SOON).status()).isEqualTo(480);
      assertThat(heard.events(CallEvent.Final.class)).hasSize(1);
    }
  }
}
