package org.switchwright.sip;

import org.switchwright.domain.RoutingPointId;

/** What is reached under a SIP user part. Asked on the stack's threads: answers from memory. */
@FunctionalInterface
public interface DialPlan {
  Target find(String userPart);

  /** Where a dialled address leads. */
  sealed interface Target {
    record RoutingPoint(RoutingPointId point) implements Target {}

    /** An agent's phone commands what the console could. */
    record FeatureCode(Feature feature) implements Target {}

    record Unknown() implements Target {}
  }

  /** What an agent may dial. */
  sealed interface Feature {
    /** Logs in and makes ready. */
    record LogIn() implements Feature {}

    record LogOut() implements Feature {}

    record BeReady() implements Feature {}

    /**
     * Not ready.
     *
     * @param reason one of the site's
     */
    record BeNotReady(String reason) implements Feature {}

    record EndWrapUp() implements Feature {}
  }
}
