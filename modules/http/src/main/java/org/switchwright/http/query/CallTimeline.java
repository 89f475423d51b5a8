package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call's story.
 *
 * @param caller who called; only if that was asked for, and has not been erased
 * @param complete false where there was more than one answer can hold, and the last is missing
 * @param ladder its SIP messages, without persons
 * @param ladderText the same drawn for a terminal
 */
public record CallTimeline(
    String call,
    String interaction,
    String site,
    Instant arrivedAt,
    Optional<String> caller,
    List<Moment> moments,
    boolean complete,
    List<Rung> ladder,
    String ladderText) {

  /**
   * Something that happened.
   *
   * @param cursor its place in the event stream
   * @param afterMs since the arrival; below zero where the clocks of two nodes disagree
   * @param entity whose event it is, such as {@code site|berlin}
   * @param event its name in the journal, such as {@code call.queued/1}
   * @param decision where an agent was chosen
   */
  public record Moment(
      String cursor,
      Instant at,
      long afterMs,
      String entity,
      String event,
      String sentence,
      Optional<CallExplanation.Choice> decision) {}

  /**
   * A SIP message.
   *
   * @param leg 0 for the caller's, n for the n-th offer's
   * @param direction {@code in} or {@code out}, from our view
   * @param status 0 for a request
   */
  public record Rung(
      Instant at,
      int leg,
      String direction,
      String method,
      int status,
      long cseq,
      boolean hasSession) {}
}
