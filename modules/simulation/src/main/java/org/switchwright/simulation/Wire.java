package org.switchwright.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * UDP between phones and the edge, with SIP's repetitions folded in: a request comes as late as its
 * first transmission that was not lost, or never (RFC 3261, section 17.1).
 */
final class Wire {
  /** When a request is transmitted after the first time, in milliseconds: T1, 2T1 ... T2. */
  private static final List<Integer> REPETITIONS_MS =
      List.of(0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500);

  /** 64*T1. */
  static final Duration PATIENCE = Duration.ofSeconds(32);

  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private @Nullable Edge edge;

  Wire(Agenda agenda, Dice dice, Weather weather) {
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
  }

  void plug(@Nullable Edge next) {
    edge = next;
  }

  /** To whichever edge is there when it comes. */
  void toEdge(Consumer<Edge> arrival, Runnable timeout) {
    send(
        () -> edge != null,
        () -> {
          if (edge != null) {
            arrival.accept(edge);
          }
        },
        timeout,
        0);
  }

  /** A response or an ACK: nobody repeats it for an edge that never asked. */
  void answerEdge(Edge asking, Consumer<Edge> arrival) {
    send(() -> edge == asking, () -> arrival.accept(asking), () -> {}, 0);
  }

  void toPhone(Phone phone, Runnable arrival, Runnable timeout) {
    send(() -> !phone.gone(), arrival, timeout, 0);
  }

  private void send(BooleanSupplier there, Runnable arrival, Runnable timeout, int repetition) {
    if (repetition == REPETITIONS_MS.size()) {
      agenda.in(Duration.ofMillis(500), timeout);
      return;
    }
    if (weather.losesPacket()) {
      again(there, arrival, timeout, repetition);
      return;
    }
    agenda.in(
        latency(),
        () -> {
          if (there.getAsBoolean()) {
            arrival.run();
            if (weather.doubles()) {
              agenda.in(
                  dice.millis(1, 600),
                  () -> {
                    if (there.getAsBoolean()) {
                      arrival.run();
                    }
                  });
            }
          } else {
            again(there, arrival, timeout, repetition);
          }
        });
  }

  private void again(BooleanSupplier there, Runnable arrival, Runnable timeout, int repetition) {
    int next = repetition + 1;
    int gap =
        next == REPETITIONS_MS.size()
            ? 0
            : REPETITIONS_MS.get(next) - REPETITIONS_MS.get(repetition);
    agenda.in(Duration.ofMillis(gap), () -> send(there, arrival, timeout, next));
  }

  private Duration latency() {
    return dice.millis(1, 20);
  }
}
