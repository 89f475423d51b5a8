package org.switchwright.server.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where records of customers are.
 *
 * @param url with at least one {@code {name}} of attached data in its path or query
 * @param timeLimit from the request to the end of the answer
 * @param maxBytes of an answer
 * @param fields what is shown, by name, each as a JSON pointer (RFC 6901) into the record
 */
public record CustomerRecordSettings(
    String url,
    Duration timeLimit,
    int maxBytes,
    Optional<Secret> secret,
    SortedMap<String, String> fields) {

  /** A header by which the system lets this server in. */
  public record Secret(String header, String value) {
    @Override
    public String toString() {
      return "Secret[" + header + "]";
    }
  }
}
