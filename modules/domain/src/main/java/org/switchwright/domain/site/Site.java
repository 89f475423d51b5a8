package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;

/**
 * The work of one site: who waits and where, who is reserved for what until when, who talks, who is
 * in wrap-up. Matching is one decision in one place. Owns no wish and no leg.
 *
 * <pre>
 *   a call:   (entered) Waiting --> Offered --> Talking --> (left)
 *                          ^         |  ^ |
 *                          |         |  +-+ to one more, where the queue rings several
 *                          +---------+ the last: rejected, missed, busy, unreachable, withdrawn
 *             Talking --> Waiting                              sent on by the agent
 *             Talking --> Waiting, Offered, Talking --> Talking   the agent asks another one
 *             Waiting --> Released --> (left)                     full, or waited too long
 *
 *   an agent: Free --> Reserved --> Talking --> WrappingUp --> Free
 *                         |  rejected, busy -------> Resting --> Free
 *                         |  missed, unreachable --> Judged ---> Free (and then not ready, or
 *                         |                                      without a station)
 *                         +- withdrawn ------------> Free, at the old place in line
 * </pre>
 */
public final class Site implements Aggregate<Site.Command, SiteEvent, SiteState> {
  /** Of a call, as its routing point gives it or a supervisor changes it. */
  public static final int MAX_PRIORITY = 1_000;

  /** The rules of a site without strategies: enough for whoever only folds what was decided. */
  public static final Site AGGREGATE = new Site(StrategyCompiler.NONE, NetworkFigures.NONE);

  /** After how long a call that was told something final is told again. */
  static final Duration REMIND_AFTER = Duration.ofSeconds(5);

  /** How often a conversation is checked. */
  static final Duration CHECK_AFTER = Duration.ofMinutes(15);

  /** How much later than its longest wait a call asks for itself. */
  static final Duration ASK_MARGIN = Duration.ofSeconds(30);

  /** How long a judged agent may be kept without work when its record says nothing. */
  static final Duration JUDGEMENT_LASTS = Duration.ofSeconds(60);

  private final Router router;

  private Site(StrategyCompiler compiler, NetworkFigures network) {
    this.router = new Router(compiler, network);
  }

  /** The rules of a site that routes by strategies. */
  public static Site routingBy(StrategyCompiler compiler) {
    return routingBy(compiler, NetworkFigures.NONE);
  }

  /** The rules of a site that routes by strategies, which may look at other sites too. */
  public static Site routingBy(StrategyCompiler compiler, NetworkFigures network) {
    return new Site(compiler, network);
  }

  public sealed interface Command {}

  public record Configure(SiteConfiguration configuration) implements Command {}

  /**
   * What strategies may look at of a caller; kept nowhere.
   *
   * @param caller who calls: the From as a name-addr
   * @param attached the interaction's attached data
   */
  public record Asker(
      InteractionId interaction, Personal caller, SortedMap<String, Personal> attached) {}

  /**
   * A call wants to be served, or does not know how it stands.
   *
   * @param arrivedAt its place
   * @param caller who calls: the From as a name-addr
   * @param attached the interaction's attached data, for strategies to look at; kept nowhere
   * @param origin where the call has its place, if it is only expected here; empty: here
   */
  public record Seek(
      CallId call,
      InteractionId interaction,
      RoutingPointId point,
      Instant arrivedAt,
      Personal caller,
      SortedMap<String, Personal> attached,
      Optional<Origin> origin)
      implements Command {

    /** With its place here. */
    public Seek(
        CallId call,
        InteractionId interaction,
        RoutingPointId point,
        Instant arrivedAt,
        Personal caller,
        SortedMap<String, Personal> attached) {
      this(call, interaction, point, arrivedAt, caller, attached, Optional.empty());
    }

    /** Of an interaction that nothing is attached to. */
    public Seek(
        CallId call,
        InteractionId interaction,
        RoutingPointId point,
        Instant arrivedAt,
        Personal caller) {
      this(call, interaction, point, arrivedAt, caller, new TreeMap<>());
    }

    Asker asker() {
      return new Asker(interaction, caller, attached);
    }
  }

  /**
   * Another site looks for an agent for a call of this one.
   *
   * @param address where the call is expected there, as a SIP URI
   * @param standing where calls may come to that routing point of which that site was not asked
   */
  public record Enlisted(
      CallId call, SiteId at, int number, Personal address, Optional<Personal> standing)
      implements Command {}

  /**
   * What is attached to a call of another site was changed here, or its home has taken note.
   *
   * @param proposed how many changes there were
   * @param taken up to which of them the home has them
   */
  public record NoteData(CallId call, int proposed, int taken) implements Command {}

  /** Another site does not look for an agent for a call of this one. */
  public record NotEnlisted(CallId call, SiteId at, int number) implements Command {}

  /**
   * Another site has reserved an agent for a call of this one.
   *
   * @param agent as the agent is called there
   * @param theirs the offer there
   * @param lasts for how long the agent is reserved
   */
  public record Lend(
      CallId call, SiteId from, int number, AgentId agent, OfferId theirs, Duration lasts)
      implements Command {}

