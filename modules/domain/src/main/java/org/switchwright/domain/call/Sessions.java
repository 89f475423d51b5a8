package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallEvent.CallConnected;
import org.switchwright.domain.call.CallEvent.CallEnded;
import org.switchwright.domain.call.CallEvent.LegReinvited;
import org.switchwright.domain.call.CallEvent.ReinvitePostponed;
import org.switchwright.domain.call.CallEvent.ReinviteSettled;
import org.switchwright.domain.call.CallEvent.RenegotiationAgreed;
import org.switchwright.domain.call.CallEvent.RenegotiationRefused;
import org.switchwright.domain.call.CallEvent.RenegotiationStarted;
import org.switchwright.domain.call.CallEvent.SessionRefreshed;
import org.switchwright.domain.call.CallEvent.TreatmentRenewed;
import org.switchwright.domain.call.CallEvent.TreatmentRestarted;
import org.switchwright.domain.call.CallState.CallerAnswer;
import org.switchwright.domain.call.CallState.Treatment;
import org.switchwright.domain.call.Conference.Pair;
import org.switchwright.domain.call.Leg.Purpose;
import org.switchwright.domain.call.LegReport.ReinviteRefusal;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Expected;
import org.switchwright.domain.call.Phase.Greeting;
import org.switchwright.domain.call.Phase.Joining;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Renegotiation;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.call.Phase.Ringing;
import org.switchwright.domain.call.Phase.Seeking;
import org.switchwright.domain.call.Phase.Unborn;
import org.switchwright.domain.call.Phase.Unneeded;
import org.switchwright.domain.call.Phase.Waiting;

/**
 * Who talks to whom, changed by re-INVITE (third-party call control, RFC 3725, flow I with the
 * caller's known session as the first offer), and what either peer changes meanwhile.
 */
final class Sessions {
  private Sessions() {}

  /** The next step of joining the caller with an agent who answered; empty while one is awaited. */
  static Optional<CallEvent> join(CallState state, Instant now) {
    if (!(state.phase() instanceof Joining joining)
        || !state.confirmed()
        || state.callerLeg().pending() != null) {
      return Optional.empty();
    }
    Personal wanted = wanted(state, joining.agent());
    SessionDescription said = state.callerLeg().said();
    if (said != null && said.text().equals(wanted)) {
      return Optional.of(new CallConnected(now));
    }
    Leg caller = state.callerLeg();
    return Optional.of(reinvite(caller, Purpose.JOIN, caller.next(wanted), now));
  }

  /**
   * After a consultation an agent may stand by being on hold, by us or by the other agent, who is
   * gone: that is not what the caller is to hear.
   */
  private static Personal wanted(CallState state, Leg agent) {
    Personal heard = Objects.requireNonNull(agent.heard());
    return state.consultation().number() > 0 ? SessionDescription.unheld(heard) : heard;
  }

  /**
   * Tells a waiting caller whose treatment moved where it plays now; empty where that is known, or
   * has to wait.
   */
  static Optional<CallEvent> treat(CallState state, Instant now) {
    Leg caller = state.callerLeg();
    SessionDescription said = caller.said();
    if (untreated(state)
        || !state.confirmed()
        || caller.pending() != null
        || said == null
        || !(state.treatment() instanceof Treatment.Playing playing)
        || playing.session().text().equals(said.text())) {
      return Optional.empty();
    }
    return Optional.of(
        reinvite(caller, Purpose.RECLAIM, caller.another(playing.session().text()), now));
  }

  static LegReinvited reinvite(Leg leg, Purpose purpose, SessionDescription session, Instant now) {
    return new LegReinvited(now, leg.number(), purpose, leg.cseq() + 1, session);
  }

  /** A re-INVITE that glare postponed; what it says may be out of date by now. */
  static LegReinvited resend(CallState state, Leg leg, Leg.PendingReinvite postponed, Instant now) {
    Optional<Leg> joining =
        leg.number() == 0 && state.phase() instanceof Joining it
            ? Optional.of(it.agent())
            : Optional.empty();
    Personal wanted =
        state.paired(leg.number())
            ? Objects.requireNonNull(state.other(leg.number()).orElseThrow().heard())
            : joining.map(agent -> wanted(state, agent)).orElse(postponed.session().text());
    boolean current =
        postponed.session().text().equals(wanted) && postponed.session().version() == leg.version();
    return reinvite(
        leg,
        joining.isPresent() ? Purpose.JOIN : postponed.purpose(),
        current ? postponed.session() : leg.another(wanted),
        now);
  }

