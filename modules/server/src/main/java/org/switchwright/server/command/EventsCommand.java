package org.switchwright.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Follows the events as they are committed, one a line; ends with Ctrl-C.")
final class EventsCommand implements Callable<Integer> {
  @Mixin private ApiOptions api = new ApiOptions();

  @Option(names = "--from", paramLabel = "WHERE", description = "now (default) or start")
  private String from = "now";

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Go on after an event, by the cursor that -o json printed with it")
  private Optional<String> after = Optional.empty();

  @Option(names = "--type", paramLabel = "BEGINNING", description = "Only these, as call.queued")
  private Optional<String> type = Optional.empty();

  @Option(names = "--queue", paramLabel = "QUEUE", description = "Only what names this queue")
  private Optional<String> queue = Optional.empty();

  @Option(names = "--agent", paramLabel = "AGENT", description = "Only what names this agent")
  private Optional<String> agent = Optional.empty();

  @Option(names = "--call", paramLabel = "CALL", description = "Only what names this call")
  private Optional<String> call = Optional.empty();

  @Override
  public Integer call() throws IOException {
    String query =
        Stream.of(
                Optional.of("from=" + encoded(from)),
                type.map(it -> "type=" + encoded(it)),
                queue.map(it -> "queue=" + encoded(it)),
                agent.map(it -> "agent=" + encoded(it)),
                call.map(it -> "call=" + encoded(it)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("&"));
    try (InputStream stream = api.client().stream("/api/v1/events?" + query, after);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      print(lines);
    }
    throw new CommandFailed(ExitCode.FAILED, "The server ended the stream");
  }

  private void print(BufferedReader lines) throws IOException {
    String id = "";
    String event = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        String data = line.substring(6);
        api.out()
            .println(
                api.json()
                    ? "{\"id\":\"" + id + "\",\"type\":\"" + event + "\",\"data\":" + data + "}"
                    : event + "  " + data);
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
