package org.switchwright.server.configuration;

import static org.switchwright.server.configuration.ConfigurationReader.AN_ID;
import static org.switchwright.server.configuration.ConfigurationReader.ID;
import static org.switchwright.server.configuration.SiteReader.checkId;
import static org.switchwright.server.configuration.SiteReader.unknown;
import static org.switchwright.server.configuration.SiteReader.valid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.Announcements;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Presence;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.Widening;
import org.switchwright.hocon.Section;

/** Reads a site's queues, and checks what in them refers to each other. */
final class QueueReader {
  static final int MAX_QUEUES = 1_000;
  static final int MAX_MEMBERS = 2_000;
  static final int MAX_WIDENINGS = 20;
  private static final Duration HOUR = Duration.ofHours(1);
  static final String A_SOUND = "a file in sip.treatment.sounds, without its ending";
  static final Pattern SOUND =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}){0,3}");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,31}");
  private static final Map<String, TreatmentMode> MODES = words(TreatmentMode.values());
  private static final Map<String, AgentChoice> CHOICES = words(AgentChoice.values());
  private static final Map<String, Absence> ABSENCES = words(Absence.values());
  private static final Map<String, Widening.Figure> FIGURES = words(Widening.Figure.values());

  private final Section site;
  private final List<String> skills;
  private final Set<String> agents;
  private final Set<String> sites;

  /**
   * @param sites the other sites of the network
   */
  QueueReader(Section site, List<String> skills, Set<String> agents, Set<String> sites) {
    this.site = site;
    this.skills = skills;
    this.agents = agents;
    this.sites = sites;
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    return Stream.of(values)
        .collect(
            Collectors.toMap(
                value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Function.identity()));
  }

  List<SiteConfiguration.Queue> read() {
    List<SiteConfiguration.Queue> queues = new ArrayList<>();
    SortedMap<String, Section> sections =
        site.sections("queues", MAX_QUEUES, site.raw("queue-defaults"));
    sections.forEach((name, queue) -> queues.add(queue(name, queue, sections.keySet())));
    Map<QueueId, QueueId> next = new HashMap<>();
    queues.forEach(queue -> queue.overflowTo().ifPresent(to -> next.put(queue.id(), to)));
    for (SiteConfiguration.Queue queue : queues) {
      Set<QueueId> seen = new HashSet<>();
      Optional<QueueId> at = Optional.of(queue.id());
      while (at.isPresent() && seen.add(at.get())) {
        at = Optional.ofNullable(next.get(at.get()));
      }
      if (at.filter(queue.id()::equals).isPresent()) {
        Section faulty = sections.get(queue.id().value());
        if (faulty != null) {
          faulty.fault(
              "overflow-to", "expected a way out in the end, but it leads back to this queue");
        }
      }
    }
    return queues;
  }

  private SiteConfiguration.Queue queue(String name, Section queue, Set<String> all) {
    checkId(queue, name);
    Optional<String> overflow = queue.optionalText("overflow-to", ID, "a queue of this site");
    if (overflow.isPresent() && !overflow.get().isEmpty() && !all.contains(overflow.get())) {
      queue.fault("overflow-to", unknown("a queue of this site", overflow.get(), all));
    }
    Duration maxWait = queue.duration("max-wait", Duration.ofSeconds(1), Duration.ofHours(24));
    SiteConfiguration.Queue read =
        new SiteConfiguration.Queue(
            new QueueId(valid(name)),
            SiteReader.skills(queue, "requires", skills),
            queue.number("max-waiting", 0, 100_000),
            maxWait,
            overflow.filter(all::contains).map(QueueId::new),
            queue.duration("ring-timeout", Duration.ofSeconds(2), Duration.ofMinutes(3)),
            queue.duration("wrap-up", Duration.ZERO, HOUR),
            queue.choice("treatment", MODES, TreatmentMode.EARLY_MEDIA),
            queue.number("weight", 0, 1_000),
            choosing(queue),
            widenings(queue, maxWait),
            presence(queue.section("nobody-there")),
            queue.duration("keep-place", Duration.ZERO, HOUR),
            announcements(queue.section("announce")),
            queue.optionalText("music", SOUND, A_SOUND),
            elsewhere(queue));
    queue.close();
    return read;
  }

  private SortedMap<SiteId, RoutingPointId> elsewhere(Section queue) {
    SortedMap<SiteId, RoutingPointId> points = new TreeMap<>();
    queue
        .sections("elsewhere", SiteConfiguration.Queue.MAX_ELSEWHERE, null)
        .forEach((name, site) -> {
          if (!sites.contains(name)) {
            site.faultHere(unknown("a site of network.sites", name, sites));
          }
          points.put(
              new SiteId(valid(name)), new RoutingPointId(valid(site.text("point", ID, AN_ID))));
          site.close();
        });
    return points;
  }

  private static Announcements announcements(Section section) {
    Announcements read =
        new Announcements(
            section.flag("position"),
            section.number("position-limit", 0, 999),
            section.flag("expected-wait"),
            section.duration("rounding", Duration.ofSeconds(1), HOUR),
            section.duration("after", Duration.ofSeconds(1), HOUR),
            section.duration("every", Announcements.LEAST_INTERVAL, HOUR));
    section.close();
    return read;
  }

  private Choosing choosing(Section queue) {
    SortedMap<AgentId, Choosing.Member> members = new TreeMap<>();
    queue
        .sections("members", MAX_MEMBERS, null)
        .forEach((name, member) -> {
          if (!agents.contains(name)) {
            member.faultHere(unknown("an agent of this site", name, agents));
          }
          int tier = member.has("tier") ? member.number("tier", 1, 1_000) : 1;
          int position = member.has("position") ? member.number("position", 1, 10_000) : 1;
          member.close();
          members.put(new AgentId(valid(name)), new Choosing.Member(tier, position));
        });
    return new Choosing(
        queue.choice("agents-by", CHOICES, AgentChoice.LONGEST_IDLE),
        members,
        queue.duration("tier-wait", Duration.ZERO, HOUR),
        queue.duration("ring-step", Duration.ofSeconds(1), Duration.ofMinutes(3)));
  }

  private List<Widening> widenings(Section queue, Duration maxWait) {
    List<Widening> widenings = new ArrayList<>();
    for (Section step : queue.list("widen", MAX_WIDENINGS)) {
      Duration after = step.duration("after", Duration.ofSeconds(1), Duration.ofHours(24));
      if (after.compareTo(maxWait) >= 0) {
        step.fault("after", "expected a time before the queue's max-wait, or it never comes");
      }
      widenings.add(
          new Widening(
              after,
              SiteReader.skills(step, "requires", skills),
              step.has("if") ? Optional.of(condition(step.section("if"))) : Optional.empty()));
      step.close();
    }
    widenings.sort(Comparator.comparing(Widening::after));
    return widenings;
  }

  private static Widening.Condition condition(Section section) {
    Widening.Figure figure = section.choice("figure", FIGURES, Widening.Figure.WAITING);
    boolean atLeast = section.has("at-least");
    if (atLeast == section.has("at-most")) {
      section.fault("at-least", "expected either at-least or at-most");
    }
    int limit =
        section.has("at-least") || section.has("at-most")
            ? section.number(atLeast ? "at-least" : "at-most", 0, 100_000)
            : 0;
    section.close();
    return new Widening.Condition(figure, atLeast, limit);
  }

  private static Presence presence(Section section) {
    Presence presence =
        new Presence(
            absences(section, "refuse-if-all"),
            absences(section, "let-go-if-all"),
            section.duration("let-go-after", Duration.ZERO, HOUR));
    section.close();
    return presence;
  }

  private static List<Absence> absences(Section section, String key) {
    List<Absence> absences = new ArrayList<>();
    for (String word : section.texts(key, WORD, "a cause", ABSENCES.size())) {
      Absence absence = ABSENCES.get(word);
      if (absence == null) {
        section.fault(
            key,
            "expected causes out of "
                + String.join(", ", new TreeMap<>(ABSENCES).keySet())
                + ", but got \""
                + word
                + "\"");
      } else {
        absences.add(absence);
      }
    }
    return absences;
  }
}
