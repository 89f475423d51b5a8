package org.switchwright.domain;

/**
 * Identifies one customer contact through the whole network, whichever media and sites it passes.
 */
public record InteractionId(String value) implements Comparable<InteractionId> {
  public InteractionId {
    Ids.check("interaction", value);
  }

  @Override
  public int compareTo(InteractionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
