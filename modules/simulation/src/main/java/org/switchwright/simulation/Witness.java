package org.switchwright.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Effect;

/** Sees every step of the actors, to check what was promised of them. */
interface Witness {
  /** A decision was written. {@code before} and {@code after} are states of the actor's kind. */
  void written(Actor<?, ?, ?> actor, Object before, List<?> events, Object after);

  /** An actor came back with the state that its journal holds. */
  void recovered(Actor<?, ?, ?> actor);

  /**
   * An effect goes out.
   *
   * @param number of the event that it follows from; 0 where it follows from none
   * @param event that event; null where it follows from none
   */
  void performed(Actor<?, ?, ?> actor, int number, @Nullable Object event, Effect effect);

  /** Two who see the same. */
  record Both(Witness one, Witness other) implements Witness {
    @Override
    public void written(Actor<?, ?, ?> actor, Object before, List<?> events, Object after) {
      one.written(actor, before, events, after);
      other.written(actor, before, events, after);
    }

    @Override
    public void recovered(Actor<?, ?, ?> actor) {
      one.recovered(actor);
      other.recovered(actor);
    }

    @Override
    public void performed(Actor<?, ?, ?> actor, int number, @Nullable Object event, Effect effect) {
      one.performed(actor, number, event, effect);
      other.performed(actor, number, event, effect);
    }
  }
}
