package org.switchwright.domain;

import org.switchwright.domain.call.Signal;

/** A SIP edge as its calls see it. Signals of one call come in order; a signal may come twice. */
public interface CallSignaling {
  EdgeId id();

  /** Never blocks; what comes of it is reported to {@link CallIntake}. */
  void signal(CallId call, Signal signal);
}
