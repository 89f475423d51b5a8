package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A version of a routing strategy.
 *
 * @param active whether new calls go by it
 * @param text left out of lists
 * @param files texts of the files that it names, by name; left out of lists
 */
public record StrategyStatus(
    String strategy,
    int version,
    boolean active,
    List<String> points,
    Instant publishedAt,
    String publishedBy,
    String why,
    Optional<String> text,
    Optional<SortedMap<String, String>> files) {}
