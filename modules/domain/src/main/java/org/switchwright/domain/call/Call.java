package org.switchwright.domain.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.Destination;

/**
 * One in-flight call, from the first INVITE to the end. Owns its legs' dialogs, its treatment and
 * its offers; never decides who gets it (the site does) and never sees a message (the edge does).
 * Several stations may ring for it: the first answer reported wins, the others are asked to stop.
 *
 * <pre>
 *              no offer of media
 *   Unborn ------------------------> Greeting    (expected from elsewhere: {@link ExpectedSide})
 *     |                                 | our offer is answered
 *     v                                 v
 *   Seeking <-----------------------------+
 *     |  \ Offered                        |
 *     | Queued                            |
 *     v    \                              |
 *   Waiting --> Ringing --> (rejected, missed, busy, unreachable, withdrawn)
 *                  | answered
 *                  v
 *               Joining --> Connected
 *       Seeking <-- sent on ----+
 *       Seeking <-- consults ---+     the agent's leg stays aside ({@link Consultation})
 *                               |
 *   any of them  ----------> Over --> settled with the site, all legs gone
 * </pre>
 */
public final class Call implements Aggregate<Call.Command, CallEvent, CallState> {
  public static final Call AGGREGATE = new Call();

  /** How long a site may take to answer before the caller is refused. */
  static final Duration SITE_PATIENCE = Duration.ofSeconds(10);

  /** How long a set-up step with the caller's phone may take: 64*T1 and a little. */
  static final Duration SETUP_PATIENCE = Duration.ofSeconds(35);

  /** How long after the end of its ring time a station may keep us in doubt. */
  static final Duration RING_GRACE = Duration.ofSeconds(5);

  /** How long a station may take to stop ringing: an INVITE transaction's life after CANCEL. */
  static final Duration CANCEL_PATIENCE = Duration.ofSeconds(35);

  /** The same after a recovery, where the station may be gone and the caller has waited enough. */
  static final Duration RECOVERED_CANCEL_PATIENCE = Duration.ofSeconds(3);

  /** How many stations may ring for one call at a time. */
  public static final int MAX_RINGING = 16;

  /**
   * How long a caller who was sent on waits for the site to take note: longer than a site takes to
   * move to another node or to get its journal back, because an agent has promised to send them on.
   */
  static final Duration TRANSFER_PATIENCE = Duration.ofMinutes(5);

  /** How long an agent who wants to ask another one waits for the site to take note. */
  static final Duration CONSULT_PATIENCE = Duration.ofSeconds(60);

  /** How long another site expects a call that it is not told of again. */
  public static final Duration EXPECTED_FOR = Duration.ofSeconds(30);

  /** How long an agent is held for a call that is expected and does not come. */
  static final Duration HELD_FOR = Duration.ofSeconds(5);

  private Call() {}

  /** What a call may be told: by the edge ({@link LegReport}), by its site, by its host. */
  public sealed interface Command
      permits LegReport,
          Arrive,
          FromElsewhere,
          DataCommand,
          SiteOrder,
          Transfer,
          Consulting,
          Expire {}

  /**
   * A caller's INVITE. The edge has answered 100 and made the id of the call from the INVITE.
   *
   * @param attached what it tells of the caller beside the rest, for strategies to look at
   * @param carried what it says of the place that the caller has at another site; empty where there
   *     is none
   * @param passage which way it came
   */
  public record Arrive(
      InteractionId interaction,
      SiteId site,
      EdgeId edge,
      RoutingPointId point,
      ServerTransaction invite,
      Dialog dialog,
      Personal caller,
      @Nullable Personal offered,
      SortedMap<String, Personal> attached,
      Optional<Carried> carried,
      Optional<Passage> passage)
      implements Command {
    /** Of a caller who has no place anywhere, and of whose way nothing is known. */
    public Arrive(
        InteractionId interaction,
        SiteId site,
        EdgeId edge,
        RoutingPointId point,
        ServerTransaction invite,
        Dialog dialog,
        Personal caller,
        @Nullable Personal offered,
        SortedMap<String, Personal> attached) {
      this(
          interaction,
          site,
          edge,
          point,
          invite,
          dialog,
          caller,
          offered,
          attached,
          Optional.empty(),
          Optional.empty());
    }
  }

