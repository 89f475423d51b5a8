package org.switchwright.hocon;

/**
 * One thing that is wrong in what the operator wrote.
 *
 * @param place file and line, as "site.conf:12"; where it is known, the column too
 * @param key the full key, such as {@code switchwright.sip.port}; empty for a fault of syntax
 * @param sentence what was expected and what came; never a secret
 */
public record Fault(String place, String key, String sentence) {
  @Override
  public String toString() {
    return key.isEmpty() ? place + ": " + sentence : place + ": " + key + ": " + sentence;
  }
}
