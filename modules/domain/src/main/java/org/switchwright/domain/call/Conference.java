package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Personal;

/**
 * A caller and the two agents of a consultation, who hear each other by way of a room of another
 * server's (RFC 4579): each talks to a leg of its own there.
 *
 * @param room the URI that the legs are invited to
 * @param mixed by the number of the participant's leg; three
 */
public record Conference(Personal room, SortedMap<Integer, Mixed> mixed) {
  /** Numbers of legs to rooms; below are those of offers. */
  public static final int FIRST_MIXED = 8_000;

  public static final int LAST_MIXED = Consultation.FIRST_DIALLED - 1;

  /** How many take part. */
  static final int SIZE = 3;

  public Conference {
    mixed = Collections.unmodifiableSortedMap(new TreeMap<>(mixed));
  }

  /**
   * A participant's leg to the room.
   *
   * @param offered the participant's session at that time, in our first description on that leg
   * @param up once the room has answered
   * @param due when it is given up that it will
   */
  public record Mixed(int leg, SessionDescription offered, @Nullable Leg up, Instant due) {
    Mixed with(Leg next) {
      return new Mixed(leg, offered, next, due);
    }

    Instant deadline() {
      return up == null ? due : up.due();
    }
  }

  /** Two who exchange media. */
  record Pair(Leg one, Leg other) {
    boolean has(int leg) {
      return one.number() == leg || other.number() == leg;
    }

    Leg besides(int leg) {
      return one.number() == leg ? other : one;
    }

    Stream<Leg> both() {
      return Stream.of(one, other);
    }
  }

  /** Whether this leg to a room is the caller's. */
  public static boolean callers(int leg) {
    return leg >= FIRST_MIXED && leg <= LAST_MIXED && (leg - FIRST_MIXED) % SIZE == 0;
  }

  Stream<Mixed> legs() {
    return mixed.values().stream();
  }

  /** Legs that the room has answered. */
  public Stream<Leg> up() {
    return legs().flatMap(it -> Stream.ofNullable(it.up()));
  }

  /** Legs that the room has not answered yet. */
  Stream<Mixed> invited() {
    return legs().filter(it -> it.up() == null);
  }

  boolean has(int participant) {
    Mixed of = mixed.get(participant);
    return of != null && of.up() != null;
  }

  Conference with(Leg next) {
    TreeMap<Integer, Mixed> changed = new TreeMap<>(mixed);
    changed.replaceAll((_, it) -> it.leg() == next.number() ? it.with(next) : it);
    return new Conference(room, changed);
  }
}
