package org.switchwright.domain;

/** Names the key under which one subject's personal data is encrypted; never the key itself. */
public record KeyId(String value) implements Comparable<KeyId> {
  public KeyId {
    Ids.check("key", value);
  }

  @Override
  public int compareTo(KeyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
