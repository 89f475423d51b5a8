package org.switchwright.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.CallIntake.Receipt;

/** What became of a command, as a response. */
final class Receipts {
  /** Commands are repeated for longer than this; what is late may still come true. */
  static final Duration WAIT = Duration.ofSeconds(10);

  private Receipts() {}

  static CompletionStage<HttpResponse> answer(CompletionStage<Receipt> receipt) {
    return within(receipt).thenApply(Receipts::answer);
  }

  /** The same receipt, if it comes in time. */
  static CompletionStage<Receipt> within(CompletionStage<Receipt> receipt) {
    return receipt.toCompletableFuture().copy().orTimeout(WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  static HttpResponse answer(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Taken _ -> Json.ok(Map.of("outcome", "done"));
      case Receipt.Refused refused -> {
        String sentence = refused.sentence();
        yield switch (refused.reason()) {
          case ALREADY_DONE -> Json.ok(Map.of("outcome", "already-done"));
          case UNKNOWN_CALL -> Problem.notFound("a call of this site").response();
          case UNKNOWN_QUEUE -> Problem.notFound("a queue of this site").response();
          case UNKNOWN_AGENT -> Problem.notFound("an agent of this site").response();
          case UNKNOWN_STRATEGY ->
              Problem.notFound("a strategy of this site, and a version that is kept").response();
          case FAULTY_STRATEGY ->
              new Problem(422, "faulty-strategy", "The strategy has faults", sentence).response();
          case LOGGED_OUT -> Problem.conflict("logged-out", sentence).response();
          case QUEUE_FULL -> Problem.conflict("queue-full", sentence).response();
          case CALL_OVER -> Problem.conflict("call-over", sentence).response();
          case OUT_OF_ORDER -> Problem.conflict("not-connected", sentence).response();
          case TOO_MUCH_DATA -> Problem.conflict("too-much-data", sentence).response();
          case UNREADABLE -> Problem.conflict("unreadable", sentence).response();
          case NOT_IN_WRAP_UP -> Problem.conflict("not-in-wrap-up", sentence).response();
          case STALE -> Problem.conflict("stale", sentence).response();
          case UNKNOWN_ROUTING_POINT, NOT_CONFIGURED, UNKNOWN_REASON, RENEGOTIATING ->
              Problem.conflict("refused", sentence).response();
        };
      }
    };
  }
}
