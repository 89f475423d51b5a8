package org.switchwright.domain.call;

import org.switchwright.domain.Personal;

/**
 * Which way an INVITE had come when it came here; what it leads to goes on from there.
 *
 * @param maxForwards how many hops it had left (RFC 3261, section 20.22); one that has none is
 *     refused before it is a call
 * @param history where it was aimed at before, and last: values of History-Info (RFC 7044), one a
 *     line, in their order
 * @param handOver how it may go on to another site
 */
public record Passage(int maxForwards, Personal history, HandOver handOver) {
  /** Of one that goes on by us. */
  public Passage(int maxForwards, Personal history) {
    this(maxForwards, history, HandOver.RELAY);
  }

  public Passage handedOver(HandOver how) {
    return new Passage(maxForwards, history, how);
  }
}
