package org.switchwright.simulation;

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
  CAME_UNASKED,
  ANSWERED_UNASKED,
  LEFT_OUT,
  LEFT_OUT_AGAIN,
  TRIED,
  FOUND,
  ANSWERED_TOO_LATE,
  HANDED_ON,
  TAKEN_OVER,
  CAME_LATE
}
