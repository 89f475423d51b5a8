package org.switchwright.journal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pcollections.OrderedPSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.Departures;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.statistics.Paces;

class SiteSnapshotTest {
  private static final QueueId SALES = new QueueId("sales");
  private final EventFormat format = new EventFormat(new PlainCipher());

  private static SiteState site(Paces paces) {
    return new SiteState(
        new SiteId("berlin"),
        Optional.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        OrderedPSet.empty(),
        new SiteState.Tally(3, 1, 1, 0, 1, 0),
        paces,
        TreePMap.<QueueId, AgentId>empty().plus(SALES, new AgentId("anna")),
        TreePMap.<QueueId, Instant>empty().plus(SALES, Samples.AT),
        new Departures(
            TreePVector.singleton((Departures.Departure) Samples.of(Departures.Departure.class))));
  }

  private static Paces paces() {
    return Paces.NONE
        .started(new AgentId("anna"), SALES, Samples.AT)
        .started(new AgentId("ben"), SALES, Samples.AT)
        .finished(new AgentId("ben"), Samples.AT.plusMillis(61_234))
        .change(SALES, pace -> pace.answered(Duration.ofMillis(12_345)))
        .change(SALES, pace -> pace.abandoned(Duration.ofMillis(7)));
  }

  @Test
  void shouldReadWhatItWrote() {
    SiteState site = site(paces());

    assertThat(format.readValue(format.writeValue(site), SiteState.class)).isEqualTo(site);
  }
}
