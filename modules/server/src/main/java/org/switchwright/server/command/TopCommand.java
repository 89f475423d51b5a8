package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = "Shows queues, agents and calls on one screen, refreshed every second.")
final class TopCommand implements Callable<Integer> {
  private static final String CLEAR_REST_OF_LINE = "\u001b[K\n";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
  private static final String FIRST_SCREEN = "\u001b[?25h\u001b[?1049l";

  /** Calls shown; the rest is counted. */
  private static final int MAX_CALLS = 30;

  @Mixin private ApiOptions api = new ApiOptions();

  @Option(
      names = {"-1", "--once"},
      description = "Print once and end")
  private boolean once;

  /** The service level shown. */
  private static final String LEVEL = "asterisk-sl2";

  private record Screen(String text, Duration age) {}

  @Override
  public Integer call() throws InterruptedException {
    ApiClient client = api.client();
    boolean terminal = Colours.terminal();
    if (once || !terminal || api.json()) {
      return once(client);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    PrintWriter out = api.out();
    Thread leave =
        new Thread(
            () -> {
              stopped.countDown();
              out.print(FIRST_SCREEN);
              out.flush();
            },
            "top-leave");
    Runtime.getRuntime().addShutdownHook(leave);
    out.print(OTHER_SCREEN);
    do {
      String text = text(client);
      out.print(HOME + text.replace("\n", CLEAR_REST_OF_LINE) + CLEAR_BELOW);
      out.flush();
    } while (!stopped.await(1, TimeUnit.SECONDS));
    return ExitCode.OK;
  }

  private int once(ApiClient client) {
    if (api.json()) {
      api.out()
          .println(
              "{\"queues\":"
                  + client.get("/api/v1/queues?limit=500")
                  + ",\"statistics\":"
                  + client.get("/api/v1/statistics?window=last-5-minutes")
                  + ",\"agents\":"
                  + client.get("/api/v1/agents?limit=500")
                  + ",\"calls\":"
                  + client.get("/api/v1/calls?limit=500")
                  + ",\"network\":"
                  + client.get("/api/v1/network")
                  + "}");
      return ExitCode.OK;
    }
    Screen screen = screen(client, Colours.wanted());
    api.out().print(screen.text());
    api.out().flush();
    return screen.age().compareTo(Answers.OLD) > 0 ? ExitCode.DEGRADED : ExitCode.OK;
  }

  private static String text(ApiClient client) {
    boolean coloured = Colours.wanted();
    try {
      return screen(client, coloured).text();
    } catch (CommandFailed failure) {
      return Colours.RED.paint(String.valueOf(failure.getMessage()), coloured)
          + "\n(trying again, Ctrl-C ends)\n";
    }
  }

  /** What the screen is drawn from: answers of the API. */
  record Answered(
      JsonNode sites,
      JsonNode network,
      JsonNode queues,
      JsonNode recent,
      JsonNode agents,
      JsonNode calls) {}

  private static Screen screen(ApiClient client, boolean coloured) {
    Answered answered =
        new Answered(
            client.get("/api/v1/sites"),
            client.get("/api/v1/network"),
            client.get("/api/v1/queues?limit=500"),
            client.get("/api/v1/statistics?window=last-5-minutes"),
            client.get("/api/v1/agents?limit=500"),
            client.get("/api/v1/calls?limit=" + MAX_CALLS));
    Instant now = InstantSource.system().instant();
    return new Screen(draw(answered, now, coloured), Answers.age(answered.queues(), () -> now));
  }

  static String draw(Answered answered, Instant now, boolean coloured) {
    Duration age = Answers.age(answered.queues(), () -> now);
    StringBuilder text = new StringBuilder();
    for (JsonNode site : answered.sites().path("items")) {
      text.append(Colours.BOLD.paint("Site " + Answers.text(site, "site"), coloured))
          .append("  ")
          .append(Answers.count(site.path("callsWaiting")))
          .append(" waiting, ")
          .append(Answers.count(site.path("callsTalking")))
          .append(" talking, ")
          .append(Answers.count(site.path("agentsReady")))
          .append(" of ")
          .append(Answers.count(site.path("agentsLoggedIn")))
          .append(" agents ready   ")
          .append(
              (age.compareTo(Answers.OLD) > 0 ? Colours.RED : Colours.DIM)
                  .paint(Answers.ageText(age), coloured))
          .append("\n\n");
    }
    if (!answered.network().path("items").isEmpty()) {
      text.append(NetworkStatusCommand.of(answered.network(), now, coloured)).append('\n');
    }
    text.append(QueuesCommand.of(answered.queues(), now, coloured)).append('\n');
    text.append(Colours.DIM.paint("Last five minutes; " + LEVEL + " for 20 s", coloured))
        .append('\n')
        .append(StatisticsCommand.calls(answered.recent(), LEVEL, coloured))
        .append('\n');
    text.append(AgentsCommand.of(answered.agents(), now, coloured)).append('\n');
    text.append(CallsCommand.live(answered.calls(), now, coloured));
    if (answered.calls().has("next")) {
      text.append("and more; see switchwright calls\n");
    }
    return text.toString();
  }
}
