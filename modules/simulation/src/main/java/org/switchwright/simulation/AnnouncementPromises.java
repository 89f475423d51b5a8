package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.site.Announcements;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** What is promised of what waiting callers are told, by books of what they were told before. */
final class AnnouncementPromises {
  private final Map<CallId, Instant> lastAt = new HashMap<>();
  private final Map<CallId, SiteEvent.CallAnnounced> best = new HashMap<>();

  /** Of calls that another queue owes other figures. */
  void anew(CallId call) {
    best.remove(call);
  }

  void left(CallId call) {
    lastAt.remove(call);
    best.remove(call);
  }

  /**
   * @param decidedOn the state at the beginning of the decision
   */
  void announced(SiteState decidedOn, SiteEvent.CallAnnounced it) {
    Instant last = lastAt.put(it.call(), it.at());
    promise(
        last == null
            || Duration.between(last, it.at()).compareTo(Announcements.LEAST_INTERVAL) >= 0,
        "nobody is told twice within the least interval",
        it,
        "after",
        last);
    SiteEvent.@Nullable CallAnnounced before = best.get(it.call());
    if (before != null && before.queue().equals(it.queue())) {
      promise(
          before.position() == 0 || it.position() <= before.position(),
          "nobody hears a worse place in the same queue",
          it,
          "after",
          before);
      promise(
          it.expectedWait().isEmpty()
              || before.expectedWait().isEmpty()
              || it.expectedWait().get().compareTo(before.expectedWait().get()) <= 0,
          "nobody hears of a longer wait in the same queue",
          it,
          "after",
          before);
      best.put(it.call(), better(before, it));
    } else {
      best.put(it.call(), it);
    }
    List<CallId> line = decidedOn.line(it.queue()).stream().map(SiteCall::id).toList();
    promise(
        it.position() == 0 || line.indexOf(it.call()) == it.position() - 1,
        "what a caller is told is so",
        it,
        "but the line is",
        line);
  }

  private static SiteEvent.CallAnnounced better(
      SiteEvent.CallAnnounced before, SiteEvent.CallAnnounced now) {
    return new SiteEvent.CallAnnounced(
        now.at(),
        now.call(),
        now.queue(),
        now.position() == 0 ? before.position() : now.position(),
        now.expectedWait().or(before::expectedWait));
  }
}
