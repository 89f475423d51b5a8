package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Conference;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.call.Leg;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteState;

/**
 * Compares, every two seconds, what actors believe with what phones do. They may differ for a
 * while, as messages take time and get lost; no difference may outlast its bound.
 */
final class Audit {
  /** Why the system makes a ready agent not ready. */
  private static final Set<String> OVERRULING =
      Set.of(
          Wish.SystemReason.MISSED.text(),
          Wish.SystemReason.UNREACHABLE.text(),
          Wish.SystemReason.NO_STATION.text());

  private final Surroundings world;
  private final Host host;
  private final Players players;
  private final CallPromises calls;
  private final List<CallerPhone> callers;
  private final List<AgentPerson> people;
  private final Mixer mixer;
  private final List<CallerPhone> living = new ArrayList<>();
  private final Differences differences;
  private int known;

  Audit(
      Surroundings world,
      Host host,
      Players players,
      CallPromises calls,
      List<CallerPhone> callers,
      List<AgentPerson> people,
      Mixer mixer) {
    this.world = world;
    this.host = host;
    this.players = players;
    this.calls = calls;
    this.callers = callers;
    this.people = people;
    this.mixer = mixer;
    this.differences = new Differences(world);
  }

  void now() {
    while (known < callers.size()) {
      living.add(callers.get(known++));
    }
    people.forEach(person -> phone(person.phone()));
    phone(mixer);
    living.removeIf(this::quietAfterCheck);
    site();
    differences.look();
  }

  private boolean quietAfterCheck(CallerPhone caller) {
    Actor<Call.Command, CallEvent, CallState> call = host.call(caller.call());
    caller(caller, call.state());
    return caller.state() == CallerPhone.State.OVER && call.rules().over(call.state());
  }

  private void expect(
      boolean right, String promise, int peacefulS, int troubledS, Object... subject) {
    differences.expect(right, promise, peacefulS, troubledS, subject);
  }

  private void phone(StationPhone phone) {
    // An edge that acknowledged a station's 200 and died before the journal heard of it leaves a
    // dialog that nobody knows; the session timer ends it.
    int expiryS = world.scenario().stationTimer().intervalSeconds() + 30;
    int claimed = 0;
    for (Dialogue dialogue : phone.dialogs().values()) {
      Leg leg = leg(dialogue.key);
      boolean claims = leg != null && leg.dialog().remoteTag().equals(dialogue.tag);
      claimed += claims && !SecondLine.is(dialogue.key) ? 1 : 0;
      expect(claims, "no agent is left in a dead dialog", 4, expiryS, phone.name, dialogue.key);
    }
    int capacity = world.scenario().site().rules().capacity().of(Medium.VOICE);
    promise(
        phone == mixer || claimed <= capacity,
        "no agent with two interactions",
        phone.name,
        phone.dialogs().keySet());
    for (LegKey key : phone.ringing().keySet()) {
      Phase phase = host.call(key.call()).state().phase();
      boolean rings = phase instanceof Phase.Ringing it && it.rings().containsKey(key.leg());
      expect(rings, "no phone rings for nobody", 3, 75, phone.name, key);
    }
  }

  private @Nullable Leg leg(LegKey key) {
    CallState state = host.call(key.call()).state();
    if (state.phase() instanceof Phase.Over) {
      return null;
    }
    if (key.leg() == 0) {
      return state.caller();
    }
    Consultation.Aside aside = state.consultation().now();
    if (aside != null) {
      Optional<Leg> asks = aside.legs().filter(leg -> leg.number() == key.leg()).findFirst();
      if (asks.isPresent()) {
        return asks.get();
      }
    }
    return switch (state.phase()) {
      case Phase.Joining it when it.agent().number() == key.leg() -> it.agent();
      case Phase.Connected it when it.agent().number() == key.leg() -> it.agent();
      default -> null;
    };
  }

