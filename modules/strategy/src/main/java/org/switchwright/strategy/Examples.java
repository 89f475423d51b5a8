package org.switchwright.strategy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategyCompiler.Fault;
import org.switchwright.hocon.Faults;
import org.switchwright.hocon.Section;

/**
 * Tries a strategy by examples: given this call and this state of the queues, expect that. A queue
 * that an example does not name has nobody in it and an estimated wait that is not known.
 */
public final class Examples {
  static final int MAX_EXAMPLES = 1_000;

  private final String file;

  /**
   * @param file how places in the text are called
   */
  public Examples(String file) {
    this.file = file;
  }

  /** What became of a file of examples. */
  public sealed interface Outcome {
    record Tried(List<Result> results) implements Outcome {
      public boolean good() {
        return results.stream().allMatch(result -> result.differences().isEmpty());
      }
    }

    record Faulty(List<Fault> faults) implements Outcome {}
  }

  /**
   * One example.
   *
   * @param differences what was expected and what came; empty where all is as expected
   */
  public record Result(String place, String name, List<String> differences) {}

  public Outcome attempt(Strategy strategy, String text) {
    Positions positions = new Positions(file, text);
    Faults faults = new Faults(positions::ofKey);
    Section top;
    try {
      Config config =
          ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(file))
              .resolve();
      top = new Section(config.root(), "", faults);
    } catch (ConfigException e) {
      ConfigOrigin origin = e.origin();
      return new Outcome.Faulty(
          List.of(
              new Fault(
                  origin == null ? file : positions.ofKey(origin, ""),
                  "",
                  "expected HOCON, but: " + e.getMessage())));
    }
    List<Example> examples = new ArrayList<>();
    for (Section section : top.list("examples", MAX_EXAMPLES)) {
      String place = positions.ofKey(section.origin(), "examples[" + (examples.size() + 1) + "]");
      examples.add(Example.read(section, place));
    }
    top.close();
    if (!faults.none()) {
      return new Outcome.Faulty(
          faults.all().stream().map(it -> new Fault(it.place(), it.key(), it.sentence())).toList());
    }
    return new Outcome.Tried(examples.stream().map(it -> it.attempt(strategy)).toList());
  }
}
