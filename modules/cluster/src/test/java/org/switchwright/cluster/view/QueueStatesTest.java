package org.switchwright.cluster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.cluster.view.QueueStates.QueueNow;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.journal.testing.House;

class QueueStatesTest {
  private CallCenter center;

  @BeforeEach
  void open() throws SQLException {
    center = new CallCenter();
    center.house.configure(CallCenter.configuration());
  }

  @AfterEach
  void close() throws SQLException {
    center.close();
  }

  @Test
  void shouldCountWhoWaitsAndWhoCouldServe() throws SQLException {
    center.house.ready("a1", Map.of("selling", 5), House.Phone.ANSWERS);
    center.house.ready("a2", Map.of("selling", 4, "helping", 9), House.Phone.ANSWERS);
    center.house.ready("a3", Map.of("selling", 9), House.Phone.ANSWERS);
    center.house.tell(new AgentId("a3"), new Agent.BeNotReady(center.house.uttered(), "lunch"));
    center.house.arrive("billing", CallCenter.LONG, Duration.ZERO);
    center.house.pass(Duration.ofSeconds(1));
    center.house.arrive("billing", CallCenter.LONG, Duration.ZERO);

    QueueNow sales = queue("sales");
    assertThat(sales.loggedIn()).isEqualTo(2);
    assertThat(sales.ready()).isEqualTo(1);
    assertThat(sales.waiting()).isZero();
    assertThat(sales.oldestArrivedAt()).isEmpty();
    assertThat(queue("support").ready()).isEqualTo(1);
    QueueNow billing = queue("billing");
    assertThat(billing.waiting()).isEqualTo(2);
    assertThat(billing.oldestArrivedAt()).contains(CallCenter.START);
    assertThat(billing.ready()).isZero();
    assertThat(new SiteStates(center.database.dataSource()).read().sites())
        .containsExactly(new SiteStates.SiteNow(House.SITE, 3, 3, 3, 2, 2, 0));
  }

  @Test
  void shouldCountOnlyTheMembersOfAQueueThatHasSome() throws SQLException {
    center.house.configure(CallCenter.aging(Duration.ZERO));
    center.house.ready("a1", Map.of("selling", 5), House.Phone.ANSWERS);
    center.house.ready("a3", Map.of("selling", 9), House.Phone.ANSWERS);

    assertThat(queue("sales").loggedIn()).isEqualTo(1);
    assertThat(queue("sales").ready()).isEqualTo(1);
  }

  @Test
  void shouldCountEachCallOnceInEachQueueItCameTo() throws SQLException {
    center.house.ready("a1", Map.of("helping", 5), House.Phone.ANSWERS);
    center.house.pass(Duration.ofSeconds(1));
    center.house.arrive("support", CallCenter.LONG, Duration.ofMinutes(10));
    center.house.arrive("sales", Duration.ofMinutes(5), Duration.ZERO);
    center.house.arrive("billing", Duration.ofSeconds(30), Duration.ZERO);
    center.house.arrive("billing", CallCenter.LONG, Duration.ZERO);
    center.house.arrive("billing", CallCenter.LONG, Duration.ZERO);
    center.house.pass(Duration.ofMinutes(9));

    QueueStates.Totals support = queue("support").totals();
    assertThat(support.offered()).isEqualTo(2);
    assertThat(support.answered()).isEqualTo(1);
    assertThat(support.abandoned()).isEqualTo(1);
    assertThat(support.answeredWaited()).isEqualTo(Duration.ofMillis(2_400));
    QueueStates.Totals sales = queue("sales").totals();
    assertThat(sales.offered()).isEqualTo(1);
    assertThat(sales.overflowed()).isEqualTo(1);
    QueueStates.Totals billing = queue("billing").totals();
    assertThat(billing.offered()).isEqualTo(3);
    assertThat(billing.abandoned()).isEqualTo(1);
    assertThat(billing.overflowed()).isEqualTo(2);
  }

  @Test
  void shouldCountFromTheInstantAskedFor() throws SQLException {
    center.house.arrive("billing", Duration.ofSeconds(30), Duration.ZERO);
    center.house.pass(Duration.ofHours(24));
    center.house.arrive("billing", Duration.ofSeconds(30), Duration.ZERO);
    center.house.pass(Duration.ofHours(1));
    project();

    QueueStates states = new QueueStates(center.database.dataSource());
    var yesterdayToo = states.read(CallCenter.START.minus(Duration.ofHours(8)));
    var today = states.read(CallCenter.START.plus(Duration.ofHours(16)));

    assertThat(yesterdayToo.queues().get(2).totals().offered()).isEqualTo(2);
    assertThat(today.queues().get(2).totals().offered()).isEqualTo(1);
  }

  @Test
  void shouldSayOfWhichMomentItSpeaks() throws SQLException {
    project();
    QueueStates states = new QueueStates(center.database.dataSource());
    AsOf upToDate = states.read(CallCenter.START).asOf();
    center.house.pass(Duration.ofMinutes(5));
    center.house.arrive("billing", CallCenter.LONG, Duration.ZERO);
    center.write();

    AsOf behind = states.read(CallCenter.START).asOf();

    assertThat(behind.cursor()).isEqualTo(upToDate.cursor());
    assertThat(behind.at())
        .isEqualTo(
            CallCenter.START
                .plus(Duration.ofMinutes(5))
                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
  }

  private QueueNow queue(String id) throws SQLException {
    project();
    return new QueueStates(center.database.dataSource())
        .read(CallCenter.START.minus(Duration.ofHours(1))).queues().stream()
            .filter(queue -> queue.queue().value().equals(id))
            .findFirst()
            .orElseThrow();
  }

  private void project() throws SQLException {
    center.write();
    center.project(400);
    center.storeOffset();
  }
}
