package org.switchwright.domain;

/** Identifies a routing point: the SIP user part under which a site takes calls. */
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
