package org.switchwright.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;
import org.switchwright.journal.format.SealedPersonal;

/**
 * The site of a call center as its controller sees it: the real decisions about calls of chance,
 * told as a server tells them, without the server.
 */
public final class FarSite {
  /** As of 200 agents who are busy four fifths of the time with 190 s a call. */
  static final double CALLS_A_SECOND = 0.84;

  private static final Duration RING = Duration.ofSeconds(2);
  private static final int SHORTEST_TALK_MS = 10_000;
  private static final int TALK_SPREAD_MS = 40_000;
  private static final Personal NOBODY = new Personal.Erased(new KeyId("k"));
  private static final EventFormat FORMAT = new EventFormat(new SealedPersonal());

  private record Due(Instant at, Site.Command command) {}

  private final String name;
  private final Random chance;
  private final PriorityQueue<Due> agenda = new PriorityQueue<>(Comparator.comparing(Due::at));
  private final List<String> told = new ArrayList<>();
  private SiteState state;
  private Instant nextCall;
  private int calls;

  /**
   * @param seed of the chance by which calls come and last
   */
  public FarSite(String name, int agents, long seed, Instant now) {
    this.name = name;
    this.chance = new Random(seed);
    this.state = Site.AGGREGATE.initial(name);
    this.nextCall = now;
    decide(new Site.Configure(configuration()), now);
    TreeMap<Skill, Integer> skills = new TreeMap<>();
    skills.put(new Skill("sales"), 5);
    for (int n = 0; n < agents; n++) {
      AgentId agent = new AgentId(name + "-agent-" + n);
      decide(new Site.ReportAgent(agent, 1, 0, new Wish.Ready(), skills, Optional.of(NOBODY)), now);
    }
  }

  private static SiteConfiguration configuration() {
    TreeMap<Skill, Integer> required = new TreeMap<>();
    required.put(new Skill("sales"), 1);
    QueueId sales = new QueueId("sales");
    return new SiteConfiguration(
        List.of(
            new SiteConfiguration.Queue(
                sales,
                required,
                5_000,
                Duration.ofHours(1),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                TreatmentMode.EARLY_MEDIA)),
        List.of(new SiteConfiguration.RoutingPoint(new RoutingPointId("sales"), sales, 0)),
        new SiteConfiguration.Delays(Duration.ofSeconds(5), Duration.ofSeconds(5)),
        List.of("break"));
  }

  String name() {
    return name;
  }

  public synchronized SiteState state() {
    return state;
  }

  /** Does all that is due. */
  public synchronized void advance(Instant now) {
    while (!nextCall.isAfter(now)) {
      CallId call = new CallId(name + "-c" + calls++);
      decide(
          new Site.Seek(
              call, new InteractionId("i-" + call), new RoutingPointId("sales"), now, NOBODY),
          now);
      nextCall =
          nextCall.plusMillis((long) (-Math.log(1 - chance.nextDouble()) * 1_000 / CALLS_A_SECOND));
    }
    while (!agenda.isEmpty() && !agenda.peek().at().isAfter(now)) {
      decide(agenda.poll().command(), now);
    }
    if (Site.AGGREGATE.due(state).filter(due -> !due.isAfter(now)).isPresent()) {
      decide(Site.AGGREGATE.expire(), now);
    }
  }

  private void decide(Site.Command command, Instant now) {
    if (!(Site.AGGREGATE.decide(state, command, now) instanceof Decision.Accepted<SiteEvent> yes)) {
      throw new IllegalStateException("Expected " + command + " to be accepted, but it was not");
    }
    for (SiteEvent event : yes.events()) {
      state = Site.AGGREGATE.evolve(state, event);
      tell(event);
      if (event instanceof SiteEvent.AgentReserved it) {
        answer(it.offer(), now);
      }
    }
  }

  private void answer(OfferId offer, Instant now) {
    Instant answered = now.plus(RING);
    Instant over = answered.plusMillis(SHORTEST_TALK_MS + chance.nextInt(TALK_SPREAD_MS));
    agenda.add(new Due(answered, new Site.OfferAccepted(offer)));
    agenda.add(new Due(over, new Site.CallOver(offer.call(), CallOutcome.SERVED, List.of())));
  }

  private void tell(SiteEvent event) {
    int sequence = told.size() + 1;
    String kind = FORMAT.name(new Journaled<>(event, null));
    ObjectNode data = FORMAT.mapper().valueToTree(event);
    ObjectNode json = FORMAT.mapper().createObjectNode();
    json.put("id", "p" + sequence).put("name", kind).set("at", data.remove("at"));
    json.putObject("entity").put("kind", "site").put("id", name).put("sequence", sequence);
    json.set("data", data);
    told.add("id: p" + sequence + "\nevent: " + kind + "\ndata: " + json + "\n\n");
  }

  /** What was told after so many events, as server-sent events; empty where that is all. */
  synchronized String after(int events) {
    return String.join("", told.subList(Math.min(events, told.size()), told.size()));
  }

  synchronized int last() {
    return told.size();
  }

  /** Without a hash of the state: that is the site's to pay for, not its controller's. */
  synchronized String heartbeat() {
    return "{\"site\":\"%s\",\"at\":\"%s\",\"last\":%d}"
        .formatted(name, Instant.now(), told.size());
  }
}
