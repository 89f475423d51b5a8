package org.switchwright.domain.site;

import org.switchwright.domain.routing.Medium;

/**
 * How much of each medium one agent may have at once, offers included. A phone holds one
 * conversation, so the capacity for voice is one.
 *
 * @param voice calls
 */
public record Capacity(int voice) {
  public static final Capacity ONE_CALL = new Capacity(1);

  public Capacity {
    if (voice != 1) {
      throw new IllegalArgumentException(
          "Expected a capacity of one call, as a phone holds one conversation, but got " + voice);
    }
  }

  public int of(Medium medium) {
    return switch (medium) {
      case VOICE -> voice;
    };
  }
}
