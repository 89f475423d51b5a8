package org.switchwright.domain;

/** Identifies one in-flight call in its data center. SIP's Call-ID header is not this. */
public record CallId(String value) implements Comparable<CallId> {
  public CallId {
    Ids.check("call", value);
  }

  @Override
  public int compareTo(CallId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
