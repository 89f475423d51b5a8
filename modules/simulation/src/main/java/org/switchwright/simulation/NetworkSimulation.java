package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Effect;
import org.switchwright.domain.SiteId;

/**
 * One run of several data centers that look for agents at each other: each with its own callers,
 * agents, journal and faults; linked by links that fail by themselves, and by calls.
 */
public final class NetworkSimulation {
  private static final Duration SHORTEST_STOP = Duration.ofSeconds(10);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(90);

  private final long seed;
  private final Agenda agenda = new Agenda();
  private final Dice dice;
  private final NetworkScenario scenario;
  private final Trace trace;
  private final Map<SiteId, DataCenter> sites = new LinkedHashMap<>();
  private final List<Link> links = new ArrayList<>();
  private final Map<Way, CallPath> paths = new LinkedHashMap<>();
  private final Map<String, Trunk> trunks = new LinkedHashMap<>();
  private final NetworkPromises promises;
  private int stops;
  private boolean digested;

  /** From one site to another. */
  record Way(SiteId home, SiteId other) {}

  NetworkSimulation(
      long seed, Cast cast, @Nullable NetworkScenario given, @Nullable String traced) {
    this.seed = seed;
    this.dice = new Dice(Simulation.generator(seed));
    this.scenario = given == null ? NetworkScenario.draw(dice) : given;
    this.trace = new Trace(agenda, traced);
    Weather.Around around = new Weather.Around(scenario.around());
    scenario
        .sites()
        .forEach((site, each) ->
            sites.put(
                site,
                new DataCenter(
                    seed,
                    agenda.by(scenario.clock(site)),
                    trace,
                    dice,
                    new Variety(0, dice),
                    each,
                    around,
                    cast,
                    new DataCenter.Calling(
                        site,
                        letter(site),
                        this::trunk,
                        scenario.redirects() ? this::follow : null))));
    scenario.looks().forEach((home, others) -> others.forEach(other -> link(home, other)));
    this.promises = new NetworkPromises(sites, links, paths, scenario);
    sites.values().forEach(it -> it.watchedBy(promises.of(it)));
    sites.forEach((home, it) -> it.host().network().linked(effect -> tell(home, effect)));
  }

  /** Calls have ids that no two data centers make. */
  private static String letter(SiteId site) {
    return site.value().equals("home") ? "c" : site.value().substring(0, 1);
  }

  private void link(SiteId home, SiteId other) {
    links.add(new Link(site(home), site(other), agenda, dice, scenario.link()));
    paths.put(new Way(home, other), new CallPath(agenda, dice, scenario.path()));
  }

  DataCenter site(SiteId id) {
    DataCenter site = sites.get(id);
    if (site == null) {
      throw new IllegalStateException("Expected site " + id + ", but there is none");
    }
    return site;
  }

  private void tell(SiteId home, Effect.TellElsewhere it) {
    links.stream()
        .filter(link -> link.home() == site(home) && link.other() == site(it.site()))
        .forEach(link -> link.tell(it));
  }

  /** A call to another site, by the address to call there or by its own name. */
  private @Nullable Phone trunk(String address) {
    Trunk known = trunks.get(address);
    if (known != null) {
      return known.here();
    }
    return Trunk.To.standing(address)
        .map(to -> trunk(address, to, to.carried().orElseThrow().origin().home()))
        .or(() ->
            promises
                .expected(address)
                .map(it -> trunk(address, Trunk.To.expected(it.site(), it.call()), it.home())))
        .orElse(null);
  }

  private Phone trunk(String address, Trunk.To to, SiteId home) {
    DataCenter away = site(to.site());
    CallPath path = Objects.requireNonNull(paths.get(new Way(home, to.site())));
    Trunk trunk = new Trunk(to, site(home).world(), away.world(), path);
    trunks.put(address, trunk);
    trunks.put(trunk.here().name, trunk);
    away.plugIn(trunk.there());
    return trunk.here();
  }

  /** A caller goes where an edge told it to go. */
  private void follow(CallerPhone caller, String address) {
    Trunk.To to = Trunk.To.handedOn(sites.keySet(), address);
    site(to.site()).follow(caller, to.there(), to.carried().orElseThrow());
  }

  private void stopNowAndThen(DataCenter site) {
    if (scenario.stops().isZero()) {
      return;
    }
    agenda.in(
        dice.around(scenario.stops()),
        () -> {
          if (!site.world().weather().calm()) {
            stops++;
            site.stopFor(dice.between(SHORTEST_STOP, LONGEST_STOP));
            stopNowAndThen(site);
          }
        });
  }

  /** All links are cut at once, beside whatever is drawn. */
  void cutAll(Duration after, Duration time) {
    agenda.in(after, () -> links.forEach(link -> link.cut(time)));
  }

  Crossings.Totals crossings() {
    return promises.crossings();
  }

  /** Plays sites, people and faults that are drawn from the seed. */
  public static Report run(long seed) {
    return new NetworkSimulation(seed, Cast.REAL, null, null).play();
  }

  /** The same, with a digest of all journals. */
  NetworkSimulation digesting() {
    digested = true;
    sites.values().forEach(it -> it.host().journal().keep());
    return this;
  }

  /**
   * What a run was like.
   *
   * @param calls of callers, wherever they called
   * @param events how many there were of each kind, by the simple names of their classes
   * @param met what was met of the protocol, and how often
   * @param cuts how often a link was cut
   * @param failures how often a path of calls failed
   * @param stops how often a whole site was gone
   * @param journal as of {@link Simulation.Report}, of all sites
   */
  public record Report(
      long seed,
      int sites,
      long calls,
      SortedMap<String, Integer> events,
      SortedMap<Met, Integer> met,
      int cuts,
      int failures,
      int stops,
      Duration simulated,
      String journal) {}

  Report play() {
    try {
      sites.values().forEach(DataCenter::begin);
      links.forEach(Link::begin);
      paths.values().forEach(CallPath::begin);
      sites.values().forEach(this::stopNowAndThen);
      promises.audit(agenda);
      Duration lasts =
          sites.values().stream()
              .map(it -> it.world().scenario().lasts())
              .max(Duration::compareTo)
              .orElseThrow();
      agenda.stepUntil(lasts);
      sites.values().forEach(DataCenter::calm);
      links.forEach(Link::calm);
      paths.values().forEach(CallPath::calm);
      agenda.stepUntil(lasts.plus(Simulation.PEACE));
      sites.values().forEach(DataCenter::beforeTheEnd);
      sites.values().forEach(DataCenter::retire);
      agenda.stepUntil(lasts.plus(Simulation.PEACE).plus(Simulation.AFTER_WORK));
      sites.values().forEach(DataCenter::atTheEnd);
      promises.atTheEnd(new LinkedHashSet<>(trunks.values()));
      return report();
    } catch (RuntimeException e) {
      throw Violation.of(e).seen(seed, agenda, trace);
    }
  }

  private Report report() {
    TreeMap<String, Integer> events = new TreeMap<>();
    sites
        .values()
        .forEach(it ->
            it.host()
                .journal()
                .kinds()
                .forEach((kind, count) -> events.merge(kind, count, Integer::sum)));
    return new Report(
        seed,
        sites.size(),
        sites.values().stream().mapToLong(it -> it.callers().size()).sum(),
        events,
        promises.met(),
        links.stream().mapToInt(Link::cuts).sum(),
        paths.values().stream().mapToInt(CallPath::failures).sum(),
        stops,
        agenda.elapsed(),
        digested
            ? sites.values().stream()
                .map(it -> it.host().journal().digest())
                .collect(Collectors.joining())
            : "");
  }
}