  private void caller(CallerPhone caller, CallState state) {
    CallId call = caller.call();
    expect(
        caller.state() != CallerPhone.State.CALLING || caller.excused(),
        "each caller gets a final answer",
        300,
        // An edge that dies just when a call ends may take the INVITE along; the caller gives up.
        world.weather().faults().crashes() ? 400 : 300,
        call);
    boolean over = state.phase() instanceof Phase.Over;
    expect(
        caller.state() != CallerPhone.State.UP || !over,
        "no caller is left in a dead dialog",
        4,
        // A call whose journal was out for longer than it says goodbye may have said it once only,
        // to an edge that did not hear it; the session timer ends it.
        world.weather().faults().journal() ? caller.plan().timer().intervalSeconds() + 100 : 100,
        call);
    boolean there =
        caller.state() == CallerPhone.State.UP || caller.state() == CallerPhone.State.CALLING;
    expect(
        there || over || state.arrival() == null,
        "no call goes on without its caller",
        caller.gone() ? caller.plan().timer().intervalSeconds() + 100 : 4,
        // Of one who hung up while the whole site was gone nobody may hear but by the session
        // timer.
        caller.gone() || world.weather().hasStopped()
            ? caller.plan().timer().intervalSeconds() + 100
            : 200,
        call);
    if (state.phase() instanceof Phase.Connected connected) {
      media(caller, connected, state.consultation().now());
    }
    treatment(caller, state);
  }

  /** Caller and agent, or the two agents of a consultation, or each of three and the mixer. */
  private void media(
      CallerPhone caller, Phase.Connected connected, Consultation.@Nullable Aside aside) {
    CallId call = caller.call();
    Dialogue callers = caller.dialogs().get(new LegKey(call, 0));
    Dialogue here = dialogue(call, connected.offer().agent(), connected.agent().number());
    if (aside == null) {
      hear(caller, callers, here);
      return;
    }
    Dialogue there = dialogue(call, aside.offer().agent(), aside.asking().number());
    Conference conference = aside.conference();
    if (conference == null) {
      hear(caller, there, here);
      return;
    }
    hear(caller, callers, mixers(call, conference, 0));
    hear(caller, there, mixers(call, conference, aside.asking().number()));
    hear(caller, here, mixers(call, conference, connected.agent().number()));
  }

  /** The mixer's end of a participant's leg; null until it has answered. */
  private @Nullable Dialogue mixers(CallId call, Conference conference, int participant) {
    Leg up = Objects.requireNonNull(conference.mixed().get(participant)).up();
    return up == null ? null : mixer.dialogs().get(new LegKey(call, up.number()));
  }

  private void hear(CallerPhone caller, @Nullable Dialogue there, @Nullable Dialogue here) {
    if (there == null || here == null || there.proposal != null || here.proposal != null) {
      return;
    }
    // A caller who refuses each proposal of a phone is told of no hold.
    boolean joined =
        Sdp.owner(there.remote).equals(Sdp.owner(here.local))
            && Sdp.owner(here.remote).equals(Sdp.owner(there.local))
            && (!caller.plan().fits() || (knowsOfHold(there, here) && knowsOfHold(here, there)));
    expect(
        joined,
        "caller and agent hear each other",
        12,
        // A journal that is out lets re-INVITEs cross; the session's next refresh puts them right.
        world.weather().faults().journal() ? 330 : 100,
        caller.call(),
        there.remote,
        here.local,
        here.remote,
        there.local);
  }

  private @Nullable Dialogue dialogue(CallId call, AgentId agent, int leg) {
    for (AgentPerson person : people) {
      if (person.id().equals(agent)) {
        return person.phone().dialogs().get(new LegKey(call, leg));
      }
    }
    return null;
  }

  /** Who is on hold is told so; where nobody is, both may speak and listen. */
  private static boolean knowsOfHold(Dialogue one, Dialogue other) {
    String direction = Sdp.direction(other.remote);
    if (one.holding) {
      return direction.equals("sendonly") || direction.equals("inactive");
    }
    return other.holding || direction.isEmpty();
  }

  private void treatment(CallerPhone caller, CallState state) {
    // After the death of an edge each call asks once to be attended; that may get lost.
    int troubledS = world.weather().faults().loseSignal() > 0 ? 200 : 80;
    if (state.phase() instanceof Phase.Waiting
        && state.treatment() instanceof CallState.Treatment.Playing it) {
      expect(
          players.plays(caller.call(), it.session().text().text().orElseThrow()),
          "who waits is treated",
          4,
          troubledS,
          caller.call());
      Dialogue dialogue = caller.dialogs().get(new LegKey(caller.call(), 0));
      expect(
          dialogue == null
              || Sdp.owner(dialogue.remote)
                  .equals(Sdp.owner(it.session().text().text().orElseThrow())),
          "who waits hears the treatment",
          4,
          troubledS,
          caller.call());
    }
  }

