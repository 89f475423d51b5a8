package org.switchwright.domain.estimate;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a site's past.
 *
 * @param calls in any order
 * @param presences who was there, of the days of which the site has told; a log does not say, and
 *     on days without any they are told by the calls
 */
public record SitePast(List<CallRecord> calls, List<Presence> presences) {
  public SitePast {
    calls = List.copyOf(calls);
    presences = List.copyOf(presences);
  }

  /** Of logs alone. */
  public static SitePast of(List<CallRecord> calls) {
    return new SitePast(calls, List.of());
  }

  /** What was over by then; who was there then, was until then. */
  public SitePast until(Instant moment) {
    long at = moment.toEpochMilli();
    return new SitePast(
        calls.stream().filter(it -> it.endedMs() <= at).toList(),
        presences.stream()
            .filter(it -> it.fromMs() < at)
            .map(it -> new Presence(it.agent(), it.fromMs(), Math.min(at, it.toMs())))
            .toList());
  }
}