  /** Whether nobody needs treatment any more. */
  static boolean untreated(CallState state) {
    if (state.consulting()) {
      return state.paired(0);
    }
    return switch (state.phase()) {
      case Joining _, Connected _, Over _ -> true;
      case Unborn _, Expected _, Unneeded _, Greeting _, Seeking _, Waiting _, Ringing _ -> false;
    };
  }

  static Decision<CallEvent> reinviteArrived(
      CallState state, LegReport.ReinviteArrived report, Instant now) {
    if (state.phase() instanceof Over || state.leg(report.leg()).isEmpty()) {
      return refuse(state, report, Refusal.CALL_OVER);
    }
    Leg leg = state.leg(report.leg()).orElseThrow();
    if (report.reinvite().cseq() <= leg.peerCseq()) {
      return again(state, leg, report);
    }
    if (leg.pending() != null && !leg.pending().postponed()) {
      return refuse(state, report, Refusal.GLARE);
    }
    if (state.consulting() && !state.paired(report.leg())) {
      return report.leg() == 0 ? treated(state, leg, report, now) : aside(state, leg, report, now);
    }
    return switch (state.phase()) {
      case Connected connected -> connected(state, connected, leg, report, now);
      case Seeking _, Waiting _, Ringing _ when state.confirmed() ->
          treated(state, leg, report, now);
      case Phase _ -> refuse(state, report, Refusal.RENEGOTIATING);
    };
  }

  private static Decision<CallEvent> treated(
      CallState state, Leg leg, LegReport.ReinviteArrived report, Instant now) {
    return state.treated()
        ? accepted(
            new TreatmentRenewed(now, report.reinvite(), report.offered(), leg.version() + 1))
        : aside(state, leg, report, now);
  }

  /** Whoever talks to nobody may refresh the session, and change nothing. */
  private static Decision<CallEvent> aside(
      CallState state, Leg leg, LegReport.ReinviteArrived report, Instant now) {
    return refreshes(leg, report)
        ? accepted(new SessionRefreshed(now, leg.number(), report.reinvite()))
        : refuse(state, report, Refusal.RENEGOTIATING);
  }

  private static boolean refreshes(Leg leg, LegReport.ReinviteArrived report) {
    Personal offered = report.offered();
    return leg.said() != null && (offered == null || offered.equals(leg.heard()));
  }

  private static Decision<CallEvent> connected(
      CallState state,
      Connected connected,
      Leg leg,
      LegReport.ReinviteArrived report,
      Instant now) {
    Renegotiation running = connected.renegotiation();
    if (running != null) {
      return refuse(
          state, report, running.from() == leg.number() ? Refusal.RENEGOTIATING : Refusal.GLARE);
    }
    Personal offered = report.offered();
    Leg other = state.other(leg.number()).orElseThrow();
    if (offered == null || offered.equals(leg.heard())) {
      return refreshed(state, leg, other, report, now);
    }
    if (other.pending() != null) {
      return refuse(state, report, Refusal.GLARE);
    }
    return accepted(
        new RenegotiationStarted(now, leg.number(), report.reinvite(), offered),
        reinvite(other, Purpose.RELAY, other.next(offered), now));
  }

  /** Nothing new is proposed; the answer says what the other side stands by now. */
  private static Decision<CallEvent> refreshed(
      CallState state, Leg leg, Leg other, LegReport.ReinviteArrived report, Instant now) {
    Personal offered = report.offered();
    Personal session = Objects.requireNonNull(other.heard());
    if (offered == null || told(leg, other)) {
      return accepted(new SessionRefreshed(now, leg.number(), report.reinvite()));
    }
    CallEvent started = new RenegotiationStarted(now, leg.number(), report.reinvite(), offered);
    return accepted(started, agree(CallFold.evolve(state, started), session, now).orElseThrow());
  }

