package org.switchwright.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What is measured; each figure has a system property of its name.
 *
 * @param parts any of {@code direct}, {@code calls}, {@code handover}, {@code following}, {@code
 *     journal}
 * @param seconds how long each rate of calls lasts
 * @param rates offered calls a second, one after the other; the first that fails ends the ladder
 * @param hold how long a call lasts after its answer
 * @param sites how many a controller follows, one number after the other
 * @param serverOptions for the measured server's JVM, such as those of a profiler
 */
record Plan(
    Set<String> parts,
    int agents,
    int seconds,
    List<Integer> rates,
    Duration hold,
    List<Integer> sites,
    List<String> serverOptions) {
  static Plan ofProperties() {
    return new Plan(
        Set.copyOf(words("parts", "direct,calls,handover,following,journal", ",")),
        Integer.getInteger("agents", 500),
        Integer.getInteger("seconds", 10),
        words("rates", "50,100,150,200,300,400", ",").stream().map(Integer::valueOf).toList(),
        Duration.ofMillis(Integer.getInteger("hold.ms", 500)),
        words("sites", "1,10,100", ",").stream().map(Integer::valueOf).toList(),
        words("server.options", "", " +"));
  }

  private static List<String> words(String property, String otherwise, String between) {
    String text = System.getProperty(property, otherwise);
    return Arrays.stream((text.isBlank() ? otherwise : text).split(between))
        .map(String::strip)
        .filter(word -> !word.isBlank())
        .toList();
  }

  boolean has(String part) {
    return parts.contains(part);
  }
}