  /** What another site says, where the caller is. */
  public sealed interface FromElsewhere extends Command
      permits Expect, Forget, DataCommand.KeepInStep {}

  /**
   * The caller of another site may come here; or may do so for longer.
   *
   * @param site this one
   * @param point at which the call waits here
   * @param waited how long the caller has waited: clocks differ
   * @param lasts for how long it is expected, if its home does not say so again
   * @param version of what is attached, as of {@link AttachedData}
   */
  public record Expect(
      Origin origin,
      InteractionId interaction,
      SiteId site,
      RoutingPointId point,
      Duration waited,
      Duration lasts,
      Personal caller,
      SortedMap<String, Personal> attached,
      long version)
      implements FromElsewhere {
    /** With what it came with. */
    public Expect(
        Origin origin,
        InteractionId interaction,
        SiteId site,
        RoutingPointId point,
        Duration waited,
        Duration lasts,
        Personal caller,
        SortedMap<String, Personal> attached) {
      this(origin, interaction, site, point, waited, lasts, caller, attached, 0);
    }
  }

  /** The caller will not come. */
  public record Forget() implements FromElsewhere {}

  /**
   * The agent, or somebody for the agent, sends the caller on.
   *
   * @param placeKept whether the caller keeps the place of the arrival; else comes last
   * @param request names this wish, because it may come twice
   */
  public record Transfer(Destination to, boolean placeKept, String request) implements Command {}

  /** What an agent, or somebody for an agent, wants of a consultation. */
  public sealed interface Consulting extends Command {}

  /**
   * The agent asks another one, while the caller hears treatment.
   *
   * @param request names this wish, because it may come twice
   */
  public record Consult(Destination to, String request) implements Consulting {}

  /** The caller is to talk to the agent who was asked. */
  public record CompleteConsult() implements Consulting {}

  /** The caller is to talk to the agent who asked, again. */
  public record RetrieveCaller() implements Consulting {}

  /**
   * The caller is to talk to both agents, in a room that another server mixes.
   *
   * @param room the URI of a room that nobody else uses
   */
  public record Confer(String room) implements Consulting {}

  /** The host's timer for {@link #due} rang. */
  public record Expire() implements Command {}

  /** What the site says. */
  public sealed interface SiteOrder extends Command {}

  /**
   * No agent now; the site keeps the place.
   *
   * @param position 1 for the next to be served
   * @param askAgainAt when the call should ask again if it hears nothing
   * @param after as of {@link Offered}
   * @param consult as of {@link Offered}
   * @param music the name of what the caller hears; empty: what is built in
   */
  public record Queued(
      QueueId queue,
      int position,
      Instant askAgainAt,
      TreatmentMode treatment,
      int after,
      int consult,
      Optional<String> music)
      implements SiteOrder {
    public Queued(
        QueueId queue,
        int position,
        Instant askAgainAt,
        TreatmentMode treatment,
        int after,
        int consult) {
      this(queue, position, askAgainAt, treatment, after, consult, Optional.empty());
    }

    public Queued(
        QueueId queue, int position, Instant askAgainAt, TreatmentMode treatment, int after) {
      this(queue, position, askAgainAt, treatment, after, 0);
    }
  }

  /**
   * An agent is reserved for this call.
   *
   * @param until when the site will ask for the end of the offer
   * @param after the number of the offer by which the agent came whom the site last knows to have
   *     sent the caller on; 0 where it knows of none
   * @param consult the number of the consultation that it is for; 0: for the caller
   * @param lender the site whose agent it is; empty: this one
   */
  public record Offered(
      OfferId offer,
      AgentId agent,
      Personal station,
      Instant until,
      int after,
      int consult,
      Optional<Lender> lender)
      implements SiteOrder {
    public Offered(
        OfferId offer, AgentId agent, Personal station, Instant until, int after, int consult) {
      this(offer, agent, station, until, after, consult, Optional.empty());
    }

    public Offered(OfferId offer, AgentId agent, Personal station, Instant until, int after) {
      this(offer, agent, station, until, after, 0);
    }
  }

