package org.switchwright.domain;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.switchwright.domain.call.Call;

/**
 * Where an edge hands in what it saw. The host repeats a command until its aggregate has answered,
 * for at most 64*T1 (32 s); the stage then fails with a {@link
 * java.util.concurrent.TimeoutException}.
 */
public interface CallIntake {
  /** Never blocks. The stage completes once the events of the decision are journaled. */
  CompletionStage<Receipt> submit(CallId call, Call.Command command);

  /** What became of a command. */
  sealed interface Receipt {
    /**
     * @param named the call that was asked for, where one was
     */
    record Taken(Optional<CallId> named) implements Receipt {
      public Taken() {
        this(Optional.empty());
      }
    }

    record Refused(Decision.Reason reason, String sentence) implements Receipt {}
  }
}
