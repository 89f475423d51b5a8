package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.site.Site;

/**
 * Repeats a command until its aggregate has answered, for at most 64*T1; the commands to one
 * aggregate one after the other, so that what a phone did first is told first.
 */
final class Intake {
  private static final Duration PATIENCE = Duration.ofSeconds(32);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int MAX_WAITING = 1_000;

  private final Host host;
  private final Map<Object, ArrayDeque<Submission>> lines = new HashMap<>();
  private boolean dead;

  Intake(Host host) {
    this.host = host;
  }

  /** Hands a command to its aggregate. */
  interface Delivery {
    void deliver(Consumer<Receipt> reply);
  }

  /** With the node that it is on; whatever was not answered is forgotten. */
  void die() {
    dead = true;
    lines.clear();
  }

  void submit(CallId call, Call.Command command, Consumer<Receipt> answered, Runnable failed) {
    submit(
        new Submission(
            call, reply -> host.call(call).receive(command, reply), false, answered, failed));
  }

  void submit(AgentId agent, Agent.Command command, Consumer<Receipt> answered) {
    // What an agent wants carries its time; the copies of anything else never overtake each other.
    boolean inOrder = !(command instanceof Agent.Wanted);
    Delivery delivery =
        inOrder
            ? reply -> host.agent(agent).receiveInOrder(command, reply)
            : reply -> host.agent(agent).receive(command, reply);
    submit(new Submission(agent, delivery, inOrder, answered, () -> {}));
  }

  void submit(Site.Command command, Consumer<Receipt> answered) {
    submit(
        new Submission(
            command, reply -> host.site().receive(command, reply), true, answered, () -> {}));
  }

  private void submit(Submission submission) {
    if (dead) {
      return;
    }
    ArrayDeque<Submission> line = lines.computeIfAbsent(submission.line, _ -> new ArrayDeque<>());
    if (line.size() >= MAX_WAITING) {
      throw new IllegalStateException(
          "Expected at most " + MAX_WAITING + " commands to " + submission.line + " at once");
    }
    line.add(submission);
    if (line.size() == 1) {
      submission.begin();
    }
  }

  private final class Submission {
    private final Object line;
    private final Delivery delivery;
    private final boolean inOrder;
    private final Consumer<Receipt> answered;
    private final Runnable failed;
    private Instant until = Instant.MAX;
    private boolean done;

    Submission(
        Object line,
        Delivery delivery,
        boolean inOrder,
        Consumer<Receipt> answered,
        Runnable failed) {
      this.line = line;
      this.delivery = delivery;
      this.inOrder = inOrder;
      this.answered = answered;
      this.failed = failed;
    }

    void begin() {
      until = host.now().plus(PATIENCE);
      attempt();
    }

    private void attempt() {
      if (done || dead) {
        return;
      }
      if (host.now().isAfter(until)) {
        finish(failed);
        return;
      }
      Runnable arrival =
          () ->
              delivery.deliver(
                  receipt -> host.network().report(() -> finish(() -> answered.accept(receipt))));
      if (inOrder) {
        host.network().reportInOrder(line, arrival);
      } else {
        host.network().report(arrival);
      }
      host.in(AGAIN, this::attempt);
    }

    private void finish(Runnable then) {
      if (done || dead) {
        return;
      }
      done = true;
      ArrayDeque<Submission> waiting = lines.get(line);
      if (waiting != null) {
        waiting.remove();
        if (waiting.isEmpty()) {
          lines.remove(line);
        } else {
          waiting.getFirst().begin();
        }
      }
      then.run();
    }
  }
}
