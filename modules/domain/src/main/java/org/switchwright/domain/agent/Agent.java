package org.switchwright.domain.agent;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.AgentEvent.AgentConfigured;
import org.switchwright.domain.agent.AgentEvent.JudgementNoted;
import org.switchwright.domain.agent.AgentEvent.RegistrationRefreshed;
import org.switchwright.domain.agent.AgentEvent.ReportAcknowledged;
import org.switchwright.domain.agent.AgentEvent.StationLost;
import org.switchwright.domain.agent.AgentEvent.StationRegistered;
import org.switchwright.domain.agent.AgentEvent.WishChanged;
import org.switchwright.domain.agent.AgentEvent.WishRenewed;
import org.switchwright.domain.agent.Wish.LoggedOut;
import org.switchwright.domain.agent.Wish.NotReady;
import org.switchwright.domain.agent.Wish.Ready;
import org.switchwright.domain.agent.Wish.SystemReason;
import org.switchwright.domain.site.Site;

/**
 * One agent's own record: the wishes and means. Tells the site each change under a version number,
 * and again until the site has acknowledged it; never knows what work the agent has.
 *
 * <pre>
 *   LoggedOut <--> NotReady(reason) <--> Ready        the wish, changed by the agent,
 *                        ^-------------- missed       or by the site after a missed offer,
 *                        ^-------------- unreachable  or by the phone that falls silent,
 *                        ^-------------- no-station   or stays away for a while
 *
 *   no station <--> registered until ...              changed by the phone, or by time
 * </pre>
 *
 * <p>Without a station nobody is given work; the wish outlives its loss for {@link #STATION_AWAY},
 * so that a phone that is started anew costs a working agent nothing. A phone that let probes go
 * unanswered was away for that long already.
 *
 * <p>Of two wishes of the agent's own the one that was uttered later holds, in whatever order and
 * however often they come: an older one is refused. What the system wishes for an agent neither
 * outdates the agent's own wishes nor is undone by the repetition of one.
 */
public final class Agent implements Aggregate<Agent.Command, AgentEvent, AgentState> {
  public static final Agent AGGREGATE = new Agent();

  /** How long a ready agent may be without a station. */
  static final Duration STATION_AWAY = Duration.ofSeconds(15);

  /**
   * How far ahead the clock of the node that heard a wish may be. One that is wrong by more keeps
   * nobody from being heard by another node for longer than this.
   */
  static final Duration CLOCK_AHEAD = Duration.ofSeconds(5);

  private Agent() {}

  public sealed interface Command {}

  /** What the configuration says of the agent. */
  public record Configure(SiteId site, SortedMap<Skill, Integer> skills) implements Command {}

  /** What an agent wants. */
  public sealed interface Wanted extends Command {
    /**
     * When the agent said so, by the clock of whoever heard it first. Every repetition says the
     * same, and no other wish of the agent does.
     */
    Instant uttered();
  }

  /** Logs in, not ready. */
  public record LogIn(Instant uttered) implements Wanted {}

  public record LogOut(Instant uttered) implements Wanted {}

  public record BeReady(Instant uttered) implements Wanted {}

  /**
   * @param reason one of the site's reasons; whoever takes the command from outside checks that
   */
  public record BeNotReady(Instant uttered, String reason) implements Wanted {}

  /**
   * The phone registered, with the right password. The latest binding wins.
   *
   * @param contact the URI of the Contact
   * @param binding SIP's Call-ID of the registration
   * @param cseq its sequence number: an older one of the same binding is refused (RFC 3261, 10.3)
   * @param edge which took it
   */
  public record Register(
      Personal contact, Personal binding, long cseq, Instant expiresAt, EdgeId edge)
      implements Command {}

  public record Unregister(Personal binding, long cseq) implements Command {}

  /** The phone of this registration answers no probe. */
  public record Silent(Personal binding, long cseq) implements Command {}

  /** The site saw an offer missed while it knew the agent at this version. */
  public record Missed(long version) implements Command {}

  /** The site saw the station fail to answer while it knew the agent at this version. */
  public record Unreachable(long version) implements Command {}

  /** The site knows everything up to this version. */
  public record Acknowledge(long version) implements Command {}

  public record Expire() implements Command {}

  @Override
  public AgentState initial(String id) {
    return AgentState.unknown(new AgentId(id));
  }

  @Override
  public Decision<AgentEvent> decide(AgentState state, Command command, Instant now) {
    if (command instanceof Configure configure) {
      return configure(state, configure, now);
    }
    if (state.site() == null) {
      return rejected(
          Reason.UNKNOWN_AGENT,
          "Expected agent " + state.id() + " to be configured, but it is not");
    }
    return switch (command) {
      case Configure configure -> configure(state, configure, now);
      case Wanted it -> wanted(state, it, now);
      case Register it -> register(state, it, now);
      case Unregister it -> unregister(state, it, now);
      case Silent it -> silent(state, it, now);
      case Missed it -> missed(state, it, now);
      case Unreachable it -> unreachable(state, it, now);
      case Acknowledge it -> acknowledge(state, it, now);
      case Expire _ -> expire(state, now);
    };
  }

