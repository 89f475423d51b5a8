package org.switchwright.sip;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.LegReport;

/** Hands reports to their calls and brings what became of them back to the call's lane. */
final class Reports {
  private final CallIntake intake;
  private final Lanes lanes;
  private final EdgeMetrics metrics;

  Reports(CallIntake intake, Lanes lanes, EdgeMetrics metrics) {
    this.intake = intake;
    this.lanes = lanes;
    this.metrics = metrics;
  }

  /** What became of a report. */
  sealed interface Outcome {
    record Taken() implements Outcome {}

    record Refused(Reason reason) implements Outcome {}

    /** The host gave up: nobody knows of it. */
    record Lost() implements Outcome {}
  }

  void report(CallId call, LegReport report) {
    submit(call, report, _ -> {});
  }

  /** As {@link #report}; {@code then} runs in the call's lane. */
  void submit(CallId call, Call.Command command, Consumer<Outcome> then) {
    CompletionStage<Receipt> stage = intake.submit(call, command);
    stage.whenComplete((receipt, failure) -> {
      Outcome outcome =
          failure != null
              ? new Outcome.Lost()
              : switch (receipt) {
                case Receipt.Taken _ -> new Outcome.Taken();
                case Receipt.Refused refused -> new Outcome.Refused(refused.reason());
              };
      if (outcome instanceof Outcome.Lost) {
        metrics.failed(EdgeMetrics.Failure.REPORT_LOST);
      }
      lanes.run(call, () -> then.accept(outcome));
    });
  }
}
