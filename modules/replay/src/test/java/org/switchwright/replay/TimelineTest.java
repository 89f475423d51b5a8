package org.switchwright.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision.Verdict;
import org.switchwright.replay.Explanation.CallExplanation;
import org.switchwright.replay.Timeline.CallTimeline;
import org.switchwright.replay.Timeline.Entry;

class TimelineTest {
  private Replayed replayed;
  private CallId call;

  @BeforeEach
  void open() throws SQLException, IOException {
    replayed = new Replayed();
    call = replayed.eventfulCall();
    replayed.catchUp();
  }

  @AfterEach
  void close() throws SQLException {
    replayed.close();
  }

  @Test
  void shouldTellTheStoryOfACallInOrder() throws SQLException {
    CallTimeline timeline = timeline(Disclosure.MASKED);

    assertThat(timeline.complete()).isTrue();
    assertThat(timeline.entries()).extracting(Entry::sinceArrival).isSorted();
    assertThat(timeline.entries())
        .extracting(Entry::sentence)
        .containsSubsequence(
            "A call arrived at sales",
            "The site took the call into queue sales with priority 1",
            "Offer 1: the phone of agent a1 is called, for at most 15 s",
            "Offer 1 ended: rejected by the agent (SIP 603)",
            "Offer 2: the phone rings",
            "Offer 2: the phone is asked to stop ringing (missed: it rang and nobody answered)",
            "Offer 2 ended: missed: it rang and nobody answered (SIP 487)",
            "The call moved on from queue sales to queue support",
            "Offer 4: the agent answered",
            "Caller and agent talk",
            "The phone of the caller proposed another session (hold, resume or another address)",
            "The site has taken note of the end");
    assertThat(timeline.entries().getFirst().sinceArrival()).isEqualTo(Duration.ZERO);
    assertThat(timeline.entries().stream().flatMap(entry -> entry.choice().stream())).hasSize(4);
  }

  @Test
  void shouldShowWhoCalledOnlyWhenAsked() throws SQLException {
    assertThat(timeline(Disclosure.MASKED).caller()).isEmpty();
    assertThat(timeline(Disclosure.SHOWN).caller().orElseThrow()).contains("+49301000001");
    assertThat(timeline(Disclosure.MASKED).toString())
        .doesNotContain("Mustermann", "+4930", "198.51.100", "192.0.2");
  }

  @Test
  void shouldKnowNothingOfACallThatNeverWas() throws SQLException {
    Timeline timeline = new Timeline(replayed.database.dataSource(), replayed.format);

    assertThat(timeline.of(new CallId("nobody"), Disclosure.MASKED)).isEmpty();
    assertThat(new Explanation(replayed.database.dataSource()).of(new CallId("nobody"))).isEmpty();
  }

  @Test
  void shouldExplainEachChoiceAndEachAgentThatWasNotChosen() throws SQLException {
    CallExplanation explanation =
        new Explanation(replayed.database.dataSource()).of(call).orElseThrow();

    assertThat(explanation.choices())
        .extracting(choice -> choice.decision().chosen())
        .containsExactly(
            new AgentId("a1"), new AgentId("a2"), new AgentId("a1"), new AgentId("a4"));
    assertThat(explanation.choices())
        .extracting(choice -> choice.outcome().orElseThrow())
        .containsExactly(
            OfferOutcome.REJECTED,
            OfferOutcome.MISSED,
            OfferOutcome.REJECTED,
            OfferOutcome.ACCEPTED);
    Explanation.Choice first = explanation.choices().getFirst();
    assertThat(first.verdicts())
        .extracting(Explanation.AgentVerdict::verdict)
        .containsExactly(Verdict.CHOSEN, Verdict.IDLE_FOR_LESS, Verdict.LEVEL_TOO_LOW);
    assertThat(first.verdicts())
        .extracting(Explanation.AgentVerdict::sentence)
        .containsExactly(
            "Agent a1 was chosen: has what queue sales asks for, idle, for 10 s.",
            "Agent a2 could have served the call too, but was idle for less time, for 5.0 s.",
            "Agent a3 has too low a level of skill selling.");
    assertThat(explanation.text())
        .contains(
            "After 0 ms: A call arrived at sales.",
            "Agent a4 was chosen for offer 4: idle the longest of 1 free for queue support",
            "Agent a1 lacks skill helping.");
  }

  @Test
  void shouldSayAtWhomACallRangWhoWonAndThatTheOthersWereReleased() throws SQLException {
    CallId everybody = replayed.callToEverybody();
    replayed.catchUp();

    CallExplanation explanation =
        new Explanation(replayed.database.dataSource()).of(everybody).orElseThrow();

    assertThat(explanation.way())
        .contains(
            "After 0 ms: It is offered to agents b1, b2, b3 at once.",
            "After 2.4 s: Agent b1 answered first; agent b3 had to be released.",
            "After 2.4 s: Released after 0 ms: agent b3.");
    assertThat(explanation.choices().getFirst().verdicts())
        .extracting(Explanation.AgentVerdict::verdict)
        .contains(Verdict.CHOSEN, Verdict.RINGS_TOO);
    assertThat(explanation.choices())
        .extracting(choice -> choice.outcome().orElseThrow())
        .containsExactly(OfferOutcome.ACCEPTED, OfferOutcome.REJECTED, OfferOutcome.WITHDRAWN);
  }

  private CallTimeline timeline(Disclosure disclosure) throws SQLException {
    return new Timeline(replayed.database.dataSource(), replayed.format)
        .of(call, disclosure)
        .orElseThrow();
  }
}
