package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.DataCommand;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.site.SiteEvent;

/** What is attached to a call of the controller that an agent of berlin has. */
class AttachedDataTest {
  private static final CallId CALL = new CallId("c1");
  private static final CallId THERE = new Origin(CONTROLLER, CALL, 1).expected();
  private static final CallId UNASKED = new CallId("b7");

  private static DataCenters ringing() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.arrive(CONTROLLER, CALL);
    network.carry(BERLIN, THERE, CALL);
    return network;
  }

  private static DataCenters talking() {
    DataCenters network = ringing();
    network.answer(BERLIN, THERE, 1);
    network.answer(CONTROLLER, CALL, 1);
    return network;
  }

  private static DataCommand.Attach set(String name, String value) {
    return new DataCommand.Attach(
        new AttachedData.Change(
            new TreeMap<>(Map.of(name, DataCenters.text(value))), Collections.emptySortedSet()),
        "anna");
  }

  private static AttachedData data(DataCenters network, SiteId site, CallId call) {
    return network.at(site).call(call).data();
  }

  private static Map<String, String> shown(DataCenters network, SiteId site, CallId call) {
    Map<String, String> texts = new TreeMap<>();
    SortedMap<String, Personal> shown = data(network, site, call).shown();
    shown.forEach((name, value) -> texts.put(name, value.text().orElse("?")));
    return texts;
  }

  private static Reason refused(Decision<CallEvent> decision) {
    assertThat(decision).isInstanceOf(Decision.Rejected.class);
    return ((Decision.Rejected<CallEvent>) decision).reason();
  }

  @Test
  void shouldBeKnownWhereTheCallRings() {
    DataCenters network = ringing();

    assertThat(shown(network, BERLIN, THERE)).isEqualTo(Map.of("tier", "gold"));
  }

  @Test
  void shouldFollowWhatChangesBeforeTheCallComes() {
    DataCenters network = new DataCenters(BERLIN);
    network.arrive(CONTROLLER, CALL);

    network.tell(CONTROLLER, CALL, set("tier", "silver"));
    network.pass(Duration.ofSeconds(16));

    assertThat(network.at(BERLIN).call(THERE).phase()).isInstanceOf(Phase.Expected.class);
    assertThat(shown(network, BERLIN, THERE)).isEqualTo(Map.of("tier", "silver"));
    network.ready(BERLIN, "anna");
    network.carry(BERLIN, THERE, CALL);
    assertThat(shown(network, BERLIN, THERE)).isEqualTo(Map.of("tier", "silver"));
    assertThat(network.at(BERLIN).call(THERE).phase()).isInstanceOf(Phase.Ringing.class);
  }

  @Test
  void shouldReachWhereItIsTalkedWhatIsChangedAtHome() {
    DataCenters network = talking();

    network.tell(CONTROLLER, CALL, set("order", "17"));

    assertThat(shown(network, BERLIN, THERE)).isEqualTo(Map.of("tier", "gold", "order", "17"));
    assertThat(data(network, BERLIN, THERE).version()).isEqualTo(1);
  }

  @Test
  void shouldReachHomeWhatIsChangedWhereItIsTalked() {
    DataCenters network = talking();

    network.tell(BERLIN, THERE, set("order", "17"));

    assertThat(shown(network, CONTROLLER, CALL)).isEqualTo(Map.of("tier", "gold", "order", "17"));
    assertThat(data(network, CONTROLLER, CALL).version()).isEqualTo(1);
    assertThat(data(network, BERLIN, THERE).inStep()).isTrue();
    assertThat(data(network, BERLIN, THERE).version()).isEqualTo(1);
    assertThat(network.events(BERLIN, SiteEvent.CallDataChanged.class))
        .extracting(SiteEvent.CallDataChanged::proposed, SiteEvent.CallDataChanged::taken)
        .containsExactly(tuple(1, 0), tuple(1, 1));
  }

  @Test
  void shouldShowAtOnceWhatTheHomeDoesNotKnowYet() {
    DataCenters network = talking();
    network.lose(BERLIN);

    network.tell(BERLIN, THERE, set("tier", "silver"));

    assertThat(shown(network, BERLIN, THERE)).isEqualTo(Map.of("tier", "silver"));
    assertThat(data(network, BERLIN, THERE).inStep()).isFalse();
    assertThat(shown(network, CONTROLLER, CALL)).isEqualTo(Map.of("tier", "gold"));
  }

  @Test
  void shouldComeInStepAfterACut() {
    DataCenters network = talking();
    network.lose(BERLIN);
    network.tell(BERLIN, THERE, set("there", "1"));
    network.tell(BERLIN, THERE, set("tier", "silver"));
    network.tell(CONTROLLER, CALL, set("home", "2"));

    network.restore(BERLIN);
    network.remind();
    network.remind();

    Map<String, String> all = Map.of("tier", "silver", "there", "1", "home", "2");
    assertThat(shown(network, CONTROLLER, CALL)).isEqualTo(all);
    assertThat(shown(network, BERLIN, THERE)).isEqualTo(all);
    assertThat(data(network, BERLIN, THERE).inStep()).isTrue();
    assertThat(data(network, BERLIN, THERE).version())
        .isEqualTo(data(network, CONTROLLER, CALL).version());
    assertThat(Call.AGGREGATE.owed(network.at(CONTROLLER).call(CALL))).isEmpty();
    assertThat(Call.AGGREGATE.owed(network.at(BERLIN).call(THERE))).isEmpty();
  }

  @Test
  void shouldTakeTheLastWriterByTheHomesCount() {
    DataCenters network = talking();
    network.lose(BERLIN);
    network.tell(BERLIN, THERE, set("tier", "silver"));
    network.tell(CONTROLLER, CALL, set("tier", "bronze"));

    network.restore(BERLIN);
    network.remind();

    assertThat(shown(network, CONTROLLER, CALL)).isEqualTo(Map.of("tier", "silver"));
    assertThat(shown(network, BERLIN, THERE)).isEqualTo(Map.of("tier", "silver"));
    assertThat(data(network, CONTROLLER, CALL).version()).isEqualTo(2);
  }

  @Test
  void shouldTakeEachChangeOnceHoweverOftenItIsTold() {
    DataCenters network = talking();
    AttachedData.Proposal proposal =
        new AttachedData.Proposal(1, set("order", "17").change(), "anna");
    DataCommand.InStep told = new DataCommand.InStep(BERLIN, 1, THERE, 0, 0, List.of(proposal));
    network.tell(CONTROLLER, CALL, told);
    network.tell(CONTROLLER, CALL, set("order", "18"));

    assertThat(refused(network.tell(CONTROLLER, CALL, told))).isEqualTo(Reason.ALREADY_DONE);

    assertThat(shown(network, CONTROLLER, CALL)).containsEntry("order", "18");
  }

  @Test
  void shouldRemoveWhatIsNotToBeAttached() {
    DataCenters network = talking();
    AttachedData.Change without =
        new AttachedData.Change(Collections.emptySortedMap(), new TreeSet<>(Set.of("tier")));

    network.tell(BERLIN, THERE, new DataCommand.Attach(without, "anna"));

    assertThat(shown(network, CONTROLLER, CALL)).isEmpty();
    assertThat(shown(network, BERLIN, THERE)).isEmpty();
  }

  @Test
  void shouldRefuseMoreThanMayBeAttached() {
    DataCenters network = talking();
    for (int i = 1; i < RoutingFacts.MAX_ATTACHED; i++) {
      network.tell(CONTROLLER, CALL, set("n" + i, "x"));
    }

    assertThat(refused(network.tell(CONTROLLER, CALL, set("more", "x"))))
        .isEqualTo(Reason.TOO_MUCH_DATA);
    assertThat(refused(network.tell(CONTROLLER, CALL, set("n1", "x"))))
        .isEqualTo(Reason.ALREADY_DONE);
  }

  @Test
  void shouldRefuseMoreChangesThanTheHomeCanBeToldOf() {
    DataCenters network = talking();
    network.lose(BERLIN);
    for (int i = 0; i < AttachedData.MAX_PENDING; i++) {
      network.tell(BERLIN, THERE, set("tier", "n" + i));
    }

    assertThat(refused(network.tell(BERLIN, THERE, set("tier", "more"))))
        .isEqualTo(Reason.TOO_MUCH_DATA);
  }

  @Test
  void shouldEndWithTheCall() {
    DataCenters network = talking();
    network.tell(BERLIN, THERE, new LegReport.HungUp(0));
    network.tell(CONTROLLER, CALL, new LegReport.HungUp(1));

    assertThat(refused(network.tell(CONTROLLER, CALL, set("late", "x"))))
        .isEqualTo(Reason.CALL_OVER);
    assertThat(refused(network.tell(BERLIN, THERE, set("late", "x")))).isEqualTo(Reason.CALL_OVER);
  }

  @Test
  void shouldComeAfterTheCallWhereTheSiteWasNotAsked() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.arrive(CONTROLLER, new CallId("before"));
    network.tell(CONTROLLER, new CallId("before"), new LegReport.CallerCancelled());
    network.lose(BERLIN);
    network.arrive(CONTROLLER, CALL);
    network.tell(CONTROLLER, CALL, set("order", "17"));
    network.carryUnasked(BERLIN, UNASKED, CALL);
    network.answer(BERLIN, UNASKED, 1);
    network.answer(CONTROLLER, CALL, 1);
    assertThat(shown(network, BERLIN, UNASKED)).doesNotContainKey("order");

    network.remind();
    network.restore(BERLIN);
    network.remind();

    assertThat(shown(network, BERLIN, UNASKED)).isEqualTo(Map.of("tier", "gold", "order", "17"));
    network.tell(CONTROLLER, CALL, set("order", "18"));
    network.tell(BERLIN, UNASKED, set("note", "kind"));
    assertThat(shown(network, BERLIN, UNASKED))
        .isEqualTo(Map.of("tier", "gold", "order", "18", "note", "kind"))
        .isEqualTo(shown(network, CONTROLLER, CALL));
    assertThat(data(network, BERLIN, UNASKED).inStep()).isTrue();
  }

  @Test
  void shouldNotBelieveAnybodyButTheHome() {
    DataCenters network = talking();
    DataCommand.KeepInStep other =
        new DataCommand.KeepInStep(
            new Origin(DataCenters.HAMBURG, CALL, 1),
            7,
            Collections.emptySortedMap(),
            0,
            DataCenters.text("x").key());

    assertThat(refused(network.tell(BERLIN, THERE, other))).isEqualTo(Reason.OUT_OF_ORDER);
    assertThat(
            refused(
                network.tell(
                    CONTROLLER,
                    CALL,
                    new DataCommand.ChangedElsewhere(DataCenters.HAMBURG, 1, THERE))))
        .isEqualTo(Reason.STALE);
  }

  @Test
  void shouldSayHowMuchOfTheCallIsSeen() {
    DataCenters network = ringing();

    assertThat(network.at(CONTROLLER).call(CALL).data().places().values())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.site()).isEqualTo(BERLIN);
          assertThat(it.there()).isEqualTo(Optional.of(THERE));
        });
  }
}
