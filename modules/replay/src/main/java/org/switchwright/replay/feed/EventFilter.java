package org.switchwright.replay.feed;

import java.util.List;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.journal.format.Subjects;

/**
 * Which events; what is empty does not matter, and all that is given must hold.
 *
 * @param kinds beginnings of names, such as {@code call.} or {@code site.agent-reserved}; one of
 *     them must fit; at most {@value #MAX_KINDS}
 * @param agent events of this agent, and those that name it as the one chosen, rung or talking
 * @param queue events that name this queue
 * @param call events of this call, and those of its site that name it
 */
public record EventFilter(
    List<String> kinds, Optional<AgentId> agent, Optional<QueueId> queue, Optional<CallId> call) {
  public static final int MAX_KINDS = 20;
  public static final EventFilter ALL =
      new EventFilter(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public EventFilter {
    kinds = List.copyOf(kinds);
    if (kinds.size() > MAX_KINDS) {
      throw new IllegalArgumentException(
          "Expected at most " + MAX_KINDS + " kinds of events, but got " + kinds.size());
    }
  }

  boolean wants(String name) {
    return kinds.isEmpty() || kinds.stream().anyMatch(name::startsWith);
  }

  boolean wants(Subjects subjects) {
    return (agent.isEmpty() || subjects.agents().contains(agent.get()))
        && (call.isEmpty() || call.equals(subjects.call()))
        && (queue.isEmpty() || subjects.queues().contains(queue.get()));
  }
}
