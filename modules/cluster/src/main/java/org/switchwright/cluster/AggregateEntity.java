package org.switchwright.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.switchwright.cluster.EntityMessage.Batch;
import org.switchwright.cluster.EntityMessage.Deliver;
import org.switchwright.cluster.EntityMessage.Due;
import org.switchwright.cluster.EntityMessage.Stop;
import org.switchwright.cluster.EntityMessage.Tick;
import org.switchwright.cluster.EntityMessage.Wake;
import org.switchwright.cluster.EntityMessage.Written;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Reminders;
import org.switchwright.journal.format.Journaled;

/**
 * One aggregate as a sharded persistent actor. Journals what the aggregate decides, and only then
 * performs what that owes the world; keeps its one timer; repeats what stays owed; leaves when the
 * aggregate is over. Decides nothing itself.
 */
final class AggregateEntity<C, E, S>
    extends EventSourcedBehavior<EntityMessage<C>, Journaled<E>, S> {
  /**
   * Lets what a recovery has set in motion overtake deadlines that passed while nobody was here.
   */
  static final Duration RECOVERY_GRACE = Duration.ofSeconds(3);

  /** A waking this soon after a recovery has nothing to add to it. */
  private static final Duration JUST_RECOVERED = Duration.ofSeconds(2);

  private static final Duration TICK = Duration.ofSeconds(1);

  /** What every aggregate's actor needs. */
  record Surroundings(InstantSource clock, Consumer<org.switchwright.domain.Effect> perform) {}

  private final Kind<C, E, S> kind;
  private final String id;
  private final Surroundings surroundings;
  private final ActorContext<EntityMessage<C>> context;
  private final TimerScheduler<EntityMessage<C>> timers;
  private final Keeper<C> keeper;
  private final Reminders reminders = new Reminders();
  private @Nullable Instant timerAt;
  private boolean ticking;
  private Instant recoveredAt = Instant.EPOCH;

  /** Who keeps this actor: a shard, or a front. */
  interface Keeper<C> {
    /** The entity has nothing left to wait for. */
    void mayStop(ActorRef<EntityMessage<C>> entity);

    /** The entity has recovered, for the first time or after a failed write. */
    void recovered();
  }

  private AggregateEntity(
      Kind<C, E, S> kind,
      String id,
      Surroundings surroundings,
      ActorContext<EntityMessage<C>> context,
      TimerScheduler<EntityMessage<C>> timers,
      Keeper<C> keeper) {
    super(
        PersistenceId.of(kind.typeHint(), id),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(2), 0.2));
    this.kind = kind;
    this.id = id;
    this.surroundings = surroundings;
    this.context = context;
    this.timers = timers;
    this.keeper = keeper;
  }

  static <C, E, S> Behavior<EntityMessage<C>> create(
      Kind<C, E, S> kind, String id, Surroundings surroundings, Keeper<C> keeper) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new AggregateEntity<>(kind, id, surroundings, context, timers, keeper)));
  }

  @Override
  public S emptyState() {
    return kind.aggregate().initial(id);
  }

  @Override
  public EventHandler<S, Journaled<E>> eventHandler() {
    return (state, journaled) -> kind.aggregate().evolve(state, journaled.event());
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return kind.snapshotEvery() == 0
        ? RetentionCriteria.disabled()
        : RetentionCriteria.snapshotEvery(kind.snapshotEvery(), 2);
  }

  @Override
  public CommandHandler<EntityMessage<C>, Journaled<E>, S> commandHandler() {
    return this::onMessage;
  }

  @Override
  public SignalHandler<S> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .build();
  }

  private Effect<Journaled<E>, S> onMessage(S state, EntityMessage<C> message) {
    return switch (message) {
      case Deliver<C> deliver -> decide(state, List.of(deliver), Optional.empty());
      case Batch<C> batch -> decide(state, batch.deliveries(), Optional.of(batch.front()));
      case Due<C> _ -> onDue(state);
      case Tick<C> _ -> onTick(state);
      case Wake<C> _ -> onWake(state);
      case Written<C> _ -> Effect().none();
      case Stop<C> _ -> Effect().stop();
    };
  }

  /** Somebody may have died who was to act for this aggregate, its edge for one. */
  private Effect<Journaled<E>, S> onWake(S state) {
    if (recoveredAt.plus(JUST_RECOVERED).isBefore(surroundings.clock().instant())) {
      kind.aggregate().resume(state).forEach(surroundings.perform());
    }
    return Effect().none().thenRun(this::leaveIfOver);
  }

  private Effect<Journaled<E>, S> onDue(S state) {
    timerAt = null;
    Deliver<C> expire = new Deliver<>(kind.aggregate().expire(), Optional.empty());
    return decide(state, List.of(expire), Optional.empty());
  }

  private Effect<Journaled<E>, S> onTick(S state) {
    reminders.tick(kind.aggregate().owed(state)).forEach(surroundings.perform());
    if (reminders.quiet()) {
      ticking = false;
      timers.cancel(Tick.class);
    }
    return Effect().none();
  }

  /** What one command came to: who is told what, and what the world is owed once it is written. */
  private record Result(
      Optional<ActorRef<Receipt>> replyTo,
      Receipt receipt,
      List<org.switchwright.domain.Effect> effects) {}

  private Effect<Journaled<E>, S> decide(
      S state, List<Deliver<C>> deliveries, Optional<ActorRef<EntityMessage<C>>> front) {
    Aggregate<C, E, S> aggregate = kind.aggregate();
    Instant now = surroundings.clock().instant();
    List<Journaled<E>> events = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    S current = state;
    for (Deliver<C> deliver : deliveries) {
      switch (aggregate.decide(current, deliver.command(), now)) {
        case Decision.Rejected<E> no ->
            results.add(
                new Result(
                    deliver.replyTo(), new Receipt.Refused(no.reason(), no.sentence()), List.of()));
        case Decision.Accepted<E> yes -> {
          List<org.switchwright.domain.Effect> effects = new ArrayList<>();
          for (E event : yes.events()) {
            current = aggregate.evolve(current, event);
            events.add(new Journaled<>(event, aggregate.due(current).orElse(null)));
            effects.addAll(aggregate.react(current, event));
          }
          effects.addAll(yes.answers());
          results.add(new Result(deliver.replyTo(), new Receipt.Taken(yes.named()), effects));
        }
      }
    }
    return Effect().persist(events).thenRun(written -> afterwards(written, results, front));
  }

  private void afterwards(
      S state, List<Result> results, Optional<ActorRef<EntityMessage<C>>> front) {
    for (Result result : results) {
      result.effects().forEach(surroundings.perform());
      result.replyTo().ifPresent(asker -> asker.tell(result.receipt()));
    }
    keepTime(state, Duration.ZERO);
    front.ifPresent(it -> it.tell(new Written<>()));
    leaveIfOver(state);
  }

  private void onRecovered(S state) {
    timerAt = null;
    ticking = false;
    recoveredAt = surroundings.clock().instant();
    kind.aggregate().resume(state).forEach(surroundings.perform());
    keepTime(state, RECOVERY_GRACE);
    keeper.recovered();
  }

  private void keepTime(S state, Duration grace) {
    Instant due = kind.aggregate().due(state).orElse(null);
    if (due == null) {
      timers.cancel(Due.class);
    } else if (!due.equals(timerAt)) {
      Duration delay = Duration.between(surroundings.clock().instant(), due);
      timers.startSingleTimer(Due.class, new Due<>(), delay.compareTo(grace) < 0 ? grace : delay);
    }
    timerAt = due;
    if (!ticking) {
      List<org.switchwright.domain.Effect> owed = kind.aggregate().owed(state);
      if (!owed.isEmpty()) {
        ticking = true;
        reminders.tick(owed);
        timers.startTimerWithFixedDelay(Tick.class, new Tick<>(), TICK);
      }
    }
  }

  private void leaveIfOver(S state) {
    if (kind.aggregate().over(state) && kind.aggregate().owed(state).isEmpty()) {
      keeper.mayStop(context.getSelf());
    }
  }
}
