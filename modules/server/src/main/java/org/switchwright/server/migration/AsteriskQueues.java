package org.switchwright.server.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.switchwright.server.migration.AsteriskFile.Option;

/**
 * What the options of Asterisk's {@code queues.conf} are with us. Source: the comments of its
 * sample file and the behaviour of {@code app_queue}.
 */
final class AsteriskQueues {
  private static final Map<String, String> STRATEGIES =
      Map.of(
          "ringall", "ring-all",
          "leastrecent", "longest-idle",
          "fewestcalls", "fewest-calls",
          "random", "random",
          "rrmemory", "round-robin",
          "roundrobin", "round-robin",
          "rrordered", "round-robin",
          "linear", "top-down",
          "wrandom", "weighted-random");

  /** Why an agent does not count; {@code penalty} has nothing to correspond to. */
  private static final Map<String, String> CAUSES =
      Map.of(
          "paused", "not-ready",
          "inuse", "talking",
          "ringing", "reserved",
          "unavailable", "no-station",
          "unknown", "no-station",
          "invalid", "logged-out",
          "wrapup", "wrapping-up");

  private static final List<String> LOOSE = List.of("logged-out");
  private static final List<String> NO = List.of("logged-out", "not-ready");
  private static final List<String> STRICT = List.of("logged-out", "not-ready", "no-station");
  private static final Set<String> TRUE = Set.of("yes", "true", "y", "t", "1", "on");
  static final Set<String> FALSE = Set.of("no", "false", "n", "f", "0", "off");

  /** What is so with us in any case, or needs no word. */
  private static final Set<String> MOOT =
      Set.of("autofill", "persistentmembers", "shared_lastcall", "eventwhencalled", "ringinuse");

  private final ForeignSite site;

  private AsteriskQueues(ForeignSite site) {
    this.site = site;
  }

  static ForeignSite read(Path file) throws Unreadable {
    ForeignSite site = new ForeignSite();
    AsteriskQueues reader = new AsteriskQueues(site);
    Map<String, List<Option>> sections = AsteriskFile.read(file, site);
    for (Map.Entry<String, List<Option>> section : sections.entrySet()) {
      if (section.getKey().equals("general")) {
        for (Option option : section.getValue()) {
          reader.general(option);
        }
      } else {
        reader.queue(section.getKey(), section.getValue());
      }
    }
    if (site.queues().isEmpty()) {
      throw new Unreadable("Expected at least one [queue] in " + file + ", but there is none");
    }
    return site;
  }

  private void general(Option option) {
    if (!MOOT.contains(option.key().toLowerCase(Locale.ROOT))) {
      left(option, "is not carried over");
    }
  }

  private void queue(String name, List<Option> options) throws Unreadable {
    ForeignSite.Queue queue = site.queue(name);
    // Asterisk's own defaults, which are not ours.
    queue.set("agents-by", "ring-all");
    queue.set("wrap-up", "0s");
    queue.set("max-waiting", "100000");
    queue.set("max-wait", "24h");
    AsteriskAnnouncements announcements = new AsteriskAnnouncements();
    for (Option option : options) {
      if (!announcement(announcements, option)) {
        option(queue, option);
      }
    }
    announcements.tell(queue);
  }

