package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.QueueId;

/** What a site has to say reaches the caller while music plays, and is no loss otherwise. */
class AnnounceTest {
  private static final Optional<Duration> WAIT = Optional.of(Duration.ofMinutes(4));
  private static final Call.Announce TELL = new Call.Announce(SALES, 3, WAIT);

  private static Given<Call.Command, CallEvent, CallState> given(List<CallEvent> events) {
    return Given.given(Call.AGGREGATE, CALL.value(), events);
  }

  @Test
  void shouldTellACallerWhoHearsMusicAndWriteNothing() {
    given(waiting(TreatmentMode.EARLY_MEDIA))
        .when(TELL, NOW)
        .thenNothingNew()
        .owing(signal(new Signal.Announce(3, WAIT)));
  }

  private static Call.Queued queued(QueueId queue, Optional<String> music) {
    return new Call.Queued(queue, 1, NOW.plusSeconds(60), TreatmentMode.EARLY_MEDIA, 0, 0, music);
  }

  @Test
  void shouldPlayTheMusicOfTheQueue() {
    var begun =
        given(List.of(arrived()))
            .when(queued(SALES, Optional.of("waltz")), NOW)
            .owing(
                signal(new Signal.StartTreatment(CALLER_SDP, null)),
                signal(new Signal.PlayMusic(Optional.of("waltz"))));

    assertThat(Call.AGGREGATE.resume(begun.state()))
        .contains(signal(new Signal.PlayMusic(Optional.of("waltz"))));
  }

  @Test
  void shouldChangeTheMusicWithTheQueueAndPlayItAgainAfterARestart() {
    var moved =
        given(waiting(TreatmentMode.EARLY_MEDIA))
            .when(queued(new QueueId("service"), Optional.of("tango")), NOW)
            .owing(signal(new Signal.PlayMusic(Optional.of("tango"))))
            .owingNone(effect -> effect.toString().contains("StartTreatment"));

    CallState again = Call.AGGREGATE.evolve(moved.state(), new CallEvent.TreatmentRestarted(NOW));
    assertThat(Call.AGGREGATE.owed(again))
        .contains(signal(new Signal.PlayMusic(Optional.of("tango"))));
  }

  @Test
  void shouldNotTellWhoWaitsElsewhereOrNotAtAll() {
    given(waiting(TreatmentMode.EARLY_MEDIA))
        .when(new Call.Announce(new QueueId("service"), 3, WAIT), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    given(ringing()).when(TELL, NOW).thenRefused(Reason.OUT_OF_ORDER);
    given(connected()).when(TELL, NOW).thenRefused(Reason.OUT_OF_ORDER);
    given(List.of(arrived())).when(TELL, NOW).thenRefused(Reason.OUT_OF_ORDER);
  }
}
