package org.switchwright.domain;

/** Identifies a site: one call center with its agents, queues and routing points. */
public record SiteId(String value) implements Comparable<SiteId> {
  public SiteId {
    Ids.check("site", value);
  }

  @Override
  public int compareTo(SiteId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
