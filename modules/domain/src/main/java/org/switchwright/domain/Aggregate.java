package org.switchwright.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The contract between an aggregate and the host that runs it (cluster, simulation, replay). All of
 * it is pure: time comes in as an argument, nothing else comes in at all.
 *
 * <p>The host journals the events of {@link #decide} before it performs any effect: those that
 * {@link #react} names for each new event, and the answers of the decision. It keeps one timer at
 * {@link #due} and sends {@link #expire} when it rings; it repeats {@link #owed} while that is not
 * empty, because any message may be lost; and it performs {@link #resume} once after every
 * recovery.
 *
 * @param <C> commands
 * @param <E> events
 * @param <S> the folded state
 */
public interface Aggregate<C, E, S> {
  /** The state before any event of the aggregate with this id. */
  S initial(String id);

  Decision<E> decide(S state, C command, Instant now);

  S evolve(S state, E event);

  /** What the world is owed because of this new event; {@code state} already contains it. */
  List<Effect> react(S state, E event);

  /** Messages whose answer is still outstanding. Receivers take them twice without harm. */
  List<Effect> owed(S state);

  /** What a host owes after a restart: {@link #owed}, and legs and treatments to be attended. */
  List<Effect> resume(S state);

  /** When {@link #expire} must be sent at the latest; empty where nothing is waited for. */
  Optional<Instant> due(S state);

  C expire();

  /** Whether the aggregate may be forgotten: nothing due, nothing owed, no wish kept. */
  boolean over(S state);
}
