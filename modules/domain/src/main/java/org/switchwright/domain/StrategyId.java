package org.switchwright.domain;

/** Names a routing strategy of a site. */
public record StrategyId(String value) implements Comparable<StrategyId> {
  public StrategyId {
    Ids.check("strategy", value);
  }

  @Override
  public int compareTo(StrategyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
