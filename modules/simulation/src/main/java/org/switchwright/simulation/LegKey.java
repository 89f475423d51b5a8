package org.switchwright.simulation;

import org.switchwright.domain.CallId;

/** What our tokens in Contact and tags name. */
record LegKey(CallId call, int leg) {
  @Override
  public String toString() {
    return call + "-" + leg;
  }
}