  /** An INVITE that was taken before: whoever asks again gets the same answer. */
  private static Decision<CallEvent> again(
      CallState state, Leg leg, LegReport.ReinviteArrived report) {
    ServerTransaction reinvite = report.reinvite();
    Personal offered = report.offered();
    if (reinvite.cseq() < leg.peerCseq() || leg.said() == null) {
      return refuse(state, report, Refusal.RENEGOTIATING);
    }
    if (renegotiation(state).filter(it -> it.reinvite().equals(reinvite)).isPresent()) {
      return Call.already(state, "begun to renegotiate");
    }
    if (offered != null && !offered.equals(leg.heard())) {
      return refuse(state, report, Refusal.GLARE);
    }
    return answered(
        leg.number() != 0 || state.paired(0) || !state.treated()
            ? CallReaction.answerReinvite(state, leg.number(), reinvite)
            : CallReaction.renewTreatment(
                state, reinvite, offered, Objects.requireNonNull(leg.said()).version()));
  }

  private static Decision<CallEvent> refuse(
      CallState state, LegReport.ReinviteArrived report, Refusal refusal) {
    return answered(
        CallReaction.signal(
            state, new Signal.RefuseReinvite(report.leg(), report.reinvite(), refusal)));
  }

  static Decision<CallEvent> reinviteAnswered(
      CallState state, LegReport.ReinviteAnswered report, Instant now) {
    Optional<Leg> found = state.leg(report.leg()).filter(leg -> leg.awaits(report.cseq()));
    if (found.isEmpty() || state.phase() instanceof Over) {
      return Call.already(state, "finished re-INVITE " + report.cseq());
    }
    Leg leg = found.get();
    Purpose purpose = Objects.requireNonNull(leg.pending()).purpose();
    List<CallEvent> events = new ArrayList<>();
    events.add(new ReinviteSettled(now, leg.number(), report.session()));
    CallState after = CallFold.evolve(state, events.getFirst());
    switch (purpose) {
      case JOIN -> {
        CallConnected connected = new CallConnected(now);
        events.add(connected);
        after = CallFold.evolve(after, connected);
        update(after, Purpose.UPDATE, now).ifPresent(events::add);
      }
      case RELAY ->
          agree(state, report.session(), now)
              .or(() -> update(CallFold.evolve(state, events.getFirst()), Purpose.UPDATE, now))
              .or(() -> treat(CallFold.evolve(state, events.getFirst()), now))
              .ifPresent(events::add);
      case UPDATE ->
          follow(after, leg.number(), now)
              .or(() -> confirm(CallFold.evolve(state, events.getFirst()), leg.number(), now))
              .or(() -> treat(CallFold.evolve(state, events.getFirst()), now))
              .ifPresent(events::add);
      case CONFIRM ->
          follow(after, leg.number(), now)
              .or(() -> treat(CallFold.evolve(state, events.getFirst()), now))
              .ifPresent(events::add);
      case HOLD, REFRESH, RECLAIM -> {
        CallState before = after;
        Optional<CallEvent> joined = join(before, now);
        joined.ifPresent(events::add);
        CallState next = joined.map(event -> CallFold.evolve(before, event)).orElse(before);
        treat(next, now).ifPresent(events::add);
        update(next, Purpose.UPDATE, now).ifPresent(events::add);
      }
    }
    events.addAll(others(CallFold.evolve(state, events), leg.number(), now));
    joined(CallFold.evolve(state, events), now, events);
    return accepted(events);
  }

  /** Whoever waits to be joined with a caller whose phone was busy with something else. */
  private static void joined(CallState state, Instant now, List<CallEvent> events) {
    join(state, now)
        .ifPresent(event -> {
          events.add(event);
          update(CallFold.evolve(state, event), Purpose.UPDATE, now).ifPresent(events::add);
        });
  }

  private static Optional<CallEvent> agree(CallState state, Personal answered, Instant now) {
    return renegotiation(state)
        .map(it ->
            new RenegotiationAgreed(
                now,
                it.from(),
                it.reinvite(),
                answered,
                state.leg(it.from()).orElseThrow().next(answered).version()));
  }

  static Optional<CallEvent> disagree(CallState state, Refusal refusal, Instant now) {
    return renegotiation(state)
        .map(it -> new RenegotiationRefused(now, it.from(), it.reinvite(), refusal));
  }

