package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.AttachedData.Place;
import org.switchwright.domain.call.AttachedData.Proposal;
import org.switchwright.domain.call.CallEvent.DataChanged;
import org.switchwright.domain.call.CallEvent.DataProposed;
import org.switchwright.domain.call.CallEvent.DataShared;
import org.switchwright.domain.call.CallEvent.HandedOver;
import org.switchwright.domain.call.Phase.Expected;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Unborn;
import org.switchwright.domain.call.Phase.Unneeded;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.site.Site;

/**
 * Attached data of a call that may be at two sites: its home owns it and counts the versions. What
 * is changed at home goes there, by HTTP and again until it is answered; what is changed there is
 * proposed, the home learns by the status link that there is something to be asked for, and takes
 * it in the order in which it comes to know of it. The last writer by the home's count wins.
 */
final class DataSide {
  private DataSide() {}

  static Decision<CallEvent> decide(CallState state, DataCommand command, Instant now) {
    return switch (state.phase()) {
      case Unborn _ ->
          rejected(
              Reason.UNKNOWN_CALL,
              "Expected call " + state.id() + " to have arrived, but it has not");
      case Unneeded _, Over _ -> Call.tooLate(state);
      case Phase _ ->
          switch (command) {
            case DataCommand.Attach it -> attach(state, it, now);
            case DataCommand.KeepInStep it -> keepInStep(state, it, now);
            case DataCommand.ChangedElsewhere it -> changedElsewhere(state, it);
            case DataCommand.InStep it -> inStep(state, it, now);
          };
    };
  }

  private static Optional<Origin> origin(CallState state) {
    return state.phase() instanceof Expected it
        ? Optional.of(it.expectation().origin())
        : state.arrived().origin();
  }

  private static Decision<CallEvent> attach(CallState state, DataCommand.Attach it, Instant now) {
    if (state.phase() instanceof Expected) {
      return Call.outOfOrder(state, "to have come, but it is only expected");
    }
    AttachedData data = state.data();
    SortedMap<String, Personal> after = it.change().of(data.shown());
    if (AttachedData.same(after, data.shown())) {
      return Call.already(state, "had this attached");
    }
    if (!AttachedData.fits(after)) {
      return tooMuch(
          "Expected at most "
              + RoutingFacts.MAX_ATTACHED
              + " attached data, but there would be "
              + after.size());
    }
    if (origin(state).isEmpty()) {
      return accepted(new DataChanged(now, data.version() + 1, after, 0, it.by()));
    }
    return data.pending().size() < AttachedData.MAX_PENDING
        ? accepted(new DataProposed(now, new Proposal(data.proposed() + 1, it.change(), it.by())))
        : tooMuch(
            "Expected at most "
                + AttachedData.MAX_PENDING
                + " changes that the call's home does not know of, but there are more");
  }

  private static Decision<CallEvent> tooMuch(String sentence) {
    return rejected(Reason.TOO_MUCH_DATA, sentence);
  }

  /** What its home says; where that is no news, the site may not know that all is in step. */
  private static Decision<CallEvent> keepInStep(
      CallState state, DataCommand.KeepInStep it, Instant now) {
    boolean known =
        origin(state)
            .filter(origin ->
                origin.home().equals(it.origin().home())
                    && origin.call().equals(it.origin().call()))
            .isPresent();
    if (!known) {
      return Call.outOfOrder(state, "to have its place at " + it.origin().home());
    }
    @Nullable DataChanged news = news(state, it.version(), it.values(), it.taken(), now);
    return news == null ? new Decision.Accepted<>(List.of(), noted(state)) : accepted(news);
  }

  /** Null where there are none. */
  static @Nullable DataChanged news(
      CallState state, long version, SortedMap<String, Personal> values, int taken, Instant now) {
    AttachedData data = state.data();
    boolean newer = version > data.version();
    boolean more = version == data.version() && taken > data.taken();
    return (newer || more) && AttachedData.fits(values)
        ? new DataChanged(now, version, values, taken, "")
        : null;
  }

