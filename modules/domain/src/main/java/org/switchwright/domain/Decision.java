package org.switchwright.domain;

import java.util.List;
import java.util.Optional;

/**
 * What an aggregate says to a command: events that are now facts (none, if the command changes
 * nothing), or a reasoned no.
 */
public sealed interface Decision<E> {
  /**
   * A yes.
   *
   * @param answers effects that the command itself is owed without changing anything, such as a
   *     repeated answer to a repeated question; performed after the events are journaled
   * @param named the call that was asked for, where one was
   */
  record Accepted<E>(List<E> events, List<Effect> answers, Optional<CallId> named)
      implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
      answers = List.copyOf(answers);
    }

    public Accepted(List<E> events, List<Effect> answers) {
      this(events, answers, Optional.empty());
    }
  }

  record Rejected<E>(Reason reason, String sentence) implements Decision<E> {}

  static <E> Decision<E> accepted(E event) {
    return new Accepted<>(List.of(event), List.of());
  }

  static <E> Decision<E> accepted(E first, E second) {
    return new Accepted<>(List.of(first, second), List.of());
  }

  static <E> Decision<E> accepted(List<E> events) {
    return new Accepted<>(events, List.of());
  }

  static <E> Decision<E> answered(Effect... answers) {
    return new Accepted<>(List.of(), List.of(answers));
  }

  static <E> Decision<E> named(CallId call) {
    return new Accepted<>(List.of(), List.of(), Optional.of(call));
  }

  static <E> Decision<E> rejected(Reason reason, String sentence) {
    return new Rejected<>(reason, sentence);
  }

  /** Why a command was refused. */
  enum Reason {
    /** The command has been carried out before; it changed nothing now. */
    ALREADY_DONE,
    /** A newer command of the same sender has been carried out before. */
    STALE,
    UNKNOWN_CALL,
    CALL_OVER,
    UNKNOWN_AGENT,
    UNKNOWN_ROUTING_POINT,
    UNKNOWN_QUEUE,
    QUEUE_FULL,
    NOT_CONFIGURED,
    UNKNOWN_STRATEGY,
    /** The text has faults, or does not fit the site. */
    FAULTY_STRATEGY,
    LOGGED_OUT,
    NOT_IN_WRAP_UP,
    UNKNOWN_REASON,
    /** The peer's own re-INVITE, or one of ours on the same leg, is not finished. */
    RENEGOTIATING,
    /** More would be attached to the call than may be. */
    TOO_MUCH_DATA,
    /** What a site reports makes no sense here. */
    UNREADABLE,
    OUT_OF_ORDER
  }
}
