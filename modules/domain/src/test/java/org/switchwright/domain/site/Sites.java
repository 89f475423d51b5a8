package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.site.SiteConfiguration.Delays;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;

/** A site for rules to be tried on: two queues that overflow into each other, and a hurried one. */
final class Sites {
  static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  static final Skill TALK = new Skill("talk");
  static final Skill SPANISH = new Skill("spanish");
  static final QueueId SALES = new QueueId("sales");
  static final QueueId SERVICE = new QueueId("service");
  static final RoutingPointId HOTLINE = new RoutingPointId("hotline");
  static final RoutingPointId VIP = new RoutingPointId("vip");
  static final RoutingPointId HELP = new RoutingPointId("help");
  static final AgentId ANNA = new AgentId("anna");
  static final AgentId BEN = new AgentId("ben");
  static final CallId C1 = new CallId("c1");
  static final CallId C2 = new CallId("c2");
  static final CallId C3 = new CallId("c3");
  static final OfferId FIRST = new OfferId(C1, 1);
  static final Personal STATION = Personal.of(new KeyId("k"), "sip:station@127.0.0.1");
  static final Duration MAX_WAIT = Duration.ofSeconds(60);
  static final Duration RING = Duration.ofSeconds(15);
  static final Duration WRAP_UP = Duration.ofSeconds(20);
  static final Duration REJECTED = Duration.ofSeconds(10);
  static final Duration BUSY = Duration.ofSeconds(30);

  private Sites() {}

  static SortedMap<Skill, Integer> levels(Object... skillsAndLevels) {
    TreeMap<Skill, Integer> levels = new TreeMap<>();
    for (int i = 0; i < skillsAndLevels.length; i += 2) {
      levels.put((Skill) skillsAndLevels[i], (Integer) skillsAndLevels[i + 1]);
    }
    return Collections.unmodifiableSortedMap(levels);
  }

  static Queue queue(QueueId id, Optional<QueueId> overflowTo, Object... required) {
    return new Queue(
        id, levels(required), 2, MAX_WAIT, overflowTo, RING, WRAP_UP, TreatmentMode.EARLY_MEDIA);
  }

  static SiteConfiguration configuration() {
    return new SiteConfiguration(
        List.of(
            queue(SALES, Optional.of(SERVICE), TALK, 3),
            queue(SERVICE, Optional.of(SALES), TALK, 3, SPANISH, 1)),
        List.of(
            new RoutingPoint(HOTLINE, SALES, 0),
            new RoutingPoint(VIP, SALES, 5),
            new RoutingPoint(HELP, SERVICE, 0)),
        new Delays(REJECTED, BUSY),
        List.of("break"));
  }

  static List<SiteEvent> configured() {
    return List.of(new SiteEvent.SiteConfigured(NOW.minusSeconds(3_600), configuration()));
  }

  static List<SiteEvent> plus(List<SiteEvent> events, SiteEvent... more) {
    List<SiteEvent> all = new ArrayList<>(events);
    all.addAll(List.of(more));
    return all;
  }

  static Site.Seek seek(CallId call, RoutingPointId point, Instant arrivedAt) {
    return seek(call, point, arrivedAt, "<sip:" + call + "@example.org>");
  }

  static Site.Seek seek(CallId call, RoutingPointId point, Instant arrivedAt, String caller) {
    return new Site.Seek(
        call,
        new InteractionId("i-" + call),
        point,
        arrivedAt,
        Personal.of(new KeyId("k-" + call), caller));
  }

  static Site.Seek seek(CallId call) {
    return seek(call, HOTLINE, NOW);
  }

  static Site.ReportAgent report(AgentId agent, long version, Wish wish, Object... skills) {
    return report(agent, version, 0, wish, Optional.of(STATION), skills);
  }

  static Site.ReportAgent report(
      AgentId agent,
      long version,
      long judged,
      Wish wish,
      Optional<Personal> station,
      Object... skills) {
    return new Site.ReportAgent(agent, version, judged, wish, levels(skills), station);
  }

  static Site.ReportAgent ready(AgentId agent, long version) {
    return report(agent, version, new Wish.Ready(), TALK, 5, SPANISH, 2);
  }

  static Site.ReportAgent notReady(AgentId agent, long version) {
    return report(agent, version, new Wish.NotReady("break"), TALK, 5, SPANISH, 2);
  }

  static Effect tell(CallId call, Call.Command command) {
    return new Effect.TellCall(call, command);
  }
}
