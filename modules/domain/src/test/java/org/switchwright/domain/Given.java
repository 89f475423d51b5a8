package org.switchwright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A rule, as a sentence: given these events, when this command comes, then these events follow, or
 * this reason why not.
 *
 * @param <C> commands
 * @param <E> events
 * @param <S> the folded state
 */
public final class Given<C, E, S> {
  private final Aggregate<C, E, S> aggregate;
  private final S state;

  private Given(Aggregate<C, E, S> aggregate, S state) {
    this.aggregate = aggregate;
    this.state = state;
  }

  public static <C, E, S> Given<C, E, S> given(
      Aggregate<C, E, S> aggregate, String id, List<? extends E> events) {
    S state = aggregate.initial(id);
    for (E event : events) {
      state = aggregate.evolve(state, event);
    }
    return new Given<>(aggregate, state);
  }

  public S state() {
    return state;
  }

  /** Lets commands be carried out first, each at the same instant; none may be refused. */
  @SafeVarargs
  public final Given<C, E, S> and(Instant now, C... commands) {
    Given<C, E, S> given = this;
    for (C command : commands) {
      Outcome<C, E, S> outcome = given.when(command, now);
      assertThat(outcome.decision).isInstanceOf(Decision.Accepted.class);
      given = new Given<>(aggregate, outcome.after);
    }
    return given;
  }

  public Outcome<C, E, S> when(C command, Instant now) {
    return new Outcome<>(aggregate, state, aggregate.decide(state, command, now));
  }

  public List<Effect> owed() {
    return aggregate.owed(state);
  }

  public List<Effect> resume() {
    return aggregate.resume(state);
  }

  /** What came of a command. Each event's deadline is asked for, as hosts do that write it down. */
  public static final class Outcome<C, E, S> {
    private final Decision<E> decision;
    private final S after;
    private final List<Effect> effects = new ArrayList<>();

    private Outcome(Aggregate<C, E, S> aggregate, S before, Decision<E> decision) {
      this.decision = decision;
      S state = before;
      if (decision instanceof Decision.Accepted<E> yes) {
        for (E event : yes.events()) {
          state = aggregate.evolve(state, event);
          effects.addAll(aggregate.react(state, event));
          aggregate.due(state);
        }
        effects.addAll(yes.answers());
      }
      this.after = state;
    }

    public S state() {
      return after;
    }

    public List<E> events() {
      assertThat(decision).isInstanceOf(Decision.Accepted.class);
      return ((Decision.Accepted<E>) decision).events();
    }

    public List<Effect> effects() {
      return effects;
    }

    @SafeVarargs
    public final Outcome<C, E, S> then(E... events) {
      assertThat(events()).isEqualTo(List.of(events));
      return this;
    }

    /** The kinds of the events alone, where their contents are another test's matter. */
    public Outcome<C, E, S> thenKinds(Class<?>... kinds) {
      assertThat(events().stream().<Class<?>>map(Object::getClass)).containsExactly(kinds);
      return this;
    }

    public Outcome<C, E, S> thenNothingNew() {
      assertThat(events()).isEmpty();
      return this;
    }

    public Outcome<C, E, S> thenRefused(Decision.Reason reason) {
      assertThat(decision).isInstanceOf(Decision.Rejected.class);
      Decision.Rejected<E> no = (Decision.Rejected<E>) decision;
      assertThat(no.reason()).isEqualTo(reason);
      assertThat(no.sentence()).startsWith("Expected ").contains(", but ");
      return this;
    }

    public Outcome<C, E, S> owing(Effect... expected) {
      assertThat(effects).contains(expected);
      return this;
    }

    public Outcome<C, E, S> owingNone(Predicate<Effect> unwanted) {
      assertThat(effects).noneMatch(unwanted);
      return this;
    }
  }
}
