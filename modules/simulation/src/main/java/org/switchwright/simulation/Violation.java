package org.switchwright.simulation;

/** A promise that a simulated run broke. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String promise;

  Violation(String promise, String what) {
    super(promise + ": " + what);
    this.promise = promise;
  }

  private Violation(String promise, String message, Throwable cause) {
    super(message, cause);
    this.promise = promise;
  }

  /** Which promise, in a few words that do not change from run to run. */
  public String promise() {
    return promise;
  }

  static Violation of(Throwable thrown) {
    return thrown instanceof Violation violation
        ? violation
        : new Violation("no rule throws", "no rule throws: " + thrown, thrown);
  }

  /** The same with what it takes to see it again. */
  Violation seen(long seed, Agenda agenda, Trace trace) {
    return new Violation(
        promise,
        "seed "
            + seed
            + " at "
            + agenda.now()
            + " after "
            + agenda.steps()
            + " steps: "
            + getMessage()
            + "\nRepeat with -Dsimulation.seed="
            + seed
            + "\n"
            + trace.last(),
        this);
  }
}
