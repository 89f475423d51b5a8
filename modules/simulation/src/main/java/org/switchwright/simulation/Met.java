package org.switchwright.simulation;

import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.SiteEvent;

/** What is met in a run of several sites. */
public enum Met {
  ENLISTED,
  RENEWED,
  LENT,
  ANSWERED_ELSEWHERE,
  SENT_BACK,
  WITHDRAWN,
  FORGOTTEN,
  REFUSED,
  TWO_AT_ONCE,
  CUT_OFF,
  REJOINED,
  SENT_UNASKED,
  SENT_BY_ESTIMATE,
  ROOM_AWAITED,
  CAME_UNASKED,
  ANSWERED_UNASKED,
  LEFT_OUT,
  LEFT_OUT_AGAIN,
  TRIED,
  FOUND,
  ANSWERED_TOO_LATE,
  HANDED_ON,
  TAKEN_OVER,
  CAME_LATE;

  static Met of(SiteEvent.AgentLent it) {
    if (it.theirs().isPresent()) {
      return LENT;
    }
    return it.seen().flatMap(SiteSeen::estimate).isPresent() ? SENT_BY_ESTIMATE : SENT_UNASKED;
  }
}