  private static Decision<AgentEvent> configure(AgentState state, Configure it, Instant now) {
    if (it.site().equals(state.site()) && it.skills().equals(state.skills())) {
      return already(state, "this configuration");
    }
    return accepted(new AgentConfigured(now, it.site(), it.skills(), state.version() + 1));
  }

  private static Decision<AgentEvent> wanted(AgentState state, Wanted it, Instant now) {
    Instant latest = now.plus(CLOCK_AHEAD);
    Instant uttered = it.uttered().isAfter(latest) ? latest : it.uttered();
    if (uttered.equals(state.wishedAt())) {
      return already(state, "this wish");
    }
    if (uttered.isBefore(state.wishedAt())) {
      return rejected(
          Reason.STALE,
          "Expected agent "
              + state.id()
              + " to have wished nothing since "
              + uttered
              + ", but a wish of "
              + state.wishedAt()
              + " has been carried out");
    }
    boolean loggedOut = state.wish() instanceof LoggedOut;
    return switch (it) {
      case LogIn _ ->
          loggedOut
              ? wish(state, new NotReady(SystemReason.LOGGED_IN.text()), uttered, now)
              : accepted(new WishRenewed(now, uttered));
      case LogOut _ -> wish(state, new LoggedOut(), uttered, now);
      case BeReady _ -> loggedOut ? loggedOut(state) : wish(state, new Ready(), uttered, now);
      case BeNotReady(var _, var reason) ->
          loggedOut ? loggedOut(state) : wish(state, new NotReady(reason), uttered, now);
    };
  }

  private static Decision<AgentEvent> loggedOut(AgentState state) {
    return rejected(
        Reason.LOGGED_OUT, "Expected agent " + state.id() + " to be logged in, but it is not");
  }

  private static Decision<AgentEvent> wish(
      AgentState state, Wish wish, Instant uttered, Instant now) {
    return state.wish().equals(wish)
        ? accepted(new WishRenewed(now, uttered))
        : accepted(new WishChanged(now, wish, state.version() + 1, Optional.of(uttered)));
  }

  /** What the system wishes for an agent. */
  private static WishChanged overruled(AgentState state, Instant now, SystemReason why, int more) {
    return new WishChanged(now, new NotReady(why.text()), state.version() + more, Optional.empty());
  }

  private static Decision<AgentEvent> register(AgentState state, Register it, Instant now) {
    AgentState.Station station = state.station();
    if (station != null && station.binding().equals(it.binding()) && it.cseq() <= station.cseq()) {
      return it.cseq() == station.cseq()
          ? already(state, "this registration")
          : stale(state, it.cseq(), station.cseq());
    }
    if (station != null && station.contact().equals(it.contact())) {
      return accepted(
          new RegistrationRefreshed(
              now, it.binding(), it.cseq(), it.expiresAt(), Optional.of(it.edge())));
    }
    return accepted(
        new StationRegistered(
            now,
            it.contact(),
            it.binding(),
            it.cseq(),
            it.expiresAt(),
            state.version() + 1,
            Optional.of(it.edge())));
  }

  private static Decision<AgentEvent> unregister(AgentState state, Unregister it, Instant now) {
    AgentState.Station station = state.station();
    if (station == null) {
      return already(state, "no station");
    }
    if (station.binding().equals(it.binding()) && it.cseq() < station.cseq()) {
      return stale(state, it.cseq(), station.cseq());
    }
    return accepted(new StationLost(now, StationLost.Cause.UNREGISTERED, state.version() + 1));
  }

  private static Decision<AgentEvent> stale(AgentState state, long cseq, long known) {
    return rejected(
        Reason.STALE,
        "Expected agent "
            + state.id()
            + "'s registration to have a CSeq above "
            + known
            + ", but got "
            + cseq);
  }

  private static Decision<AgentEvent> silent(AgentState state, Silent it, Instant now) {
    AgentState.Station station = state.station();
    if (station == null) {
      return already(state, "no station");
    }
    if (!station.binding().equals(it.binding()) || it.cseq() != station.cseq()) {
      return stale(state, it.cseq(), station.cseq());
    }
    StationLost lost = new StationLost(now, StationLost.Cause.SILENT, state.version() + 1);
    return state.wish() instanceof Ready
        ? accepted(lost, overruled(state, now, SystemReason.UNREACHABLE, 2))
        : accepted(lost);
  }

  /**
   * A wish that the agent uttered after the site's judgement is the newer truth. The consequence
   * comes before the note: told the other way round, the site would believe the agent too early.
   */
  private static Decision<AgentEvent> missed(AgentState state, Missed it, Instant now) {
    if (it.version() <= state.judged()) {
      return already(state, "taken note of that miss");
    }
    boolean newer = state.wishVersion() > it.version() || !(state.wish() instanceof Ready);
    return newer
        ? accepted(new JudgementNoted(now, it.version(), state.version() + 1))
        : accepted(
            overruled(state, now, SystemReason.MISSED, 1),
            new JudgementNoted(now, it.version(), state.version() + 2));
  }

