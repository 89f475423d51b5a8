package org.switchwright.journal.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;

/**
 * A site with its agents and callers in virtual time: the real aggregates, scripted phones, and
 * every event as a row of the journal. For tests that need histories that can be.
 */
public final class House {
  public static final SiteId SITE = new SiteId("berlin");
  private static final EdgeId EDGE = new EdgeId("edge-1");
  private static final int MAX_STEPS = 10_000_000;

  /** What an agent's phone does when it is offered a call. */
  public enum Phone {
    ANSWERS,
    REJECTS,
    SILENT,
    BUSY,
    UNREACHABLE
  }

  /** One event as it would stand in the journal. */
  public record Row(
      String persistenceId, long sequenceNr, String name, byte[] payload, Instant at) {}

  private record Planned(Instant at, long number, Runnable action) {}

  private record Due(Instant at, String persistenceId) {}

  private record Caller(Duration talk, int hangsUp) {}

  private final EventFormat format;
  private final Supplier<KeyId> keys;
  private final Map<String, Entity<?, ?, ?>> entities = new LinkedHashMap<>();
  private final Deque<Effect> effects = new ArrayDeque<>();
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::number));
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparing(Due::at));
  private final Map<AgentId, Phone> phones = new HashMap<>();
  private final Map<CallId, Caller> callers = new LinkedHashMap<>();
  private final Map<CallId, CallOutcome> outcomes = new LinkedHashMap<>();
  private List<Row> rows = new ArrayList<>();
  private Instant now;
  private long plans;
  private int calls;
  private int wishes;

  /**
   * @param keys a key for each new call or agent
   */
  public House(EventFormat format, Supplier<KeyId> keys, Instant start) {
    this.format = format;
    this.keys = keys;
    this.now = start;
  }

  public Instant now() {
    return now;
  }

  /** How each call that is over ended. */
  public Map<CallId, CallOutcome> outcomes() {
    return outcomes;
  }

  /** The events since they were taken last. */
  public List<Row> take() {
    List<Row> taken = rows;
    rows = new ArrayList<>();
    return taken;
  }

  /** The live state of an aggregate, such as {@code call|c1}. */
  public Object state(String persistenceId) {
    return entities.get(persistenceId).state;
  }

  public void configure(SiteConfiguration configuration) {
    tell(new Site.Configure(configuration));
  }

  /** An agent who is logged in and ready, with a phone. */
  public void ready(String id, Map<String, Integer> skills, Phone phone) {
    AgentId agent = new AgentId(id);
    phones.put(agent, phone);
    SortedMap<Skill, Integer> levels = new TreeMap<>();
    skills.forEach((skill, level) -> levels.put(new Skill(skill), level));
    tell(agent, new Agent.Configure(SITE, levels));
    KeyId key = keys.get();
    tell(
        agent,
        new Agent.Register(
            Personal.of(key, "sip:" + id + "@192.0.2.7"),
            Personal.of(key, "binding-of-" + id),
            1,
            now.plus(Duration.ofDays(1)),
            EDGE));
    tell(agent, new Agent.LogIn(uttered()));
    tell(agent, new Agent.BeReady(uttered()));
  }

  /** The time of one more wish: no two have the same. */
  public Instant uttered() {
    return now.plusNanos(++wishes);
  }

  public void tell(AgentId agent, Agent.Command command) {
    perform(new Effect.TellAgent(agent, command));
  }

  public void tell(Site.Command command) {
    perform(new Effect.TellSite(SITE, command));
  }

  public void report(CallId call, LegReport report) {
    tell(call, report);
  }

  public void tell(CallId call, Call.Command command) {
    perform(new Effect.TellCall(call, command));
  }

  /** The calls in which an agent talks, in the order of their arrival. */
  public List<CallId> talking() {
    return callers.keySet().stream()
        .filter(call -> ((CallState) state("call|" + call)).phase() instanceof Phase.Connected)
        .toList();
  }

  /**
   * A caller who gives up after {@code patience} and hangs up, or lets the agent do so, after
   * {@code talk}.
   */
  public CallId arrive(String point, Duration patience, Duration talk) {
    CallId call = new CallId("c" + ++calls);
    KeyId key = keys.get();
    callers.put(call, new Caller(talk, calls % 2));
    String caller = "\"Erika Mustermann\" <sip:+4930" + (1_000_000 + calls) + "@198.51.100.9>";
    perform(
        new Effect.TellCall(
            call,
            new Call.Arrive(
                new InteractionId("i-" + call),
                SITE,
                EDGE,
                new RoutingPointId(point),
                invite(key, 1),
                dialog(key, caller),
                Personal.of(key, caller),
                Personal.of(key, sdp("caller-" + call)),
                new TreeMap<>())));
    after(patience, () -> report(call, new LegReport.CallerCancelled()));
    return call;
  }

  /** A call that waits elsewhere may come to a routing point; it is told of once. */
  public CallId expect(String point) {
    Origin origin = new Origin(new SiteId("elsewhere"), new CallId("e" + ++calls), 1);
    KeyId key = keys.get();
    perform(
        new Effect.TellCall(
            origin.expected(),
            new Call.Expect(
                origin,
                new InteractionId("i-" + origin.call()),
                SITE,
                new RoutingPointId(point),
                Duration.ofSeconds(7),
                Call.EXPECTED_FOR,
                Personal.of(key, "\"Erika Mustermann\" <sip:+49301@198.51.100.9>"),
                new TreeMap<>())));
    return origin.expected();
  }

  public static ServerTransaction invite(KeyId key, long cseq) {
    return new ServerTransaction(
        Personal.of(key, "Via: SIP/2.0/UDP 198.51.100.9;branch=z9hG4bK" + cseq),
        "z9hG4bK" + cseq,
        cseq);
  }

  public static String sdp(String owner) {
    return "v=0\r\no=- 1 1 IN IP4 198.51.100.9\r\ns=" + owner + "\r\nc=IN IP4 198.51.100.9\r\n";
  }

  private static Dialog dialog(KeyId key, String party) {
    return new Dialog(
        Personal.of(key, "sip-call-id@198.51.100.9"),
        "ours",
        "theirs",
        Personal.of(key, "<sip:sales@example.org>"),
        Personal.of(key, party),
        Personal.of(key, "sip:phone@198.51.100.9"),
        Personal.of(key, ""),
        new SessionTimer(1_800, true));
  }

  public void after(Duration span, Runnable action) {
    planned.add(new Planned(now.plus(span), plans++, action));
  }

  /** Lets time pass; deadlines and plans come in their order. */
  public void pass(Duration span) {
    Instant end = now.plus(span);
    for (int step = 0; step < MAX_STEPS; step++) {
      Optional<Instant> due = nextDue();
      Planned plan = planned.peek();
      boolean dueFirst = due.isPresent() && (plan == null || !plan.at().isBefore(due.get()));
      Instant next = dueFirst ? due.get() : plan == null ? end : plan.at();
      if (next.isAfter(end) || (!dueFirst && plan == null)) {
        now = end;
        return;
      }
      now = next.isAfter(now) ? next : now;
      if (dueFirst) {
        entities.get(dues.remove().persistenceId()).expire();
      } else {
        planned.remove().action().run();
      }
      settle();
    }
    throw new IllegalStateException("Expected to come to an end, but did not");
  }

  private Optional<Instant> nextDue() {
    while (!dues.isEmpty()) {
      Due due = dues.peek();
      if (entities.get(due.persistenceId()).due().filter(due.at()::equals).isPresent()) {
        return Optional.of(due.at());
      }
      dues.remove();
    }
    return Optional.empty();
  }

  private void perform(Effect effect) {
    effects.add(effect);
    settle();
  }

  private void settle() {
    while (!effects.isEmpty()) {
      switch (effects.removeFirst()) {
        case Effect.TellCall it ->
            entity("call|" + it.call(), it.call().value(), Call.AGGREGATE).take(it.command());
        case Effect.TellSite it ->
            entity("site|" + it.site(), it.site().value(), Site.AGGREGATE).take(it.command());
        case Effect.TellAgent it ->
            entity("agent|" + it.agent(), it.agent().value(), Agent.AGGREGATE).take(it.command());
        case Effect.Signalled it -> signal(it.call(), it.signal());
        case Effect.TellElsewhere it ->
            throw new IllegalStateException("Expected a site on its own, but got " + it);
        case Effect.Watched _ -> {}
      }
    }
  }

  private void signal(CallId call, Signal signal) {
    Caller caller = callers.get(call);
    switch (signal) {
      case Signal.InviteStation it -> ring(call, it);
      case Signal.CancelStation it ->
          effects.add(
              new Effect.TellCall(
                  call, new LegReport.Refused(it.leg(), LegReport.StationRefusal.CANCELLED, 487)));
      case Signal.SilenceStation _ -> {}
      case Signal.Answer _ ->
          effects.add(new Effect.TellCall(call, new LegReport.CallerAcknowledged(null)));
      case Signal.Reinvite it ->
          effects.add(
              new Effect.TellCall(
                  call,
                  new LegReport.ReinviteAnswered(
                      it.leg(), it.cseq(), Personal.of(it.dialog().sipCallId().key(), sdp("re")))));
      case Signal.Bye it ->
          effects.add(new Effect.TellCall(call, new LegReport.Released(it.leg())));
      case Signal.StartTreatment it -> {
        KeyId key = it.offered() == null ? keys.get() : it.offered().key();
        effects.add(
            new Effect.TellCall(
                call, new LegReport.TreatmentStarted(Personal.of(key, sdp("music")))));
      }
      case Signal.Progress _,
          Signal.Refuse _,
          Signal.Redirect _,
          Signal.AnswerReinvite _,
          Signal.RefuseReinvite _,
          Signal.AcceptRefer _,
          Signal.DirectTreatment _,
          Signal.RenewTreatment _,
          Signal.StopTreatment _,
          Signal.Announce _,
          Signal.PlayMusic _,
          Signal.Attend _ -> {}
    }
  }

  private void ring(CallId call, Signal.InviteStation it) {
    String contact = it.station().text().orElseThrow();
    AgentId agent = new AgentId(contact.substring("sip:".length(), contact.indexOf('@')));
    Duration soon = Duration.ofMillis(40);
    Phone phone = phones.get(agent);
    if (phone == null) {
      joinRoom(call, it);
      return;
    }
    switch (phone) {
      case ANSWERS -> {
        after(soon, () -> report(call, new LegReport.Ringing(it.leg())));
        KeyId key = it.caller().key();
        after(
            Duration.ofMillis(2_400),
            () ->
                report(
                    call,
                    new LegReport.Answered(
                        it.leg(), dialog(key, contact), Personal.of(key, sdp("phone-" + agent)))));
      }
      case SILENT -> after(soon, () -> report(call, new LegReport.Ringing(it.leg())));
      case REJECTS -> refuse(call, it.leg(), LegReport.StationRefusal.REJECTED, 603);
      case BUSY -> refuse(call, it.leg(), LegReport.StationRefusal.BUSY, 486);
      case UNREACHABLE -> refuse(call, it.leg(), LegReport.StationRefusal.UNREACHABLE, 408);
    }
  }

  /** At a mixer, which lets everybody in. */
  private void joinRoom(CallId call, Signal.InviteStation it) {
    KeyId key = it.caller().key();
    Dialog dialog = dialog(key, it.station().text().orElseThrow());
    Personal session = Personal.of(key, sdp("room"));
    after(
        Duration.ofMillis(90),
        () -> report(call, new LegReport.Answered(it.leg(), dialog, session)));
  }

  private void refuse(CallId call, int leg, LegReport.StationRefusal refusal, int status) {
    after(Duration.ofMillis(700), () -> report(call, new LegReport.Refused(leg, refusal, status)));
  }

  private void saw(String persistenceId, Object event) {
    if (event instanceof CallEvent.CallConnected) {
      CallId call = new CallId(persistenceId.substring("call|".length()));
      Caller caller = callers.get(call);
      after(caller.talk(), () -> hangUp(call, caller.hangsUp()));
    } else if (event instanceof CallEvent.CallEnded it) {
      CallId call = new CallId(persistenceId.substring("call|".length()));
      if (outcomes.put(call, it.outcome()) != null) {
        throw new IllegalStateException("Expected call " + call + " to end once, but it did twice");
      }
    }
  }

  private void hangUp(CallId call, int side) {
    CallState state = (CallState) state("call|" + call);
    int agent = state.phase() instanceof Phase.Connected it ? it.agent().number() : state.offers();
    report(call, new LegReport.HungUp(side == 0 ? 0 : agent));
  }

  @SuppressWarnings("unchecked")
  private <C, E, S> Entity<C, E, S> entity(
      String persistenceId, String id, Aggregate<C, E, S> aggregate) {
    return (Entity<C, E, S>)
        entities.computeIfAbsent(persistenceId, _ -> new Entity<>(persistenceId, id, aggregate));
  }

  private final class Entity<C, E, S> {
    private final String persistenceId;
    private final Aggregate<C, E, S> aggregate;
    private S state;
    private long sequenceNr;

    Entity(String persistenceId, String id, Aggregate<C, E, S> aggregate) {
      this.persistenceId = persistenceId;
      this.aggregate = aggregate;
      this.state = aggregate.initial(id);
    }

    Optional<Instant> due() {
      return aggregate.due(state);
    }

    void expire() {
      take(aggregate.expire());
    }

    void take(C command) {
      if (aggregate.decide(state, command, now) instanceof Decision.Accepted<E> yes) {
        for (E event : yes.events()) {
          state = aggregate.evolve(state, event);
          journal(event);
          effects.addAll(aggregate.react(state, event));
          saw(persistenceId, event);
        }
        effects.addAll(yes.answers());
        due().ifPresent(due -> dues.add(new Due(due, persistenceId)));
      }
    }

    private void journal(E event) {
      Journaled<E> journaled = new Journaled<>(event, due().orElse(null));
      rows.add(
          new Row(
              persistenceId, ++sequenceNr, format.name(journaled), format.write(journaled), now));
    }
  }
}
