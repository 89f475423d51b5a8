package org.switchwright.cluster;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.japi.function.Function;
import org.switchwright.cluster.AggregateEntity.Keeper;
import org.switchwright.cluster.AggregateEntity.Surroundings;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallSignaling;
import org.switchwright.domain.Effect;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.store.EventFormatSetup;

/** One node: its actor system, its share of the aggregates, its way in and its way to edges. */
public final class ClusterNode implements AutoCloseable {
  private static final String SYSTEM_NAME = "switchwright";

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  /** Errands kept until there is an edge; beyond, the oldest are dropped. */
  private static final int MAX_HELD = 50_000;

  private final ActorSystem<Void> system;
  private final ClusterSharding sharding;
  private final ClusterIntake intake;
  private final Deque<EdgeGate.Send> held = new ArrayDeque<>();
  private final LongAdder performed = new LongAdder();
  private final Neighbourhood neighbourhood;
  private final AtomicReference<Consumer<Effect.TellElsewhere>> elsewhere =
      new AtomicReference<>(_ -> {});
  private final AtomicReference<Optional<Attached>> edge = new AtomicReference<>(Optional.empty());

  /** This node's own edge, and the way to the others. */
  private record Attached(CallSignaling own, ActorRef<EdgeGate.Message> gate) {}

