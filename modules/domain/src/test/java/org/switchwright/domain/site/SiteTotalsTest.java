package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.Destination;

/** Callers count, and not what agents ask each other about them. */
class SiteTotalsTest {
  private static final OfferId SECOND = new OfferId(C1, 2);

  private static SiteTotals.OfQueue line(SiteTotals totals, QueueId queue) {
    return totals.queues().stream()
        .filter(it -> it.queue().equals(queue))
        .findFirst()
        .orElseThrow();
  }

  private static SiteTotals of(Given<Site.Command, SiteEvent, SiteState> given) {
    return SiteTotals.of(given.state(), NOW);
  }

  @Test
  void shouldCountCallersThroughAConsultation() {
    Given<Site.Command, SiteEvent, SiteState> talking =
        Given.given(Site.AGGREGATE, "berlin", configured())
            .and(NOW, ready(ANNA, 1), notReady(BEN, 1), seek(C1), new Site.OfferAccepted(FIRST));
    var asking = talking.and(NOW, new Site.Consult(FIRST, 1, new Destination.ToQueue(SERVICE)));
    var asked =
        talking.and(
            NOW,
            ready(BEN, 2),
            new Site.Consult(FIRST, 1, new Destination.ToAgent(BEN)),
            new Site.OfferAccepted(SECOND));
    var three = asked.and(NOW, new Site.Attends(FIRST, SECOND, 1, 1));

    assertThat(of(talking).talking()).isEqualTo(1);
    assertThat(of(asking)).isEqualTo(new SiteTotals(2, 2, 0, 0, 0, of(asking).queues()));
    assertThat(line(of(asking), SERVICE).waiting()).isZero();
    assertThat(of(asked).talking()).isZero();
    assertThat(of(three).talking()).isEqualTo(1);
    assertThat(of(three.and(NOW, new Site.Attends(FIRST, SECOND, 1, 2))).talking()).isZero();
  }

  @Test
  void shouldCountThoseWhoWait() {
    SiteTotals totals =
        of(
            Given.given(Site.AGGREGATE, "berlin", configured())
                .and(NOW, notReady(ANNA, 1), seek(C1), seek(C2)));

    assertThat(totals)
        .isEqualTo(
            new SiteTotals(
                1,
                1,
                0,
                2,
                0,
                List.of(
                    new SiteTotals.OfQueue(SALES, 2, Optional.of(NOW), 0, 0),
                    new SiteTotals.OfQueue(SERVICE, 0, Optional.empty(), 0, 0))));
  }
}
