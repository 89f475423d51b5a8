package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;

/** What is promised of each agent's own record. */
final class AgentPromises {
  private final Map<AgentId, Map<Long, AgentState>> versions = new HashMap<>();
  private final Map<AgentId, Instant> uttered = new HashMap<>();

  /** The record as it was at a version; null where there never was one. */
  @Nullable AgentState at(AgentId agent, long version) {
    Map<Long, AgentState> known = versions.get(agent);
    return known == null ? null : known.get(version);
  }

  /** Kept here, not taken from the record, which is what is judged. */
  private void after(AgentId agent, List<?> events) {
    for (Object event : events) {
      Optional<Instant> said =
          switch (event) {
            case AgentEvent.WishChanged it -> it.uttered();
            case AgentEvent.WishRenewed it -> Optional.of(it.uttered());
            default -> Optional.empty();
          };
      if (said.isPresent()) {
        Instant last = uttered.put(agent, said.get());
        promise(
            last == null || last.isBefore(said.get()),
            "a wish is never overridden by an older one",
            agent,
            "wished at",
            last,
            "and then was heard with",
            event);
      }
    }
  }

  /**
   * @param states the one before, and then one after each event
   */
  void written(List<?> states, List<?> events) {
    AgentState before = (AgentState) states.getFirst();
    AgentState after = (AgentState) states.getLast();
    Map<Long, AgentState> history = versions.computeIfAbsent(after.id(), _ -> new HashMap<>());
    for (Object each : states.subList(1, states.size())) {
      AgentState state = (AgentState) each;
      history.put(state.version(), state);
    }
    promise(
        after.version() >= before.version() && after.acknowledged() <= after.version(),
        "versions only grow",
        before,
        after);
    after(after.id(), events);
    long judged = Long.MAX_VALUE;
    for (Object event : events) {
      if (event instanceof AgentEvent.JudgementNoted noted) {
        judged = noted.judged();
      }
    }
    boolean overridden =
        judged != Long.MAX_VALUE
            && before.wishVersion() > judged
            && !before.wish().equals(after.wish());
    promise(
        !overridden,
        "a wish is never overridden by an older one",
        after.id(),
        "wished",
        before.wish(),
        "after version",
        judged,
        "and got",
        after.wish());
  }
}
