package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One verb of the API, done to one of its things. */
abstract class Verb implements Callable<Integer> {
  @Mixin private ApiOptions api = new ApiOptions();

  private final String things;
  private final String verb;

  /**
   * @param things as the API's paths call them
   */
  Verb(String things, String verb) {
    this.things = things;
    this.verb = verb;
  }

  abstract String id();

  Optional<String> body() {
    return Optional.empty();
  }

  @Override
  public Integer call() {
    JsonNode answer =
        api.client().post("/api/v1/" + things + "/" + Paths.segment(id()) + "/" + verb, body());
    boolean already = Answers.text(answer, "outcome").equals("already-done");
    api.out()
        .println(
            api.json()
                ? answer.toPrettyString()
                : id() + ": " + verb + (already ? " (it was so already)" : ""));
    return ExitCode.OK;
  }
}
