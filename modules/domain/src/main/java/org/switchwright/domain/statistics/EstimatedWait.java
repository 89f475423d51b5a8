package org.switchwright.domain.statistics;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.switchwright.domain.statistics.Estimate.Known;
import org.switchwright.domain.statistics.Estimate.Spread;
import org.switchwright.domain.statistics.Estimate.Unknown;
import org.switchwright.domain.statistics.Estimate.Why;

/** How much longer a call will wait: formulas of the field, by name, over the same record. */
public enum EstimatedWait {
  /**
   * Our reference: all agents busy, handle times and patience exponential (M/M/s+M, "Erlang A").
   * With {@code n} ahead the mean is the sum over {@code i = 0..n} of {@code 1/(s*mu + i*theta)},
   * the variance the sum of its squares; their 90% interval is that of a gamma distribution with
   * this mean and variance (Wilson and Hilferty 1931). {@code s} counts effective agents. Zero for
   * a call whose agent is ready.
   */
  ERLANG_A {
    @Override
    public Estimate of(QueueLoad load) {
      if (load.ready() > load.ahead()) {
        return NOW;
      }
      return withAgents(load, load.pace().handleTime(), handle -> erlangA(load, handle));
    }
  },
  /**
   * {@code EstimWaitTime} of Genesys Stat Server at the call's position: {@code AHT * CIQU / (AA *
   * EP)}, with {@code CIQU = 0} if there are as many ready agents as calls in queue, else the
   * surplus of calls. AHT is 90 s before a call was handled. Theirs divides by 0.0001 if there are
   * no agents; ours is unknown then. EP is the effective part of the agents.
   */
  GENESYS_ESTIM_WAIT_TIME {
    @Override
    public Estimate of(QueueLoad load) {
      Duration handle = load.pace().handleTime().orElse(Duration.ofSeconds(90));
      int surplus = Math.max(0, load.position() - load.ready());
      return withAgents(
          load, Optional.of(handle), it -> seconds(it, surplus / load.effectiveAgents()));
    }
  },
  /**
   * US 6,157,655 (expired): {@code ahead * AHT / effective agents * (1 - share of callers who give
   * up)}.
   */
  EFFECTIVE_AGENTS {
    @Override
    public Estimate of(QueueLoad load) {
      return withAgents(
          load,
          load.pace().handleTime(),
          handle ->
              seconds(
                  handle,
                  load.ahead() / load.effectiveAgents() * (1 - load.pace().abandonedShare())));
    }
  },
  /**
   * Expected delay (ED) of Cisco ICM: {@code (calls queued now + 1) * AHTto5 / max(talking,
   * ready)}; 0 if any agent is available. AHTto5 is that of the last five minutes.
   */
  CISCO_EXPECTED_DELAY {
    @Override
    public Estimate of(QueueLoad load) {
      if (load.ready() > 0) {
        return NOW;
      }
      if (load.talking() == 0) {
        return new Unknown(Why.NO_AGENTS);
      }
      return withAgents(
          load,
          load.pace().handleTimeOfFiveMinutes(load.at()),
          handle -> seconds(handle, (double) load.position() / load.talking()));
    }
  },
  /**
   * {@code holdtime} of Asterisk's app_queue: {@code (3 * old + wait) >> 2} in whole seconds at
   * each answer, whoever waits and serves; less what the call has waited, at least zero.
   */
  ASTERISK_HOLDTIME {
    @Override
    public Estimate of(QueueLoad load) {
      return remaining(load, load.pace().holdTime());
    }
  },
  /** As long as the last one waited to enter service (LES; Ibrahim and Whitt 2009). */
  LAST_TO_ENTER_SERVICE {
    @Override
    public Estimate of(QueueLoad load) {
      return remaining(load, load.pace().lastWait());
    }
  };

  private static final Estimate NOW = new Known(Duration.ZERO, Optional.empty());

  /** The 95% quantile of the standard normal distribution. */
  private static final double Z95 = 1.6448536269514722;

  public abstract Estimate of(QueueLoad load);

  /** As people and files name it: {@code erlang-a}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<EstimatedWait> named(String text) {
    for (EstimatedWait formula : values()) {
      if (formula.text().equals(text)) {
        return Optional.of(formula);
      }
    }
    return Optional.empty();
  }

  private static Estimate withAgents(
      QueueLoad load, Optional<Duration> handle, Function<Duration, Estimate> formula) {
    if (load.agents() == 0) {
      return new Unknown(Why.NO_AGENTS);
    }
    return handle.map(formula).orElse(new Unknown(Why.NO_HANDLE_TIME));
  }

  private static Estimate erlangA(QueueLoad load, Duration handle) {
    double served = load.effectiveAgents() / (handle.toMillis() / 1_000.0);
    double leaving = load.pace().abandonsPerSecond();
    double mean = 0;
    double variance = 0;
    for (int i = 0; i <= load.ahead(); i++) {
      double step = 1 / (served + i * leaving);
      mean += step;
      variance += step * step;
    }
    return new Known(
        seconds(mean),
        Optional.of(
            new Spread(
                seconds(Math.sqrt(variance)),
                seconds(gamma(mean, variance, -Z95)),
                seconds(gamma(mean, variance, Z95)))));
  }

  private static double gamma(double mean, double variance, double z) {
    double shape = mean * mean / variance;
    double root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
    return mean * root * root * root;
  }

  private static Estimate remaining(QueueLoad load, Optional<Duration> whole) {
    if (whole.isEmpty()) {
      return new Unknown(Why.NO_ANSWER);
    }
    Duration rest = whole.get().minus(load.waited());
    return new Known(rest.isNegative() ? Duration.ZERO : rest, Optional.empty());
  }

  private static Estimate seconds(Duration handle, double times) {
    return new Known(seconds(handle.toMillis() / 1_000.0 * times), Optional.empty());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
