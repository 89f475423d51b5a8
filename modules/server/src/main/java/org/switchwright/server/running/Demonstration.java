package org.switchwright.server.running;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.useragent.Account;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/**
 * Agents and callers of our own, who do what people do: some callers lose patience, some agents do
 * not pick up. All of it goes over real sockets to the node like anybody's calls.
 */
public final class Demonstration implements AutoCloseable {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MAX_CALLERS_AT_ONCE = 40;

  private final List<RunningServer> sites;
  private final PrintWriter out;
  private final UserAgents phones;
  private final UserAgents callers;
  private final List<Phone> agents = new ArrayList<>();
  private final Random chance = new Random(1);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("demo").unstarted(work));

  /**
   * @param sites all of whose agents work; the first is the one that callers dial
   */
  public Demonstration(List<RunningServer> sites, PrintWriter out) throws IOException {
    this.sites = List.copyOf(sites);
    this.out = out;
    this.phones = UserAgents.at("127.0.0.1").port(0).start();
    this.callers = UserAgents.at("127.0.0.1").port(0).start();
  }

  private static InetSocketAddress edge(Configuration.Sip sip) {
    return new InetSocketAddress(sip.address(), sip.port());
  }

  /** Returns after so many calls; 0: never. */
  public void run(int calls) throws InterruptedException {
    say("Agents register their phones and log in ...");
    sites.forEach(
        site -> site.configuration().site().agents().keySet().forEach(agent -> seat(agent, site)));
    say(agents.size() + " agents are ready; the first caller dials.");
    Configuration.Site dialled = sites.getFirst().configuration().site();
    List<RoutingPoint> points = dialled.rules().points();
    ZoneId zone = dialled.zone();
    for (int n = 1; calls == 0 || n <= calls; n++) {
      if (callers.liveCalls() < MAX_CALLERS_AT_ONCE) {
        dial(n, points.get(chance.nextInt(points.size())));
      }
      Duration gap =
          DemonstrationPeople.untilNextCall(chance.nextDouble(), LocalDateTime.now(zone));
      TimeUnit.MILLISECONDS.sleep(gap.toMillis());
    }
    callers.hangUpAll(SOON);
  }

  private void seat(AgentId agent, RunningServer server) {
    String password =
        server
            .passwords()
            .password(agent)
            .orElseThrow(() ->
                new IllegalStateException(
                    "Expected a password for " + agent + ", but only its hash is known"));
    Configuration.Sip sip = server.configuration().sip();
    Phone phone = phones.phone(Account.of(agent.value(), password, sip.address(), edge(sip)));
    phone.behave(
        Behaviour.answerAfter(DemonstrationPeople.ring(agent))
            .talkFor(DemonstrationPeople.talk(agent)));
    var _ = phone.register();
    phone.awaitRegistered(SOON);
    String code = server.configuration().site().features().logIn().orElseThrow();
    phone.call("sip:" + code + "@" + sip.address()).place().awaitEnded(SOON);
    agents.add(phone);
  }

  private void dial(int n, RoutingPoint point) {
    String number = "+49305550" + (1_000 + n % 9_000);
    Configuration.Sip sip = sites.getFirst().configuration().sip();
    Call call =
        callers
            .caller(number)
            .call("sip:" + point.id() + "@" + sip.address(), edge(sip))
            .patience(DemonstrationPeople.patience(chance.nextDouble()))
            .place();
    String name = "call " + n + " to " + point.id();
    say(name + ": dialled");
    long began = System.nanoTime();
    var _ =
        call.established()
            .thenRun(() -> timer.execute(() -> say(name + ": answered after " + since(began))));
    var _ =
        call.ended().thenRun(() -> timer.execute(() -> say(name + ": over after " + since(began))));
  }

  private static String since(long began) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
  }

  /** One line, with the time; from any thread. */
  public synchronized void say(String text) {
    String now = LocalTime.now(ZoneId.systemDefault()).format(CLOCK);
    out.printf("%s  %s%n", now, text);
    out.flush();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    callers.close();
    phones.close();
  }
}