  /**
   * How the link to another site stands.
   *
   * @param linked whether it can be asked and its reports come
   * @param free how many of its agents could have been given a call by the last of them
   */
  public record NoteLink(SiteId site, boolean linked, int free) implements Command {}

  public record OfferAccepted(OfferId offer) implements Command {}

  public record OfferEnded(OfferId offer, OfferOutcome outcome) implements Command {}

  /** Whether callers may be sent there; changes nothing. */
  public record CheckDestination(Destination to) implements Command {}

  /**
   * Which call the agent talks in, for one who asks about it there; changes nothing. Refused where
   * there is no such destination, and where the agent talks in none.
   */
  public record FindConversation(AgentId agent, Destination to) implements Command {}

  /**
   * The agent who answered the offer has sent the caller on.
   *
   * @param placeKept whether the caller keeps the place of the arrival; else comes last
   * @param asker for the strategy of a routing point to look at; empty: none is asked
   */
  public record Transfer(OfferId offer, Destination to, boolean placeKept, Optional<Asker> asker)
      implements Command {

    /** To where no strategy is asked. */
    public Transfer(OfferId offer, Destination to, boolean placeKept) {
      this(offer, to, placeKept, Optional.empty());
    }
  }

  /**
   * The agent who answered the offer asks another one.
   *
   * @param number 1 for the call's first consultation
   */
  public record Consult(OfferId offer, int number, Destination to) implements Command {}

  /**
   * The caller takes part in the conversation of the two agents, or does so no longer.
   *
   * @param offer of the agent who asked
   * @param asked of the agent who was asked and answered
   * @param number of the consultation
   * @param change 1 for the first such change within the consultation; odd: takes part
   */
  public record Attends(OfferId offer, OfferId asked, int number, int change) implements Command {}

  /**
   * @param offer of the agent who asked
   * @param talks of the agent who has the caller now
   * @param answered of the agent who was asked and answered
   */
  public record ConsultOver(OfferId offer, int number, OfferId talks, Optional<OfferId> answered)
      implements Command {}

  /**
   * @param offers the last offers, and how they ended; withdrawn, if they were out at the end
   * @param unheard a transfer that the site may not have heard of
   * @param takenOver whether it had its place here although it was only expected at first
   */
  public record CallOver(
      CallId call,
      CallOutcome outcome,
      List<OfferEnd> offers,
      Optional<Transfer> unheard,
      boolean takenOver)
      implements Command {
    public CallOver(
        CallId call, CallOutcome outcome, List<OfferEnd> offers, Optional<Transfer> unheard) {
      this(call, outcome, offers, unheard, false);
    }

    public CallOver(CallId call, CallOutcome outcome, List<OfferEnd> offers) {
      this(call, outcome, offers, Optional.empty());
    }
  }

  /**
   * How an agent stands.
   *
   * @param version the higher is the newer
   * @param judged up to which version the agent knows the site's judgements
   */
  public record ReportAgent(
      AgentId agent,
      long version,
      long judged,
      Wish wish,
      SortedMap<Skill, Integer> skills,
      Optional<Personal> station)
      implements Command {}

  public record EndWrapUp(AgentId agent) implements Command {}

  /**
   * Makes wrap-up longer, never beyond the site's longest.
   *
   * @param by how much, from when it would have ended
   */
  public record ExtendWrapUp(AgentId agent, Duration by) implements Command {}

  /**
   * Moves a call that is waiting, or comes back to wait.
   *
   * @param priority 0 to {@value #MAX_PRIORITY}
   * @param by who wants it: a user's name
   */
  public record Reprioritise(CallId call, int priority, String by) implements Command {}

  /**
   * Puts a strategy into force for calls that come from now on.
   *
   * @param by who wants it: a user's name
   */
  public record PublishStrategy(StrategySource source, String by, String why) implements Command {}

  /**
   * Puts a version that is kept into force again.
   *
   * @param version 0: none; calls go by their routing point's queue
   */
  public record ActivateStrategy(StrategyId strategy, int version, String by, String why)
      implements Command {}

  public record Expire() implements Command {}

  @Override
  public SiteState initial(String id) {
    return SiteState.empty(new SiteId(id));
  }

  @Override
  public Decision<SiteEvent> decide(SiteState state, Command command, Instant now) {
    Router once = router.once();
    return Enlisting.seeing(state, decided(state, command, once, now), once.network(), now);
  }

