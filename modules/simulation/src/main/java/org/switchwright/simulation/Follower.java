package org.switchwright.simulation;

import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.Carried;

/** A caller who was told at one data center to go to another one, and has come there. */
final class Follower extends CallerPhone {
  private final Carried carried;
  private final Runnable late;
  private boolean expected = true;

  /**
   * @param call as which it is expected, or that its INVITE makes
   * @param late what becomes of it where it is not expected any more
   */
  Follower(CallId call, Plan plan, Surroundings world, Carried carried, Runnable late) {
    super(call, plan, world);
    this.carried = carried;
    this.late = late;
  }

  @Override
  Optional<Carried> carried() {
    return Optional.of(carried);
  }

  /** Nobody is held for it: the same INVITE makes a call of its own. False where it has. */
  boolean comesAnew() {
    if (!expected || state() != State.CALLING) {
      return false;
    }
    expected = false;
    excuse();
    over();
    late.run();
    return true;
  }
}