  /** Whether the option is about announcements. */
  private boolean announcement(AsteriskAnnouncements told, Option option) throws Unreadable {
    switch (option.key().toLowerCase(Locale.ROOT)) {
      case "announce-frequency" -> told.frequency(number(option));
      case "min-announce-frequency" -> told.leastFrequency(number(option));
      case "announce-position-limit" -> told.limit(number(option));
      case "announce-round-seconds" -> told.rounding(number(option));
      case "announce-position" -> {
        told.position(option.value());
        if (option.value().equalsIgnoreCase("more")) {
          left(option, "says \"more than\" beyond the limit; with us such a place is not told");
        }
      }
      case "announce-holdtime" -> {
        told.holdTime(option.value());
        if (option.value().equalsIgnoreCase("once")) {
          left(option, "is told each time with us, unless it has become longer");
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void option(ForeignSite.Queue queue, Option option) throws Unreadable {
    String value = option.value();
    switch (option.key().toLowerCase(Locale.ROOT)) {
      case "strategy" -> {
        String ours = STRATEGIES.get(value.toLowerCase(Locale.ROOT));
        if (ours == null) {
          left(option, "is no strategy that we know; calls ring all");
        } else {
          queue.set("agents-by", ours);
        }
      }
      case "timeout" -> {
        int seconds = number(option);
        int ours = seconds == 0 ? 180 : Math.clamp(seconds, 2, 180);
        queue.set("ring-timeout", ours + "s");
        if (ours != seconds) {
          left(option, "became " + ours + " s: a phone rings for 2 to 180 s");
        }
      }
      case "wrapuptime" -> queue.set("wrap-up", Math.min(3_600, number(option)) + "s");
      case "maxlen" ->
          queue.set("max-waiting", "" + (number(option) == 0 ? 100_000 : number(option)));
      case "weight" -> queue.set("weight", "" + Math.min(1_000, number(option)));
      case "joinempty" -> causes(queue, option, "nobody-there.refuse-if-all", true);
      case "leavewhenempty" -> {
        causes(queue, option, "nobody-there.let-go-if-all", false);
        queue.set("nobody-there.let-go-after", "0s");
      }
      case "autopause" -> {
        if (FALSE.contains(value.toLowerCase(Locale.ROOT))) {
          site.set("delays.misses-to-not-ready", "100");
        }
        site.remark(
            option.file(),
            option.line(),
            "autopause = " + value + " holds for the whole site: delays.misses-to-not-ready");
      }
      case "retry" ->
          left(option, "has no equal: whoever is free next is rung at once, see site.delays");
      case "musicclass" ->
          left(option, "is a class of files: put one into sip.treatment.sounds and name it: music");
      case "servicelevel" -> left(option, "is no setting: ask for any target when you look");
      case "member" -> member(queue, option);
      default -> {
        if (!MOOT.contains(option.key().toLowerCase(Locale.ROOT))) {
          left(option, "is not carried over");
        }
      }
    }
  }

  /** {@code interface,penalty,membername,state_interface,ringinuse,wrapuptime,paused}. */
  private void member(ForeignSite.Queue queue, Option option) throws Unreadable {
    List<String> fields = Arrays.stream(option.value().split(",", -1)).map(String::strip).toList();
    String technology = fields.getFirst();
    // A member's name is a person's more often than not, and ids here are pseudonyms.
    String name = technology.substring(technology.indexOf('/') + 1);
    if (name.isEmpty()) {
      throw new Unreadable(
          "Expected member => technology/name, but got \""
              + option.value()
              + "\" in "
              + option.file()
              + ", line "
              + option.line());
    }
    int penalty = 0;
    if (!field(fields, 1).isEmpty()) {
      penalty = number(new Option(option.file(), option.line(), "penalty", fields.get(1)));
    }
    queue
        .members()
        .put(
            site.agent(name),
            new ForeignSite.Member(Math.min(1_000, penalty + 1), queue.members().size() + 1));
    if (!technology.startsWith("PJSIP/") && !technology.startsWith("SIP/")) {
      left(option, "is no SIP phone: its agent needs one that registers with us");
    }
    if (!field(fields, 5).isEmpty()) {
      left(option, "has a wrap-up of its own; with us the queue's holds");
    }
  }

  private static String field(List<String> fields, int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  private void causes(ForeignSite.Queue queue, Option option, String key, boolean joining) {
    List<String> ours = new ArrayList<>();
    for (String each : option.value().toLowerCase(Locale.ROOT).split(",", -1)) {
      String word = each.strip();
      boolean never = joining ? FALSE.contains(word) : TRUE.contains(word);
      boolean always = joining ? TRUE.contains(word) : FALSE.contains(word);
      if (word.equals("loose")) {
        ours.addAll(LOOSE);
      } else if (word.equals("strict")) {
        ours.addAll(STRICT);
      } else if (never) {
        ours.addAll(NO);
      } else if (CAUSES.containsKey(word)) {
        ours.add(CAUSES.get(word));
      } else if (word.equals("penalty")) {
        left(option, "counts penalties, which has no equal: with us every tier counts");
      } else if (!always) {
        left(option, "has \"" + word + "\", which is no cause that we know");
      }
    }
    queue.set(key, "[" + String.join(", ", ours.stream().distinct().toList()) + "]");
  }

  private static int number(Option option) throws Unreadable {
    try {
      int number = Integer.parseInt(option.value());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, with where it is.
    }
    throw new Unreadable(
        "Expected "
            + option.key()
            + " as a whole number from 0, but got \""
            + option.value()
            + "\" in "
            + option.file()
            + ", line "
            + option.line());
  }

  private void left(Option option, String sentence) {
    site.remark(
        option.file(), option.line(), option.key() + " = " + option.value() + " " + sentence);
  }
}
