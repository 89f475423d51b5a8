package org.switchwright.strategy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;

/** A condition, compiled. */
final class Condition {
  private final CelRuntime.Program program;

  Condition(CelRuntime.Program program) {
    this.program = program;
  }

  /** What is said of a condition. */
  enum Judgement {
    HOLDS,
    DOES_NOT_HOLD,
    /** It looks at something that is not known, such as attached data that is not there. */
    UNCLEAR
  }

  Judgement judge(Looked looked) {
    try {
      return Boolean.TRUE.equals(program.eval(looked.variables(), looked.functions()))
          ? Judgement.HOLDS
          : Judgement.DOES_NOT_HOLD;
    } catch (CelEvaluationException _) {
      return Judgement.UNCLEAR;
    }
  }

  boolean holds(Looked looked) {
    return judge(looked) == Judgement.HOLDS;
  }
}
