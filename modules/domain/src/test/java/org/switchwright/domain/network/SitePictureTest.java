package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Given;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteTotals;

class SitePictureTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final QueueId SALES = new QueueId("sales");

  private static final SiteConfiguration CONFIGURATION =
      new SiteConfiguration(
          List.of(
              new SiteConfiguration.Queue(
                  SALES,
                  new TreeMap<>(),
                  10,
                  Duration.ofMinutes(5),
                  Optional.empty(),
                  Duration.ofSeconds(15),
                  Duration.ZERO,
                  TreatmentMode.EARLY_MEDIA)),
          List.of(),
          new SiteConfiguration.Delays(Duration.ZERO, Duration.ZERO),
          List.of("break"));

  private static SiteEvent reported(String agent, Wish wish) {
    return new SiteEvent.AgentReported(
        NOW,
        new AgentId(agent),
        1,
        0,
        wish,
        new TreeMap<>(),
        Optional.of(new Personal.Erased(new KeyId("masked"))));
  }

  /** One agent is ready, one is not, and a call waits that nobody has been found for yet. */
  private static MonitorState known() {
    CallId call = new CallId("c1");
    return Given.given(SiteMonitor.AGGREGATE, "berlin", List.<MonitorEvent>of())
        .and(
            NOW,
            new SiteMonitor.Hear(),
            new SiteMonitor.Take(
                "4",
                List.of(
                    new Report(1, new SiteEvent.SiteConfigured(NOW, CONFIGURATION)),
                    new Report(2, reported("anna", new Wish.Ready())),
                    new Report(3, reported("ben", new Wish.NotReady("break"))),
                    new Report(
                        4,
                        new SiteEvent.CallEntered(
                            NOW,
                            call,
                            new InteractionId("i1"),
                            new RoutingPointId("hotline"),
                            SALES,
                            0,
                            NOW,
                            Optional.empty(),
                            Optional.empty())))))
        .state();
  }

  private static Pulse pulse(Instant at, long last) {
    return Pulse.NONE
        .heard(at.minus(EVERY), at.minus(EVERY), at, last, EVERY)
        .heard(at, at, at, last, EVERY);
  }

  @Test
  void shouldTellFiguresOfASiteThatIsHeard() {
    SitePicture picture = SitePicture.of(known(), pulse(NOW, 4), EVERY, NOW.plusSeconds(1));

    assertThat(picture.basis()).isEqualTo(Basis.LIVE);
    assertThat(picture.asOf()).contains(NOW);
    assertThat(picture.totals())
        .contains(
            new SiteTotals(
                2, 2, 1, 1, 0, List.of(new SiteTotals.OfQueue(SALES, 1, Optional.of(NOW), 1, 0))));
  }

  /** Nothing that is not known is told as zero. */
  @Test
  void shouldTellNothingOfASiteThatNeverReported() {
    MonitorState heard =
        Given.given(SiteMonitor.AGGREGATE, "berlin", List.<MonitorEvent>of())
            .and(NOW, new SiteMonitor.Hear())
            .state();

    SitePicture picture = SitePicture.of(heard, pulse(NOW, 0), EVERY, NOW);

    assertThat(picture.basis()).isEqualTo(Basis.UNKNOWN);
    assertThat(picture.asOf()).isEmpty();
    assertThat(picture.totals()).isEmpty();
  }

  @Test
  void shouldTellTheLastThatWasReportedOfASiteThatIsSilent() {
    MonitorState known = known();
    Instant silent = NOW.plus(EVERY.multipliedBy(3)).plusMillis(1);

    assertThat(SitePicture.of(known, pulse(NOW, 4), EVERY, silent.minusMillis(1)).basis())
        .isEqualTo(Basis.LIVE);
    SitePicture picture = SitePicture.of(known, pulse(NOW, 4), EVERY, silent);
    assertThat(picture.basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(picture.asOf()).contains(NOW);
    assertThat(picture.totals()).isPresent();
    // A controller that has just started has heard nothing yet, whatever its journal says.
    assertThat(SitePicture.of(known, Pulse.NONE, EVERY, NOW).basis()).isEqualTo(Basis.ESTIMATED);
  }

  /** After a cut it is heard before it has reported what happened meanwhile. */
  @Test
  void shouldNotBeLiveBeforeItsHistoryIsMadeUpFor() {
    Instant back = NOW.plusSeconds(3_600);
    Pulse again = pulse(NOW, 4).heard(back, back, back, 5_000, EVERY);

    assertThat(SitePicture.of(known(), pulse(NOW, 5), EVERY, NOW).basis())
        .isEqualTo(Basis.ESTIMATED);
    assertThat(SitePicture.of(known(), again, EVERY, back).basis()).isEqualTo(Basis.ESTIMATED);
    // As old as the last that it reported, by our clock.
    assertThat(SitePicture.of(known(), again, EVERY, back).asOf()).contains(NOW);
    Instant theirs = back.plusSeconds(90);
    Pulse fast = pulse(NOW, 4).heard(back, back, theirs, 5_000, EVERY);
    assertThat(SitePicture.of(known(), fast, EVERY, back).asOf()).contains(NOW.minusSeconds(90));
    // While it is heard, what has happened since the last heartbeat is no reason.
    Instant soon = NOW.plusMillis(1);
    Pulse busy = pulse(NOW, 4).heard(NOW, soon, NOW, 9, EVERY);
    assertThat(SitePicture.of(known(), busy, EVERY, soon).basis()).isEqualTo(Basis.LIVE);
    // Of another history nothing is known yet.
    assertThat(SitePicture.of(known(), busy.anew(), EVERY, soon).basis())
        .isEqualTo(Basis.ESTIMATED);
  }

  /** A quiet night before the cut does not make what was heard at noon older than that. */
  @Test
  void shouldTellOfTheLastHeartbeatWhereNothingWasMissing() {
    Instant noon = NOW.plusSeconds(10_800);
    Pulse quiet = pulse(noon, 4);

    SitePicture picture = SitePicture.of(known(), quiet, EVERY, noon.plusSeconds(60));

    assertThat(picture.basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(picture.asOf()).contains(noon);
  }

  @Test
  void shouldTellHowFarTheSitesClockIsFromOurs() {
    Instant theirs = NOW.minusSeconds(90).plusMillis(50);

    Pulse pulse = Pulse.NONE.heard(NOW, NOW.plusMillis(100), theirs, 7, EVERY);

    assertThat(pulse.skew()).isEqualTo(Duration.ofSeconds(-90));
    assertThat(pulse.behind(4)).isEqualTo(3);
    // Answers may overtake each other.
    assertThat(pulse.heard(NOW, NOW.plusMillis(20), theirs, 5, EVERY)).isEqualTo(pulse);
  }

  @Test
  void shouldBeSilentAfterThreeHeartbeatsThatDoNotCome() {
    Instant end = NOW.plus(EVERY.multipliedBy(3));

    assertThat(Pulse.NONE.silent(NOW, EVERY, end)).isFalse();
    assertThat(Pulse.NONE.silent(NOW, EVERY, end.plusMillis(1))).isTrue();
    assertThat(pulse(NOW.plusSeconds(1), 4).silent(NOW, EVERY, end.plusMillis(1))).isFalse();
    // Watched again after a while, it gets as long again.
    assertThat(pulse(NOW, 4).silent(NOW.plusSeconds(60), EVERY, NOW.plusSeconds(61))).isFalse();
  }
}
