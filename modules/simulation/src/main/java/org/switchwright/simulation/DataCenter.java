package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration;

/**
 * A site with everything around it: its actors, its edge, its agents and callers, and faults that
 * strike here alone.
 */
final class DataCenter {
  private static final Duration RECONFIGURED = Duration.ofMinutes(5);
  private static final Duration AUDIT = Duration.ofSeconds(2);
  private static final int MAX_CALLS_BACK = 3;

  /** How long after a stop things may not be as they should. */
  private static final Duration RECOVERY = Duration.ofSeconds(20);

  private final long seed;
  private final Agenda agenda;
  private final Dice dice;
  private final Scenario scenario;
  private final Variety variety;
  private final Weather weather;
  private final Trace trace;
  private final Wire wire;
  private final Surroundings world;
  private final Host host;
  private final Players players;
  private final Calling calling;
  private final Map<String, Phone> phones = new LinkedHashMap<>();
  private final List<CallerPhone> callers = new ArrayList<>();
  private final List<AgentPerson> people = new ArrayList<>();
  private final Promises promises;
  private @Nullable Edge edge;

  /**
   * How a data center names what is its own, and whom else it can call.
   *
   * @param calls what the ids of its callers' calls begin with: one letter
   * @param others phones that are not here, by their addresses
   * @param goesOn what becomes of callers who are told to go elsewhere; null: nobody is
   */
  record Calling(
      SiteId site,
      String calls,
      Function<String, @Nullable Phone> others,
      @Nullable BiConsumer<CallerPhone, String> goesOn) {
    static final Calling ALONE = new Calling(new SiteId("site"), "c", _ -> null, null);
  }

  /** Alone in the world. */
  DataCenter(
      long seed,
      Agenda agenda,
      Trace trace,
      Dice dice,
      Variety variety,
      Scenario scenario,
      Cast cast) {
    this(
        seed,
        agenda,
        trace,
        dice,
        variety,
        scenario,
        new Weather.Around(scenario.faults()),
        cast,
        Calling.ALONE);
  }

  DataCenter(
      long seed,
      Agenda agenda,
      Trace trace,
      Dice dice,
      Variety variety,
      Scenario scenario,
      Weather.Around around,
      Cast cast,
      Calling calling) {
    this.seed = seed;
    this.agenda = agenda;
    this.trace = trace;
    this.dice = dice;
    this.variety = variety;
    this.scenario = scenario;
    this.calling = calling;
    this.weather = new Weather(scenario.faults(), around, dice, agenda);
    this.wire = new Wire(agenda, dice, weather);
    this.world = new Surroundings(agenda, dice, weather, trace, wire, scenario);
    this.host = new Host(calling.site(), agenda, dice, weather, trace, cast);
    this.players = new Players(world);
    Mixer mixer = new Mixer(world);
    phones.put(mixer.name, mixer);
    this.promises = new Promises(world, host, players, callers, people, mixer, this::phone);
    host.watchedBy(promises);
  }

  /** Whoever sees what happens here, beside those who judge this site. */
  void watchedBy(Witness more) {
    host.watchedBy(new Witness.Both(promises, more));
  }

  Host host() {
    return host;
  }

  Surroundings world() {
    return world;
  }

  List<CallerPhone> callers() {
    return callers;
  }

  /** A phone that is here, or elsewhere; null where there is none at this address. */
  @Nullable Phone phone(String address) {
    Phone here = phones.get(address);
    return here == null ? calling.others().apply(address) : here;
  }

  /** From now on the edge can call it. */
  void plugIn(Phone phone) {
    phones.put(phone.name, phone);
  }

  /** Nothing goes wrong any more, and nobody calls. */
  void calm() {
    weather.clear();
  }

  void beforeTheEnd() {
    promises.beforeTheEnd();
  }

  void retire() {
    people.forEach(AgentPerson::retire);
  }

  void atTheEnd() {
    promises.atTheEnd(edge == null ? "no edge" : edge.busy());
  }

  void begin() {
    startEdge();
    configure();
    int number = 0;
    for (var skills : scenario.skills()) {
      AgentId id = new AgentId("a" + ++number);
      StationPhone phone = new StationPhone(id, world);
      phones.put(phone.name, phone);
      AgentPerson person = new AgentPerson(id, phone, world, host, () -> edge);
      people.add(person);
      person.start(skills);
    }
    nextCaller();
    strike();
    reconfigureNowAndThen();
    reprioritiseNowAndThen();
    if (seed % 3 == 0 && scenario.site().queues().size() > 1) {
      new Strategist(host, agenda, new Dice(Simulation.generator(~seed)), weather).begin();
    }
    audit();
  }

  private void configure() {
    if (host.site().state().configuration().isEmpty()) {
      host.site().receive(new Site.Configure(scenario.site()), _ -> {});
      agenda.in(Duration.ofSeconds(1), this::configure);
    }
  }

  private void reconfigureNowAndThen() {
    if (scenario.site().queues().size() < 2) {
      return;
    }
    agenda.in(
        dice.around(RECONFIGURED),
        () -> {
          reconfigure(scenario.smaller());
          agenda.in(dice.seconds(5, 60), () -> reconfigure(scenario.site()));
          if (!weather.calm()) {
            reconfigureNowAndThen();
          }
        });
  }

