package org.switchwright.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;

/** An aggregate's real rules, to be spoilt in one place. */
class Faulty<C, E, S> implements Aggregate<C, E, S> {
  final Aggregate<C, E, S> real;

  Faulty(Aggregate<C, E, S> real) {
    this.real = real;
  }

  @Override
  public S initial(String id) {
    return real.initial(id);
  }

  @Override
  public Decision<E> decide(S state, C command, Instant now) {
    return real.decide(state, command, now);
  }

  @Override
  public S evolve(S state, E event) {
    return real.evolve(state, event);
  }

  @Override
  public List<Effect> react(S state, E event) {
    return real.react(state, event);
  }

  @Override
  public List<Effect> owed(S state) {
    return real.owed(state);
  }

  @Override
  public List<Effect> resume(S state) {
    return real.resume(state);
  }

  @Override
  public Optional<Instant> due(S state) {
    return real.due(state);
  }

  @Override
  public C expire() {
    return real.expire();
  }

  @Override
  public boolean over(S state) {
    return real.over(state);
  }
}
