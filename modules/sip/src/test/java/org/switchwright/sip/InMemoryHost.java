package org.switchwright.sip;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallSignaling;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Hosts the real aggregates in memory on one thread; effects go to the edge that is set. */
final class InMemoryHost implements CallIntake, AgentIntake, PersonalKeys, AutoCloseable {
  private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
  private final Map<String, Hosted<Call.Command, CallEvent, CallState>> calls =
      new LinkedHashMap<>();
  private final Map<String, Hosted<Site.Command, SiteEvent, SiteState>> sites =
      new LinkedHashMap<>();
  private final Map<String, Hosted<Agent.Command, AgentEvent, AgentState>> agents =
      new LinkedHashMap<>();
  private final AtomicInteger keys = new AtomicInteger();
  private final InstantSource clock = InstantSource.system();
  private volatile CallSignaling edge;
  private volatile boolean stalled;

  /** All events of all calls, in order. */
  final List<CallEvent> callEvents = new CopyOnWriteArrayList<>();

  final List<AgentEvent> agentEvents = new CopyOnWriteArrayList<>();

  void attach(CallSignaling edge) {
    this.edge = edge;
  }

  /** From now on nothing is journaled: every report fails. */
  void stall() {
    stalled = true;
  }

  @Override
  public KeyId issue() {
    return new KeyId("k" + keys.incrementAndGet());
  }

  @Override
  public KeyId named(String subject) {
    return new KeyId("named-" + subject);
  }

  @Override
  public CompletionStage<Receipt> submit(CallId call, Call.Command command) {
    return inThread(() -> call(call).handle(command));
  }

  @Override
  public CompletionStage<Receipt> submit(AgentId agent, Agent.Command command) {
    return inThread(() -> agent(agent).handle(command));
  }

  @Override
  public CompletionStage<Receipt> submit(SiteId site, Site.Command command) {
    return inThread(() -> site(site).handle(command));
  }

  private CompletionStage<Receipt> inThread(Callable<Receipt> work) {
    CompletableFuture<Receipt> future = new CompletableFuture<>();
    if (stalled) {
      future.completeExceptionally(new TimeoutException("planted"));
      return future;
    }
    thread.execute(() -> {
      try {
        future.complete(work.call());
      } catch (Throwable e) {
        e.printStackTrace();
        future.completeExceptionally(e);
      }
    });
    return future;
  }

  /** What the cluster does for every call after a restart. */
  void resumeCalls() {
    thread.execute(() -> List.copyOf(calls.values()).forEach(Hosted::resume));
  }

  List<CallState> callStates() {
    try {
      return thread
          .submit(() -> calls.values().stream().map(hosted -> hosted.state).toList())
          .get(5, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private Hosted<Call.Command, CallEvent, CallState> call(CallId id) {
    return calls.computeIfAbsent(id.value(), it -> new Hosted<>(it, Call.AGGREGATE, callEvents));
  }

  private Hosted<Site.Command, SiteEvent, SiteState> site(SiteId id) {
    return sites.computeIfAbsent(
        id.value(), it -> new Hosted<>(it, Site.AGGREGATE, new ArrayList<>()));
  }

  private Hosted<Agent.Command, AgentEvent, AgentState> agent(AgentId id) {
    return agents.computeIfAbsent(id.value(), it -> new Hosted<>(it, Agent.AGGREGATE, agentEvents));
  }

  private void perform(Effect effect) {
    thread.execute(() -> {
      switch (effect) {
        case Effect.TellCall it -> call(it.call()).handle(it.command());
        case Effect.TellSite it -> site(it.site()).handle(it.command());
        case Effect.TellElsewhere it ->
            throw new IllegalStateException("Expected a site on its own, but got " + it);
        case Effect.TellAgent it -> agent(it.agent()).handle(it.command());
        case Effect.Signalled it -> edge.signal(it.call(), it.signal());
        case Effect.Watched it -> edge.watch(it.agent(), it.watch());
      }
    });
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private final class Hosted<C, E, S> {
    private final Aggregate<C, E, S> aggregate;
    private final List<E> journal;
    private S state;
    private ScheduledFuture<?> timer;

    private Hosted(String id, Aggregate<C, E, S> aggregate, List<E> journal) {
      this.aggregate = aggregate;
      this.journal = journal;
      this.state = aggregate.initial(id);
    }

    private Receipt handle(C command) {
      Instant now = clock.instant();
      return switch (aggregate.decide(state, command, now)) {
        case Decision.Rejected<E>(var reason, var sentence) ->
            new Receipt.Refused(reason, sentence);
        case Decision.Accepted<E>(var events, var answers, var named) -> {
          List<Effect> effects = new ArrayList<>();
          for (E event : events) {
            state = aggregate.evolve(state, event);
            journal.add(event);
            effects.addAll(aggregate.react(state, event));
          }
          effects.addAll(answers);
          effects.forEach(InMemoryHost.this::perform);
          schedule(now);
          yield new Receipt.Taken(named);
        }
      };
    }

    private void resume() {
      aggregate.resume(state).forEach(InMemoryHost.this::perform);
    }

    private void schedule(Instant now) {
      if (timer != null) {
        timer.cancel(false);
      }
      Optional<Instant> due = aggregate.due(state);
      if (due.isPresent() && !thread.isShutdown()) {
        long ms = Math.max(1, Duration.between(now, due.get()).toMillis() + 1);
        timer = thread.schedule(() -> handle(aggregate.expire()), ms, TimeUnit.MILLISECONDS);
      }
    }
  }
}
