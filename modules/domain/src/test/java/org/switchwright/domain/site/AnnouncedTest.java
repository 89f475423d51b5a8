package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Given;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.site.SiteConfiguration.Delays;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;

/** When a site tells those who wait, what, and what it remembers of that. */
class AnnouncedTest {
  private static final Announcements EACH_20_SECONDS =
      new Announcements(
          true, 2, true, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(20));

  private static Given<Site.Command, SiteEvent, SiteState> site() {
    return Given.given(
            Site.AGGREGATE,
            "berlin",
            List.of(
                new SiteEvent.SiteConfigured(
                    NOW.minusSeconds(3_600),
                    new SiteConfiguration(
                        List.of(
                            queue(SALES, Optional.of(SERVICE), TALK, 3).announcing(EACH_20_SECONDS),
                            queue(SERVICE, Optional.empty(), SPANISH, 3)
                                .announcing(EACH_20_SECONDS)),
                        List.of(new RoutingPoint(HOTLINE, SALES, 0)),
                        new Delays(REJECTED, BUSY),
                        List.of("break")))))
        .and(NOW, seek(C1))
        .and(NOW.plusSeconds(1), seek(C2, HOTLINE, NOW.plusSeconds(1)));
  }

  private static SiteEvent.CallAnnounced announced(Instant at, int position) {
    return new SiteEvent.CallAnnounced(
        at, position == 1 ? C1 : C2, SALES, position, Optional.empty());
  }

  @Test
  void shouldTellThePlaceAtItsTimeAndNothingThatIsUnknown() {
    var site = site();

    assertThat(Site.AGGREGATE.due(site.state())).contains(NOW.plusSeconds(10));
    site.when(new Site.Expire(), NOW.plusSeconds(10))
        .then(announced(NOW.plusSeconds(10), 1))
        .owing(tell(C1, new Call.Announce(SALES, 1, Optional.empty())));
    site.when(new Site.Expire(), NOW.plusSeconds(11))
        .then(announced(NOW.plusSeconds(11), 1), announced(NOW.plusSeconds(11), 2));
  }

  @Test
  void shouldTellAgainAfterTheIntervalAndSayABetterPlace() {
    var told = site().and(NOW.plusSeconds(11), new Site.Expire());

    assertThat(Site.AGGREGATE.due(told.state())).contains(NOW.plusSeconds(31));
    told.and(NOW.plusSeconds(12), new Site.CallOver(C1, CallOutcome.ABANDONED, List.of()))
        .when(new Site.Expire(), NOW.plusSeconds(31))
        .then(new SiteEvent.CallAnnounced(NOW.plusSeconds(31), C2, SALES, 1, Optional.empty()))
        .owing(tell(C2, new Call.Announce(SALES, 1, Optional.empty())));
  }

  @Test
  void shouldSayNothingWorseButMoveOn() {
    var overtaken =
        site()
            .and(NOW.plusSeconds(11), new Site.Expire())
            .and(NOW.plusSeconds(12), new Site.Reprioritise(C2, 9, "eva"));

    var outcome = overtaken.when(new Site.Expire(), NOW.plusSeconds(31));

    outcome.then(
        new SiteEvent.CallAnnounced(NOW.plusSeconds(31), C1, SALES, 0, Optional.empty()),
        new SiteEvent.CallAnnounced(NOW.plusSeconds(31), C2, SALES, 1, Optional.empty()));
    assertThat(outcome.effects())
        .containsExactly(tell(C2, new Call.Announce(SALES, 1, Optional.empty())));
    assertThat(Site.AGGREGATE.due(outcome.state())).contains(NOW.plusSeconds(51));
  }

  @Test
  void shouldBeginAnewInAnotherQueue() {
    var moved =
        site()
            .and(NOW.plusSeconds(11), new Site.Expire())
            .and(NOW.plusSeconds(31), new Site.Expire())
            .and(NOW.plusSeconds(51), new Site.Expire())
            .and(NOW.plusSeconds(60), new Site.Expire());

    SiteCall call = moved.state().call(C1).orElseThrow();
    assertThat(call.queue()).isEqualTo(SERVICE);
    assertThat(call.told())
        .isEqualTo(new Told(Optional.of(NOW.plusSeconds(51)), 0, Optional.empty()));
    assertThat(moved.state().dues().ownDue(call)).isEqualTo(NOW.plusSeconds(70));
  }

  @Test
  void shouldTellNothingWhereItIsOff() {
    var silent = Given.given(Site.AGGREGATE, "berlin", configured()).and(NOW, seek(C1));

    assertThat(Site.AGGREGATE.due(silent.state())).contains(NOW.plus(MAX_WAIT));
  }
}