  /**
   * A site that has lent an agent.
   *
   * @param number of the enlistment
   * @param asked whether it expects the call
   * @param line where the call waits there; empty where that is not known any more
   */
  public record Lender(SiteId site, int number, boolean asked, Optional<Line> line) {}

  /**
   * Where a call waits at another site.
   *
   * @param point its routing point there
   * @param place since when the caller has waited
   */
  public record Line(RoutingPointId point, Instant place) {}

  /**
   * The site has taken note that the caller takes part in a conference, or does so no longer.
   *
   * @param number of the consultation
   * @param change as of {@link Site.Attends}
   */
  public record ConferenceNoted(int number, int change) implements SiteOrder {}

  /** This consultation is over for the site: nobody was found, or it has taken note of the end. */
  public record ConsultOver(int number) implements SiteOrder {}

  /** The reservation's time is up: stop ringing, and report what came of it. */
  public record EndOffer(OfferId offer) implements SiteOrder {}

  /**
   * Another site is to look for an agent too.
   *
   * @param point at which the call is to wait there
   * @param number of the enlistment, 1 for the call's first
   * @param place since when the caller has waited
   */
  public record Enlist(SiteId at, RoutingPointId point, int number, Instant place)
      implements SiteOrder {}

  /**
   * Another site has an agent for the call, which has left.
   *
   * @param expected as which it is expected there
   */
  public record LentTooLate(SiteId at, CallId expected) implements SiteOrder {}

  /** The site will not serve this call. */
  public record Release(Refusal why) implements SiteOrder {}

  /**
   * The caller is to be told how the wait stands; nothing comes of it once the call waits no more.
   *
   * @param position 1 for the next to be served; 0: not told
   * @param expectedWait empty: not told
   */
  public record Announce(QueueId queue, int position, Optional<Duration> expectedWait)
      implements SiteOrder {}

  /** The site asks whether a conversation that it knows of still goes on. */
  public record AreYouTalking(OfferId offer) implements SiteOrder {}

  /** The site has taken note of the call's end. */
  public record Settle() implements SiteOrder {}

  @Override
  public CallState initial(String id) {
    return CallState.unborn(new CallId(id));
  }

  @Override
  public Decision<CallEvent> decide(CallState state, Command command, Instant now) {
    if (command instanceof DataCommand it) {
      return DataSide.decide(state, it, now);
    }
    if (state.phase() instanceof Phase.Expected || state.phase() instanceof Phase.Unneeded) {
      return ExpectedSide.decide(state, command, now);
    }
    if (command instanceof Arrive arrive) {
      return arrive(state, arrive, now);
    }
    if (command instanceof Expect it) {
      return ExpectedSide.expect(state, it, now);
    }
    if (state.arrival() == null) {
      return Decision.rejected(
          Reason.UNKNOWN_CALL, "Expected call " + state.id() + " to have arrived, but it has not");
    }
    return ExpectedSide.sentBack(state, decided(state, command, now), now);
  }

  private static Decision<CallEvent> decided(CallState state, Command command, Instant now) {
    return switch (command) {
      case Arrive arrive -> arrive(state, arrive, now);
      case Expect it -> ExpectedSide.expect(state, it, now);
      case Forget _ -> already(state, "come");
      case DataCommand it -> DataSide.decide(state, it, now);
      case SiteOrder order -> SiteSide.decide(state, order, now);
      case LegReport report -> decide(state, report, now);
      case Transfer transfer -> TransferSide.transfer(state, transfer, now);
      case Consult it -> ConsultSide.begin(state, it, now);
      case CompleteConsult _ -> ConsultSide.complete(state, now);
      case Confer it -> ConferenceSide.begin(state, it, now);
      case RetrieveCaller _ -> ConsultSide.retrieve(state, now);
      case Expire _ -> CallDeadlines.expire(state, now);
    };
  }