  private static Optional<Renegotiation> renegotiation(CallState state) {
    return state.phase() instanceof Connected connected
        ? Optional.ofNullable(connected.renegotiation())
        : Optional.empty();
  }

  /**
   * Where a side was told other flows than the other side stands by, it is told; after a
   * consultation the agent first, who may have been on hold.
   */
  static Optional<CallEvent> update(CallState state, Purpose purpose, Instant now) {
    return update(state, _ -> true, purpose, now).findFirst();
  }

  private static Stream<CallEvent> update(
      CallState state, Predicate<Pair> which, Purpose purpose, Instant now) {
    return !(state.phase() instanceof Connected connected) || connected.renegotiation() != null
        ? Stream.empty()
        : state
            .pairs()
            .filter(which)
            .filter(pair -> pair.both().allMatch(leg -> leg.pending() == null))
            .flatMap(pair -> update(state, pair, purpose, now).stream());
  }

  /** Where the other side changed, or is another one, since this leg was last told. */
  private static Optional<CallEvent> follow(CallState state, int leg, Instant now) {
    boolean behind =
        state.leg(leg).flatMap(it -> state.other(leg).map(other -> !told(it, other))).orElse(false);
    return behind
        ? update(state, pair -> pair.has(leg), Purpose.UPDATE, now).findFirst()
        : Optional.empty();
  }

  /** Tells the peer how the other one answered to an update. */
  private static Optional<CallEvent> confirm(CallState state, int leg, Instant now) {
    boolean several = state.consultation().conference().isPresent();
    return update(state, pair -> !several || pair.has(leg), Purpose.CONFIRM, now).findFirst();
  }

  /** Those of a conference that this leg is not of, which may have waited for what it did. */
  private static List<CallEvent> others(CallState state, int leg, Instant now) {
    return state.consultation().conference().isEmpty()
        ? List.of()
        : update(state, pair -> !pair.has(leg), Purpose.UPDATE, now).toList();
  }

  private static Optional<CallEvent> update(
      CallState state, Pair pair, Purpose purpose, Instant now) {
    return pair.both()
        .filter(leg -> !told(leg, pair.besides(leg.number())))
        .min(Comparator.comparing(leg -> leg.number() == 0 && state.consultation().number() > 0))
        .map(leg -> {
          Personal session = Objects.requireNonNull(pair.besides(leg.number()).heard());
          return reinvite(leg, purpose, leg.next(session), now);
        });
  }

  private static boolean told(Leg leg, Leg other) {
    SessionDescription said = leg.said();
    Personal heard = Objects.requireNonNull(other.heard());
    return said != null && SessionDescription.sameFlows(said.text(), heard);
  }

  static Decision<CallEvent> reinviteRefused(
      CallState state, LegReport.ReinviteRefused report, Instant now) {
    Optional<Leg> found = state.leg(report.leg()).filter(leg -> leg.awaits(report.cseq()));
    if (found.isEmpty() || state.phase() instanceof Over) {
      return Call.already(state, "finished re-INVITE " + report.cseq());
    }
    Leg leg = found.get();
    Purpose purpose = Objects.requireNonNull(leg.pending()).purpose();
    if (report.refusal() == ReinviteRefusal.GONE) {
      boolean silent = report.status() == CallDeadlines.REQUEST_TIMEOUT;
      int by = silent ? -1 : leg.number();
      if (state.consulting() && leg.number() != 0) {
        return ConsultSide.lost(state, leg.number(), !silent, now);
      }
      return accepted(new CallEnded(now, state.outcomeOfLeaving(), Refusal.HUNG_UP, by));
    }
    if (purpose == Purpose.RELAY) {
      Refusal refusal =
          report.refusal() == ReinviteRefusal.GLARE ? Refusal.GLARE : Refusal.NOT_ACCEPTABLE;
      List<CallEvent> events = new ArrayList<>();
      events.add(new ReinviteSettled(now, leg.number(), null));
      disagree(state, refusal, now).ifPresent(events::add);
      treat(CallFold.evolve(state, events.getFirst()), now).ifPresent(events::add);
      events.addAll(others(CallFold.evolve(state, events), leg.number(), now));
      joined(CallFold.evolve(state, events), now, events);
      return accepted(events);
    }
    if (report.refusal() != ReinviteRefusal.GLARE && ConferenceSide.concerns(state, leg.number())) {
      List<CallEvent> events = new ArrayList<>();
      events.add(new ReinviteSettled(now, leg.number(), null));
      events.addAll(ConferenceSide.end(CallFold.evolve(state, events.getFirst()), 0, now));
      return accepted(events);
    }
    if (report.refusal() == ReinviteRefusal.GLARE) {
      return accepted(new ReinvitePostponed(now, leg.number(), now.plus(glareDelay(state, leg))));
    }
    if (purpose == Purpose.JOIN) {
      return accepted(new CallEnded(now, CallOutcome.FAILED, Refusal.NOT_ACCEPTABLE, -1));
    }
    List<CallEvent> events = new ArrayList<>();
    events.add(new ReinviteSettled(now, leg.number(), null));
    CallState after = CallFold.evolve(state, events.getFirst());
    join(after, now).ifPresent(events::add);
    if (purpose != Purpose.RECLAIM) {
      treat(after, now).ifPresent(events::add);
    }
    if (purpose == Purpose.HOLD) {
      update(after, Purpose.UPDATE, now).ifPresent(events::add);
    }
    return accepted(events);
  }

