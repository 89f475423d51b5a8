package org.switchwright.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallSignaling;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.agent.StationWatch;
import org.switchwright.domain.call.Signal;

/**
 * The way from calls and agents to the SIP edges of other nodes. Each node has one; it hands what
 * is for its own edge to that, and what is for another's to that node's gate. Where the other edge
 * is gone, its own edge performs the errand from the data that the errand carries.
 */
final class EdgeGate extends AbstractBehavior<EdgeGate.Message> {
  /** Signals kept while it is looked up where an edge is. Beyond, the oldest is dropped. */
  static final int MAX_HELD = 1_000;

  private static final String KEY = "edge-";

  /**
   * How long an edge that this node has never heard of may still become known: the directory goes
   * round among nodes that have just met, and an edge that is there must not be passed over.
   */
  private static final Duration HEARD_OF_WITHIN = Duration.ofSeconds(2);

  sealed interface Message {}

  /** To be performed by this edge wherever it is. */
  record Send(EdgeId edge, Errand errand) implements Message {}

  /** To be performed by the edge of the node that receives this. */
  record Perform(Errand errand) implements Message {}

  /** What an edge is asked to do. */
  sealed interface Errand {
    record ForCall(CallId call, Signal signal) implements Errand {}

    record ForAgent(AgentId agent, StationWatch watch) implements Errand {}

    default void performBy(CallSignaling edge) {
      switch (this) {
        case ForCall(var call, var signal) -> edge.signal(call, signal);
        case ForAgent(var agent, var watch) -> edge.watch(agent, watch);
      }
    }
  }

  /** This edge is about to close. */
  record Leave() implements Message {}

  private record Found(Receptionist.Listing listing) implements Message {}

  /** Nobody has told of this edge in time. */
  private record Unheard(EdgeId edge) implements Message {}

  private final CallSignaling own;
  private final Map<EdgeId, Optional<ActorRef<Message>>> gates = new HashMap<>();
  private final Map<EdgeId, Deque<Send>> held = new HashMap<>();

  private final Neighbourhood neighbourhood;

  /** One for all edges: a second adapter of the same type would take the place of the first. */
  private final ActorRef<Receptionist.Listing> finder;

  private EdgeGate(ActorContext<Message> context, CallSignaling own) {
    super(context);
    this.own = own;
    this.neighbourhood = new Neighbourhood(context.getSystem());
    this.finder = context.messageAdapter(Receptionist.Listing.class, Found::new);
    context
        .getSystem()
        .receptionist()
        .tell(Receptionist.register(key(own.id()), context.getSelf()));
  }

  static Behavior<Message> create(CallSignaling own) {
    return Behaviors.setup(context -> new EdgeGate(context, own));
  }

  private static ServiceKey<Message> key(EdgeId edge) {
    return ServiceKey.create(Message.class, KEY + edge);
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Send send -> onSend(send);
      case Perform perform -> perform.errand().performBy(own);
      case Found found -> onFound(found);
      case Unheard unheard -> onUnheard(unheard.edge());
      case Leave _ -> onLeave();
    }
    return this;
  }

  private void onSend(Send send) {
    if (send.edge().equals(own.id())) {
      send.errand().performBy(own);
      return;
    }
    Optional<ActorRef<Message>> gate = gates.get(send.edge());
    if (gate != null) {
      pass(send, gate);
      return;
    }
    Deque<Send> waiting = held.computeIfAbsent(send.edge(), this::lookUp);
    if (waiting.size() >= MAX_HELD) {
      waiting.removeFirst();
    }
    waiting.addLast(send);
  }

  private Deque<Send> lookUp(EdgeId edge) {
    getContext().getSystem().receptionist().tell(Receptionist.subscribe(key(edge), finder));
    return new ArrayDeque<>();
  }

  private void onLeave() {
    getContext()
        .getSystem()
        .receptionist()
        .tell(Receptionist.deregister(key(own.id()), getContext().getSelf()));
  }

  private void onFound(Found found) {
    EdgeId edge = new EdgeId(found.listing().getKey().id().substring(KEY.length()));
    Optional<ActorRef<Message>> gate =
        found.listing().getServiceInstances(key(edge)).stream().findFirst();
    if (gate.isEmpty() && !gates.containsKey(edge)) {
      getContext().scheduleOnce(HEARD_OF_WITHIN, getContext().getSelf(), new Unheard(edge));
      return;
    }
    gates.put(edge, gate);
    flush(edge, gate);
  }

  private void onUnheard(EdgeId edge) {
    if (gates.putIfAbsent(edge, Optional.empty()) == null) {
      flush(edge, Optional.empty());
    }
  }

  private void flush(EdgeId edge, Optional<ActorRef<Message>> gate) {
    Deque<Send> waiting = held.remove(edge);
    if (waiting != null) {
      waiting.forEach(send -> pass(send, gate));
    }
  }

  private void pass(Send send, Optional<ActorRef<Message>> gate) {
    // The directory may still name the gate of a node that is gone.
    if (gate.filter(it -> neighbourhood.contains(it.path().address())).isPresent()) {
      gate.get().tell(new Perform(send.errand()));
    } else {
      send.errand().performBy(own);
    }
  }
}
