package org.switchwright.simulation;

import java.time.Duration;
import java.util.TreeMap;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.domain.site.Site;
import org.switchwright.strategy.RememberingCompiler;
import org.switchwright.strategy.TextCompiler;

/** Publishes routing strategies and takes them back while calls go by them. */
final class Strategist {
  /** Shared by all runs: there are few texts, and what they mean is always the same. */
  static final StrategyCompiler COMPILER = new RememberingCompiler(new TextCompiler());

  private static final Duration AGAIN = Duration.ofSeconds(45);
  private static final StrategyId NAME = new StrategyId("care");

  private final Host host;
  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private int published;

  /**
   * @param dice of its own, so that a run without it goes as it did
   */
  Strategist(Host host, Agenda agenda, Dice dice, Weather weather) {
    this.host = host;
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
  }

  void begin() {
    agenda.in(dice.seconds(2, 20), this::act);
  }

  private void act() {
    if (weather.calm()) {
      return;
    }
    if (published == 0 || dice.chance(0.7)) {
      published++;
      tell(new Site.PublishStrategy(new StrategySource(text(), new TreeMap<>()), "ann", "better"));
    } else {
      tell(new Site.ActivateStrategy(NAME, dice.between(0, published), "ben", "worse"));
    }
    agenda.in(dice.around(AGAIN), this::act);
  }

  private void tell(Site.Command command) {
    host.site().receive(command, _ -> {});
  }

  private String text() {
    int level = dice.between(1, 4);
    String rule = dice.chance(0.5) ? "least waiting" : "most ready";
    return """
    name = care
    time-zone = "Europe/Berlin"
    points = ["point-0", "vip"]
    cases = [
      {
        name = crowded
        when = "waiting('queue-0') > 1"
        targets = [queue-1, queue-0]
        choose = %s
        priority = 2
        steps = [
          { after = 7s, skills = [{ sales = %d }, { service = 1, sales = 0 }] }
          { after = 15s, when = "ready('queue-1') == 0", targets = [queue-0], priority = 3 }
          { after = 25s, skills { }, priority = 4 }
        ]
      }
      {
        name = gold
        when = "attached.tier == 'gold'"
        targets = [queue-1, queue-0]
        priority = 3
        steps = [{ after = 9s, skills { } }]
      }
      {
        name = nobody
        when = "logged_in('queue-0') == 0 && logged_in('queue-1') == 0"
        refuse = yes
      }
      {
        name = shared
        targets = [ { queue = queue-0, share = 60 }, { queue = queue-1, share = 40 } ]
        choose = shares
        skills { service = %d }
        steps = [
          { after = 5s, skills { sales = 1 } }
          { after = 12s, targets = [queue-1, queue-0], choose = least oldest-wait }
        ]
      }
    ]
    """
        .formatted(rule, level, 5 - level);
  }
}
