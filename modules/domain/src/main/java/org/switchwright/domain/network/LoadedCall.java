package org.switchwright.domain.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.estimate.CallRecord;

/**
 * A call of a site's past as it was loaded from another product's log. Nothing tells who called.
 *
 * @param entered when it began to wait for an agent
 * @param answered when an agent answered; empty where nobody did
 * @param ended when it was released, or given up while it waited
 * @param agent who answered, as the log calls them; empty where nobody did
 * @param queue what kind of call it was
 * @param headStart by its priority, how much earlier it seems to have entered
 * @param copy 0; or 1 and up where the log has calls that do not differ in anything else. Of calls
 *     that are loaded twice, with the same copy, there is one
 */
public record LoadedCall(
    Instant entered,
    Optional<Instant> answered,
    Instant ended,
    Optional<String> agent,
    String queue,
    Duration headStart,
    int copy) {
  /** Names of agents and queues are no longer, in characters. */
  public static final int MAX_NAME = 100;

  /** Calls that do not differ in anything, at most. */
  public static final int MAX_COPIES = 10_000;

  public LoadedCall {
    if (copy < 0 || copy >= MAX_COPIES) {
      throw new IllegalArgumentException(
          "Expected at most " + MAX_COPIES + " calls that do not differ, but got one more");
    }
    name("an agent", agent.orElse("-"));
    name("a queue", queue);
    record(entered, answered, ended, agent, queue, headStart);
  }

  /** Whether an agent or a queue can have that name. */
  public static boolean isName(String name) {
    return name.length() <= MAX_NAME && name.chars().noneMatch(Character::isISOControl);
  }

  private static void name(String what, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "Expected the name of "
              + what
              + " of at most "
              + MAX_NAME
              + " characters without control characters, but got "
              + name.length());
    }
  }

  public static LoadedCall of(CallRecord call, int copy) {
    return new LoadedCall(
        Instant.ofEpochMilli(call.enteredMs()),
        call.answered() ? Optional.of(Instant.ofEpochMilli(call.answeredMs())) : Optional.empty(),
        Instant.ofEpochMilli(call.endedMs()),
        call.answered() ? Optional.of(call.agent()) : Optional.empty(),
        call.queue(),
        Duration.ofMillis(call.headStartMs()),
        copy);
  }

  /** As a site's history has it. */
  public CallRecord record() {
    return record(entered, answered, ended, agent, queue, headStart);
  }

  private static CallRecord record(
      Instant entered,
      Optional<Instant> answered,
      Instant ended,
      Optional<String> agent,
      String queue,
      Duration headStart) {
    return new CallRecord(
        entered.toEpochMilli(),
        answered.map(Instant::toEpochMilli).orElse(CallRecord.NEVER),
        ended.toEpochMilli(),
        agent.orElse(""),
        queue,
        (int) Math.clamp(headStart.toMillis(), -1, CallRecord.MAX_CALL_MS + 1));
  }
}
