package org.switchwright.useragent;

/** What an agent proves itself with (RFC 8760). */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return "Credentials[]";
  }
}