  private static Decision<AgentEvent> unreachable(AgentState state, Unreachable it, Instant now) {
    if (it.version() <= state.judged()) {
      return already(state, "taken note of that failure");
    }
    boolean newer = state.stationVersion() > it.version() || state.station() == null;
    return newer
        ? accepted(new JudgementNoted(now, it.version(), state.version() + 1))
        : accepted(
            new StationLost(now, StationLost.Cause.UNREACHABLE, state.version() + 1),
            new JudgementNoted(now, it.version(), state.version() + 2));
  }

  private static Decision<AgentEvent> acknowledge(AgentState state, Acknowledge it, Instant now) {
    return it.version() <= state.acknowledged() || it.version() > state.version()
        ? already(state, "an acknowledgement of version " + it.version())
        : accepted(new ReportAcknowledged(now, it.version()));
  }

  private static Decision<AgentEvent> expire(AgentState state, Instant now) {
    if (state.due().filter(due -> !due.isAfter(now)).isEmpty()) {
      return rejected(
          Reason.OUT_OF_ORDER,
          "Expected a deadline of agent " + state.id() + " to be past, but none is");
    }
    AgentState.Lapse lapse = state.lapse();
    return state.station() == null && lapse != null
        ? accepted(overruled(state, now, lapse.reason(), 1))
        : accepted(new StationLost(now, StationLost.Cause.EXPIRED, state.version() + 1));
  }

  private static Decision<AgentEvent> already(AgentState state, String what) {
    return rejected(
        Reason.ALREADY_DONE,
        "Expected agent " + state.id() + " not to have " + what + ", but it has");
  }

  @Override
  public AgentState evolve(AgentState state, AgentEvent event) {
    return switch (event) {
      case AgentConfigured it -> state.configured(it.site(), it.skills(), it.version());
      case WishChanged it ->
          state.wishing(it.wish(), it.uttered().orElse(state.wishedAt()), it.version());
      case WishRenewed it -> state.wishingStill(it.uttered());
      case StationRegistered it ->
          state.at(
              new AgentState.Station(
                  it.contact(), it.binding(), it.cseq(), it.expiresAt(), it.edge()),
              it.version());
      case RegistrationRefreshed it -> {
        AgentState.Station station = state.station();
        if (station == null) {
          throw new IllegalStateException(
              "Expected agent " + state.id() + " to have a station, but there is none");
        }
        yield state.refreshed(
            new AgentState.Station(
                station.contact(), it.binding(), it.cseq(), it.expiresAt(), it.edge()));
      }
      case StationLost it -> state.without(lapse(state, it), it.version());
      case JudgementNoted it -> state.judgedUpTo(it.judged(), it.version());
      case ReportAcknowledged it -> state.acknowledgedUpTo(it.version());
    };
  }

  private static AgentState.@Nullable Lapse lapse(AgentState state, StationLost it) {
    if (!(state.wish() instanceof Ready)) {
      return null;
    }
    SystemReason reason =
        switch (it.cause()) {
          case UNREGISTERED, EXPIRED -> SystemReason.NO_STATION;
          case UNREACHABLE, SILENT -> SystemReason.UNREACHABLE;
        };
    return new AgentState.Lapse(it.at().plus(STATION_AWAY), reason);
  }

  @Override
  public List<Effect> react(AgentState state, AgentEvent event) {
    return switch (event) {
      case AgentConfigured _, WishChanged _, StationLost _, JudgementNoted _ -> owed(state);
      case StationRegistered _ -> resume(state);
      case RegistrationRefreshed _ -> watch(state);
      case WishRenewed _, ReportAcknowledged _ -> List.of();
    };
  }

  @Override
  public List<Effect> owed(AgentState state) {
    @Nullable SiteId site = state.site();
    if (site == null || state.acknowledged() >= state.version()) {
      return List.of();
    }
    AgentState.Station station = state.station();
    return List.of(
        new Effect.TellSite(
            site,
            new Site.ReportAgent(
                state.id(),
                state.version(),
                state.judged(),
                state.wish(),
                state.skills(),
                Optional.ofNullable(station).map(AgentState.Station::contact))));
  }

  /** An edge that starts, or steps in for one that is gone, knows of no phone yet. */
  @Override
  public List<Effect> resume(AgentState state) {
    List<Effect> effects = new ArrayList<>(owed(state));
    effects.addAll(watch(state));
    return effects;
  }

  private static List<Effect> watch(AgentState state) {
    AgentState.Station station = state.station();
    if (station == null || station.edge().isEmpty()) {
      return List.of();
    }
    StationWatch watch =
        new StationWatch(station.contact(), station.binding(), station.cseq(), station.expiresAt());
    return List.of(new Effect.Watched(station.edge().get(), state.id(), watch));
  }

  @Override
  public Optional<Instant> due(AgentState state) {
    return state.due();
  }

  @Override
  public Command expire() {
    return new Expire();
  }

  @Override
  public boolean over(AgentState state) {
    return state.site() == null;
  }
}
