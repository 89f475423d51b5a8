package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.Given.given;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Given;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.domain.statistics.QueuePace;

/** What a site remembers of how fast its queues move, and what it tells callers from it. */
class PaceTest {
  private static Given<Site.Command, SiteEvent, SiteState> site() {
    return given(Site.AGGREGATE, "berlin", configured());
  }

  private static Instant after(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  /** Anna takes the first call after 30 s, talks for 100 s, and wraps up for 20 s. */
  private static Given<Site.Command, SiteEvent, SiteState> oneServed() {
    return site()
        .and(NOW, seek(C1))
        .and(after(20), ready(ANNA, 1))
        .and(after(30), new Site.OfferAccepted(FIRST))
        .and(
            after(130),
            new Site.CallOver(
                C1, CallOutcome.SERVED, List.of(new OfferEnd(FIRST, OfferOutcome.ACCEPTED))))
        .and(after(150), new Site.Expire());
  }

  @Test
  void shouldKnowHowLongAConversationTakesWithItsWrapUp() {
    QueuePace pace = oneServed().state().paces().of(SALES);

    assertThat(pace.handleTime()).contains(Duration.ofSeconds(120));
    assertThat(pace.lastWait()).contains(Duration.ofSeconds(30));
    assertThat(pace.answered()).isEqualTo(1);
    assertThat(oneServed().state().paces().handlings()).isEmpty();
  }

  @Test
  void shouldCountWhoGivesUpOnce() {
    var given =
        site()
            .and(NOW, seek(C1))
            .and(after(40), new Site.CallOver(C1, CallOutcome.ABANDONED, List.of()));

    QueuePace pace = given.state().paces().of(SALES);

    assertThat(pace.abandoned()).isEqualTo(1);
    assertThat(pace.abandonsPerSecond()).isEqualTo(1.0 / 40);
    assertThat(pace.handleTime()).isEmpty();
  }

  @Test
  void shouldEstimateByThePlaceAndByWhoServes() {
    SiteState state = oneServed().and(after(200), seek(C2), seek(C3, HOTLINE, after(199))).state();

    Estimate next = state.estimatedWait(C3, EstimatedWait.ERLANG_A, after(200));
    Estimate second = state.estimatedWait(C2, EstimatedWait.ERLANG_A, after(200));

    assertThat(state.call(C2).orElseThrow().waiting()).as("anna was free for it").isFalse();
    assertThat(second).isEqualTo(new Estimate.Unknown(Estimate.Why.NOT_WAITING));
    assertThat(next.expectedIfAny()).contains(Duration.ofSeconds(120));
    assertThat(state.estimatedWait(SALES, EstimatedWait.ERLANG_A, after(200)).expectedIfAny())
        .as("one is ahead")
        .contains(Duration.ofSeconds(240));
  }

  @Test
  void shouldShareAgentsWithOtherQueuesThatWantThem() {
    SiteState state =
        oneServed()
            .and(after(200), seek(C2), seek(C3))
            .and(after(200), seek(new org.switchwright.domain.CallId("c4"), HELP, after(200)))
            .state();

    assertThat(state.estimatedWait(C3, EstimatedWait.ERLANG_A, after(200)).expectedIfAny())
        .as("half of anna is theirs")
        .contains(Duration.ofSeconds(240));
  }

  @Test
  void shouldNotCountOnAgentsWhoWantNoMoreCalls() {
    SiteState state = oneServed().and(after(200), seek(C2), seek(C3), notReady(ANNA, 2)).state();

    assertThat(state.estimatedWait(C3, EstimatedWait.ERLANG_A, after(200)))
        .isEqualTo(new Estimate.Unknown(Estimate.Why.NO_AGENTS));
  }

  @Test
  void shouldForgetTheQueuesThatAreNoMore() {
    SiteConfiguration all = configuration();
    SiteConfiguration fewer =
        new SiteConfiguration(
            all.queues().subList(1, 2), all.points(), all.delays(), all.notReadyReasons());

    var given = oneServed().and(after(300), new Site.Configure(fewer));

    assertThat(given.state().paces().queues()).isEmpty();
    assertThat(given.state().estimatedWait(SALES, EstimatedWait.ERLANG_A, after(300)))
        .isInstanceOf(Estimate.Unknown.class);
  }
}
