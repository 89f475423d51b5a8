package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.estimate.Lookout;
import org.switchwright.domain.estimate.SentCall;
import org.switchwright.domain.estimate.Sighting;
import org.switchwright.domain.estimate.SiteAtCut;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** What goes into the estimate of a site that is cut off. */
class LookoutTest {
  private static final CallId FIRST = new CallId("c1");
  private static final CallId SECOND = new CallId("c2");

  /** Two agents were free in berlin when it was cut off, and the controller knows its address. */
  private static DataCenters network() {
    DataCenters network = new DataCenters(BERLIN);
    CallId early = new CallId("c0");
    network.arrive(CONTROLLER, early);
    network.tell(CONTROLLER, early, new LegReport.CallerCancelled());
    network.ready(BERLIN, "anna");
    network.ready(BERLIN, "ben");
    return network;
  }

  /** A call of the controller's that an agent of berlin answers. */
  private static void talk(DataCenters network, CallId call) {
    CallId there = new CallId(call + ".n1");
    network.arrive(CONTROLLER, call);
    network.carry(BERLIN, there, call);
    network.answer(BERLIN, there, 1);
    network.answer(CONTROLLER, call, 1);
  }

  private static List<Sighting> seen(Lookout lookout, List<SiteEvent> events) {
    List<Sighting> seen = new ArrayList<>();
    events.forEach(event -> seen.addAll(lookout.see(event)));
    return seen;
  }

  @Test
  void shouldSeeWhatBecomesOfTheCallsThatAreSent() {
    DataCenters network = network();
    network.lose(BERLIN);
    SiteState own = network.at(CONTROLLER).site;
    int before = network.at(CONTROLLER).history.size();
    Lookout lookout = new Lookout(BERLIN, own, network.at(BERLIN).monitor.mirror());
    assertThat(
            lookout.begin(
                SiteAtCut.of(network.at(BERLIN).monitor.mirror(), CONTROLLER, network.now())))
        .isEmpty();

    network.arrive(CONTROLLER, FIRST);
    network.arrive(CONTROLLER, SECOND);
    network.answer(CONTROLLER, FIRST, 1);
    network.pass(Duration.ofSeconds(5));
    network.tell(CONTROLLER, FIRST, new LegReport.HungUp(0));
    network.tell(CONTROLLER, SECOND, new LegReport.CallerCancelled());

    List<SiteEvent> after =
        network.at(CONTROLLER).history.subList(before, network.at(CONTROLLER).history.size());
    SentCall first = new SentCall(FIRST, 1);
    SentCall second = new SentCall(SECOND, 1);
    assertThat(seen(lookout, after))
        .extracting(Sighting::call, Sighting::kind, Sighting::queue)
        .contains(
            org.assertj.core.groups.Tuple.tuple(first, Sighting.Kind.SENT, "sales"),
            org.assertj.core.groups.Tuple.tuple(second, Sighting.Kind.SENT, "sales"),
            org.assertj.core.groups.Tuple.tuple(first, Sighting.Kind.ANSWERED, "sales"),
            org.assertj.core.groups.Tuple.tuple(first, Sighting.Kind.ENDED, "sales"));
    assertThat(seen(new Lookout(BERLIN, own, network.at(BERLIN).monitor.mirror()), after))
        .extracting(Sighting::at)
        .isSorted();
  }

  /** A call that was sent asked, and is talked about when the link is cut, is ours. */
  @Test
  void shouldKnowTheCallsThatWereThereAlready() {
    DataCenters network = network();
    talk(network, FIRST);
    network.pass(Duration.ofSeconds(1));
    network.lose(BERLIN);
    Instant at = network.now();

    SiteAtCut cut = SiteAtCut.of(network.at(BERLIN).monitor.mirror(), CONTROLLER, at);
    Lookout lookout =
        new Lookout(BERLIN, network.at(CONTROLLER).site, network.at(BERLIN).monitor.mirror());
    List<Sighting> begun = lookout.begin(cut);

    assertThat(cut.talking())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.ours()).contains(new SentCall(FIRST, 1));
          assertThat(it.queue()).isEqualTo("sales");
        });
    assertThat(cut.waiting()).isEmpty();
    assertThat(cut.idle()).hasSize(1);
    assertThat(begun).isEmpty();

    int before = network.at(CONTROLLER).history.size();
    network.tell(CONTROLLER, FIRST, new LegReport.HungUp(0));
    List<SiteEvent> after =
        network.at(CONTROLLER).history.subList(before, network.at(CONTROLLER).history.size());
    assertThat(seen(lookout, after))
        .extracting(Sighting::call, Sighting::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(new SentCall(FIRST, 1), Sighting.Kind.ENDED));
  }

  /** Between the last report and the moment at which the link was given up. */
  @Test
  void shouldKnowWhatCameToPassBeforeTheCutAndWasNotReported() {
    DataCenters network = network();
    talk(network, FIRST);
    network.pass(Duration.ofSeconds(1));
    SiteState reported = network.at(BERLIN).monitor.mirror();
    network.tell(CONTROLLER, FIRST, new LegReport.HungUp(0));
    talk(network, SECOND);
    network.lose(BERLIN);
    Instant at = network.now();

    List<Sighting> begun =
        new Lookout(BERLIN, network.at(CONTROLLER).site, reported)
            .begin(SiteAtCut.of(reported, CONTROLLER, at));

    SentCall second = new SentCall(SECOND, 1);
    assertThat(begun)
        .containsExactlyInAnyOrder(
            new Sighting(at, Sighting.Kind.ENDED, new SentCall(FIRST, 1), "sales"),
            new Sighting(at, Sighting.Kind.SENT, second, "sales"),
            new Sighting(at, Sighting.Kind.ANSWERED, second, "sales"));
  }
}
