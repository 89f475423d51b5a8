package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.Announcements;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Presence;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteConfiguration.Delays;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;
import org.switchwright.domain.site.SiteConfiguration.Rules;
import org.switchwright.domain.site.Widening;

/**
 * A site and the people around it.
 *
 * @param skills of each agent, whose number is its place in the list
 * @param arrivals mean time between two calls in a rush
 * @param wave after how long a rush comes again: one third is rush, the rest is quieter by a factor
 *     of {@value #QUIETER}; zero: it is all rush
 * @param lasts how long calls arrive and faults strike; then all ends in peace
 * @param talks mean length of a conversation
 * @param unrest mean time between two things that an agent does of its own accord
 * @param chorus probability that an agent answers just when all others do
 * @param vanishing probability that a phone loses its power instead of hanging up
 */
public record Scenario(
    SiteConfiguration site,
    List<SortedMap<Skill, Integer>> skills,
    Duration arrivals,
    Duration wave,
    Duration lasts,
    Duration talks,
    Duration unrest,
    double chorus,
    double vanishing,
    double playerFails,
    Manners manners,
    Faults faults) {
  static final int QUIETER = 8;

  private static final List<Skill> SKILLS =
      List.of(new Skill("sales"), new Skill("service"), new Skill("spanish"));

  private static final int MOST_AGENTS = 9;
  private static final List<AgentChoice> CHOICES =
      List.of(
          AgentChoice.FEWEST_CALLS,
          AgentChoice.LEAST_TALK_TIME,
          AgentChoice.LEAST_OCCUPIED,
          AgentChoice.MOST_SKILLED,
          AgentChoice.RANDOM,
          AgentChoice.WEIGHTED_RANDOM,
          AgentChoice.ROUND_ROBIN,
          AgentChoice.TOP_DOWN,
          AgentChoice.IN_ORDER);

  /**
   * How stations take an INVITE, as shares of one; the rest answers after a while.
   *
   * @param sendOn the share of conversations in which the agent sends the caller on
   */
  public record Manners(
      double atOnce,
      double reject,
      double busy,
      double silent,
      double ringForEver,
      double notAcceptable,
      double sendOn) {
    static final Manners PERFECT = new Manners(0, 0, 0, 0, 0, 0, 0);

    StationPhone.Manner draw(Dice dice) {
      if (dice.chance(atOnce)) {
        return StationPhone.Manner.ANSWER_AT_ONCE;
      } else if (dice.chance(reject)) {
        return StationPhone.Manner.REJECT;
      } else if (dice.chance(busy)) {
        return StationPhone.Manner.BUSY;
      } else if (dice.chance(silent)) {
        return StationPhone.Manner.SILENT;
      } else if (dice.chance(ringForEver)) {
        return StationPhone.Manner.RING_FOR_EVER;
      } else if (dice.chance(notAcceptable)) {
        return StationPhone.Manner.NOT_ACCEPTABLE;
      }
      return StationPhone.Manner.ANSWER;
    }
  }

  /** One agent, few callers, nothing goes wrong. */
  static Scenario small() {
    SortedMap<Skill, Integer> sales = levels(SKILLS.getFirst(), 5);
    QueueId queue = new QueueId("sales");
    SiteConfiguration site =
        new SiteConfiguration(
            List.of(
                new Queue(
                    queue,
                    sales,
                    10,
                    Duration.ofMinutes(30),
                    Optional.empty(),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    TreatmentMode.EARLY_MEDIA)),
            List.of(new RoutingPoint(new RoutingPointId("sales"), queue, 0)),
            new Delays(Duration.ofSeconds(10), Duration.ofSeconds(10)),
            List.of("break"));
    return new Scenario(
        site,
        List.of(sales),
        Duration.ofSeconds(60),
        Duration.ZERO,
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        Duration.ofHours(10),
        0,
        0,
        0,
        Manners.PERFECT,
        Faults.NONE);
  }

  /** Six agents who all ring for each call and answer at the same moment; nothing goes wrong. */
  static Scenario inChorus() {
    Scenario one = small();
    Queue queue = one.site().queues().getFirst();
    Queue all = queue.taking(Choosing.by(AgentChoice.RING_ALL));
    return new Scenario(
        new SiteConfiguration(
            List.of(all), one.site().points(), one.site().delays(), one.site().notReadyReasons()),
        Collections.nCopies(6, one.skills().getFirst()),
        Duration.ofSeconds(8),
        one.wave(),
        one.lasts(),
        one.talks(),
        one.unrest(),
        1,
        0,
        0,
        Manners.PERFECT,
        Faults.NONE);
  }

  static Scenario draw(Dice dice) {
    int queues = dice.between(2, 4);
    List<Queue> drawn = new ArrayList<>();
    List<RoutingPoint> points = new ArrayList<>();
    for (int i = 0; i < queues; i++) {
      QueueId id = new QueueId("queue-" + i);
      Optional<QueueId> next =
          i + 1 < queues && dice.chance(0.6)
              ? Optional.of(new QueueId("queue-" + (i + 1)))
              : i > 0 && dice.chance(0.3) ? Optional.of(new QueueId("queue-0")) : Optional.empty();
      SortedMap<Skill, Integer> required = required(dice);
      Queue queue =
          new Queue(
              id,
              required,
              dice.between(1, 6),
              dice.seconds(10, 60),
              next,
              dice.seconds(4, 15),
              dice.chance(0.2) ? Duration.ZERO : dice.seconds(2, 15),
              dice.chance(0.5) ? TreatmentMode.EARLY_MEDIA : TreatmentMode.AFTER_ANSWER,
              dice.chance(0.3) ? dice.between(1, 3) : 0,
              choosing(dice),
              dice.chance(0.3) ? widenings(dice, required) : List.of(),
              dice.chance(0.3) ? presence(dice) : Presence.ALWAYS,
              Duration.ZERO);
      drawn.add(dice.chance(0.5) ? queue.announcing(announcements(dice)) : queue);
      points.add(new RoutingPoint(new RoutingPointId("point-" + i), id, dice.between(0, 1)));
    }
    points.add(new RoutingPoint(new RoutingPointId("vip"), drawn.getFirst().id(), 5));
    SiteConfiguration site =
        new SiteConfiguration(
            drawn,
            points,
            new Delays(dice.seconds(3, 15), dice.seconds(3, 15)),
            List.of("break", "lunch"),
            new Rules(
                dice.chance(0.3) ? dice.seconds(2, 60) : Duration.ZERO, Duration.ofMinutes(1)));
    int agents = dice.between(3, MOST_AGENTS);
    List<SortedMap<Skill, Integer>> skills = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      skills.add(levels(dice));
    }
    Duration talks = dice.seconds(10, 45);
    double load = 0.5 + dice.between(0, 10) / 10.0;
    Duration arrivals =
        Duration.ofMillis((long) (talks.plusSeconds(15).toMillis() / (agents * load)));
    return new Scenario(
        site,
        skills,
        arrivals,
        dice.seconds(6 * 60, 12 * 60),
        dice.seconds(41 * 60, 43 * 60),
        talks,
        dice.seconds(40, 200),
        dice.chance(0.5) ? 0.5 : 0,
        dice.chance(0.5) ? 0.03 : 0,
        dice.chance(0.3) ? 0.05 : 0,
        new Manners(0.08, 0.06, 0.04, 0.03, 0.1, 0.01, 0.15),
        Faults.draw(dice));
  }

  /** The same with each queue changed. */
  Scenario withQueues(UnaryOperator<Queue> change) {
    return new Scenario(
        new SiteConfiguration(
            site.queues().stream().map(change).toList(),
            site.points(),
            site.delays(),
            site.notReadyReasons(),
            site.rules()),
        skills,
        arrivals,
        wave,
        lasts,
        talks,
        unrest,
        chorus,
        vanishing,
        playerFails,
        manners,
        faults);
  }

  /** The same with other agents and more or fewer callers. */
  Scenario staffed(List<SortedMap<Skill, Integer>> agents, Duration every) {
    return new Scenario(
        site,
        agents,
        every,
        wave,
        lasts,
        talks,
        unrest,
        chorus,
        vanishing,
        playerFails,
        manners,
        faults);
  }

  /** The same with shorter or longer conversations, and for so long. */
  Scenario lasting(Duration talk, Duration all) {
    return new Scenario(
        site,
        skills,
        arrivals,
        wave,
        all,
        talk,
        unrest,
        chorus,
        vanishing,
        playerFails,
        manners,
        faults);
  }

  /** The same at a lower level; then nothing at all. */
  private static List<Widening> widenings(Dice dice, SortedMap<Skill, Integer> required) {
    TreeMap<Skill, Integer> lower = new TreeMap<>();
    required.forEach((skill, level) -> lower.put(skill, level / 2));
    Duration first = dice.seconds(1, 10);
    return List.of(
        new Widening(first, Collections.unmodifiableSortedMap(lower), Optional.empty()),
        new Widening(
            first.plus(dice.seconds(1, 10)),
            Collections.unmodifiableSortedMap(new TreeMap<>()),
            Optional.empty()));
  }

  private static Announcements announcements(Dice dice) {
    return new Announcements(
        dice.chance(0.8),
        dice.chance(0.5) ? dice.between(1, 4) : 0,
        dice.chance(0.8),
        dice.seconds(1, 30),
        dice.seconds(0, 10),
        dice.seconds(15, 20));
  }

  private static Presence presence(Dice dice) {
    List<Absence> gone = List.of(Absence.LOGGED_OUT, Absence.NOT_READY);
    return new Presence(
        dice.chance(0.5) ? List.of(Absence.LOGGED_OUT) : List.of(), gone, dice.seconds(2, 20));
  }

  private static Choosing choosing(Dice dice) {
    AgentChoice by =
        dice.chance(0.3)
            ? dice.chance(0.6) ? AgentChoice.RING_ALL : AgentChoice.RING_PROGRESSIVELY
            : dice.chance(0.6) ? AgentChoice.LONGEST_IDLE : dice.pick(CHOICES);
    TreeMap<AgentId, Choosing.Member> members = new TreeMap<>();
    if (dice.chance(0.3)) {
      for (int number = 1; number <= MOST_AGENTS; number++) {
        if (dice.chance(0.8)) {
          members.put(
              new AgentId("a" + number),
              new Choosing.Member(dice.between(1, 3), dice.between(1, 5)));
        }
      }
    }
    return new Choosing(
        by,
        Collections.unmodifiableSortedMap(members),
        dice.chance(0.6) ? dice.seconds(2, 12) : Duration.ZERO,
        dice.seconds(1, 4));
  }

  private static SortedMap<Skill, Integer> levels(Dice dice) {
    TreeMap<Skill, Integer> levels = new TreeMap<>();
    for (Skill skill : SKILLS) {
      if (dice.chance(0.7)) {
        levels.put(skill, dice.between(1, 10));
      }
    }
    return Collections.unmodifiableSortedMap(levels);
  }

  private static SortedMap<Skill, Integer> required(Dice dice) {
    TreeMap<Skill, Integer> required = new TreeMap<>();
    required.put(dice.pick(SKILLS), dice.between(0, 4));
    if (dice.chance(0.3)) {
      required.put(dice.pick(SKILLS), dice.between(0, 3));
    }
    return Collections.unmodifiableSortedMap(required);
  }

  private static SortedMap<Skill, Integer> levels(Skill skill, int level) {
    TreeMap<Skill, Integer> levels = new TreeMap<>();
    levels.put(skill, level);
    return Collections.unmodifiableSortedMap(levels);
  }

  /** The same site without its last queue, as somebody may configure it in the middle of a day. */
  SiteConfiguration smaller() {
    List<Queue> fewer = site.queues().subList(0, site.queues().size() - 1);
    QueueId gone = site.queues().getLast().id();
    return new SiteConfiguration(
        fewer,
        site.points().stream().filter(point -> !point.queue().equals(gone)).toList(),
        site.delays(),
        site.notReadyReasons(),
        site.rules());
  }

  /** Mean time between two calls, so long after the beginning. */
  Duration arrivalsAt(Duration elapsed) {
    boolean rush =
        wave.isZero() || elapsed.toMillis() % wave.toMillis() < wave.dividedBy(3).toMillis();
    return rush ? arrivals : arrivals.multipliedBy(QUIETER);
  }

  /** Where agents answer in chorus, each does so as long after the first ring as the others. */
  Duration answerDelay(Dice dice) {
    if (dice.chance(chorus)) {
      return Duration.ofSeconds(2);
    }
    return dice.chance(0.85) ? dice.millis(200, 5_000) : dice.millis(5_000, 20_000);
  }

  Duration talk(Dice dice) {
    return dice.around(talks);
  }

  SessionTimer stationTimer() {
    return new SessionTimer(300, true);
  }

  /** Where an agent may send a caller on. Agents are named by their numbers. */
  Destination destination(Dice dice) {
    return switch (dice.upTo(4)) {
      case 0 -> new Destination.ToQueue(dice.pick(site.queues()).id());
      case 1 ->
          new Destination.ToAgent(new AgentId("a" + dice.between(1, Math.max(1, skills.size()))));
      case 2 -> new Destination.ToAddress(dice.pick(site.points()).id());
      default -> new Destination.Back();
    };
  }

  CallerPhone.Plan caller(Dice dice) {
    boolean odd = !manners.equals(Manners.PERFECT);
    Duration patience =
        odd && dice.chance(0.05)
            ? dice.millis(0, 200)
            : odd && dice.chance(0.7) ? dice.around(Duration.ofSeconds(40)) : Duration.ofHours(1);
    return new CallerPhone.Plan(
        "somebody",
        dice.pick(site.points()).id(),
        !odd || dice.chance(0.93),
        patience,
        talk(dice),
        !odd || dice.chance(0.6),
        odd && dice.chance(0.2),
        odd && dice.chance(vanishing),
        !odd || dice.chance(0.98),
        new SessionTimer(dice.chance(0.3) ? dice.between(90, 300) : 1_800, dice.chance(0.6)));
  }
}
