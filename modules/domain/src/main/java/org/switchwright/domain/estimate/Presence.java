package org.switchwright.domain.estimate;

/**
 * From when until when an agent was there to take calls, or talked, as the site reported it. Times
 * in milliseconds since the epoch.
 *
 * @param agent by name: personal data
 */
public record Presence(String agent, long fromMs, long toMs) {
  public Presence {
    if (agent.isEmpty() || toMs < fromMs) {
      throw new IllegalArgumentException(
          "Expected an agent's name, and an end not before the beginning, but got "
              + (agent.isEmpty() ? "none" : "one")
              + ", "
              + fromMs
              + " to "
              + toMs);
    }
  }
}
