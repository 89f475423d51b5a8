package org.switchwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.journal.keys.KeyRing;

/** A site with one queue, its agents and callers, as a node is told of them. */
final class SampleSite {
  static final SiteId SITE = new SiteId("berlin");
  private static final RoutingPointId SALES = new RoutingPointId("sales");
  private static final QueueId QUEUE = new QueueId("sales");

  private final KeyRing keys;
  private final KeyId key;

  SampleSite(KeyRing keys) {
    this.keys = keys;
    this.key = keys.issue();
  }

  void open(ClusterNode node) throws Exception {
    TreeMap<Skill, Integer> german = new TreeMap<>();
    german.put(new Skill("german"), 5);
    SiteConfiguration.Queue queue =
        new SiteConfiguration.Queue(
            QUEUE,
            german,
            100,
            Duration.ofMinutes(5),
            Optional.empty(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            TreatmentMode.EARLY_MEDIA);
    SiteConfiguration configuration =
        new SiteConfiguration(
            List.of(queue),
            List.of(new SiteConfiguration.RoutingPoint(SALES, queue.id(), 0)),
            new SiteConfiguration.Delays(Duration.ofSeconds(5), Duration.ofSeconds(15)),
            List.of("break"));
    take(node, SITE, new Site.Configure(configuration));
  }

  void makeReady(ClusterNode node, AgentId agent) throws Exception {
    TreeMap<Skill, Integer> skills = new TreeMap<>();
    skills.put(new Skill("german"), 7);
    KeyId own = keys.named(agent.value());
    take(node, agent, new Agent.Configure(SITE, skills));
    take(
        node,
        agent,
        new Agent.Register(
            Personal.of(own, "sip:" + agent + "@127.0.0.9:5070"),
            Personal.of(own, "binding"),
            1,
            Instant.now().plusSeconds(600),
            new EdgeId("edge-1")));
    take(node, agent, new Agent.LogIn(Instant.now()));
    take(node, agent, new Agent.BeReady(Instant.now()));
  }

  Call.Arrive arrive(String id, EdgeId edge) {
    return new Call.Arrive(
        new InteractionId("i-" + id),
        SITE,
        edge,
        SALES,
        new ServerTransaction(personal("Via: SIP/2.0/UDP 127.0.0.8"), "z9hG4bK1", 1),
        dialog("caller"),
        personal("<sip:+4930123456@127.0.0.8>"),
        personal("v=0 caller"),
        new TreeMap<>());
  }

  Personal personal(String text) {
    return Personal.of(key, text);
  }

  Dialog dialog(String who) {
    Personal text = personal(who);
    return new Dialog(
        text, "t-" + who, "r-" + who, text, text, text, text, new SessionTimer(1_800, true));
  }

  static void take(ClusterNode node, CallId call, Call.Command command) throws Exception {
    taken(node.calls().submit(call, command).toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  static void take(ClusterNode node, AgentId agent, Agent.Command command) throws Exception {
    taken(node.agents().submit(agent, command).toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  static void take(ClusterNode node, SiteId site, Site.Command command) throws Exception {
    taken(node.agents().submit(site, command).toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  /** The conversation's end is on its way to the site; until it is there, there is no wrap-up. */
  static void endWrapUp(ClusterNode node, AgentId agent) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            node.agents()
                .submit(SITE, new Site.EndWrapUp(agent))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .equals(new Receipt.Taken()));
  }

  /** On a slow machine the first attempt may have been carried out and its answer be late. */
  private static void taken(Receipt receipt) {
    boolean before =
        receipt instanceof Receipt.Refused no && no.reason() == Decision.Reason.ALREADY_DONE;
    assertThat(before || receipt.equals(new Receipt.Taken())).as("%s", receipt).isTrue();
  }
}
