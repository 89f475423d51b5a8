package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;

import java.time.Instant;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.CallEvent;

/** What both ends of a conversation must show. */
final class Conversations {
  private Conversations() {}

  /** Waits until each hears the other from now on. */
  static void bothHear(Call one, Call other) {
    Instant now = Instant.now();
    await()
        .atMost(SOON)
        .until(() ->
            one.audio().audibleSince(now).contains(other.audio().local())
                && other.audio().audibleSince(now).contains(one.audio().local()));
  }

  /** Waits for the end of each, which must have come once and by the rules. */
  static void endCleanly(Call... calls) {
    for (Call call : calls) {
      call.awaitEnded(SOON);
      assertThat(call.complaints()).isEmpty();
      assertThat(call.events(CallEvent.Ended.class)).hasSize(1);
    }
  }
}
