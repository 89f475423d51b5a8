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
      Optional<String> outcome) {}

  /**
   * One agent that was considered.
   *
   * @param verdict such as {@code chosen}, {@code lacks-skill}, {@code talking}
   */
  public record Considered(String agent, String verdict, String sentence) {}
}
