package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks one question and prints the answer. */
abstract class Query implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Mixin private ApiOptions api = new ApiOptions();

  /** Path and query of the question. */
  abstract String path();

  /** For how long the server may think. */
  Duration patience() {
    return PATIENCE;
  }

  /** The answer for people. */
  abstract String table(JsonNode answer, boolean coloured);

  @Override
  public Integer call() {
    JsonNode answer = api.client().waiting(patience()).get(path());
    if (api.json()) {
      api.out().println(answer.toPrettyString());
    } else {
      api.out().print(table(answer, Colours.wanted()));
    }
    api.out().flush();
    return exitCode(answer);
  }

  private int exitCode(JsonNode answer) {
    if (!answer.has("asOf")) {
      return ExitCode.OK;
    }
    Duration age = Answers.age(answer, InstantSource.system());
    if (age.compareTo(Answers.OLD) <= 0) {
      return ExitCode.OK;
    }
    api.err().println("Degraded: " + Answers.ageText(age));
    return ExitCode.DEGRADED;
  }
}
