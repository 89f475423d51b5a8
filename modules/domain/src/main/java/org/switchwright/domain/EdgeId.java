package org.switchwright.domain;

/** Names the SIP edge of one node; a call's transactions live in the edge that received them. */
public record EdgeId(String value) implements Comparable<EdgeId> {
  public EdgeId {
    Ids.check("edge", value);
  }

  @Override
  public int compareTo(EdgeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
