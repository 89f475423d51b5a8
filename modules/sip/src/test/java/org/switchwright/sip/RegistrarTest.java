package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.Wish;
import org.switchwright.sip.RawPhone.Talk;
import org.switchwright.sip.digest.DigestAlgorithm;

/** Registrations and feature codes: what agents' phones ask with their passwords. */
class RegistrarTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone phone = fixture.phone();
  private final Talk binding = phone.dialog("a1");

  @BeforeEach
  void configure() {
    fixture.host.submit(
        new AgentId("a1"), new Agent.Configure(EdgeFixture.SITE, new java.util.TreeMap<>()));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String register(String user, String password, String... headers) {
    phone.request("REGISTER", binding, "", headers);
    String challenge = phone.awaitResponse(401, "REGISTER");
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] =
        authorization(
            challenge, user, password, "REGISTER", binding.target, DigestAlgorithm.SHA_256);
    phone.request("REGISTER", binding, "", all);
    return phone.await(
        m -> RawPhone.header(m, "CSeq").equals(binding.cseq + " REGISTER"), "a final answer");
  }

  static String authorization(
      String challenge,
      String user,
      String password,
      String method,
      String uri,
      DigestAlgorithm algorithm) {
    String nonce =
        challenge
            .lines()
            .filter(l ->
                l.startsWith("WWW-Authenticate") && l.contains("algorithm=" + algorithm.token()))
            .map(RegistrarTest::nonceIn)
            .findFirst()
            .orElseThrow();
    String response =
        algorithm.hash(
            algorithm.ha1(user, "desk", password)
                + ":"
                + nonce
                + ":00000001:cn:auth:"
                + algorithm.hash(method + ":" + uri));
    return "Authorization: Digest username=\""
        + user
        + "\",realm=\"desk\",nonce=\""
        + nonce
        + "\",uri=\""
        + uri
        + "\",response=\""
        + response
        + "\",algorithm="
        + algorithm.token()
        + ",cnonce=\"cn\",qop=auth,nc=00000001";
  }

  private static String nonceIn(String line) {
    Matcher matcher = Pattern.compile("nonce=\"([^\"]+)\"").matcher(line);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private <E extends AgentEvent> List<E> events(Class<E> type) {
    return fixture.host.agentEvents.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void shouldRegisterPhoneOfConfiguredAgent() {
    String answer = register("a1", "secret-a1", "Expires: 60");

    assertThat(answer).startsWith("SIP/2.0 200 ").contains(";expires=60");
    assertThat(events(AgentEvent.StationRegistered.class))
        .singleElement()
        .satisfies(it -> assertThat(it.contact().text().orElseThrow()).isEqualTo(phone.uri("raw")));
  }

  @Test
  void shouldRefreshAndEndRegistration() {
    register("a1", "secret-a1");
    assertThat(register("a1", "secret-a1")).startsWith("SIP/2.0 200 ");
    assertThat(events(AgentEvent.RegistrationRefreshed.class)).hasSize(1);

    assertThat(register("a1", "secret-a1", "Expires: 0")).startsWith("SIP/2.0 200 ");
    assertThat(events(AgentEvent.StationLost.class)).hasSize(1);
  }

  @Test
  void shouldOfferBothAlgorithmsBestFirst() {
    phone.request("REGISTER", binding, "");

    String challenge = phone.awaitResponse(401, "REGISTER");

    assertThat(challenge.indexOf("algorithm=SHA-256")).isPositive();
    assertThat(challenge.indexOf("algorithm=SHA-256"))
        .isLessThan(challenge.indexOf("algorithm=MD5"));
  }

  @Test
  void shouldRefuseWrongPasswordUnknownUserAndOthersAddress() {
    assertThat(register("a1", "wrong")).startsWith("SIP/2.0 401 ");
    assertThat(register("nobody", "x")).startsWith("SIP/2.0 401 ");
    assertThat(register("a2", "secret-a2")).startsWith("SIP/2.0 403 ");
    assertThat(events(AgentEvent.StationRegistered.class)).isEmpty();
  }

  @Test
  void shouldBoundTheTimeOfRegistrations() {
    assertThat(register("a1", "secret-a1", "Expires: 5"))
        .startsWith("SIP/2.0 423 ")
        .contains("Min-Expires: 30");
    assertThat(register("a1", "secret-a1", "Expires: 86400")).contains(";expires=120");
  }

  @Test
  void shouldAnswerRepeatedRegisterWithoutASecondCheck() {
    phone.request("REGISTER", binding, "");
    String challenge = phone.awaitResponse(401, "REGISTER");
    binding.cseq++;
    String register =
        phone.text(
            "REGISTER",
            binding,
            "z9hG4bKrepeated" + phone.peer.port(),
            List.of(
                authorization(
                    challenge, "a1", "secret-a1", "REGISTER", binding.target, DigestAlgorithm.MD5)),
            "");
    phone.peer.send(register);
    phone.awaitResponse(200, "REGISTER");

    // The stack drops what comes while it still handles the same request, so as a phone would.
    Awaitility.await()
        .atMost(RawPhone.SOON)
        .until(() -> {
          phone.peer.send(register);
          return phone
              .awaitMaybe(m -> m.startsWith("SIP/2.0 200"), Duration.ofMillis(500))
              .isPresent();
        });
    assertThat(events(AgentEvent.StationRegistered.class)).hasSize(1);
  }

  private String dial(String code, String password, String sdp) {
    Talk first = phone.invite(code, sdp);
    String challenge = phone.awaitResponse(401, "INVITE");

    Talk second = phone.dialog(code);
    second.callId = first.callId;
    second.cseq = 2;
    phone.peer.send(
        phone.text(
            "INVITE",
            second,
            "z9hG4bKfeature" + second.local.hashCode(),
            List.of(
                authorization(
                    challenge, "a1", password, "INVITE", second.target, DigestAlgorithm.SHA_256)),
            sdp));
    String answer =
        phone.await(
            m -> RawPhone.header(m, "CSeq").equals("2 INVITE") && !m.startsWith("SIP/2.0 100"),
            "a final answer");
    if (answer.startsWith("SIP/2.0 200")) {
      phone.learn(second, answer);
      phone.request("ACK", second, "");
    }
    return answer;
  }

  @Test
  void shouldCarryOutFeatureCodeAndHangUp() {
    String answer = dial("*1", "secret-a1", phone.sdp(1));

    assertThat(answer).startsWith("SIP/2.0 200 ").contains("m=audio ");
    assertThat(events(AgentEvent.WishChanged.class))
        .extracting(AgentEvent.WishChanged::wish)
        .last()
        .isEqualTo(new Wish.Ready());
    phone.respond(phone.awaitRequest("BYE"), 200, "", "");
    Awaitility.await().until(() -> fixture.edge.treatments() == 0);
  }

  @Test
  void shouldAnswerFeatureCodeThatIsRefusedWithATone() {
    assertThat(dial("*2", "secret-a1", phone.sdp(1))).startsWith("SIP/2.0 200 ");
    assertThat(events(AgentEvent.WishChanged.class)).isEmpty();
    phone.awaitRequest("BYE");
  }

  @Test
  void shouldNotCarryOutFeatureCodeWithoutPasswordOrCodec() {
    assertThat(dial("*1", "wrong", phone.sdp(1))).startsWith("SIP/2.0 401 ");
    assertThat(dial("*1", "secret-a1", phone.sdp(1).replace("RTP/AVP 0 8 101", "RTP/AVP 18")))
        .startsWith("SIP/2.0 488 ");
    assertThat(events(AgentEvent.WishChanged.class)).isEmpty();
  }
}
