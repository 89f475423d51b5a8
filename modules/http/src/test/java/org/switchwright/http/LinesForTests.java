package org.switchwright.http;

import java.util.List;
import java.util.concurrent.Flow;

/** Keeps the lines of a body as they come. */
final class LinesForTests implements Flow.Subscriber<String> {
  private final List<String> lines;

  private LinesForTests(List<String> lines) {
    this.lines = lines;
  }

  static LinesForTests into(List<String> lines) {
    return new LinesForTests(lines);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    lines.add(line);
  }

  @Override
  public void onError(Throwable failure) {
    // The stream ends with the test.
  }

  @Override
  public void onComplete() {
    // The stream ends with the test.
  }
}
