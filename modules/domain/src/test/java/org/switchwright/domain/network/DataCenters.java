package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.DataCommand;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.HandOver;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Passage;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * A controller and its sites, each with its own site and calls, in one thread: messages come at
 * once and in order, unless they are kept from that. Phones are the test's own hands.
 */
final class DataCenters {
  static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  static final SiteId CONTROLLER = new SiteId("controller");
  static final SiteId BERLIN = new SiteId("berlin");
  static final SiteId HAMBURG = new SiteId("hamburg");
  static final QueueId SALES = new QueueId("sales");
  static final RoutingPointId HOTLINE = new RoutingPointId("hotline");
  private static final KeyId KEY = new KeyId("k");
  private static final Personal SDP = text("c=IN IP4 127.0.0.2\nm=audio 4000 RTP/AVP 8");
  private static final SessionTimer TIMER = new SessionTimer(1_800, true);

  private static final SiteMonitor MONITOR = SiteMonitor.telling(CONTROLLER);

  /** What the controller is told of the other sites. */
  private NetworkFigures figures = NetworkFigures.NONE;

  private final Site controller =
      Site.routingBy(StrategyCompiler.NONE, (site, point) -> figures.of(site, point));

  private final Map<SiteId, House> houses = new TreeMap<>();
  private final ArrayDeque<Runnable> messages = new ArrayDeque<>();
  private final List<SiteId> cut = new ArrayList<>();
  private Instant now = NOW;

  /** One data center. */
  static final class House {
    final SiteId id;
    SiteState site;
    final Map<CallId, CallState> calls = new TreeMap<>();
    final List<Effect.Signalled> signals = new ArrayList<>();
    final List<SiteEvent> history = new ArrayList<>();
    MonitorState monitor;

    House(SiteId id) {
      this.id = id;
      this.site = Site.AGGREGATE.initial(id.value());
      this.monitor = MONITOR.initial(id.value());
    }

    CallState call(CallId call) {
      return calls.computeIfAbsent(call, it -> Call.AGGREGATE.initial(it.value()));
    }

    /** The last signal of a kind to the edge here. */
    <S extends Signal> S last(CallId call, Class<S> kind) {
      return signals.stream()
          .filter(it -> it.call().equals(call) && kind.isInstance(it.signal()))
          .map(it -> kind.cast(it.signal()))
          .reduce((_, later) -> later)
          .orElseThrow(() ->
              new AssertionError("Expected " + kind.getSimpleName() + ", but got " + signals));
    }
  }

  DataCenters(SiteId... sites) {
    this(it -> it, sites);
  }

  /**
   * @param there what is otherwise about the queue of each site but the controller's
   */
  DataCenters(UnaryOperator<SiteConfiguration.Queue> there, SiteId... sites) {
    houses.put(CONTROLLER, new House(CONTROLLER));
    TreeMap<SiteId, RoutingPointId> elsewhere = new TreeMap<>();
    for (SiteId site : sites) {
      houses.put(site, new House(site));
      elsewhere.put(site, HOTLINE);
      tell(site, new Site.Configure(configuration(there.apply(queue()))));
    }
    tell(CONTROLLER, new Site.Configure(configuration(queue().lookingElsewhere(elsewhere))));
  }

