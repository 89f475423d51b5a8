package org.switchwright.useragent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of every call of a {@link CallPool}, in the order in which they were placed. */
public record Ledger(List<Entry> entries) {
  public Ledger {
    entries = List.copyOf(entries);
  }

  /**
   * One call.
   *
   * @param number counted from 0 in the order of placing
   * @param finalStatus final response of the INVITE; 408 with {@code fromPeer} false for none; 0 if
   *     given up before anything was sent
   * @param setup from the INVITE to its final response
   * @param talk from the answer to the end, for an answered call
   */
  public record Entry(
      int number,
      String sipCallId,
      Instant beganAt,
      int finalStatus,
      boolean fromPeer,
      Duration setup,
      Optional<Duration> talk,
      CallEvent.By endedBy,
      CallEvent.Cause cause,
      List<String> complaints) {}

  /** How many calls got each final status. */
  public Map<Integer, Long> byStatus() {
    var counts = new TreeMap<Integer, Long>();
    entries.forEach(entry -> counts.merge(entry.finalStatus(), 1L, Long::sum));
    return counts;
  }

  public List<Entry> with(int finalStatus) {
    return entries.stream().filter(entry -> entry.finalStatus() == finalStatus).toList();
  }

  static Entry entry(int number, Call call, CallEvent.Ended ended) {
    Optional<CallEvent.Final> last = call.events(CallEvent.Final.class).stream().findFirst();
    Optional<CallEvent.Established> up =
        call.events(CallEvent.Established.class).stream().findFirst();
    return new Entry(
        number,
        call.sipCallId(),
        call.beganAt(),
        last.map(CallEvent.Final::status).orElse(0),
        last.map(CallEvent.Final::fromPeer).orElse(false),
        Duration.between(call.beganAt(), last.map(CallEvent.Final::at).orElse(ended.at())),
        up.map(established -> Duration.between(established.at(), ended.at())),
        ended.by(),
        ended.cause(),
        call.complaints());
  }
}