  /** A supervisor moves somebody who waits. */
  private void reprioritiseNowAndThen() {
    agenda.in(
        dice.around(RECONFIGURED),
        () -> {
          for (SiteCall call : host.site().state().calls().values()) {
            if (call.stand() instanceof SiteCall.Stand.Waiting && dice.chance(0.5)) {
              Site.Command command =
                  new Site.Reprioritise(call.id(), dice.between(0, 5), "supervisor");
              host.site().receive(command, _ -> {});
            }
          }
          if (!weather.calm()) {
            reprioritiseNowAndThen();
          }
        });
  }

  private void reconfigure(SiteConfiguration configuration) {
    host.site().receive(new Site.Configure(configuration), _ -> {});
  }

  private void nextCaller() {
    agenda.in(
        dice.around(scenario.arrivalsAt(agenda.elapsed())),
        () -> {
          if (!weather.calm()) {
            call(scenario.caller(dice).by("person-" + (callers.size() + 1)), MAX_CALLS_BACK);
            nextCaller();
          }
        });
  }

  private void call(CallerPhone.Plan plan, int callsBack) {
    CallerPhone caller =
        new CallerPhone(new CallId(calling.calls() + (callers.size() + 1)), plan, world);
    callers.add(caller);
    phones.put(caller.name, caller);
    caller.onGivingUp(() -> {
      if (callsBack > 0 && variety.callsBack()) {
        agenda.in(
            variety.callsBackIn(),
            () -> {
              if (!weather.calm()) {
                call(plan, callsBack - 1);
              }
            });
      }
    });
    BiConsumer<CallerPhone, String> goesOn = calling.goesOn();
    if (goesOn != null && callers.size() % 3 == 0) {
      caller.onRedirect(to -> agenda.in(trunkTakes(), () -> goesOn.accept(caller, to)));
    }
    caller.dial();
  }

  /** Most trunks follow at once; an agent is held for five seconds. */
  private Duration trunkTakes() {
    return dice.chance(0.8) ? dice.millis(5, 500) : dice.seconds(3, 12);
  }

  /** A caller of another data center comes here by an address that it was told there. */
  void follow(CallerPhone before, CallId expected, Carried carried) {
    Runnable late =
        () ->
            called(
                new Follower(
                    new CallId(expected + "x"), plan(before, carried), world, carried, () -> {}));
    called(new Follower(expected, plan(before, carried), world, carried, late));
  }

  private static CallerPhone.Plan plan(CallerPhone before, Carried carried) {
    return before.plan().at(carried.point().orElseThrow());
  }

  private void called(Follower follower) {
    callers.add(follower);
    phones.put(follower.name, follower);
    follower.dial();
  }

  private void strike() {
    Faults faults = scenario.faults();
    strike(faults.edgeDies(), () -> killEdge("alone"));
    strike(faults.nodeDies(), this::killNode);
    strike(faults.cuts(), () -> weather.cut(agenda.now(), dice.seconds(1, 25)));
    strike(faults.pauses(), this::pause);
    strike(faults.slowJournal(), () -> weather.slowJournal(agenda.now(), dice.seconds(5, 60)));
    strike(faults.failingJournal(), () -> weather.failJournal(agenda.now(), dice.seconds(1, 45)));
  }

  /** Lets a fault strike again and again, until the calm. */
  private void strike(Duration every, Runnable fault) {
    if (every.isZero()) {
      return;
    }
    agenda.in(
        dice.around(every),
        () -> {
          if (!weather.calm()) {
            fault.run();
            strike(every, fault);
          }
        });
  }

  private void killEdge(String why) {
    if (edge == null) {
      return;
    }
    trace.note("edge", "dies", why);
    stopEdge();
    agenda.in(
        weather.down(),
        () -> {
          startEdge();
          host.resumeAll();
        });
  }

  private void killNode() {
    if (edge != null) {
      Duration down = weather.down();
      stopEdge();
      host.crashAll(down);
      agenda.in(down, this::startEdge);
    }
  }

  /** The whole data center is gone for a while: no call gets there, and nothing is heard of it. */
  void stopFor(Duration time) {
    if (edge == null) {
      return;
    }
    trace.note("site " + host.siteId(), "stops for", time);
    weather.stop(agenda.now(), time, RECOVERY);
    stopEdge();
    host.crashAll(time);
    agenda.in(time, this::startEdge);
  }

  boolean stopped() {
    return weather.stopped(agenda.now());
  }

  /** The node stops, with its edge or without; when it goes on, another has its actors. */
  private void pause() {
    if (stopped()) {
      return;
    }
    host.pauseAll(dice.millis(500, 30_000));
    if (dice.chance(0.5)) {
      killEdge("with the paused node");
    }
  }

  private void stopEdge() {
    Edge dying = edge;
    if (dying != null) {
      dying.die();
    }
    plug(null);
  }

  private void startEdge() {
    trace.note("edge", "starts", "");
    plug(new Edge(world, host, players, this::phone));
  }

  private void plug(@Nullable Edge next) {
    edge = next;
    wire.plug(next);
    host.network().plug(next);
  }

  private void audit() {
    agenda.in(
        AUDIT,
        () -> {
          promises.audit();
          audit();
        });
  }
}
