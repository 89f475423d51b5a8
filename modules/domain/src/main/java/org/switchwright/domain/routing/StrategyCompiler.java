package org.switchwright.domain.routing;

import java.util.List;

/** Makes strategies of texts. The same text makes the same strategy, wherever and whenever. */
public interface StrategyCompiler {
  /** Knows no strategies: for those who only fold what was decided. */
  StrategyCompiler NONE =
      _ ->
          new Outcome.Faulty(
              List.of(
                  new Fault(
                      "strategy",
                      "",
                      "expected a host that routes by strategies, but this one does not")));

  Outcome compile(StrategySource source);

  /** What becomes of a text. */
  sealed interface Outcome {
    record Sound(Strategy strategy) implements Outcome {}

    /**
     * @param faults at least one, in the order of the text
     */
    record Faulty(List<Fault> faults) implements Outcome {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /**
   * One thing that is wrong.
   *
   * @param place as "support.conf:12:8": file, line and column, where they are known
   * @param key what it is wrong in, as {@code cases[2].when}; empty for a fault of syntax
   * @param sentence what was expected and what came
   */
  record Fault(String place, String key, String sentence) {
    @Override
    public String toString() {
      return key.isEmpty() ? place + ": " + sentence : place + ": " + key + ": " + sentence;
    }
  }
}
