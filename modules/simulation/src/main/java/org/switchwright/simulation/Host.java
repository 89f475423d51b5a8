package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** All actors of one site, and what they have in common: time, chance, faults, the journal. */
final class Host {
  /** By when everybody has heard from whoever was taken over. */
  private static final Duration RECEIPTS_COME = Duration.ofSeconds(20);

  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private final Trace trace;
  private final Cast cast;
  private final Journal journal = new Journal();
  private final Network network;
  private final Map<CallId, Actor<Call.Command, CallEvent, CallState>> calls =
      new LinkedHashMap<>();
  private final Map<AgentId, Actor<Agent.Command, AgentEvent, AgentState>> agents = new TreeMap<>();
  private final Map<SiteId, Actor<SiteMonitor.Command, MonitorEvent, MonitorState>> monitors =
      new TreeMap<>();
  private final Actor<Site.Command, SiteEvent, SiteState> site;
  private final SiteId siteId;
  private Witness witness = new Nobody();
  private Runnable whenWritten = () -> {};
  private long refused;
  private Instant dividedUntil = Instant.MIN;

  Host(SiteId siteId, Agenda agenda, Dice dice, Weather weather, Trace trace, Cast cast) {
    this.siteId = siteId;
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
    this.trace = trace;
    this.cast = cast;
    this.network = new Network(this, agenda, weather, dice);
    this.site = new Actor<>("site", siteId.value(), cast.site(), this);
  }

  private static final class Nobody implements Witness {
    @Override
    public void written(Actor<?, ?, ?> actor, Object before, List<?> events, Object after) {}

    @Override
    public void recovered(Actor<?, ?, ?> actor) {}

    @Override
    public void performed(
        Actor<?, ?, ?> actor, int number, @Nullable Object event, Effect effect) {}
  }

  void watchedBy(Witness next) {
    witness = next;
  }

  /** Whoever follows this site's journal is told that there is more of it. */
  void onWriting(Runnable next) {
    Runnable others = whenWritten;
    whenWritten =
        () -> {
          others.run();
          next.run();
        };
  }

  SiteId siteId() {
    return siteId;
  }

  Network network() {
    return network;
  }

  Journal journal() {
    return journal;
  }

  Weather weather() {
    return weather;
  }

  Trace trace() {
    return trace;
  }

  Witness witness() {
    return witness;
  }

  Cast.HostFault fault() {
    return cast.fault();
  }

  /** Whether a message finds the incarnation that was taken over and does not know it. */
  boolean reachesOld() {
    return dice.chance(0.3);
  }

  /** Whether some of the node's actors may not know that others have taken over. */
  boolean divided() {
    return now().isBefore(dividedUntil);
  }

  void countRefused() {
    refused++;
  }

  /** How many writes the fence has refused. */
  long refused() {
    return refused;
  }

  Instant now() {
    return agenda.now();
  }

  int upTo(int bound) {
    return dice.upTo(bound);
  }

  void in(Duration delay, Runnable action) {
    agenda.in(delay, action);
  }

  void at(Instant instant, Runnable action) {
    agenda.at(instant, action);
  }

  Actor<Call.Command, CallEvent, CallState> call(CallId id) {
    return calls.computeIfAbsent(id, it -> new Actor<>("call", it.value(), cast.call(), this));
  }

  Actor<Agent.Command, AgentEvent, AgentState> agent(AgentId id) {
    return agents.computeIfAbsent(id, it -> new Actor<>("agent", it.value(), cast.agent(), this));
  }

  Actor<Site.Command, SiteEvent, SiteState> site() {
    return site;
  }

  /** Of another site, which is watched from here. */
  Actor<SiteMonitor.Command, MonitorEvent, MonitorState> monitor(SiteId of) {
    return monitors.computeIfAbsent(
        of, it -> new Actor<>("monitor", it.value(), cast.monitor().apply(siteId), this));
  }

  Collection<Actor<SiteMonitor.Command, MonitorEvent, MonitorState>> monitors() {
    return monitors.values();
  }

  Collection<Actor<Call.Command, CallEvent, CallState>> calls() {
    return calls.values();
  }

  Collection<Actor<Agent.Command, AgentEvent, AgentState>> agents() {
    return agents.values();
  }

  Incarnation.CrashPoint crashPoint() {
    if (!weather.crashesAtWrite()) {
      return Incarnation.CrashPoint.NONE;
    }
    return switch (dice.upTo(4)) {
      case 0 -> Incarnation.CrashPoint.BEFORE_WRITE;
      case 1 -> Incarnation.CrashPoint.AFTER_WRITE;
      case 2 -> Incarnation.CrashPoint.AMONG_EFFECTS;
      default -> Incarnation.CrashPoint.AFTER_EFFECTS;
    };
  }

  void write(String actor, int number, Object event) {
    journal.write(actor, number, event);
    if (event instanceof SiteEvent) {
      whenWritten.run();
    }
  }

  void perform(Actor<?, ?, ?> actor, int number, @Nullable Object event, Effect effect) {
    witness.performed(actor, number, event, effect);
    network.carry(effect);
  }

  /** The folded journal is the live state. */
  <S> void checkFold(Actor<?, ?, S> actor, S folded) {
    if (!folded.equals(actor.state())) {
      throw new Violation(
          Promises.FOLDED,
          actor.name() + " was " + actor.state() + " but its journal says " + folded);
    }
  }

  /** The node dies with everything on it; what was in the journal comes back, one by one. */
  void crashAll(Duration down) {
    trace.note("node", "dies for", down);
    site.crashFor(down.plus(dice.millis(0, 500)));
    monitors.values().forEach(it -> it.crashFor(down.plus(dice.millis(0, 1_000))));
    agents.values().forEach(agent -> agent.crashFor(down.plus(dice.millis(0, 1_000))));
    calls.values().stream()
        .filter(call -> !call.rules().over(call.state()))
        .forEach(call -> call.crashFor(down.plus(dice.millis(0, 2_000))));
  }

  /** The node stops for a while; another takes over, before or after it goes on. */
  void pauseAll(Duration pause) {
    Instant end = agenda.now().plus(pause);
    trace.note("node", "is paused until", end);
    Duration takeover = dice.millis(500, 10_000);
    Duration lives = dice.millis(500, 15_000);
    Instant known = end.plus(lives).plus(RECEIPTS_COME);
    dividedUntil = known.isAfter(dividedUntil) ? known : dividedUntil;
    site.pauseUntil(end, takeover, lives);
    monitors.values().forEach(it -> it.pauseUntil(end, takeover, lives));
    agents
        .values()
        .forEach(agent -> agent.pauseUntil(end, takeover.plus(dice.millis(0, 1_000)), lives));
    calls.values().stream()
        .filter(call -> !call.rules().over(call.state()))
        .forEach(call -> call.pauseUntil(end, takeover.plus(dice.millis(0, 2_000)), lives));
  }

  /** The edge died alone: calls and agents see to it that legs and phones are attended again. */
  void resumeAll() {
    agents.values().forEach(agent -> agenda.in(dice.millis(0, 1_000), agent::resume));
    calls.values().stream()
        .filter(call -> call.up() && !call.rules().over(call.state()))
        .forEach(call -> agenda.in(dice.millis(0, 1_000), call::resume));
  }
}
