package org.switchwright.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallSignaling;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.agent.StationWatch;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.digest.DigestGuard;
import org.switchwright.sip.media.Player;
import org.switchwright.sip.media.SoundLibrary;
import org.switchwright.sip.stack.Admission;
import org.switchwright.sip.stack.EdgeStack;
import org.switchwright.sip.stack.FaultCounts;
import org.switchwright.sip.stack.StackSettings;
import org.switchwright.sip.token.ExpectedAddresses;
import org.switchwright.sip.token.LegTokens;

/**
 * One node's SIP edge: messages become reports to calls, and signals of calls become messages.
 * Holds transactions and media streams, all of which may be lost with it; decides nothing.
 */
public final class SipEdge implements CallSignaling, AutoCloseable {
  private static final int STATELESS_REPEATS = 50_000;
  private static final Duration SWEEP = Duration.ofSeconds(10);

  private final EdgeSettings settings;
  private final Lanes lanes;
  private final Timers timers;
  private final Lanes agentLane;
  private final AtomicReference<@Nullable EdgeListener> listener = new AtomicReference<>();
  private final LiveCalls calls;
  private final EdgeStack stack;
  private final Failures failures;
  private final EdgeParts parts;
  private final CallerInvites callers;
  private final StationInvites stations;
  private final Reinvites reinvites;
  private final Farewells farewells;
  private final Referrals referrals;
  private final Finals finals;
  private final Player player;
  private final Treatments treatments;
  private final Probes probes;

  private SipEdge(EdgeSettings settings, Ports ports) throws IOException {
    this.settings = settings;
    this.failures = new Failures(ports.metrics());
    String name = "sip-" + settings.edge();
    EdgeSettings.Bounds bounds = settings.bounds();
    this.lanes = new Lanes(name, bounds.lanes(), bounds.laneTasks(), ports.metrics(), failures);
    this.timers = new Timers(name, lanes);
    this.calls =
        new LiveCalls(
            bounds.calls(),
            settings.times().patience(),
            settings.times().sessionInterval().multipliedBy(2),
            ports.clock());
    Admission admission = new Admission(bounds.admission(), calls::inSetUp, System::nanoTime);
    this.stack =
        EdgeStack.open(
            StackSettings.of(name, settings.address(), settings.port()),
            admission,
            new LateListener(listener));
    this.parts = parts(stack.provider(), ports);
    this.farewells = new Farewells(parts);
    this.referrals = new Referrals(parts, ports.agents(), ports.neighbours());
    this.finals = new Finals(parts, farewells);
    Invitations invitations = new Invitations(parts, finals);
    this.callers = new CallerInvites(parts, finals, invitations);
    this.stations = new StationInvites(parts);
    this.reinvites = new Reinvites(parts, finals);
    this.player =
        new Player(
            name,
            InetAddress.ofLiteral(settings.address()),
            bounds.firstMediaPort(),
            bounds.lastMediaPort());
    this.treatments = new Treatments(parts, player, reinvites, ports.sounds());
    Dialogs dialogs =
        new Dialogs(parts, finals, farewells, callers, stations, reinvites, treatments);
    Authenticator authenticator = new Authenticator(ports.guard());
    this.agentLane = new Lanes(name + "-agents", 1, bounds.laneTasks(), ports.metrics(), failures);
    this.probes = new Probes(parts, agentLane, ports.agents());
    listener.set(
        new EdgeListener(
            parts,
            failures,
            ports.dialPlan(),
            callers,
            dialogs,
            new Forwarding(settings, parts.wire(), ports.neighbours()),
            new Registrar(
                settings, authenticator, ports.agents(), ports.keys(), agentLane, ports.clock()),
            referrals,
            new FeatureCalls(parts, finals, player, authenticator, ports.agents()),
            new SecondCalls(parts, finals, invitations, authenticator, ports.agents()),
            probes,
            stack::isRepeated));
    timers.every(SWEEP, this::sweep);
  }

  private EdgeParts parts(SipProvider provider, Ports ports) {
    return new EdgeParts(
        settings,
        new SipWriter(settings),
        new Wire(provider, ports.metrics(), ports.trace(), ports.clock()),
        new Reports(ports.intake(), lanes, ports.metrics()),
        calls,
        lanes,
        timers,
        new Repeats(timers.service(), settings.times().t1(), STATELESS_REPEATS),
        new LegTokens(settings.secret()),
        ports.keys(),
        ports.clock());
  }

  /**
   * What an edge needs of the rest of the house.
   *
   * @param guard checks who registers and who dials feature codes
   * @param neighbours to whom requests are passed on that are theirs
   * @param sounds what waiting callers are told and played
   */
  public record Ports(
      CallIntake intake,
      AgentIntake agents,
      PersonalKeys keys,
      DigestGuard guard,
      DialPlan dialPlan,
      Neighbours neighbours,
      SipTrace trace,
      EdgeMetrics metrics,
      InstantSource clock,
      SoundLibrary sounds) {}

