package org.switchwright.domain.site;

import java.time.Duration;
import java.util.List;

/**
 * When a queue has nobody, so that callers are not kept waiting for no one (Asterisk's {@code
 * joinempty} and {@code leavewhenempty}).
 *
 * @param join for which causes an agent does not count as there when a call wants to come in; if
 *     nobody is left, it goes to the overflow or is released. Empty: calls may always come in
 * @param leave the same for calls that wait already; empty: they may stay
 * @param leaveAfter for how long nobody must have been there
 */
public record Presence(List<Absence> join, List<Absence> leave, Duration leaveAfter) {
  public static final Presence ALWAYS = new Presence(List.of(), List.of(), Duration.ZERO);

  public Presence {
    join = List.copyOf(join);
    leave = List.copyOf(leave);
  }
}