  private void site() {
    SiteState site = host.site().state();
    for (SiteCall call : site.calls().values()) {
      Phase phase = host.call(call.id()).state().phase();
      boolean agree =
          switch (call.stand()) {
            case SiteCall.Stand.Waiting _ ->
                phase instanceof Phase.Seeking
                    || phase instanceof Phase.Waiting
                    || (phase instanceof Phase.Expected it && it.held() == null);
            case SiteCall.Stand.Offered _ ->
                phase instanceof Phase.Ringing
                    || (phase instanceof Phase.Expected it && it.held() != null);
            case SiteCall.Stand.Talking _ ->
                phase instanceof Phase.Joining || phase instanceof Phase.Connected;
            case SiteCall.Stand.Released _ -> false;
          };
      expect(agree, "call and site agree", 3, 150, call.id(), call.stand().getClass());
      attendance(call, host.call(call.id()).state());
    }
    for (AgentPerson person : people) {
      AgentState record = host.agent(person.id()).state();
      SiteAgent known = site.agents().get(person.id());
      expect(
          record.version() == 0 || (known != null && known.version() == record.version()),
          "the site knows each wish",
          3,
          120,
          person.id());
    }
  }

  /** Whether the caller takes part in what two agents talk about. */
  private void attendance(SiteCall call, CallState state) {
    Consultation.Aside aside = state.consultation().now();
    if (aside == null || call.consults().now().isEmpty()) {
      return;
    }
    Conference conference = aside.conference();
    boolean attends =
        conference != null && Objects.requireNonNull(conference.mixed().get(0)).up() != null;
    boolean known = call.consults().now().get().attends();
    expect(attends == known, "the site knows who takes part", 3, 150, call.id(), attends);
  }

  /** After the calm has set in: what people want is what is written down. */
  void wishes() {
    for (AgentPerson person : people) {
      Wish record = host.agent(person.id()).state().wish();
      boolean overruled =
          person.wish() instanceof Wish.Ready
              && record instanceof Wish.NotReady it
              && OVERRULING.contains(it.reason());
      promise(
          record.equals(person.wish()) || overruled || !person.heard(),
          "a wish is never overridden by an older one",
          person.id(),
          "wants",
          person.wish(),
          "but is",
          record);
    }
  }

  void quiet(String edgeBusy) {
    SiteState site = host.site().state();
    promise(site.calls().isEmpty(), "nothing is left over", site.calls());
    promise(site.lent().isEmpty(), "nothing is left over", site.lent());
    for (SiteAgent agent : site.agents().values()) {
      promise(agent.work() instanceof SiteAgent.Work.Free, "nothing is left over", agent);
      promise(agent.wish() instanceof Wish.LoggedOut, "nothing is left over", agent);
    }
    for (Actor<Call.Command, CallEvent, CallState> call : host.calls()) {
      Optional<Instant> due = call.rules().due(call.state());
      promise(
          due.isEmpty() && call.rules().over(call.state()), "nothing is left over", call.state());
    }
    for (AgentPerson person : people) {
      promise(
          person.phone().dialogs().isEmpty() && person.phone().ringing().isEmpty(),
          "nothing is left over",
          person.id(),
          person.phone().dialogs().keySet());
    }
    promise(
        mixer.dialogs().isEmpty(), "nothing is left over", mixer.name, mixer.dialogs().keySet());
    promise(edgeBusy.isEmpty(), "nothing is left over", "edge:", edgeBusy);
    callers.forEach(this::served);
  }

  private void served(CallerPhone caller) {
    promise(caller.state() == CallerPhone.State.OVER, "nothing is left over", caller.call());
    boolean unheard = !caller.tried() && world.weather().faults().losePacket() > 0;
    boolean answered = caller.finals() > 0 || caller.gone() || caller.excused() || unheard;
    boolean cancelledAmongCrashes = caller.gaveUp() && world.weather().faults().crashes();
    promise(answered || cancelledAmongCrashes, "each caller gets a final answer", caller.call());
    CallState state = host.call(caller.call()).state();
    CallOutcome end = calls.end(caller.call());
    promise(
        (state.arrival() == null && !(state.phase() instanceof Phase.Unneeded)) == (end == null),
        "each call ends once",
        caller.call(),
        state.arrival(),
        end);
    if (!world.weather().faults().crashes()) {
      promise(caller.finals() <= 1, "one final answer", caller.call(), caller.finals());
    }
  }
}
