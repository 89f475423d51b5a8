package org.switchwright.strategy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;

/** Compiles each text once while it is in use; what it answers is always the same. */
public final class RememberingCompiler implements StrategyCompiler {
  /** Texts kept; the one that was asked for the longest ago goes first. */
  static final int MAX_KEPT = 100;

  private final StrategyCompiler compiler;
  private final Map<StrategySource, Outcome> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StrategySource, Outcome> eldest) {
          return size() > MAX_KEPT;
        }
      };

  public RememberingCompiler(StrategyCompiler compiler) {
    this.compiler = compiler;
  }

  @Override
  public synchronized Outcome compile(StrategySource source) {
    Outcome known = kept.get(source);
    if (known == null) {
      known = compiler.compile(source);
      kept.put(source, known);
    }
    return known;
  }
}
