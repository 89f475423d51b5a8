package org.switchwright.domain;

/** Identifies an agent. A pseudonym by rule: never a name, number or address of the person. */
public record AgentId(String value) implements Comparable<AgentId> {
  public static final int MAX_CHARS = Ids.MAX_CHARS;

  public AgentId {
    Ids.check("agent", value);
  }

  @Override
  public int compareTo(AgentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
