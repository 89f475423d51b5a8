package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallIntake.Receipt;

/**
 * One aggregate as the journal knows it, and whoever acts for it: one incarnation, or two while a
 * node that was paused does not know yet that another has taken over. The journal is the fence
 * between them: of two writers of one number, the first wins.
 */
final class Actor<C, E, S> {
  private final String name;
  private final String id;
  private final Aggregate<C, E, S> rules;
  private final Host host;
  private final List<E> written = new ArrayList<>();
  private S state;
  private Incarnation<C, E, S> current;
  private @Nullable Incarnation<C, E, S> old;

  Actor(String kind, String id, Aggregate<C, E, S> rules, Host host) {
    this.name = kind + " " + id;
    this.id = id;
    this.rules = rules;
    this.host = host;
    this.state = rules.initial(id);
    this.current = new Incarnation<>(this, host, state);
  }

  String name() {
    return name;
  }

  /** What the journal says, which is what counts; an incarnation may lag behind it. */
  S state() {
    return state;
  }

  boolean up() {
    return current.up();
  }

  int writes() {
    return written.size();
  }

  /** The event with this number, from 1 up. */
  E written(int number) {
    return written.get(number - 1);
  }

  Aggregate<C, E, S> rules() {
    return rules;
  }

  void receive(C command, Consumer<Receipt> reply) {
    Incarnation<C, E, S> other = old;
    if (other != null && host.reachesOld()) {
      other.receive(command, reply);
    } else {
      current.receive(command, reply);
    }
  }

  /**
   * What carries no number must not wait with one who is paused and come after what is newer: it
   * finds whoever has taken over.
   */
  void receiveInOrder(C command, Consumer<Receipt> reply) {
    current.receive(command, reply);
  }

  /**
   * Takes what an incarnation has decided, if it knows all that was written before.
   *
   * @param known how many events it knows
   * @return false where another has written meanwhile
   */
  boolean append(int known, List<E> events, S after) {
    if (known != written.size() && host.fault() != Cast.HostFault.NO_FENCE) {
      host.trace().note(name, "is refused by the fence", known + 1, written.size());
      host.countRefused();
      return false;
    }
    S before = state;
    for (E event : events) {
      written.add(event);
      host.write(name, written.size(), event);
      host.trace().note(name, "writes", event);
    }
    state = after;
    host.witness().written(this, before, events, after);
    return true;
  }

  void crashFor(Duration down) {
    kill();
    current.crashFor(down);
  }

  /** The node of this actor stops without dying; another takes it over. */
  void pauseUntil(Instant end, Duration takeover, Duration lives) {
    if (old != null) {
      return;
    }
    Incarnation<C, E, S> paused = current;
    paused.pauseUntil(end);
    old = paused;
    current = new Incarnation<>(this, host, state);
    current.crashFor(takeover);
    host.at(
        end.plus(lives),
        () -> {
          if (old == paused) {
            kill();
          }
        });
  }

  /** The incarnation that has been taken over learns of it, and is no more. */
  private void kill() {
    Incarnation<C, E, S> dying = old;
    if (dying != null) {
      dying.die();
      old = null;
    }
  }

  S fold() {
    S folded = rules.initial(id);
    for (E event : written) {
      folded = rules.evolve(folded, event);
    }
    return folded;
  }

  void resume() {
    current.resume();
  }
}
