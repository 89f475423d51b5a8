package org.switchwright.systemtest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.Conversations.bothHear;
import static org.switchwright.systemtest.Conversations.endCleanly;
import static org.switchwright.systemtest.TestSite.SOON;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.CallHistory;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** What callers, agents and their phones do to each other, one situation a test. */
class SituationsSystemTest {
  @TempDir private static Path home;
  private static TestSite site;
  private static RunningServer server;
  private static int lastAgent;

  private UserAgents phones;
  private UserAgents callers;
  private Phone phone;
  private final Set<String> before = new HashSet<>();

  @BeforeAll
  static void start() throws Exception {
    site = TestSite.prepare(home, 30);
    server = site.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    history().forEach(call -> before.add(call.call().value()));
  }

  @AfterEach
  void close() {
    if (phone != null) {
      site.dial(phone, "*10");
    }
    callers.close();
    phones.close();
  }

  /** An agent of its own for each test, so that no test's consequence is another's cause. */
  private Phone readyPhone(Behaviour behaviour) throws Exception {
    phone = site.phone(phones, ++lastAgent);
    phone.behave(behaviour);
    phone.register();
    phone.awaitRegistered(SOON);
    site.dial(phone, "*11");
    return phone;
  }

  @Test
  void shouldConnectStraightThroughWhereAnAgentIsFree() throws Exception {
    readyPhone(Behaviour.answerAfter(Duration.ofMillis(300)));

    Call call = site.call(callers, "sales");
    call.awaitEstablished(SOON);
    Call agents = answered(1);
    bothHear(call, agents);
    call.hangUp();

    PastCall past = over(CallOutcome.SERVED);
    assertThat(call.events(org.switchwright.useragent.CallEvent.ReInvited.class)).isEmpty();
    assertThat(past.queuedAt()).isEmpty();
    assertThat(past.endedBy()).contains(CallHistory.Party.CALLER);
    endCleanly(call, agents);
  }

  @Test
  void shouldPlayTreatmentAndThenJoin() throws Exception {
    Phone later = site.phone(phones, ++lastAgent);
    later.behave(Behaviour.answerAfter(Duration.ofMillis(300)));
    Call call = site.call(callers, "sales");
    call.awaitEarlyMedia(SOON);
    await().atMost(SOON).until(() -> call.audio().packetsReceived() > 20);

    phone = later;
    phone.register();
    phone.awaitRegistered(SOON);
    site.dial(phone, "*11");
    call.awaitEstablished(SOON);
    call.awaitReInvited(1, SOON);
    Call agents = answered(1);
    bothHear(call, agents);
    agents.hangUp();

    PastCall past = over(CallOutcome.SERVED);
    assertThat(past.queuedAt()).isPresent();
    assertThat(past.endedBy()).contains(CallHistory.Party.AGENT);
    endCleanly(call, agents);
  }

  @Test
  void shouldPlayTreatmentAfterAnAnswerWhereConfiguredSo() throws Exception {
    Call call = site.call(callers, "support");
    call.awaitEstablished(SOON);
    await().atMost(SOON).until(() -> call.audio().packetsReceived() > 20);

    readyPhone(Behaviour.answer());
    call.awaitReInvited(1, SOON);
    Call agents = answered(1);
    bothHear(call, agents);
    call.hangUp();

    over(CallOutcome.SERVED);
    endCleanly(call, agents);
  }

  @Test
  void shouldTakeACallerWhoOffersNothing() throws Exception {
    readyPhone(Behaviour.answer());

    Call call =
        callers
            .caller("+49301234567")
            .call("sip:sales@127.0.0.1", site.edge())
            .withoutOffer()
            .place();
    call.awaitEstablished(SOON);
    call.awaitReInvited(1, SOON);
    bothHear(call, answered(1));
    call.hangUp();

    over(CallOutcome.SERVED);
  }

  @Test
  void shouldLetACallerLeaveTheQueue() throws Exception {
    Call call = site.call(callers, "sales");
    call.awaitEarlyMedia(SOON);
    call.cancel();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(487);
    over(CallOutcome.ABANDONED);
  }

