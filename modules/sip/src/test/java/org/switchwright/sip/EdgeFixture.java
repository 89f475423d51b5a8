package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.Probing;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.sip.digest.DigestAlgorithm;
import org.switchwright.sip.digest.DigestGuard;
import org.switchwright.sip.media.SoundLibrary;
import org.switchwright.sip.token.EdgeSecret;

/** An edge on a free port with a site of one queue behind it. */
final class EdgeFixture implements AutoCloseable {
  static final SiteId SITE = new SiteId("desk");
  final int port = RawPeer.freePort();
  final InMemoryHost host = new InMemoryHost();
  final List<SipTrace.Line> ladder = new CopyOnWriteArrayList<>();
  final EdgeSettings settings;
  private final List<RawPhone> phones = new ArrayList<>();
  SipEdge edge;

  /** The port of an edge that this one knows to be alive; none unless told so. */
  volatile int neighbour = -1;

  /** A phone that is there until the fixture is closed. */
  RawPhone phone() {
    RawPhone phone = new RawPhone(port);
    phones.add(phone);
    return phone;
  }

  EdgeFixture() {
    this(TreatmentMode.AFTER_ANSWER, Duration.ofSeconds(20));
  }

  EdgeFixture(TreatmentMode mode, Duration ringTimeout) {
    this(mode, ringTimeout, Duration.ZERO);
  }

  EdgeFixture(TreatmentMode mode, Duration ringTimeout, Duration probeInterval) {
    EdgeSettings.Times usual = EdgeSettings.Times.DEFAULT;
    this.settings =
        new EdgeSettings(
            new EdgeId("edge-1"),
            SITE,
            "127.0.0.1",
            port,
            new EdgeSecret("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
            new EdgeSettings.Times(
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                usual.sessionInterval(),
                usual.minSessionInterval(),
                usual.minRegistration(),
                usual.maxRegistration(),
                new Probing.Times(probeInterval, Duration.ofMillis(400))),
            EdgeSettings.Bounds.DEFAULT,
            EdgeSettings.AttachedHeaders.NONE);
    open();
    QueueId queue = new QueueId("sales");
    host.submit(
        SITE,
        new Site.Configure(
            new SiteConfiguration(
                List.of(
                    new SiteConfiguration.Queue(
                        queue,
                        new TreeMap<>(),
                        10,
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        ringTimeout,
                        Duration.ZERO,
                        mode)),
                List.of(new SiteConfiguration.RoutingPoint(new RoutingPointId("sales"), queue, 0)),
                new SiteConfiguration.Delays(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                List.of("pause"))));
  }

  void open() {
    try {
      edge =
          SipEdge.open(
              settings,
              new SipEdge.Ports(
                  host,
                  host,
                  host,
                  new DigestGuard(
                      "desk",
                      List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                      settings.secret(),
                      Duration.ofMinutes(5),
                      (agent, realm, algorithm) ->
                          agent.startsWith("a")
                              ? Optional.of(algorithm.ha1(agent, realm, "secret-" + agent))
                              : Optional.empty(),
                      InstantSource.system()),
                  user ->
                      switch (user) {
                        case "sales" ->
                            new DialPlan.Target.RoutingPoint(new RoutingPointId("sales"));
                        case "*1" -> new DialPlan.Target.FeatureCode(new DialPlan.Feature.LogIn());
                        case "*2" ->
                            new DialPlan.Target.FeatureCode(new DialPlan.Feature.BeReady());
                        default -> new DialPlan.Target.Unknown();
                      },
                  (address, at) -> address.equals("127.0.0.1") && at == neighbour,
                  ladder::add,
                  EdgeMetrics.NONE,
                  InstantSource.system(),
                  SoundLibrary.builtIn()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    host.attach(edge);
  }

  /** Lets an agent be reached at a phone and be ready. */
  void ready(String agent, RawPhone phone) {
    AgentId id = new AgentId(agent);
    var key = host.issue();
    host.submit(id, new Agent.Configure(SITE, new TreeMap<>(java.util.Map.of(new Skill("x"), 5))));
    host.submit(
        id,
        new Agent.Register(
            Personal.of(key, phone.uri(agent)),
            Personal.of(key, "reg-" + agent),
            1,
            Instant.now().plusSeconds(600),
            settings.edge()));
    host.submit(id, new Agent.LogIn(Instant.now()));
    host.submit(id, new Agent.BeReady(Instant.now()));
  }

  /** Waits until such an event happened as often as that. */
  <E extends CallEvent> List<E> await(Class<E> type, int times) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(happened(type)).hasSizeGreaterThanOrEqualTo(times));
    return happened(type);
  }

  <E extends CallEvent> E await(Class<E> type) {
    return await(type, 1).getFirst();
  }

  <E extends CallEvent> List<E> happened(Class<E> type) {
    return host.callEvents.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** A caller and an agent's phone who talk, the caller's media at the agent's and back. */
  Conversation connect(RawPhone caller, RawPhone agent) {
    RawPhone.Talk callers = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    agent.respond(invite, 200, "at", agent.sdp(1));
    agent.awaitRequest("ACK");
    String ok = caller.awaitResponse(200, "INVITE");
    caller.learn(callers, ok);
    caller.request("ACK", callers, "");
    await(CallEvent.CallConnected.class);
    return new Conversation(callers, agent.talkOf(invite, "at"));
  }

  record Conversation(RawPhone.Talk caller, RawPhone.Talk agent) {}

  /** The edge dies without a word and another begins at the same port; the calls' record lives. */
  void restart() {
    edge.close();
    open();
    host.resumeCalls();
  }

  @Override
  public void close() {
    phones.forEach(RawPhone::close);
    edge.close();
    host.close();
    assertThat(edge.unexpectedFailures()).isZero();
  }
}
