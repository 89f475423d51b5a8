package org.switchwright.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Threads that may wait for a database, {@value #MAX_AT_ONCE} at once; one more is refused. */
final class Workers implements AutoCloseable {
  static final int MAX_AT_ONCE = 256;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(MAX_AT_ONCE);

  <T> CompletionStage<T> run(Supplier<CompletionStage<T>> work) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new Refused(Problem.overloaded("Expected fewer requests at once")));
    }
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return work.get();
              } finally {
                free.release();
              }
            },
            threads)
        .thenCompose(it -> it);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
