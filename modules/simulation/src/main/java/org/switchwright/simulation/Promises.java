package org.switchwright.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.site.SiteState;

/** Everything that is promised of a run, checked after each write and every other second. */
final class Promises implements Witness {
  static final String FOLDED = "folded journal equals live state";

  private final Host host;
  private final AgentPromises agents;
  private final CallPromises calls;
  private final SitePromises site;
  private final Audit audit;
  private final Map<String, Object> lastOf = new HashMap<>();
  private final Supplier<Instant> now;
  private int compared;

  Promises(
      Surroundings world,
      Host host,
      Players players,
      List<CallerPhone> callers,
      List<AgentPerson> people,
      Mixer mixer,
      Function<String, @Nullable Phone> phones) {
    this.host = host;
    this.now = world::now;
    this.agents = new AgentPromises();
    boolean peaceful = !world.weather().faults().any() && world.scenario().vanishing() == 0;
    this.calls = new CallPromises(phones, peaceful, world.weather().faults().journal());
    this.site =
        new SitePromises(
            host, agents, calls, people, call -> callers.get(number(call) - 1).plan().person());
    this.calls.with(site);
    this.audit = new Audit(world, host, players, calls, callers, people, mixer);
  }

  static void promise(boolean kept, String promise, @Nullable Object... what) {
    if (!kept) {
      StringBuilder text = new StringBuilder();
      for (Object part : what) {
        text.append(part).append(' ');
      }
      throw new Violation(promise, text.toString().strip());
    }
  }

  @Override
  public void written(Actor<?, ?, ?> actor, Object before, List<?> events, Object after) {
    if (after instanceof MonitorState) {
      // Folds as much as a site each time: it is compared after a crash and at the end.
      return;
    }
    List<Object> states = folds(actor, before, events, after);
    switch (after) {
      case SiteState it -> site.written(states, events, it);
      case CallState it -> {
        calls.written((CallState) before, events, it);
        if (it.phase() instanceof Phase.Over) {
          checkFold(host.call(it.id()));
        }
      }
      case AgentState it -> agents.written(states, events);
      default -> throw new IllegalStateException("Expected a known state, but got " + after);
    }
    deadline(actor);
  }

  /**
   * The state is what was before, folded with what was written, each time; so by and by it is the
   * folded journal. The whole of that is folded anew at each recovery, and at the end.
   */
  @SuppressWarnings("unchecked")
  private <E, S> List<Object> folds(
      Actor<?, E, S> actor, Object before, List<?> events, Object after) {
    Object last = lastOf.put(actor.name(), after);
    promise(
        last == null || last.equals(before), FOLDED, actor.name(), "was", last, "but is", before);
    List<Object> states = new ArrayList<>(events.size() + 1);
    S state = (S) before;
    states.add(state);
    for (Object event : events) {
      state = actor.rules().evolve(state, (E) event);
      states.add(state);
    }
    promise(equal(state, after), FOLDED, actor.name(), "is", after, "but written is", state);
    return states;
  }

  /** Who left lately is a long list; that is compared now and then, all else each time. */
  private boolean equal(Object one, Object other) {
    if (one instanceof SiteState it && other instanceof SiteState that && ++compared % 32 != 0) {
      return it.calls().equals(that.calls())
          && it.agents().equals(that.agents())
          && it.configuration().equals(that.configuration())
          && it.tally().equals(that.tally())
          && it.paces().equals(that.paces())
          && it.lately().size() == that.lately().size();
    }
    return one.equals(other);
  }

  private static <S> void deadline(Actor<?, ?, S> actor) {
    Optional<?> due = actor.rules().due(actor.state());
    Deadlines.check(actor.state(), due.map(Instant.class::cast));
  }

  @Override
  public void recovered(Actor<?, ?, ?> actor) {
    lastOf.put(actor.name(), actor.state());
  }

  @Override
  public void performed(Actor<?, ?, ?> actor, int number, @Nullable Object event, Effect effect) {
    promise(
        number == 0 || (number <= actor.writes() && Objects.equals(actor.written(number), event)),
        "no effect before its event",
        actor.name(),
        "performed",
        effect,
        "of an event that is not written");
  }

  /** Callers are named by their numbers, after one letter. */
  private static int number(CallId call) {
    return Integer.parseInt(call.value().substring(1));
  }

  void audit() {
    audit.now();
    site.inTime(now.get());
  }

  void beforeTheEnd() {
    audit.wishes();
  }

  void atTheEnd(String edgeBusy) {
    checkFold(host.site());
    host.agents().forEach(this::checkFold);
    host.calls().forEach(this::checkFold);
    host.monitors().forEach(this::checkFold);
    audit.quiet(edgeBusy);
  }

  private <S> void checkFold(Actor<?, ?, S> actor) {
    host.checkFold(actor, actor.fold());
  }
}