  private static Decision<CallEvent> arrive(CallState state, Arrive arrive, Instant now) {
    if (state.arrival() != null) {
      // Elsewhere than at an address where a call is expected, the INVITE makes the call's id.
      return same(state.arrival().invite(), arrive.invite())
          ? already(state, "arrived")
          : ExpectedSide.again(state, arrive, now);
    }
    return Decision.accepted(
        new CallEvent.CallArrived(
            now,
            arrive.carried().map(Carried::interaction).orElse(arrive.interaction()),
            arrive.site(),
            arrive.edge(),
            arrive.point(),
            arrive.invite(),
            arrive.dialog(),
            arrive.caller(),
            arrive.offered(),
            arrive.attached(),
            arrive.carried().filter(it -> !it.handedOn()).map(Carried::origin),
            arrive.carried().map(it -> now.minus(it.waited())),
            arrive.passage()));
  }

  private static boolean same(ServerTransaction one, ServerTransaction other) {
    return one.branch().equals(other.branch()) && one.cseq() == other.cseq();
  }

  private static Decision<CallEvent> decide(CallState state, LegReport report, Instant now) {
    return switch (report) {
      case LegReport.CallerCancelled _ -> CallerSide.cancelled(state, now);
      case LegReport.CallerAcknowledged it -> CallerSide.acknowledged(state, it, now);
      case LegReport.NeverAcknowledged it -> CallerSide.neverAcknowledged(state, it, now);
      case LegReport.HungUp it -> CallerSide.hungUp(state, it, now);
      case LegReport.Released it -> CallerSide.released(state, it, now);
      case LegReport.TreatmentStarted it -> CallerSide.treatmentStarted(state, it, now);
      case LegReport.TreatmentFailed it -> CallerSide.treatmentFailed(state, it, now);
      case LegReport.Ringing it -> StationSide.ringing(state, it, now);
      case LegReport.Answered it -> StationSide.answered(state, it, now);
      case LegReport.Refused it -> StationSide.refused(state, it, now);
      case LegReport.ReferArrived it -> TransferSide.referred(state, it, now);
      case LegReport.Dialled it -> ConsultSide.dialled(state, it, now);
      case LegReport.ReplaceArrived it -> ConsultSide.replaced(state, it, now);
      case LegReport.Orphaned it -> Sessions.orphaned(state, it, now);
      case LegReport.ReinviteArrived it -> Sessions.reinviteArrived(state, it, now);
      case LegReport.ReinviteAnswered it -> Sessions.reinviteAnswered(state, it, now);
      case LegReport.ReinviteRefused it -> Sessions.reinviteRefused(state, it, now);
    };
  }

  @Override
  public CallState evolve(CallState state, CallEvent event) {
    return CallFold.evolve(state, event);
  }

  @Override
  public List<Effect> react(CallState state, CallEvent event) {
    return CallReaction.react(state, event);
  }

  @Override
  public List<Effect> owed(CallState state) {
    return CallReaction.owed(state);
  }

  @Override
  public List<Effect> resume(CallState state) {
    return CallReaction.resume(state);
  }

  @Override
  public Optional<Instant> due(CallState state) {
    return state.due();
  }

  @Override
  public Command expire() {
    return new Expire();
  }

  @Override
  public boolean over(CallState state) {
    return state.due().isEmpty();
  }

  static Decision<CallEvent> already(CallState state, String what) {
    return Decision.rejected(
        Reason.ALREADY_DONE,
        "Expected call " + state.id() + " not to have " + what + ", but it had");
  }

  static Decision<CallEvent> tooLate(CallState state) {
    return Decision.rejected(
        Reason.CALL_OVER, "Expected call " + state.id() + " to go on, but it is over");
  }

  /**
   * Something that cannot be now.
   *
   * @param what how the call should be, but is not
   */
  static Decision<CallEvent> outOfOrder(CallState state, String what) {
    return Decision.rejected(Reason.OUT_OF_ORDER, "Expected call " + state.id() + " " + what);
  }
}
