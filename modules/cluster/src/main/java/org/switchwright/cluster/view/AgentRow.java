package org.switchwright.cluster.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.switchwright.cluster.view.AgentStates.WishKind;
import org.switchwright.cluster.view.AgentStates.Work;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.agent.Wish;

/** A row of {@code agent_now} while a batch works on it. */
final class AgentRow {
  final String agent;
  @Nullable String site;
  String skills;
  WishKind wish = WishKind.LOGGED_OUT;
  @Nullable String reason;
  Instant wishedAt;
  boolean station;
  Work work = Work.FREE;
  Instant workSince;
  @Nullable Instant workUntil;
  @Nullable String call;
  int offer;

  /** Since when nothing of {@link Stand} has changed, and the how manieth stint that is. */
  Instant since;

  int stints;

  /** What the agent has told the site, and how much of it the site has acknowledged. */
  long version;

  long acknowledged;

  /** What the site knew at its last report, and when it last judged. */
  long siteVersion;

  long judgedVersion;

  AgentRow(String agent, String skills, Instant at) {
    this.agent = agent;
    this.skills = skills;
    this.since = Happening.micros(at);
    this.wishedAt = since;
    this.workSince = since;
  }

  /** All that an observer sees of an agent. */
  record Stand(
      WishKind wish, @Nullable String reason, boolean station, Work work, @Nullable String call) {}

  Stand stand() {
    return new Stand(wish, reason, station, work, call);
  }

  void wishing(Wish next, Instant at) {
    wishedAt = Happening.micros(at);
    reason = null;
    switch (next) {
      case Wish.LoggedOut _ -> wish = WishKind.LOGGED_OUT;
      case Wish.Ready _ -> wish = WishKind.READY;
      case Wish.NotReady it -> {
        wish = WishKind.NOT_READY;
        reason = it.reason();
      }
    }
  }

  void working(Work next, Instant at, @Nullable Instant until) {
    work = next;
    workSince = Happening.micros(at);
    workUntil = Happening.microsOrNull(until);
    call = null;
    offer = 0;
  }

  void busyWith(Work next, OfferId with, Instant at, @Nullable Instant until) {
    working(next, at, until);
    call = with.call().value();
    offer = with.number();
  }

  boolean has(OfferId other) {
    return other.call().value().equals(call) && other.number() == offer;
  }
}
