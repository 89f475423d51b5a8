package org.switchwright.cluster.view;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.call.CallEvent;

/**
 * A row of {@code call_history}.
 *
 * @param queuedAt when the call began to wait for the first time
 * @param agent of the last offer that was not turned down; once one of several is accepted, whoever
 *     the site says has it
 * @param answeredAt when that agent answered, as connectedAt
 * @param talkedBeforeMs how long the caller had talked to agents who sent him on
 */
record HistoryRow(
    String call,
    String interaction,
    String site,
    String point,
    @Nullable String queue,
    Instant arrivedAt,
    @Nullable Instant queuedAt,
    int offers,
    @Nullable String agent,
    @Nullable Instant answeredAt,
    @Nullable Instant connectedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    @Nullable String cause,
    @Nullable String endedBy,
    long talkedBeforeMs) {
  HistoryRow {
    arrivedAt = Happening.micros(arrivedAt);
    queuedAt = Happening.microsOrNull(queuedAt);
    answeredAt = Happening.microsOrNull(answeredAt);
    connectedAt = Happening.microsOrNull(connectedAt);
    endedAt = Happening.microsOrNull(endedAt);
  }

  static HistoryRow arrived(String call, CallEvent.CallArrived it) {
    return new HistoryRow(
        call,
        it.interaction().value(),
        it.site().value(),
        it.point().value(),
        null,
        it.at(),
        null,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0);
  }

  /**
   * All time before the last conversation, or before the end where none followed, but for
   * conversations from which the caller was sent on.
   */
  @Nullable Long waitedMs() {
    Instant until = connectedAt == null ? endedAt : connectedAt;
    return until == null ? null : Duration.between(arrivedAt, until).toMillis() - talkedBeforeMs;
  }

  /** In all conversations that have ended; null while and where there is none. */
  @Nullable Long talkedMs() {
    long talked = talkedBeforeMs + lastTalkMs();
    boolean never = talkedBeforeMs == 0 && (connectedAt == null || endedAt == null);
    return never ? null : talked;
  }

  private long lastTalkMs() {
    return connectedAt == null || endedAt == null
        ? 0
        : Duration.between(connectedAt, endedAt).toMillis();
  }

  /** What the column says of conversations before the last. */
  HistoryRow havingTalked(long talkedMs) {
    return talkedBefore(talkedMs - lastTalkMs());
  }

  private HistoryRow talkedBefore(long ms) {
    return new HistoryRow(
        call,
        interaction,
        site,
        point,
        queue,
        arrivedAt,
        queuedAt,
        offers,
        agent,
        answeredAt,
        connectedAt,
        endedAt,
        outcome,
        cause,
        endedBy,
        ms);
  }

  /** Talked until now, and waits again. */
  HistoryRow sentOn(Instant at) {
    long talked = connectedAt == null ? 0 : Duration.between(connectedAt, at).toMillis();
    return talkedBefore(talkedBeforeMs + talked).with(queuedAt, offers, null, null, null);
  }

  /** Talked until now, and is put on hold while the agent asks another one. */
  HistoryRow consulting(Instant at) {
    long talked = connectedAt == null ? 0 : Duration.between(connectedAt, at).toMillis();
    return talkedBefore(talkedBeforeMs + talked).with(queuedAt, offers, agent, answeredAt, null);
  }

  /** This agent has the caller now. */
  HistoryRow consulted(String by) {
    return with(queuedAt, offers, by, answeredAt, connectedAt);
  }

  HistoryRow entered(String into) {
    return queue == null ? withQueue(into) : this;
  }

  /** A site may move a call that has ended in the meantime. */
  HistoryRow moved(String to) {
    return endedAt == null ? withQueue(to) : this;
  }

  private HistoryRow withQueue(String next) {
    return new HistoryRow(
        call,
        interaction,
        site,
        point,
        next,
        arrivedAt,
        queuedAt,
        offers,
        agent,
        answeredAt,
        connectedAt,
        endedAt,
        outcome,
        cause,
        endedBy,
        talkedBeforeMs);
  }

  HistoryRow queued(Instant at) {
    return with(queuedAt == null ? at : queuedAt, offers, agent, answeredAt, connectedAt);
  }

  HistoryRow offered(int number, String to) {
    return with(queuedAt, Math.max(offers, number), to, answeredAt, connectedAt);
  }

  /** An offer that was out when another one was accepted changes nothing by its end. */
  HistoryRow offerEnded(int number) {
    return answeredAt == null && number == offers
        ? with(queuedAt, offers, null, null, connectedAt)
        : this;
  }

  HistoryRow answered(int number, Instant at) {
    return with(queuedAt, offers, number == offers ? agent : null, at, connectedAt);
  }

  /** The site says so later than the call, which may have been sent on meanwhile. */
  HistoryRow answeredBy(String who) {
    return answeredAt == null ? this : with(queuedAt, offers, who, answeredAt, connectedAt);
  }

  HistoryRow connected(Instant at) {
    return with(queuedAt, offers, agent, answeredAt, at);
  }

  private HistoryRow with(
      @Nullable Instant queuedAt,
      int offers,
      @Nullable String agent,
      @Nullable Instant answeredAt,
      @Nullable Instant connectedAt) {
    return new HistoryRow(
        call,
        interaction,
        site,
        point,
        queue,
        arrivedAt,
        queuedAt,
        offers,
        agent,
        answeredAt,
        connectedAt,
        endedAt,
        outcome,
        cause,
        endedBy,
        talkedBeforeMs);
  }

  HistoryRow ended(CallEvent.CallEnded it) {
    CallHistory.Party by =
        switch (it.by()) {
          case -1 -> CallHistory.Party.SWITCHWRIGHT;
          case 0 -> CallHistory.Party.CALLER;
          default -> CallHistory.Party.AGENT;
        };
    return new HistoryRow(
        call,
        interaction,
        site,
        point,
        queue,
        arrivedAt,
        queuedAt,
        offers,
        answeredAt == null ? null : agent,
        answeredAt,
        connectedAt,
        it.at(),
        it.outcome().name(),
        it.cause().name(),
        by.name(),
        talkedBeforeMs);
  }
}