  @Test
  void shouldStopRingingWhenTheCallerLeaves() throws Exception {
    readyPhone(Behaviour.ring());
    Call call = site.call(callers, "sales");
    call.awaitProvisional(180, SOON);
    call.cancel();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(487);
    answered(1).awaitEnded(SOON);
    over(CallOutcome.ABANDONED);

    phone.behave(Behaviour.answer());
    Call next = site.call(callers, "sales");
    next.awaitEstablished(SOON);
    next.hangUp();
  }

  @Test
  void shouldOfferAgainAfterARejection() throws Exception {
    readyPhone(Behaviour.reject());
    Call call = site.call(callers, "sales");
    answered(1).awaitEnded(SOON);
    phone.behave(Behaviour.answer());

    call.awaitEstablished(SOON);
    call.awaitReInvited(1, SOON);
    call.hangUp();
    assertThat(over(CallOutcome.SERVED).offers()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void shouldOfferAgainAfterABusyPhone() throws Exception {
    readyPhone(Behaviour.busy());
    Call call = site.call(callers, "sales");
    answered(1).awaitEnded(SOON);
    phone.behave(Behaviour.answer());

    call.awaitEstablished(SOON);
    call.awaitReInvited(1, SOON);
    call.hangUp();
    over(CallOutcome.SERVED);
  }

  @Test
  void shouldMakeAnAgentWhoMissesNotReady() throws Exception {
    readyPhone(Behaviour.ring());
    Call call = site.call(callers, "sales");
    answered(1).awaitEnded(SOON);
    call.awaitEarlyMedia(SOON);
    phone.behave(Behaviour.answer());
    site.dial(phone, "*12");

    call.awaitEstablished(SOON);
    call.awaitReInvited(1, SOON);
    call.hangUp();
    assertThat(over(CallOutcome.SERVED).offers()).isEqualTo(2);
  }

  @Test
  void shouldKeepThePlaceWhenAPhoneIsSilent() throws Exception {
    readyPhone(Behaviour.silent());
    Call call = site.call(callers, "sales");
    call.awaitEarlyMedia(SOON);
    phone.behave(Behaviour.answer());
    phone.register();

    call.awaitEstablished(SOON);
    call.awaitReInvited(1, SOON);
    call.hangUp();
    assertThat(over(CallOutcome.SERVED).offers()).isEqualTo(2);
  }

  @Test
  void shouldPassHoldAndResume() throws Exception {
    readyPhone(Behaviour.answer());
    Call call = site.call(callers, "sales");
    call.awaitEstablished(SOON);
    Call agents = answered(1);
    bothHear(call, agents);

    assertThat(agents.hold().get(20, SECONDS)).isEqualTo(200);
    call.awaitReInvited(1, SOON);
    assertThat(agents.resume().get(20, SECONDS)).isEqualTo(200);
    call.awaitReInvited(2, SOON);
    assertThat(call.hold().get(20, SECONDS)).isEqualTo(200);
    assertThat(call.resume().get(20, SECONDS)).isEqualTo(200);
    bothHear(call, agents);
    call.hangUp();

    over(CallOutcome.SERVED);
    endCleanly(call, agents);
  }

  @Test
  void shouldReleaseACallerWhoWaitedTooLong() throws Exception {
    Call call = site.call(callers, "short");

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(480);
    over(CallOutcome.OVERFLOWED);
  }

  @Test
  void shouldRefuseAnAddressThatNobodyHas() {
    assertThat(site.call(callers, "nobody").awaitFinal(SOON).status()).isEqualTo(404);
  }

  private Call answered(int nth) {
    return phone.awaitCall(nth, SOON);
  }

  /** The one call of this test, once it is over. */
  private PastCall over(CallOutcome outcome) throws SQLException {
    await().atMost(SOON).until(() -> mine().stream().anyMatch(it -> it.outcome().isPresent()));
    PastCall past =
        mine().stream().filter(it -> it.outcome().isPresent()).findFirst().orElseThrow();
    assertThat(past.outcome()).contains(outcome);
    return past;
  }

  private List<PastCall> mine() throws SQLException {
    return history().stream().filter(it -> !before.contains(it.call().value())).toList();
  }

  private static List<PastCall> history() throws SQLException {
    return new CallHistory(server.database().dataSource())
        .page(CallHistory.Filter.ALL, Optional.empty(), 500)
        .rows();
  }
}
