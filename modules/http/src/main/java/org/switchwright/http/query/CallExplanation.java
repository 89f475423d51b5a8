package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a call went where it went. */
public record CallExplanation(String call, List<String> summary, List<Choice> choices) {

  /**
   * One choice of an agent.
   *
   * @param rule by which candidates were ordered
   * @param waitingBefore calls that were ahead and could not be served by anybody free
   * @param unnamed agents considered beyond those named
   * @param sites the other sites that looked for an agent too, and the one that could not be asked
   *     and got the call
   * @param outcome what came of the offer; empty while it is out
   */
  public record Choice(
      Instant at,
      int offer,
      String queue,
      String chosen,
      String rule,
      int waitingBefore,
      String sentence,
      List<Considered> considered,
      int unnamed,
      List<Site> sites,
      Optional<String> outcome) {}

  /**
   * What was known of another site when it was asked to look for an agent for the call too, the
   * last time before a choice.
   *
   * @param basis live, estimated or unknown
   * @param ageMs how old the report was that was carried on, where it is estimated
   * @param ready agents who could have been offered a call; empty where it is unknown, as what
   *     follows
   * @param estimate what was told beside these means; empty unless the site's link was cut and its
   *     past known
   */
  public record Site(
      String site,
      Instant at,
      String basis,
      Optional<Long> ageMs,
      Optional<Integer> ready,
      Optional<Integer> waiting,
      Optional<Long> estimatedWaitMs,
      Optional<Estimate> estimate,
      String sentence) {}

  /**
   * What was believed of a queue of a site whose link was cut.
   *
   * @param estimatedWaitMs empty where it was unknown
   */
  public record Estimate(
      int similarDays,
      boolean bySchedule,
      boolean learned,
      Range loggedIn,
      Range ready,
      Range waiting,
      Optional<Range> estimatedWaitMs) {}

  /** A median, and between what the truth was believed to be nine times in ten. */
  public record Range(long median, long low, long high) {}

  /**
   * One agent that was considered.
   *
   * @param verdict such as {@code chosen}, {@code lacks-skill}, {@code talking}
   */
  public record Considered(String agent, String verdict, String sentence) {}
}
