package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.Destination;
import org.switchwright.systemtest.TestSite;

/** An agent asks another one by command; all three phones are sipp's. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsultInteropTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private static final String TALKS =
      "SELECT agent, consulted_ms FROM call_offering"
          + " WHERE call_id = ? AND talked_until IS NOT NULL ORDER BY offer";

  private static final String CONSULTING =
      "SELECT count(*) FROM call_offering WHERE call_id = ? AND consulting_since IS NOT NULL";

  private static final Pattern CALL_ID = Pattern.compile(" (.+)-\\d+@");

  private SippSite site;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    site = SippSite.start(home, 2);
  }

  @AfterAll
  void stop() {
    if (site != null) {
      site.close();
    }
  }

  @AfterEach
  void sendAgentsHome() throws Exception {
    site.logOut(FIRST, SECOND);
  }

  @Test
  void shouldGiveTheCallerToWhoeverWasAsked() throws Exception {
    PastCall call = consulted(new Call.CompleteConsult());

    assertThat(call.agent()).contains(agent(SECOND));
  }

  @Test
  void shouldGiveTheCallerBackToWhoeverAsked() throws Exception {
    PastCall call = consulted(new Call.RetrieveCaller());

    assertThat(call.agent()).contains(agent(FIRST));
  }

  /** All three meet at a mixer, and then the caller stays with the one who was asked. */
  @Test
  void shouldLetTheCallerIn() throws Exception {
    try (Sipp mixer =
        Sipp.scenario("agent")
            .replacing("agent-[0-9]+", "room-[a-z0-9]+")
            .with("-mp", "7200")
            .start()) {
      PastCall call =
          consulted(
              id -> {
                await().atMost(SOON).until(() -> consulting(id) == 2);
                order(id, new Call.Confer("sip:room-1@127.0.0.1:" + mixer.port()));
                await().atMost(SOON).until(() -> mixer.notes("ANSWERED").size() == 3);
                // By the ledger they talk to the caller now.
                await().atMost(SOON).until(() -> consulting(id) == 0);
              },
              new Call.CompleteConsult());

      assertThat(call.agent()).contains(agent(SECOND));
      await().atMost(SOON).until(() -> mixer.notes("BYE").size() == 3);
    }
  }

  /** As phones do it: the second call of the phone takes the place of the first (RFC 5589). */
  @Test
  void shouldGiveTheCallerToWhomThePhoneCalled() throws Exception {
    Instant began = Instant.now();
    String asked = TestSite.agent(SECOND);
    try (Sipp first = Sipp.scenario("agent-hands-over").calls(1).start();
        Sipp second = Sipp.scenario("agent").with("-mp", "7000").calls(1).start()) {
      site.ready(first.port(), FIRST, FIRST);
      site.ready(second.port(), SECOND, SECOND);
      try (Sipp caller =
              site.callers("caller", "sales")
                  .replacing("timeout=\"1000\"", "timeout=\"8000\"")
                  .calls(1)
                  .start();
          Sipp dials = dialling(first, asked)) {
        await().atMost(SOON).until(() -> !second.notes("ANSWERED").isEmpty());
        await().atMost(SOON).until(() -> !dials.notes("REINVITED").isEmpty());
        try (Sipp refers = referring(first, asked, dials.notes("DIALLED").getFirst())) {
          wentAsPlanned(refers);
        }

        wentAsPlanned(caller);
        wentAsPlanned(first);
        wentAsPlanned(dials);
        wentAsPlanned(second);
        assertThat(first.notes("NOTIFIED")).hasSize(2);
      }
    }
    PastCall call = site.awaitOver(began, 1).getFirst();
    assertThat(call.outcome()).contains(CallOutcome.SERVED);
    assertThat(call.agent()).contains(agent(SECOND));
    await().atMost(SOON).until(() -> consultedMs(call).size() == 2);
    assertThat(consultedMs(call)).allMatch(ms -> ms > 0);
  }

  private Sipp dialling(Sipp first, String asked) throws Exception {
    await().atMost(SOON).until(() -> !first.notes("ANSWERED").isEmpty());
    return Sipp.scenario("agent-dials")
        .replacing("AGENT", TestSite.agent(FIRST))
        .replacing("PASSWORD", site.site().password(FIRST))
        .with("-mp", "7100", "-auth_uri", asked + "@" + site.edge(), "-s", asked, site.edge())
        .calls(1)
        .start();
  }

  private Sipp referring(Sipp first, String asked, String dialled) throws Exception {
    String replaces = dialled.replace(";", "%3B").replace("=", "%3D").replace("@", "%40");
    return Sipp.scenario("refers")
        .replacing("TARGET", first.notes("TARGET").getFirst())
        .replacing("LOCAL", first.notes("LOCAL").getFirst())
        .replacing("REMOTE", first.notes("REMOTE").getFirst())
        .replacing("REPLACED", "sip:" + asked + "@" + site.edge() + "?Replaces=" + replaces)
        .with("-cid_str", first.notes("ANSWERED").getFirst().split(" ", 2)[1], site.edge())
        .calls(1)
        .start();
  }

  private PastCall consulted(Call.Command ending) throws Exception {
    return consulted(_ -> {}, ending);
  }

  private PastCall consulted(Consumer<CallId> meanwhile, Call.Command ending) throws Exception {
    Instant began = Instant.now();
    try (Sipp first = Sipp.scenario("agent").calls(1).start();
        Sipp second = Sipp.scenario("agent").with("-mp", "7000").calls(1).start()) {
      site.ready(first.port(), FIRST, FIRST);
      site.ready(second.port(), SECOND, SECOND);
      try (Sipp caller =
          site.callers("caller", "sales")
              .replacing("timeout=\"1000\"", "timeout=\"8000\"")
              .calls(1)
              .start()) {
        await().atMost(SOON).until(() -> !first.notes("ANSWERED").isEmpty());
        CallId id = call(first);
        order(id, new Call.Consult(new Destination.ToAgent(agent(SECOND)), "asked once"));
        await().atMost(SOON).until(() -> !second.notes("ANSWERED").isEmpty());
        await().atMost(SOON).until(() -> first.notes("REINVITED").size() >= 2);
        meanwhile.accept(id);
        order(id, ending);

        wentAsPlanned(caller);
        wentAsPlanned(first);
        wentAsPlanned(second);
        assertThat(caller.notes("REINVITED")).hasSizeGreaterThanOrEqualTo(2);
      }
      PastCall call = site.awaitOver(began, 1).getFirst();
      assertThat(call.outcome()).contains(CallOutcome.SERVED);
      await().atMost(SOON).until(() -> consultedMs(call).size() == 2);
      assertThat(consultedMs(call)).allMatch(ms -> ms > 0);
      return call;
    }
  }

  private static AgentId agent(int number) {
    return new AgentId(TestSite.agent(number));
  }

  /** The call's id is in the Call-ID of the agent's leg. */
  private static CallId call(Sipp agent) {
    Matcher id = CALL_ID.matcher(agent.notes("ANSWERED").getFirst());
    assertThat(id.find()).isTrue();
    return new CallId(id.group(1));
  }

  /** Agents answer a moment before they are joined with the caller: until then it is too early. */
  private void order(CallId call, Call.Command command) {
    await().atMost(SOON).until(() -> submitted(call, command), new Receipt.Taken()::equals);
  }

  private Receipt submitted(CallId call, Call.Command command) throws Exception {
    return site.server()
        .node()
        .calls()
        .submit(call, command)
        .toCompletableFuture()
        .get(SOON.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How many agents talk to each other now, and not to the caller. */
  private int consulting(CallId call) throws SQLException {
    try (var connection = site.server().database().dataSource().getConnection();
        var select = connection.prepareStatement(CONSULTING)) {
      select.setString(1, call.value());
      try (var rows = select.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** How long each agent who talked did so with the other one, in milliseconds. */
  private List<Long> consultedMs(PastCall call) throws SQLException {
    List<Long> times = new ArrayList<>();
    try (var connection = site.server().database().dataSource().getConnection();
        var select = connection.prepareStatement(TALKS)) {
      select.setString(1, call.call().value());
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          times.add(rows.getLong(2));
        }
      }
    }
    return times;
  }

  private static void wentAsPlanned(Sipp sipp) throws InterruptedException {
    assertThat(sipp.awaitExit(SOON)).as("see %s", sipp.output()).isZero();
  }
}