  private static Decision<SiteEvent> decided(
      SiteState state, Command command, Router router, Instant now) {
    NetworkFigures network = router.network();
    if (command instanceof Configure it) {
      return configure(state, it, network, now);
    }
    if (state.configuration().isEmpty()) {
      return rejected(
          Reason.NOT_CONFIGURED,
          "Expected site " + state.id() + " to be configured, but it is not");
    }
    return switch (command) {
      case Configure it -> configure(state, it, network, now);
      case Seek it -> Entrance.seek(state, it, router, now);
      case PublishStrategy it -> Publishing.publish(state, it, router.compiler(), now);
      case ActivateStrategy it -> Publishing.activate(state, it, now);
      case Enlisted it -> Enlisting.enlisted(state, it, now);
      case NotEnlisted it -> Enlisting.notEnlisted(state, it, now);
      case NoteData it -> Enlisting.noteData(state, it, now);
      case Lend it -> Enlisting.lend(state, it, network, now);
      case NoteLink it -> Neighbours.linked(state, it, network, now);
      case OfferAccepted it -> offerAccepted(state, it, network, now);
      case OfferEnded it -> offerEnded(state, it, network, now);
      case CheckDestination it -> Transfers.check(state, it);
      case FindConversation it -> Consults.conversation(state, it);
      case Transfer it -> Transfers.transfer(state, it, router, now);
      case Consult it -> Consults.begin(state, it, network, now);
      case Attends it -> Consults.attends(state, it, now);
      case ConsultOver it -> Consults.over(state, it, network, now);
      case CallOver it -> Entrance.leave(state, it, network, now);
      case ReportAgent it -> AgentWork.report(state, it, network, now);
      case EndWrapUp it -> AgentWork.endWrapUp(state, it, network, now);
      case ExtendWrapUp it -> AgentWork.extendWrapUp(state, it, now);
      case Reprioritise it -> Entrance.reprioritise(state, it, network, now);
      case Expire _ -> SiteDeadlines.expire(state, router, now);
    };
  }

  private static Decision<SiteEvent> configure(
      SiteState state, Configure it, NetworkFigures network, Instant now) {
    if (state.configuration().filter(it.configuration()::equals).isPresent()) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected site " + state.id() + " not to have this configuration, but it has");
    }
    Draft draft = new Draft(state, now);
    draft.add(new SiteEvent.SiteConfigured(now, it.configuration()));
    for (SiteCall call : state.waiting().stream().sorted(draft.state().order()).toList()) {
      if (it.configuration().queue(call.queue()).isEmpty()) {
        draft.release(call.id(), Refusal.NOT_FOUND);
      }
    }
    return accepted(draft.matched(network));
  }

  private static Decision<SiteEvent> offerAccepted(
      SiteState state, OfferAccepted it, NetworkFigures network, Instant now) {
    Optional<SiteCall.Ring> offered =
        state.call(it.offer().call()).flatMap(call -> call.ring(it.offer()));
    if (offered.isEmpty()) {
      return already(state, it.offer());
    }
    Draft draft = new Draft(state, now);
    Neighbours.answered(draft, offered.get().agent(), now);
    draft.accept(it.offer(), offered.get().agent());
    // What a site that cannot be asked has answered makes room for the next call.
    boolean ours = state.lent().get(offered.get().agent()) == null;
    return accepted(ours ? draft.noted() : draft.matched(network));
  }

  private static Decision<SiteEvent> offerEnded(
      SiteState state, OfferEnded it, NetworkFigures network, Instant now) {
    Optional<SiteCall.Ring> offered =
        state.call(it.offer().call()).flatMap(call -> call.ring(it.offer()));
    if (offered.isEmpty()) {
      return already(state, it.offer());
    }
    Draft draft = new Draft(state, now);
    draft.endOffer(offered.get(), it.outcome());
    boolean consults = draft.state().call(it.offer().call()).orElseThrow().consulting() > 0;
    if (disappoints(it.outcome()) || (consults && it.outcome() == OfferOutcome.BUSY)) {
      draft.undirect(it.offer().call());
    }
    return accepted(draft.matched(network));
  }

  /** After which a call is not kept for that one agent any more. */
  private static boolean disappoints(OfferOutcome outcome) {
    return switch (outcome) {
      case REJECTED, MISSED, UNREACHABLE -> true;
      case BUSY, WITHDRAWN, ACCEPTED -> false;
    };
  }

  static Decision<SiteEvent> already(SiteState state, OfferId offer) {
    return rejected(
        Reason.ALREADY_DONE,
        "Expected offer " + offer + " to be out at site " + state.id() + ", but it is not");
  }

  @Override
  public SiteState evolve(SiteState state, SiteEvent event) {
    return SiteFold.evolve(state, event);
  }

  @Override
  public List<Effect> react(SiteState state, SiteEvent event) {
    return SiteReaction.react(state, event);
  }

  /**
   * When a call that waits asks how it stands, if it has not heard. Never at once: a site that is
   * late, because it could not write for a while, would be asked without end.
   */
  static Instant askAgainAt(SiteState state, SiteCall call, Instant now) {
    Instant late = state.dues().overflowsAt(call).plus(ASK_MARGIN);
    Instant soonest = now.plus(REMIND_AFTER);
    return late.isBefore(soonest) ? soonest : late;
  }

  @Override
  public List<Effect> owed(SiteState state) {
    return SiteReaction.owed(state);
  }

  @Override
  public List<Effect> resume(SiteState state) {
    return SiteReaction.owed(state);
  }

  @Override
  public Optional<Instant> due(SiteState state) {
    return state.due();
  }

  @Override
  public Command expire() {
    return new Expire();
  }

  @Override
  public boolean over(SiteState state) {
    return state.configuration().isEmpty();
  }
}
