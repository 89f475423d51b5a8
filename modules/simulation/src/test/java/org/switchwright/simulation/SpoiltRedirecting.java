package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Callers who are told to go to another site, with one fault each. */
final class SpoiltRedirecting {
  private SpoiltRedirecting() {}

  private static Call.Arrive with(Call.Arrive it, Optional<Carried> carried) {
    return new Call.Arrive(
        it.interaction(),
        it.site(),
        it.edge(),
        it.point(),
        it.invite(),
        it.dialog(),
        it.caller(),
        it.offered(),
        it.attached(),
        carried,
        it.passage());
  }

  /** Takes a caller who is handed on for one whose home waits. */
  static final class SendsBack extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      return super.decide(
          state,
          command instanceof Call.Arrive it && it.carried().filter(Carried::handedOn).isPresent()
              ? with(it, Optional.empty())
              : command,
          now);
    }
  }

  /** Forgets how long a caller has waited who is handed on. */
  static final class PutsLast extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      Decision<CallEvent> real = super.decide(state, command, now);
      return real instanceof Decision.Accepted<CallEvent> yes
          ? new Decision.Accepted<>(
              yes.events().stream()
                  .map(event ->
                      event instanceof CallEvent.CallArrived it
                              && it.origin().isEmpty()
                              && it.place().isPresent()
                          ? last(it)
                          : event)
                  .toList(),
              yes.answers(),
              yes.named())
          : real;
    }

    private static CallEvent last(CallEvent.CallArrived it) {
      return new CallEvent.CallArrived(
          it.at(),
          it.interaction(),
          it.site(),
          it.edge(),
          it.point(),
          it.invite(),
          it.dialog(),
          it.caller(),
          it.offered(),
          it.attached(),
          it.origin(),
          Optional.of(it.at()),
          it.passage());
    }
  }

  /** Does not look whether the caller was answered. */
  static final class RedirectsTheAnswered extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      Decision<CallEvent> real = super.decide(state, command, now);
      boolean lent =
          command instanceof Call.Offered it
              && it.lender().filter(Call.Lender::asked).isPresent()
              && state.answer() == CallState.CallerAnswer.CONFIRMED;
      return lent && real instanceof Decision.Accepted<CallEvent> yes && !yes.events().isEmpty()
          ? Decision.accepted(
              new CallEvent.CallEnded(
                  now,
                  CallOutcome.HANDED_ON,
                  Refusal.HANDED_ON,
                  -1,
                  goesTo((Call.Offered) command, state)))
          : real;
    }

    private static Optional<Personal> goesTo(Call.Offered it, CallState state) {
      Call.Lender lender = it.lender().orElseThrow();
      Origin origin = new Origin(lender.site(), state.id(), lender.number());
      InteractionId interaction = new InteractionId("i-" + state.id());
      return new Carried(origin, interaction, Duration.ZERO).at(it.station());
    }
  }

  /** Goes on believing that a call has its place where it was let go. */
  static final class TakesNothingOver extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      return SpoiltEnlisting.keeping(real, event -> !(event instanceof SiteEvent.CallTakenOver));
    }
  }
}
