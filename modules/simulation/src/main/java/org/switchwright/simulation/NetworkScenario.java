package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteConfiguration.Delays;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;

/**
 * Several sites of which some look for agents at others.
 *
 * @param sites by their names; the first is looked elsewhere from
 * @param looks which site looks for agents at which others
 * @param clocks how wrong the clock of each is
 * @param link what goes wrong with each link
 * @param path what goes wrong on the way that calls take from each site to another
 * @param redirects whether some trunks are told where to go on
 * @param stops mean time between stops of a whole site; zero: none
 * @param around what goes wrong anywhere
 */
record NetworkScenario(
    Map<SiteId, Scenario> sites,
    Map<SiteId, List<SiteId>> looks,
    Map<SiteId, Agenda.Clock> clocks,
    Link.Faults link,
    CallPath.Faults path,
    Duration stops,
    Faults around,
    boolean redirects) {
  private static final List<SiteId> NAMES =
      List.of(new SiteId("home"), new SiteId("berlin"), new SiteId("hamburg"));
  private static final QueueId SALES = new QueueId("sales");
  private static final QueueId SERVICE = new QueueId("service");
  private static final RoutingPointId HOTLINE = new RoutingPointId("hotline");
  private static final RoutingPointId HELP = new RoutingPointId("help");
  private static final Skill SELLS = new Skill("sales");

  /** Two sites where nothing goes wrong: callers at the first, the only agent at the other. */
  static NetworkScenario small() {
    Scenario one = Scenario.small();
    SiteId home = NAMES.getFirst();
    SiteId berlin = NAMES.get(1);
    Queue queue = one.site().queues().getFirst();
    RoutingPointId point = one.site().points().getFirst().id();
    Queue looking = queue.lookingElsewhere(new TreeMap<>(Map.of(berlin, point)));
    Map<SiteId, Scenario> sites = new LinkedHashMap<>();
    sites.put(home, one.withQueues(_ -> looking).staffed(List.of(), Duration.ofSeconds(60)));
    sites.put(berlin, one.staffed(one.skills(), Duration.ofHours(10)));
    return new NetworkScenario(
        sites,
        Map.of(home, List.of(berlin)),
        Map.of(),
        Link.Faults.NONE,
        CallPath.Faults.NONE,
        Duration.ZERO,
        Faults.NONE,
        true);
  }

  /**
   * Five calls a second for a quarter of an hour at the first site, and enough agents at the other,
   * whose clock is three minutes ahead; nothing goes wrong by itself.
   */
  static NetworkScenario busy() {
    NetworkScenario small = small();
    Map<SiteId, Scenario> sites = new LinkedHashMap<>();
    small
        .sites()
        .forEach((site, one) -> {
          boolean home = site.equals(NAMES.getFirst());
          Queue queue = one.site().queues().getFirst();
          Queue busy =
              new Queue(
                      queue.id(),
                      queue.required(),
                      500,
                      Duration.ofMinutes(5),
                      Optional.empty(),
                      queue.ringTimeout(),
                      Duration.ofSeconds(3),
                      TreatmentMode.EARLY_MEDIA)
                  .lookingElsewhere(queue.elsewhere());
          List<SortedMap<Skill, Integer>> agents =
              home ? List.of() : Collections.nCopies(100, Scenario.small().skills().getFirst());
          Scenario next =
              one.withQueues(_ -> busy)
                  .staffed(agents, home ? Duration.ofMillis(200) : Duration.ofHours(10));
          sites.put(site, next.lasting(Duration.ofSeconds(8), Duration.ofMinutes(15)));
        });
    return new NetworkScenario(
        sites,
        small.looks(),
        Map.of(NAMES.get(1), new Agenda.Clock(Duration.ofMinutes(3), 200)),
        small.link(),
        small.path(),
        small.stops(),
        small.around(),
        false);
  }

  Agenda.Clock clock(SiteId site) {
    return clocks.getOrDefault(site, Agenda.Clock.TRUE);
  }

  /** Whether every site does what it should whenever it is asked: its calls, phones and journal. */
  boolean soundSites() {
    return stops.isZero()
        && sites.values().stream().allMatch(it -> !it.faults().any() && it.vanishing() == 0);
  }

  boolean peaceful() {
    return soundSites() && !around.any();
  }

  static NetworkScenario draw(Dice dice) {
    List<SiteId> names = NAMES.subList(0, dice.chance(0.3) ? 3 : 2);
    boolean mutual = dice.chance(0.3);
    boolean peaceful = dice.chance(0.25);
    boolean odd = dice.chance(0.7);
    double vanishing = odd && dice.chance(0.3) ? 0.03 : 0;
    Duration lasts = dice.seconds(3 * 60, 6 * 60);
    Map<SiteId, Scenario> sites = new LinkedHashMap<>();
    Map<SiteId, List<SiteId>> looks = new LinkedHashMap<>();
    Link.Faults link = peaceful ? Link.Faults.NONE : Link.Faults.draw(dice);
    CallPath.Faults path = peaceful ? CallPath.Faults.NONE : CallPath.Faults.draw(dice);
    Duration stops = peaceful || dice.chance(0.8) ? Duration.ZERO : dice.seconds(80, 240);
    boolean sound = link.equals(Link.Faults.NONE) && path.equals(CallPath.Faults.NONE);
    Faults around = (sound ? Faults.NONE : late()).and(stops.isZero() ? Faults.NONE : stopped());
    Map<SiteId, Agenda.Clock> clocks = new LinkedHashMap<>();
    for (SiteId name : names) {
      boolean first = name.equals(NAMES.getFirst());
      if (first || mutual) {
        looks.put(name, names.stream().filter(it -> !it.equals(name)).toList());
      }
      Faults faults = peaceful || dice.chance(0.3) ? Faults.NONE : Faults.draw(dice);
      around = around.and(faults);
      int agents = dice.between(first ? 0 : 1, first ? 2 : 3);
      sites.put(
          name,
          site(dice, looks.getOrDefault(name, List.of()), agents, odd, vanishing, lasts, faults));
      clocks.put(name, clock(dice));
    }
    return new NetworkScenario(sites, looks, clocks, link, path, stops, around, true);
  }

  /**
   * Right, or wrong by up to ten minutes and going wrong by up to 0.5 s in a quarter of an hour.
   */
  private static Agenda.Clock clock(Dice dice) {
    return dice.chance(0.4)
        ? Agenda.Clock.TRUE
        : new Agenda.Clock(
            dice.between(Duration.ofMinutes(-10), Duration.ofMinutes(10)), dice.between(-500, 500));
  }

  /** Somebody may be late where a link or a path loses something. */
  private static Faults late() {
    return felt(0.1, Duration.ZERO, 0);
  }

  /** As where a node dies, and as where phones call in vain. */
  private static Faults stopped() {
    return felt(0.1, Duration.ofSeconds(100), 0.01);
  }

  private static Faults felt(double lose, Duration nodeDies, double losePacket) {
    Faults none = Faults.NONE;
    return new Faults(
        lose,
        0,
        0,
        none.slowest(),
        0,
        Duration.ZERO,
        Duration.ZERO,
        nodeDies,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        losePacket);
  }

  private static Scenario site(
      Dice dice,
      List<SiteId> others,
      int agents,
      boolean odd,
      double vanishing,
      Duration lasts,
      Faults faults) {
    List<Queue> queues = new ArrayList<>();
    TreeMap<SiteId, RoutingPointId> elsewhere = new TreeMap<>();
    others.forEach(it -> elsewhere.put(it, dice.chance(0.8) ? HOTLINE : HELP));
    queues.add(queue(dice, SALES, Optional.empty()).lookingElsewhere(elsewhere));
    List<RoutingPoint> points = new ArrayList<>();
    points.add(new RoutingPoint(HOTLINE, SALES, dice.between(0, 1)));
    if (dice.chance(0.7)) {
      queues.add(queue(dice, SERVICE, Optional.of(SALES).filter(_ -> dice.chance(0.5))));
      points.add(new RoutingPoint(HELP, SERVICE, 0));
    }
    Duration talks = dice.seconds(8, 40);
    double load = 0.4 + dice.between(0, 10) / 10.0;
    Duration arrivals =
        Duration.ofMillis((long) (talks.plusSeconds(15).toMillis() / (Math.max(1, agents) * load)));
    Scenario small = Scenario.small();
    return new Scenario(
        new SiteConfiguration(
            queues,
            points,
            new Delays(dice.seconds(3, 15), dice.seconds(3, 15)),
            List.of("break", "lunch")),
        Collections.nCopies(agents, skills()),
        arrivals,
        small.wave(),
        lasts,
        talks,
        dice.seconds(60, 200),
        0,
        vanishing,
        0,
        odd
            ? new Scenario.Manners(0.08, 0.06, 0.04, 0.03, 0.1, 0.01, 0.2)
            : Scenario.Manners.PERFECT,
        faults);
  }

  private static SortedMap<Skill, Integer> skills() {
    return new TreeMap<>(Map.of(SELLS, 5));
  }

  private static Queue queue(Dice dice, QueueId id, Optional<QueueId> overflow) {
    Queue queue =
        new Queue(
            id,
            skills(),
            dice.between(2, 8),
            dice.seconds(30, 110),
            overflow,
            dice.seconds(5, 15),
            dice.chance(0.2) ? Duration.ZERO : dice.seconds(2, 15),
            dice.chance(0.5) ? TreatmentMode.EARLY_MEDIA : TreatmentMode.AFTER_ANSWER);
    return dice.chance(0.2) ? queue.taking(Choosing.by(AgentChoice.RING_ALL)) : queue;
  }
}