  /**
   * RFC 3261, section 14.1: the owner of the Call-ID waits 2.1 to 4 s, the other up to 2 s; we own
   * the Call-IDs of what we offer, not of what is dialled. Spread by the call's id in place of
   * chance.
   */
  private static Duration glareDelay(CallState state, Leg leg) {
    boolean theirs = leg.number() == 0 || leg.number() >= Consultation.FIRST_DIALLED;
    int spread = Math.floorMod(state.id().hashCode() * 31 + (int) leg.cseq(), 190);
    return Duration.ofMillis(theirs ? spread * 10L : 2_100 + spread * 10L);
  }

  static Decision<CallEvent> orphaned(CallState state, LegReport.Orphaned report, Instant now) {
    Optional<Ring> ring = state.ring(report.leg());
    if (ring.isPresent()) {
      return StationSide.orphaned(state, ring.get(), now);
    }
    if (ConferenceSide.invited(state, report.leg()).isPresent()) {
      return accepted(ConferenceSide.end(state, 0, now));
    }
    if (state.consulting() && report.leg() != 0 && state.leg(report.leg()).isPresent()) {
      return reclaim(state, state.leg(report.leg()).orElseThrow(), now);
    }
    if (state.consulting() && report.leg() == 0 && !state.paired(0)) {
      return state.treated()
          ? accepted(new TreatmentRestarted(now))
          : Call.already(state, "been adopted");
    }
    return switch (state.phase()) {
      case Greeting _, Seeking _, Waiting _, Ringing _ when report.leg() == 0 ->
          state.treated()
              ? accepted(new TreatmentRestarted(now))
              : Call.already(state, "been adopted");
      case Joining _ when report.leg() == 0 && state.answer() == CallerAnswer.SENT ->
          answered(CallReaction.answerAgain(state));
      case Joining _, Connected _ ->
          state
              .leg(report.leg())
              .map(leg -> reclaim(state, leg, now))
              .orElseGet(() -> Call.already(state, "gone on without leg " + report.leg()));
      case Phase _ -> Call.already(state, "gone on without leg " + report.leg());
    };
  }

  private static Decision<CallEvent> reclaim(CallState state, Leg leg, Instant now) {
    Optional<Effect> unanswered = ConsultSide.unanswered(state, leg);
    if (unanswered.isPresent()) {
      return answered(unanswered.get());
    }
    Leg.PendingReinvite pending = leg.pending();
    boolean joining = pending != null && pending.purpose() == Purpose.JOIN;
    SessionDescription said =
        pending == null || pending.purpose() == Purpose.RELAY
            ? Objects.requireNonNull(leg.said(), "Expected a leg with our session, but it has none")
            : pending.session();
    List<CallEvent> events = new ArrayList<>();
    disagree(state, Refusal.GLARE, now).ifPresent(events::add);
    events.add(
        new LegReinvited(
            now,
            leg.number(),
            joining ? Purpose.JOIN : Purpose.RECLAIM,
            leg.cseq() + Leg.CSEQ_RESERVE,
            leg.another(said.text())));
    return accepted(events);
  }
}
