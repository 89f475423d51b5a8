package org.switchwright.domain;

/** Names something that an agent can do, such as a language or a product. */
public record Skill(String value) implements Comparable<Skill> {
  public Skill {
    Ids.check("skill", value);
  }

  @Override
  public int compareTo(Skill other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