  static SiteConfiguration.Queue queue() {
    return new SiteConfiguration.Queue(
        SALES,
        Collections.emptySortedMap(),
        10,
        Duration.ofMinutes(10),
        Optional.empty(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(20),
        TreatmentMode.EARLY_MEDIA);
  }

  static SiteConfiguration configuration(SiteConfiguration.Queue queue) {
    return new SiteConfiguration(
        List.of(queue),
        List.of(new SiteConfiguration.RoutingPoint(HOTLINE, SALES, 0)),
        new SiteConfiguration.Delays(Duration.ofSeconds(10), Duration.ofSeconds(30)),
        List.of("break"));
  }

  House at(SiteId site) {
    return houses.get(site);
  }

  Instant now() {
    return now;
  }

  /** From now on the controller is told this of the other sites. */
  void believe(NetworkFigures next) {
    figures = next;
  }

  /** From now on nothing is said to this site, and its reports do not come. */
  void cut(SiteId site) {
    cut.add(site);
  }

  /** The monitor notices it. */
  void lose(SiteId site) {
    cut(site);
    monitor(houses.get(site), new SiteMonitor.Lose(Optional.of(now), Trouble.SILENT));
    settle();
  }

  void restore(SiteId site) {
    cut.remove(site);
    House house = houses.get(site);
    for (int n = (int) house.monitor.sequence(); n < house.history.size(); n++) {
      monitor(house, new SiteMonitor.Take("x", List.of(new Report(n + 1, house.history.get(n)))));
    }
    monitor(houses.get(site), new SiteMonitor.Hear());
    settle();
  }

  private void monitor(House house, SiteMonitor.Command command) {
    house.monitor =
        carryOut(
            MONITOR,
            houses.get(CONTROLLER),
            house.monitor,
            MONITOR.decide(house.monitor, command, now),
            _ -> {});
  }

  void ready(SiteId site, String agent) {
    tell(site, agent(agent, 1, new Wish.Ready()));
  }

  static Site.Command agent(String agent, long version, Wish wish) {
    return new Site.ReportAgent(
        new AgentId(agent),
        version,
        0,
        wish,
        Collections.emptySortedMap(),
        Optional.of(text("sip:" + agent + "@127.0.0.3")));
  }

  /** A caller comes to a routing point. */
  void arrive(SiteId site, CallId call) {
    tell(site, call, arrival(site, call, "caller-" + call));
  }

  static Call.Arrive arrival(SiteId site, CallId call, String tag) {
    return new Call.Arrive(
        new InteractionId("i-" + call),
        site,
        new EdgeId("edge"),
        HOTLINE,
        new ServerTransaction(text("Via: x"), "z9hG4bK-" + tag, 1),
        dialog(tag),
        text("<sip:caller@example.org>"),
        SDP,
        new TreeMap<>(Map.of("tier", text("gold"))));
  }

  /** The same, from where callers are redirected. */
  void arriveRedirected(SiteId site, CallId call) {
    Call.Arrive it = arrival(site, call, "caller-" + call);
    Passage passage = new Passage(70, text(""), HandOver.REDIRECT);
    tell(site, call, carrying(it, Optional.empty(), Optional.of(passage)));
  }

  /** The caller goes where the controller told it to, and comes to this call there. */
  Decision<CallEvent> follow(SiteId site, CallId there, CallId call) {
    return follow(site, there, call, call);
  }

  /** The same, by an INVITE of its own. */
  Decision<CallEvent> follow(SiteId site, CallId there, CallId invite, CallId call) {
    Call.Arrive it = arrival(site, there, "caller-again-" + invite);
    return tell(site, there, carrying(it, carried(goesTo(call)), Optional.empty()));
  }

  /** The same, who says something else of itself. */
  Decision<CallEvent> follow(SiteId site, CallId there, CallId call, String parameter, String lie) {
    Call.Arrive it = arrival(site, there, "caller-again-" + call);
    String uri = goesTo(call).replaceAll(parameter + "=[^;]*", lie);
    return tell(site, there, carrying(it, carried(uri), Optional.empty()));
  }

  private String goesTo(CallId call) {
    return at(CONTROLLER).last(call, Signal.Redirect.class).to().text().orElseThrow();
  }

  private static Optional<Carried> carried(String uri) {
    TreeMap<String, String> parameters = new TreeMap<>();
    for (String parameter : uri.split(";")) {
      String[] parts = parameter.split("=");
      if (parts.length == 2) {
        parameters.put(parts[0], parts[1]);
      }
    }
    return Carried.read(parameters);
  }

  private static Call.Arrive carrying(
      Call.Arrive it, Optional<Carried> carried, Optional<Passage> passage) {
    return new Call.Arrive(
        it.interaction(),
        it.site(),
        it.edge(),
        it.point(),
        it.invite(),
        it.dialog(),
        it.caller(),
        it.offered(),
        it.attached(),
        carried,
        passage);
  }

  /** The controller's INVITE comes where the call is expected. */
  Decision<CallEvent> carry(SiteId site, CallId expected, CallId call) {
    return tell(site, expected, arrival(site, call, "controller-" + call));
  }

  /** The controller's INVITE comes where the site was not asked. */
  Decision<CallEvent> carryUnasked(SiteId site, CallId there, CallId call) {
    String uri =
        at(CONTROLLER).last(call, Signal.InviteStation.class).station().text().orElseThrow();
    Call.Arrive it = arrival(site, there, "controller-" + call);
    return tell(site, there, carrying(it, carried(uri), Optional.empty()));
  }

  void answer(SiteId site, CallId call, int leg) {
    tell(site, call, new LegReport.Answered(leg, dialog("agent-" + call), SDP));
    tell(site, call, new LegReport.CallerAcknowledged(null));
  }

  private static Dialog dialog(String tag) {
    return new Dialog(
        text("call-id"),
        "us",
        tag,
        text("<sip:us>"),
        text("<sip:them>"),
        text("sip:them"),
        text(""),
        TIMER);
  }

  static Personal text(String text) {
    return Personal.of(KEY, text);
  }

  Decision<SiteEvent> tell(SiteId id, Site.Command command) {
    Decision<SiteEvent> decision = decide(id, command);
    settle();
    return decision;
  }

  Decision<CallEvent> tell(SiteId id, CallId call, Call.Command command) {
    Decision<CallEvent> decision = decide(id, call, command);
    settle();
    return decision;
  }

  private Decision<SiteEvent> decide(SiteId id, Site.Command command) {
    House house = houses.get(id);
    Site rules = id.equals(CONTROLLER) ? controller : Site.AGGREGATE;
    Decision<SiteEvent> decision = rules.decide(house.site, command, now);
    house.site =
        carryOut(
            Site.AGGREGATE,
            house,
            house.site,
            decision,
            event -> {
              house.history.add(event);
              report(house, event);
            });
    return decision;
  }

  private Decision<CallEvent> decide(SiteId id, CallId call, Call.Command command) {
    House house = houses.get(id);
    Decision<CallEvent> decision = Call.AGGREGATE.decide(house.call(call), command, now);
    house.calls.put(call, carryOut(Call.AGGREGATE, house, house.call(call), decision, _ -> {}));
    return decision;
  }

  private <E, S> S carryOut(
      Aggregate<?, E, S> aggregate,
      House house,
      S state,
      Decision<E> decision,
      java.util.function.Consumer<E> written) {
    S after = state;
    if (decision instanceof Decision.Accepted<E> yes) {
      for (E event : yes.events()) {
        after = aggregate.evolve(after, event);
        written.accept(event);
        aggregate.react(after, event).forEach(effect -> send(house, effect));
      }
      yes.answers().forEach(effect -> send(house, effect));
    }
    return after;
  }

  private void report(House house, SiteEvent event) {
    if (house.id.equals(CONTROLLER)) {
      return;
    }
    Report report = new Report(house.history.size(), event);
    messages.add(() -> {
      if (!cut.contains(house.id)) {
        monitor(house, new SiteMonitor.Take("x", List.of(report)));
      }
    });
  }

  private void send(House house, Effect effect) {
    switch (effect) {
      case Effect.TellSite it -> messages.add(() -> decide(it.site(), it.command()));
      case Effect.TellCall it -> messages.add(() -> decide(house.id, it.call(), it.command()));
      case Effect.TellElsewhere it -> messages.add(() -> carry(it));
      case Effect.Signalled it -> house.signals.add(it);
      case Effect.TellAgent _, Effect.Watched _ -> {}
    }
  }

  /** As a link does: what the site makes of it goes back to the call's home. */
  private void carry(Effect.TellElsewhere it) {
    if (cut.contains(it.site())) {
      return;
    }
    Decision<CallEvent> made = decide(it.site(), it.call(), it.command());
    if (it.command() instanceof DataCommand.KeepInStep keep) {
      AttachedData data = at(it.site()).call(it.call()).data();
      messages.add(() ->
          decide(
              keep.origin().home(),
              keep.origin().call(),
              new DataCommand.InStep(
                  it.site(),
                  keep.origin().number(),
                  it.call(),
                  data.version(),
                  data.taken(),
                  data.pending())));
    }
    if (it.command() instanceof Call.Expect expect) {
      boolean taken = made instanceof Decision.Accepted<CallEvent>;
      decide(
          expect.origin().home(),
          taken
              ? new Site.Enlisted(
                  expect.origin().call(),
                  it.site(),
                  expect.origin().number(),
                  text("sip:" + it.call() + "@" + it.site()),
                  Optional.of(text("sip:standing@" + it.site())))
              : new Site.NotEnlisted(expect.origin().call(), it.site(), expect.origin().number()));
    }
  }

  /** Whatever is owed is said again, to whoever it is. */
  void remind() {
    for (House house : List.copyOf(houses.values())) {
      List.copyOf(house.calls.values())
          .forEach(call -> Call.AGGREGATE.owed(call).forEach(effect -> send(house, effect)));
      Site.AGGREGATE.owed(house.site).forEach(effect -> send(house, effect));
      MONITOR.owed(house.monitor).forEach(effect -> send(houses.get(CONTROLLER), effect));
    }
    settle();
  }

  private void settle() {
    for (int steps = 0; !messages.isEmpty(); steps++) {
      assertThat(steps).as("messages without an end").isLessThan(10_000);
      messages.remove().run();
    }
  }

  /** Lets time go by, and everything happen that is due. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (true) {
      Optional<Instant> next = next().filter(due -> !due.isAfter(end));
      if (next.isEmpty()) {
        now = end;
        return;
      }
      now = next.get().isAfter(now) ? next.get() : now;
      for (House house : houses.values()) {
        if (due(Site.AGGREGATE.due(house.site))) {
          tell(house.id, new Site.Expire());
        }
        for (CallId call : List.copyOf(house.calls.keySet())) {
          if (due(Call.AGGREGATE.due(house.call(call)))) {
            tell(house.id, call, new Call.Expire());
          }
        }
      }
    }
  }

  private boolean due(Optional<Instant> at) {
    return at.filter(due -> !due.isAfter(now)).isPresent();
  }

  private Optional<Instant> next() {
    List<Instant> dues = new ArrayList<>();
    for (House house : houses.values()) {
      Site.AGGREGATE.due(house.site).ifPresent(dues::add);
      house.calls.values().forEach(call -> Call.AGGREGATE.due(call).ifPresent(dues::add));
    }
    return dues.stream().min(Instant::compareTo);
  }

  <E extends SiteEvent> List<E> events(SiteId site, Class<E> kind) {
    return events(site, kind, _ -> true);
  }

  <E extends SiteEvent> List<E> events(SiteId site, Class<E> kind, Predicate<E> which) {
    return at(site).history.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(which)
        .toList();
  }
}
