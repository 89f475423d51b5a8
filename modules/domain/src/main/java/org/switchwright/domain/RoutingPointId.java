package org.switchwright.domain;

/** Identifies a routing point: the SIP address where an interaction waits to be routed. */
public record RoutingPointId(String value) implements Comparable<RoutingPointId> {
  public RoutingPointId {
    Ids.check("routing point", value);
  }

  @Override
  public int compareTo(RoutingPointId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
