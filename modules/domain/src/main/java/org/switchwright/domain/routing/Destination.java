package org.switchwright.domain.routing;

import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;

/** Where an agent sends a caller on to; always within the site. */
public sealed interface Destination {
  record ToQueue(QueueId queue) implements Destination {}

  /** Nobody else is to serve the caller, while this agent can be expected to. */
  record ToAgent(AgentId agent) implements Destination {}

  /** What an agent dialled: a routing point; or else a queue; or else an agent of that name. */
  record ToAddress(RoutingPointId address) implements Destination {}

  /** Back to the front of the queue that the caller came from. */
  record Back() implements Destination {}
}
