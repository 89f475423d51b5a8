package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration;

/**
 * One run: a site with its agents and callers in virtual time, driven by a seed alone. After every
 * step it is checked what was promised; a broken promise ends the run with a {@link Violation}.
 */
public final class Simulation {
  /** After the last arrival: the longest wait, the longest talk, and then everybody is gone. */
  private static final Duration PEACE = Duration.ofMinutes(14);

  private static final Duration AFTER_WORK = Duration.ofMinutes(4);
  private static final Duration RECONFIGURED = Duration.ofMinutes(5);
  private static final Duration AUDIT = Duration.ofSeconds(2);
  private static final int MAX_CALLS_BACK = 3;
  static final long MAX_STEPS = 2_000_000;

  private final long seed;
  private final Agenda agenda = new Agenda();
  private final Dice dice;
  private final Scenario scenario;
  private final Variety variety;
  private final Weather weather;
  private final Trace trace;
  private final Wire wire;
  private final Surroundings world;
  private final Host host;
  private final Players players;
  private final Map<String, Phone> phones = new LinkedHashMap<>();
  private final List<CallerPhone> callers = new ArrayList<>();
  private final List<AgentPerson> people = new ArrayList<>();
  private final Promises promises;
  private @Nullable Edge edge;
  private boolean digested;

  Simulation(long seed, Cast cast, @Nullable Scenario given, @Nullable String traced) {
    this.seed = seed;
    this.dice = new Dice(generator(seed));
    this.variety = new Variety(seed, new Dice(generator(seed ^ Long.MIN_VALUE)));
    this.scenario = given == null ? variety.of(Scenario.draw(dice)) : given;
    this.weather = new Weather(scenario.faults(), dice);
    this.trace = new Trace(agenda, traced);
    this.wire = new Wire(agenda, dice, weather);
    this.world = new Surroundings(agenda, dice, weather, trace, wire, scenario);
    this.host = new Host(new SiteId("site"), agenda, dice, weather, trace, cast);
    this.players = new Players(world);
    Mixer mixer = new Mixer(world);
    phones.put(mixer.name, mixer);
    this.promises = new Promises(world, host, players, callers, people, mixer);
    host.watchedBy(promises);
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Plays a site, people and faults that are drawn from the seed. */
  public static Report run(long seed) {
    return new Simulation(seed, Cast.REAL, null, null).play();
  }

  /** The same, with a digest of the journal. */
  Simulation digesting() {
    digested = true;
    host.journal().keep();
    return this;
  }

  /**
   * What a run was like.
   *
   * @param events how many there were of each kind, by the simple names of their classes
   * @param journal SHA-256 over all events in order, in hexadecimal: the same for the same seed;
   *     empty where it was not asked for
   */
  public record Report(
      long seed,
      Faults faults,
      long calls,
      SortedMap<String, Integer> events,
      long steps,
      Duration simulated,
      String journal) {}

  Report play() {
    try {
      begin();
      steps(scenario.lasts());
      weather.clear();
      steps(scenario.lasts().plus(PEACE));
      promises.beforeTheEnd();
      people.forEach(AgentPerson::retire);
      steps(scenario.lasts().plus(PEACE).plus(AFTER_WORK));
      promises.atTheEnd(edge == null ? "no edge" : edge.busy());
      return new Report(
          seed,
          scenario.faults(),
          callers.size(),
          host.journal().kinds(),
          agenda.steps(),
          agenda.elapsed(),
          digested ? host.journal().digest() : "");
    } catch (RuntimeException e) {
      throw Violation.of(e).seen(seed, agenda, trace);
    }
  }

  private void steps(Duration until) {
    var end = agenda.now().minus(agenda.elapsed()).plus(until);
    while (agenda.step(end)) {
      if (agenda.steps() > MAX_STEPS) {
        throw new Violation(
            "a run ends", "more than " + MAX_STEPS + " steps in " + agenda.elapsed());
      }
    }
  }

  private void begin() {
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
      new Strategist(host, agenda, new Dice(generator(~seed)), weather).begin();
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
    CallerPhone caller = new CallerPhone(new CallId("c" + (callers.size() + 1)), plan, world);
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
    caller.dial();
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

  /** The node stops, with its edge or without; when it goes on, another has its actors. */
  private void pause() {
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
    plug(new Edge(world, host, players, phones::get));
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
