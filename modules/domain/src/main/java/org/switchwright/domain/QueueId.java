package org.switchwright.domain;

/** Identifies a queue of a site. */
public record QueueId(String value) implements Comparable<QueueId> {
  public QueueId {
    Ids.check("queue", value);
  }

  @Override
  public int compareTo(QueueId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
