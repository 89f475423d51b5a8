package org.switchwright.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.routing.Destination;

/**
 * How an agent's phone asks about a caller in a second call of its own: holds the first, dials, and
 * then hands over by REFER with Replaces, or ends the second.
 */
final class SecondLine {
  private final StationPhone phone;
  private final Surroundings world;
  private final Map<String, Dialogue> dialled = new HashMap<>();
  private final Map<LegKey, Dialogue> firsts = new HashMap<>();

  SecondLine(StationPhone phone, Surroundings world) {
    this.phone = phone;
    this.world = world;
  }

  static boolean is(LegKey key) {
    return key.leg() >= Consultation.FIRST_DIALLED;
  }

  void consult(Dialogue first, Destination to, String branch) {
    phone.hold(first, true);
    world
        .agenda()
        .in(
            world.dice().millis(300, 3_000),
            () -> {
              if (phone.dialogs().get(first.key) == first) {
                dial(first, to, branch);
              }
            });
  }

  private void dial(Dialogue first, Destination to, String branch) {
    dialled.put(branch, first);
    world.trace().note(phone.name, "dials", to, "about", first.key);
    world.wire().toEdge(edge -> edge.dialled(phone, branch, to), () -> failed(branch));
    world.agenda().in(Wire.PATIENCE, () -> failed(branch));
    world.agenda().in(world.dice().millis(0, 30_000), () -> decide(first));
  }

  /** Nobody answered the INVITE, or it was refused: back to the caller. */
  void failed(String branch) {
    Dialogue first = dialled.remove(branch);
    if (first != null) {
      phone.hold(first, false);
    }
  }

  /** Whether that was an answer to what was dialled here. */
  boolean answered(Edge edge, LegKey key, String branch, int status, @Nullable String session) {
    if (!is(key) || phone.dialogs().containsKey(key)) {
      return false;
    }
    if (status != 200 || session == null) {
      failed(branch);
      return true;
    }
    world.wire().answerEdge(edge, it -> it.reinviteAcknowledged(branch));
    Dialogue first = dialled.remove(branch);
    if (first == null || phone.gone()) {
      world.wire().toEdge(it -> it.byeArrived(key), () -> {});
      return true;
    }
    Dialogue second =
        new Dialogue(
            key,
            phone.name + "-" + branch,
            world.scenario().stationTimer(),
            Sdp.of(phone.name, ""),
            session,
            world.now());
    firsts.put(key, first);
    world.trace().note(phone.name, "has a second line", key);
    phone.begin(second);
    if (phone.dialogs().get(first.key) != first) {
      phone.hangUp(key);
    }
    return true;
  }

  private void decide(Dialogue first) {
    for (Map.Entry<LegKey, Dialogue> line : firsts.entrySet()) {
      if (line.getValue() != first || !phone.dialogs().containsKey(line.getKey())) {
        continue;
      }
      if (world.dice().chance(0.6)) {
        phone.replace(first, line.getKey());
      } else {
        phone.hangUp(line.getKey());
      }
      return;
    }
  }

  /** The caller is taken off hold; an agent needs a moment for that. */
  void ended(LegKey key) {
    Dialogue first = firsts.remove(key);
    if (first != null) {
      world.agenda().in(world.dice().millis(200, 2_000), () -> phone.hold(first, false));
    }
  }

  void vanish() {
    dialled.clear();
    firsts.clear();
  }
}