  private ClusterNode(
      ActorSystem<Void> system,
      SiteId own,
      StrategyCompiler strategies,
      NetworkFigures network,
      InstantSource clock) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.intake = new ClusterIntake(sharding, clock);
    this.neighbourhood = new Neighbourhood(system);
    Surroundings surroundings = new Surroundings(clock, this::perform);
    start(Kind.CALL, it -> direct(Kind.CALL, it, surroundings));
    start(Kind.AGENT, it -> direct(Kind.AGENT, it, surroundings));
    var monitor = Kind.monitor(SiteMonitor.telling(own));
    start(monitor, it -> direct(monitor, it, surroundings));
    var site = Kind.site(strategies, network);
    start(site, it -> BatchingFront.create(site, it.getEntityId(), surroundings));
  }

  /**
   * Starts a node; returns before it has joined its cluster.
   *
   * @param configuration complete, with the journal's and {@code switchwright-cluster.conf}
   * @param own the site of this data center
   * @param strategies for the sites that live on this node
   * @param network how other sites stand
   */
  public static ClusterNode start(
      Config configuration,
      EventFormat format,
      SiteId own,
      StrategyCompiler strategies,
      NetworkFigures network,
      InstantSource clock) {
    ActorSystemSetup setup =
        ActorSystemSetup.create(BootstrapSetup.create(configuration), new EventFormatSetup(format));
    return new ClusterNode(
        ActorSystem.create(Behaviors.empty(), SYSTEM_NAME, setup), own, strategies, network, clock);
  }

  private <C> void start(
      Kind<C, ?, ?> kind,
      Function<EntityContext<EntityMessage<C>>, Behavior<EntityMessage<C>>> behavior) {
    sharding.init(Entity.of(kind.key(), behavior).withStopMessage(new EntityMessage.Stop<>()));
  }

  private static <C, E, S> Behavior<EntityMessage<C>> direct(
      Kind<C, E, S> kind, EntityContext<EntityMessage<C>> entity, Surroundings surroundings) {
    Keeper<C> keeper =
        new Keeper<>() {
          @Override
          public void mayStop(ActorRef<EntityMessage<C>> self) {
            entity.getShard().tell(new ClusterSharding.Passivate<>(self));
          }

          @Override
          public void recovered() {
            // Nobody waits for it.
          }
        };
    return AggregateEntity.create(kind, entity.getEntityId(), surroundings, keeper);
  }

  /** From now on, calls' signals go to this edge, or from here to those of other nodes. */
  public void attach(CallSignaling own) {
    ActorRef<EdgeGate.Message> gate =
        system.systemActorOf(EdgeGate.create(own), "edge-gate", Props.empty());
    Attached attached = new Attached(own, gate);
    synchronized (held) {
      held.forEach(it -> send(attached, it));
      held.clear();
      edge.set(Optional.of(attached));
    }
  }

  /**
   * From now on, what calls have to say to the edge of this node goes to those of other nodes. To
   * be called before the edge closes.
   */
  public void detach() {
    edge.get().ifPresent(it -> it.gate().tell(new EdgeGate.Leave()));
  }

  /**
   * From now on, what is meant for calls of other data centers goes this way. Whatever comes before
   * is lost; it is owed, and so repeated.
   *
   * @param way must not block
   */
  public void sendElsewhere(Consumer<Effect.TellElsewhere> way) {
    elsewhere.set(way);
  }

  /**
   * Has this called whenever another node has left the cluster, in order or not.
   *
   * @param lost must not block
   */
  public void whenLost(Runnable lost) {
    system.systemActorOf(Losses.create(lost), "losses", Props.empty());
  }

  /** Whether another node that is up and can be reached bears this role. */
  public boolean hasNeighbour(String role) {
    return neighbourhood.has(role);
  }

  /** Roles of other nodes that begin so. */
  public Set<String> neighboursRoles(String prefix) {
    return neighbourhood.othersRoles(prefix);
  }

  public CallIntake calls() {
    return intake;
  }

  public AgentIntake agents() {
    return intake;
  }

  public NetworkIntake network() {
    return intake;
  }

  public ActorSystem<Void> system() {
    return system;
  }

  /** Commands that have come in and are not journaled yet. */
  public int commandsUnderWay() {
    return intake.underWay();
  }

  /** Forms a cluster of this node alone, where no seed nodes are configured. */
  public void joinSelf() {
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
  }

  /** Whether this node is a full member of its cluster. */
  public boolean isUp() {
    return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
  }

  /** Whether the actor system is gone; it ends by itself where no cluster is to be had. */
  public boolean hasEnded() {
    return system.getWhenTerminated().toCompletableFuture().isDone();
  }

  public int members() {
    int up = 0;
    for (var member : Cluster.get(system).state().getMembers()) {
      if (member.status().equals(MemberStatus.up())) {
        up++;
      }
    }
    return up;
  }

  /** How many calls have their actor on this node; empty if that cannot be told now. */
  public OptionalInt callActors() {
    CompletionStage<ShardRegion.CurrentShardRegionState> asked =
        AskPattern.ask(
            sharding.shardState(),
            replyTo -> new GetShardRegionState(Kind.CALL.key(), replyTo),
            ANSWER_WITHIN,
            system.scheduler());
    try {
      return OptionalInt.of(
          asked.toCompletableFuture().join().getShards().stream()
              .mapToInt(shard -> shard.getEntityIds().size())
              .sum());
    } catch (CompletionException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Brings an aggregate to life, wherever in the cluster it belongs; one that lives makes sure that
   * its edge knows of it.
   */
  public void wake(String persistenceId) {
    int bar = persistenceId.indexOf('|');
    String id = persistenceId.substring(bar + 1);
    switch (persistenceId.substring(0, Math.max(bar, 0))) {
      case "call" -> wake(Kind.CALL, id);
      case "agent" -> wake(Kind.AGENT, id);
      case "site" -> wake(Kind.SITE, id);
      default ->
          throw new IllegalArgumentException(
              "Expected call|ID, agent|ID or site|ID, but got '" + persistenceId + "'");
    }
  }

  private <C> void wake(Kind<C, ?, ?> kind, String id) {
    sharding.entityRefFor(kind.key(), id).tell(new EntityMessage.Wake<>());
  }

  /** How many effects the aggregates that live on this node have had performed. */
  public long performed() {
    return performed.sum();
  }

  private void perform(Effect effect) {
    performed.increment();
    switch (effect) {
      case Effect.TellCall it -> tell(Kind.CALL, it.call().value(), it.command());
      case Effect.TellSite it -> tell(Kind.SITE, it.site().value(), it.command());
      case Effect.TellElsewhere it -> elsewhere.get().accept(it);
      case Effect.TellAgent it -> tell(Kind.AGENT, it.agent().value(), it.command());
      case Effect.Signalled it ->
          send(new EdgeGate.Send(it.edge(), new EdgeGate.Errand.ForCall(it.call(), it.signal())));
      case Effect.Watched it ->
          send(new EdgeGate.Send(it.edge(), new EdgeGate.Errand.ForAgent(it.agent(), it.watch())));
    }
  }

  private <C> void tell(Kind<C, ?, ?> kind, String id, C command) {
    sharding
        .entityRefFor(kind.key(), id)
        .tell(new EntityMessage.Deliver<>(command, Optional.empty()));
  }

  private void send(EdgeGate.Send it) {
    Optional<Attached> attached = edge.get();
    if (attached.isEmpty()) {
      attached = hold(it);
    }
    attached.ifPresent(to -> send(to, it));
  }

  /**
   * Aggregates may come alive before there is an edge here: other nodes, or a site that repeats
   * what it owes, do not wait for it.
   */
  private Optional<Attached> hold(EdgeGate.Send it) {
    synchronized (held) {
      Optional<Attached> attached = edge.get();
      if (attached.isEmpty()) {
        if (held.size() >= MAX_HELD) {
          held.removeFirst();
        }
        held.addLast(it);
      }
      return attached;
    }
  }

  private static void send(Attached attached, EdgeGate.Send it) {
    if (it.edge().equals(attached.own().id())) {
      it.errand().performBy(attached.own());
    } else {
      attached.gate().tell(it);
    }
  }

  /**
   * Has this run when the process is told to end. Not a shutdown hook of the JVM's own: those run
   * side by side, and Pekko's would cut the links to the other nodes at once.
   */
  public void whenProcessEnds(Runnable stop) {
    CoordinatedShutdown.get(system).addJvmShutdownHook(stop);
  }

  /** Leaves the cluster in order: aggregates first go to the other nodes. */
  public CompletionStage<Done> stop() {
    system.terminate();
    return system.getWhenTerminated();
  }

  @Override
  public void close() {
    stop().toCompletableFuture().join();
  }
}