  /** The other site has something to say, or does not know anything of this call's data. */
  private static Decision<CallEvent> changedElsewhere(
      CallState state, DataCommand.ChangedElsewhere it) {
    return state
        .data()
        .place(it.site(), it.number())
        .map(place -> Decision.<CallEvent>answered(tell(state, place, it.there())))
        .orElseGet(() -> unknown(state, it.site()));
  }

  private static Decision<CallEvent> unknown(CallState state, SiteId site) {
    return rejected(
        Reason.STALE, "Expected call " + state.id() + " to be at site " + site + ", but it is not");
  }

  private static Decision<CallEvent> inStep(CallState state, DataCommand.InStep it, Instant now) {
    Optional<Place> known = state.data().place(it.site(), it.number());
    if (known.isEmpty()) {
      return unknown(state, it.site());
    }
    Place before = known.get();
    AttachedData data = state.data();
    List<CallEvent> events = new ArrayList<>();
    long version = data.version();
    SortedMap<String, Personal> values = data.values();
    int taken = before.taken();
    for (Proposal one : it.proposals()) {
      if (one.number() > taken) {
        taken = one.number();
        SortedMap<String, Personal> after = one.change().of(values);
        if (AttachedData.fits(after) && !AttachedData.same(after, values)) {
          version++;
          values = after;
          events.add(new DataChanged(now, version, values, 0, one.by()));
        }
      }
    }
    Place after =
        new Place(
            before.site(),
            before.number(),
            Optional.of(it.there()),
            Math.max(before.told(), it.version()),
            taken,
            Math.max(before.toldTaken(), it.taken()));
    if (!after.equals(before)) {
      events.add(new DataShared(now, after));
    }
    return events.isEmpty() ? Call.already(state, "been heard of") : accepted(events);
  }

  static CallState evolve(CallState state, CallEvent.OfData event) {
    AttachedData data = state.data();
    return switch (event) {
      case DataChanged it -> state.with(data.changed(it.version(), it.attached(), it.taken()));
      case DataProposed it -> state.with(data.proposing(it.proposal()));
      case DataShared it -> state.with(data.with(it.place()));
      case HandedOver it ->
          state.with(
              data.with(
                  it.offer().number(),
                  new Place(
                      it.site(),
                      it.number(),
                      it.asked()
                          ? Optional.of(own(state, it.number()).expected())
                          : Optional.empty(),
                      0,
                      0,
                      0)));
    };
  }

  private static Origin own(CallState state, int number) {
    return new Origin(state.arrived().site(), state.id(), number);
  }

  static List<Effect> react(CallState state, CallEvent.OfData event) {
    return switch (event) {
      case DataChanged _ -> {
        List<Effect> effects = new ArrayList<>(noted(state));
        effects.addAll(behind(state));
        yield effects;
      }
      case DataProposed _ -> noted(state);
      case DataShared _, HandedOver _ -> behind(state);
    };
  }

  /** What other sites do not know yet, and what this one does not know to be asked for. */
  static List<Effect> owed(CallState state) {
    return state.data().inStep()
        ? behind(state)
        : state.arrival() == null ? List.of() : noted(state);
  }

  private static List<Effect> behind(CallState state) {
    return state.data().behind().stream()
        .map(it -> tell(state, it, it.there().orElseThrow()))
        .toList();
  }

  private static Effect tell(CallState state, Place place, CallId there) {
    return new Effect.TellElsewhere(
        place.site(),
        there,
        new DataCommand.KeepInStep(
            own(state, place.number()),
            state.data().version(),
            state.data().values(),
            place.taken(),
            state.arrived().caller().key()));
  }

  /** The site reports, by its events, that there is something to be asked for, or no more. */
  private static List<Effect> noted(CallState state) {
    AttachedData data = state.data();
    return data.proposed() == 0
        ? List.of()
        : List.of(
            new Effect.TellSite(
                state.arrived().site(),
                new Site.NoteData(state.id(), data.proposed(), data.taken())));
  }
}
