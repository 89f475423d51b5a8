package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentEvent.StationLost;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.TreatmentMode;

/** Phones that answer when asked, and phones that do not. */
class ProbesTest {
  private final EdgeFixture fixture =
      new EdgeFixture(TreatmentMode.AFTER_ANSWER, Duration.ofSeconds(20), Duration.ofMillis(300));
  private final RawPhone phone = fixture.phone();

  @AfterEach
  void close() {
    fixture.close();
  }

  private <E extends AgentEvent> List<E> events(Class<E> type) {
    return fixture.host.agentEvents.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 405, 481, 486, 503, 603})
  void shouldTakeAnyAnswerForASignOfLife(int status) {
    fixture.ready("a1", phone);

    for (int probe = 0; probe < 4; probe++) {
      phone.respond(phone.awaitRequest("OPTIONS"), status, "p", "");
    }

    assertThat(events(StationLost.class)).isEmpty();
  }

  @Test
  void shouldReportAPhoneThatLeavesTwoProbesUnanswered() {
    fixture.ready("a1", phone);
    phone.respond(phone.awaitRequest("OPTIONS"), 200, "p", "");

    Awaitility.await()
        .atMost(RawPhone.SOON)
        .untilAsserted(() ->
            assertThat(events(StationLost.class))
                .extracting(StationLost::cause)
                .containsExactly(StationLost.Cause.SILENT));
    assertThat(events(AgentEvent.WishChanged.class).getLast().wish())
        .isEqualTo(new Wish.NotReady(Wish.SystemReason.UNREACHABLE.text()));
  }

  @Test
  void shouldAskAgainAtOnceWhereOneProbeWasLost() {
    fixture.ready("a1", phone);
    String lost = phone.awaitRequest("OPTIONS");
    String branch = RawPhone.header(lost, "CSeq");

    String again =
        phone.await(
            it -> it.startsWith("OPTIONS") && !RawPhone.header(it, "CSeq").equals(branch),
            "another probe");
    phone.respond(again, 200, "p", "");

    String next =
        phone.await(
            it ->
                it.startsWith("OPTIONS")
                    && !it.contains(RawPhone.header(again, "CSeq"))
                    && !it.contains(branch),
            "a third probe");
    phone.respond(next, 200, "p", "");
    assertThat(events(StationLost.class)).isEmpty();
  }
}