  /**
   * Binds the port and begins to take messages.
   *
   * @throws IOException when the port cannot be bound
   */
  public static SipEdge open(EdgeSettings settings, Ports ports) throws IOException {
    return new SipEdge(settings, ports);
  }

  @Override
  public EdgeId id() {
    return settings.edge();
  }

  @Override
  public void signal(CallId call, Signal signal) {
    lanes.run(call, () -> perform(calls.get(call), signal));
  }

  /** Where a call that is expected from another site is to come. */
  public String addressOf(CallId expected) {
    return address(new ExpectedAddresses(settings.secret()).write(expected));
  }

  /** Where calls from other sites come to a routing point that this one was not asked about. */
  public String addressOf(RoutingPointId point) {
    long today = LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC).toEpochDay();
    return address(new ExpectedAddresses(settings.secret()).write(point, today));
  }

  private String address(String user) {
    return "sip:" + user + "@" + settings.address() + ":" + settings.port();
  }

  @Override
  public void watch(AgentId agent, StationWatch watch) {
    probes.watch(agent, watch);
  }

  private void perform(LiveCall call, Signal signal) {
    try {
      switch (signal) {
        case Signal.Progress it -> callers.progress(call, it);
        case Signal.Answer it -> callers.answer(call, it);
        case Signal.Refuse it -> callers.refuse(call, it);
        case Signal.Redirect it -> callers.redirect(call, it);
        case Signal.InviteStation it -> stations.invite(call, known(call, it.leg(), it), it);
        case Signal.CancelStation it -> stations.cancel(call, known(call, it.leg(), it), it);
        case Signal.SilenceStation it -> stations.silence(call.leg(it.leg()));
        case Signal.Reinvite it -> reinvites.reinvite(known(call, it.leg(), it), it);
        case Signal.AnswerReinvite it ->
            reinvites.answer(
                call.leg(it.leg()),
                it.reinvite(),
                parts.writer().session(call.id, it.leg(), it.session()),
                it.timer());
        case Signal.RefuseReinvite it -> reinvites.refuse(call.leg(it.leg()), it);
        case Signal.AcceptRefer it -> referrals.accept(known(call, it.leg(), it), it);
        case Signal.Bye it -> {
          LiveLeg leg = known(call, it.leg(), it);
          if (it.leg() == 0) {
            callers.endAdopted(call, it.why());
          }
          farewells.bye(leg, it);
        }
        case Signal.StartTreatment it -> treatments.start(call, it);
        case Signal.DirectTreatment it -> treatments.direct(call, it);
        case Signal.RenewTreatment it -> treatments.renew(call, it);
        case Signal.PlayMusic it -> treatments.play(call, it);
        case Signal.Announce it -> treatments.announce(call, it);
        case Signal.StopTreatment _ -> treatments.stop(call);
        case Signal.Attend it -> attend(call, it);
      }
    } catch (SipWriter.ErasedException e) {
      // The person was forgotten while the call went on: there is nobody left to write to.
      parts.wire().notSent();
    }
  }

  /** The leg of a signal, with the call's key if that was not known yet. */
  private static LiveLeg known(LiveCall call, int leg, Signal signal) {
    if (call.key == null) {
      call.key =
          switch (signal) {
            case Signal.InviteStation it -> it.caller().key();
            case Signal.CancelStation it -> it.caller().key();
            case Signal.Reinvite it -> it.dialog().sipCallId().key();
            case Signal.AcceptRefer it -> it.dialog().sipCallId().key();
            case Signal.Bye it -> it.dialog().sipCallId().key();
            default -> null;
          };
    }
    return call.leg(leg);
  }

  private void attend(LiveCall call, Signal.Attend signal) {
    LiveLeg leg = call.leg(signal.leg());
    if (!leg.attended || leg.provisional) {
      call.key = signal.key();
    }
    if (signal.invite() != null) {
      callers.invite(call, signal.invite());
    }
    if (leg.attended && !leg.provisional) {
      return;
    }
    leg.attended = true;
    leg.provisional = false;
    parts.reports().report(call.id, new LegReport.Orphaned(signal.leg()));
  }

  private void sweep() {
    for (CallId id : calls.ids()) {
      lanes.run(
          id,
          () -> {
            calls.peek(id).ifPresent(callers::progressAgain);
            calls.forgetIfDone(id);
          });
    }
  }

  /** Calls that this edge holds anything of. */
  public int liveCalls() {
    return calls.size();
  }

  /** Calls between their INVITE and its first ringing or final response. */
  public int callsInSetUp() {
    return calls.inSetUp();
  }

  /** Callers that are played to. */
  public int treatments() {
    return player.streams();
  }

  /** Datagrams refused before they became messages. */
  public FaultCounts faults() {
    return stack.faults();
  }

  /** Throwables that nobody expected; each is a bug. */
  public long unexpectedFailures() {
    return failures.count();
  }

  /** Falls silent at once: a closing edge must not report its own end as its peers'. */
  @Override
  public void close() {
    listener.set(null);
    lanes.close();
    agentLane.close();
    timers.close();
    player.close();
    stack.close();
  }
}
