package org.switchwright.simulation;

import org.switchwright.domain.AgentId;

/**
 * A server with rooms for conferences: to the edge a phone with as many lines as there are calls.
 */
final class Mixer extends StationPhone {
  private static final AgentId NOBODY = new AgentId("mixer");

  static final String NAME = "phone-" + NOBODY;

  Mixer(Surroundings world) {
    super(NOBODY, world);
  }

  @Override
  Manner manner() {
    int drawn = world.dice().between(0, 19);
    return switch (drawn) {
      case 0 -> Manner.BUSY;
      case 1 -> Manner.SILENT;
      default -> Manner.ANSWER_AT_ONCE;
    };
  }

  /** Some rooms fail. */
  @Override
  void converse(Dialogue dialog) {
    if (world.dice().chance(0.05)) {
      world
          .agenda()
          .in(
              world.dice().millis(500, 20_000),
              () -> {
                if (dialogs().get(dialog.key) == dialog) {
                  hangUp(dialog.key);
                }
              });
    }
  }
}
