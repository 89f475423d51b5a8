package org.switchwright.server.outside;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.switchwright.replay.ladder.SipMessage;
import org.switchwright.replay.ladder.SipTraceWriter;
import org.switchwright.sip.SipTrace;

/**
 * Hands an edge's messages to whoever stores them. The edge is there before the store; what passes
 * until then is not traced.
 */
public final class LadderTrace implements SipTrace {
  private final AtomicReference<Optional<SipTraceWriter>> writer =
      new AtomicReference<>(Optional.empty());

  void to(SipTraceWriter next) {
    writer.set(Optional.of(next));
  }

  @Override
  public void record(Line line) {
    writer
        .get()
        .ifPresent(it ->
            it.record(
                new SipMessage(
                    line.call(),
                    line.leg(),
                    line.at(),
                    line.direction() == Direction.IN,
                    line.method(),
                    line.status(),
                    line.cseq(),
                    line.hasSession())));
  }
}
