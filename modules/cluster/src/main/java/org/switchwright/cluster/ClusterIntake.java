package org.switchwright.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;

/**
 * The way in, for edges and HTTP: carries a command to its aggregate wherever that lives, and
 * repeats it until it is answered.
 */
final class ClusterIntake implements CallIntake, AgentIntake, NetworkIntake {
  /** How long one attempt may take: longer than a write that waits for its statement timeout. */
  private static final Duration ATTEMPT = Duration.ofMillis(2_500);

  /** 64*T1 (RFC 3261, section 17.1.1.1). */
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(32);

  /** Commands under way at once, at most; beyond, they are refused at once. */
  static final int MAX_UNDER_WAY = 20_000;

  private final ClusterSharding sharding;
  private final InstantSource clock;
  private final AtomicInteger underWay = new AtomicInteger();

  ClusterIntake(ClusterSharding sharding, InstantSource clock) {
    this.sharding = sharding;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Receipt> submit(CallId call, Call.Command command) {
    return submit(Kind.CALL, call.value(), command);
  }

  @Override
  public CompletionStage<Receipt> submit(AgentId agent, Agent.Command command) {
    return submit(Kind.AGENT, agent.value(), command);
  }

  @Override
  public CompletionStage<Receipt> submit(SiteId site, Site.Command command) {
    return submit(Kind.SITE, site.value(), command);
  }

  @Override
  public CompletionStage<Receipt> submit(SiteId site, SiteMonitor.Command command) {
    return submit(Kind.MONITOR, site.value(), command);
  }

  int underWay() {
    return underWay.get();
  }

  private <C> CompletionStage<Receipt> submit(Kind<C, ?, ?> kind, String id, C command) {
    if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
      underWay.decrementAndGet();
      return CompletableFuture.failedFuture(
          new RejectedExecutionException(
              "Expected at most " + MAX_UNDER_WAY + " commands under way, but there are more"));
    }
    EntityRef<EntityMessage<C>> entity = sharding.entityRefFor(kind.key(), id);
    return attempt(entity, command, clock.instant().plus(GIVE_UP_AFTER))
        .whenComplete((receipt, failure) -> underWay.decrementAndGet());
  }

  private <C> CompletionStage<Receipt> attempt(
      EntityRef<EntityMessage<C>> entity, C command, Instant giveUpAt) {
    return entity
        .<Receipt>ask(
            (ActorRef<Receipt> asker) -> new EntityMessage.Deliver<>(command, Optional.of(asker)),
            ATTEMPT)
        .exceptionallyCompose(failure ->
            clock.instant().isBefore(giveUpAt)
                ? attempt(entity, command, giveUpAt)
                : CompletableFuture.failedFuture(
                    new TimeoutException(
                        "Expected "
                            + entity.getEntityId()
                            + " to answer within "
                            + GIVE_UP_AFTER.toSeconds()
                            + " s, but it did not")));
  }
}
