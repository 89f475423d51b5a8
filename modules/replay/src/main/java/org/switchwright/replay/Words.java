package org.switchwright.replay;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.network.SitePicture;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.EstimatedFigures.Range;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.SiteEvent;

/** Words for constants and spans. */
final class Words {
  private Words() {}

  /** Such as "850 ms", "42 s", "3 min 5 s", "2 h 10 min". */
  static String span(Duration span) {
    Duration it = span.isNegative() ? Duration.ZERO : span;
    if (it.compareTo(Duration.ofSeconds(1)) < 0) {
      return it.toMillis() + " ms";
    }
    if (it.compareTo(Duration.ofSeconds(10)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", it.toMillis() / 1_000.0);
    }
    if (it.compareTo(Duration.ofMinutes(1)) < 0) {
      return it.toSeconds() + " s";
    }
    if (it.compareTo(Duration.ofHours(1)) < 0) {
      return it.toMinutes() + " min " + it.toSecondsPart() + " s";
    }
    return it.toHours() + " h " + it.toMinutesPart() + " min";
  }

  /** What a figure rests on. */
  static String basis(SitePicture.Basis basis, Optional<Duration> age) {
    return basis.name().toLowerCase(Locale.ROOT)
        + age.map(old -> " " + span(old) + " ago").orElse("");
  }

  /** How another site stood, and whether that is certain. */
  static String seen(SiteSeen it) {
    Optional<EstimatedFigures> estimate = it.estimate();
    return it.ready().isEmpty()
        ? "how it stands there is not known"
        : counted(it.ready().get(), "agent")
            + " ready"
            + beside(estimate.map(EstimatedFigures::ready), Long::toString)
            + ", "
            + counted(it.waiting().orElse(0), "call")
            + " waiting"
            + beside(estimate.map(EstimatedFigures::waiting), Long::toString)
            + ", "
            + it.estimatedWait().map(wait -> span(wait) + " to wait").orElse("wait unknown")
            + beside(estimate.flatMap(EstimatedFigures::estimatedWait), Words::millis)
            + ", "
            + basis(it.basis(), it.age())
            + estimate
                .map(told -> ", " + made(told.similarDays(), told.bySchedule(), told.learned()))
                .orElse("");
  }

  private static String beside(Optional<Range> range, LongFunction<String> words) {
    return range.map(it -> " (" + range(it, words) + ")").orElse("");
  }

  /** What is told beside a mean. */
  static String range(Range it, LongFunction<String> words) {
    return "median "
        + words.apply(it.median())
        + ", 90% "
        + words.apply(it.low())
        + " to "
        + words.apply(it.high());
  }

  /** Of what an estimate was made. */
  static String made(int similarDays, boolean bySchedule, boolean learned) {
    return (bySchedule ? "by its schedule, " : "")
        + "from "
        + counted(similarDays, "similar day")
        + (learned ? "" : " and the last report alone");
  }

  static String millis(long it) {
    return span(Duration.ofMillis(it));
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  static String party(int leg) {
    return switch (leg) {
      case -1 -> "Switchwright";
      case 0 -> "the caller";
      default -> "the agent";
    };
  }

  static String outcome(OfferOutcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> "answered";
      case REJECTED -> "rejected by the agent";
      case MISSED -> "missed: it rang and nobody answered";
      case BUSY -> "the phone was busy";
      case UNREACHABLE -> "the phone could not be reached";
      case WITHDRAWN -> "withdrawn";
    };
  }

  static String outcome(CallOutcome outcome) {
    return switch (outcome) {
      case SERVED -> "served";
      case ABANDONED -> "abandoned";
      case OVERFLOWED -> "overflowed";
      case REFUSED -> "refused";
      case FAILED -> "failed";
      case ELSEWHERE -> "at its place at another site";
      case HANDED_ON -> "handed on to another site";
    };
  }

  /** What puts the chosen agent first. */
  static String first(AgentChoice rule) {
    return switch (rule) {
      case LONGEST_IDLE -> "idle the longest";
      case FEWEST_CALLS -> "with the fewest calls";
      case LEAST_TALK_TIME -> "with the least talk time";
      case LEAST_OCCUPIED -> "occupied the least";
      case MOST_SKILLED -> "the most skilled";
      case RANDOM, WEIGHTED_RANDOM -> "drawn by lot";
      case ROUND_ROBIN -> "next in turn";
      case TOP_DOWN -> "next in order for this call";
      case IN_ORDER -> "first in order";
      case RING_ALL -> "rung with all others";
      case RING_PROGRESSIVELY -> "next to be rung";
    };
  }

  /** What the rule compared, in words: "3 calls". */
  static String figure(AgentChoice rule, long figure) {
    return switch (rule) {
      case LONGEST_IDLE, RING_ALL -> "idle for " + span(Duration.ofSeconds(figure));
      case FEWEST_CALLS -> figure + (figure == 1 ? " call" : " calls") + " since log-in";
      case LEAST_TALK_TIME -> span(Duration.ofSeconds(figure)) + " talked since log-in";
      case LEAST_OCCUPIED -> "busy for " + figure / 10.0 + "% of the time since log-in";
      case MOST_SKILLED -> "levels that add up to " + figure;
      case RANDOM, WEIGHTED_RANDOM -> "lot " + figure;
      case ROUND_ROBIN, TOP_DOWN, IN_ORDER, RING_PROGRESSIVELY -> "position " + figure;
    };
  }

  /** What a waiting caller heard of the place and the wait. */
  static String announced(SiteEvent.CallAnnounced it) {
    if (it.silent()) {
      return "It was time to tell the caller of the wait, but nothing better was known than before";
    }
    String place = it.position() == 0 ? "" : "place " + it.position() + " of queue " + it.queue();
    String wait = it.expectedWait().map(time -> "less than " + span(time) + " to wait").orElse("");
    return "The caller was told: " + place + (place.isEmpty() || wait.isEmpty() ? "" : ", ") + wait;
  }

  static String destination(Destination to) {
    return switch (to) {
      case Destination.ToQueue it -> "on to queue " + it.queue();
      case Destination.ToAgent it -> "on to agent " + it.agent();
      case Destination.ToAddress it -> "on to " + it.address();
      case Destination.Back _ -> "back to the front of its queue";
    };
  }

  static String asked(Destination to) {
    return switch (to) {
      case Destination.ToQueue it -> "of queue " + it.queue();
      case Destination.ToAgent it -> "agent " + it.agent();
      case Destination.ToAddress it -> "by " + it.address();
      case Destination.Back _ -> "of the same queue";
    };
  }

  static String why(Refusal refusal) {
    return switch (refusal) {
      case NOT_FOUND -> "nothing is known under the address that was called";
      case NOT_ACCEPTABLE -> "there is no codec in common";
      case OVERLOADED -> "there was too much to do, or the site did not answer";
      case QUEUE_FULL -> "the queue had no place left";
      case AGENT_BUSY -> "the agent's phone was in use";
      case AGENT_REJECTED -> "the agent rejected it";
      case NOBODY_THERE -> "no agent was there who could have served it soon";
      case WAITED_TOO_LONG -> "nobody was free within the queue's longest wait";
      case CANCELLED -> "the caller cancelled";
      case GLARE -> "both sides proposed a new session at once";
      case RENEGOTIATING -> "an earlier proposal of the same side was not finished";
      case CALL_OVER -> "the call was over already";
      case HUNG_UP -> "a party hung up";
      case TRANSFERRED -> "the agent sent the caller on";
      case HANDED_ON -> "an agent of another site is held for the caller";
      case SESSION_EXPIRED -> "the session timer ran out";
      case TIMED_OUT -> "a step did not end in time";
      case TOO_LATE -> "the agent answered when the call was gone";
      case INTERNAL -> "of an internal error";
    };
  }
}
