package org.switchwright.domain.statistics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;

/**
 * Writes a site's events down as what is counted: visits, offerings and stints. The same whether it
 * runs beside the events or over the journal, and whatever the books are kept in. Instants are cut
 * to microseconds, which is what a database keeps.
 */
public final class Ledger {
  /** Where the facts are kept; each is found again by what an event names. */
  public interface Books {
    /** What each queue of the site requires from now on. */
    void configured(SiteId site, SiteConfiguration configuration);

    /** What the queue requires; nothing if it is not known. */
    List<Skill> skills(SiteId site, QueueId queue);

    /** The call's latest. */
    Optional<Visit> visit(CallId call);

    Optional<Offering> offering(OfferId offer);

    /** The one that the agent accepted and that is not over; the latest of them. */
    Optional<Offering> accepted(AgentId agent);

    /** The agent's latest. */
    Optional<Stint> stint(AgentId agent);

    /** Puts it down instead of the one with the same call and number. */
    void put(Visit visit);

    /** Puts it down instead of the one of the same offer. */
    void put(Offering offering);

    /** Puts it down instead of the one with the same agent and number. */
    void put(Stint stint);
  }

  private final SiteId site;
  private final Books books;

  public Ledger(SiteId site, Books books) {
    this.site = site;
    this.books = books;
  }

  public void note(SiteEvent event) {
    Instant at = micros(event.at());
    switch (event) {
      case SiteEvent.SiteConfigured it -> books.configured(site, it.configuration());
      // A call that is only expected here counts where it has its place.
      case SiteEvent.CallEntered it when it.origin().isPresent() -> {}
      case SiteEvent.CallEntered it ->
          entered(
              it.call(),
              it.queue(),
              it.resumes().isPresent() ? at : micros(it.arrivedAt()),
              at,
              false);
      case SiteEvent.CallTakenOver it ->
          entered(it.call(), it.queue(), micros(it.arrivedAt()), at, false);
      case SiteEvent.CallOverflowed it -> movedOn(it.call(), it.to(), at);
      case SiteEvent.CallStepped it ->
          it.aim().flatMap(Route.Aim::queue).ifPresent(to -> movedOn(it.call(), to, at));
      // Answered where it came from; what it waits now counts for the queue that it waits in.
      case SiteEvent.CallTransferred it -> entered(it.offer().call(), it.to(), at, at, true);
      case SiteEvent.CallRequeued it -> entered(it.offer().call(), it.queue(), at, at, true);
      case SiteEvent.AgentReserved it -> reserved(it, at);
      case SiteEvent.OfferAccepted it -> accepted(it, at);
      case SiteEvent.OfferEnded it -> ended(it, at);
      case SiteEvent.ConversationEnded it -> conversationEnded(it, at);
      case SiteEvent.ConsultBegan it -> consults(it.offer(), it.agent(), at);
      case SiteEvent.ConsultAnswered it -> {
        books
            .offering(it.offer())
            .ifPresent(known -> books.put(known.ended(at, OfferOutcome.ACCEPTED)));
        consults(it.offer(), it.agent(), at);
      }
      case SiteEvent.ConferenceBegan it -> {
        talks(it.conferring().offer(), it.conferring().agent(), at);
        talks(it.conferring().asked(), it.conferring().askedAgent(), at);
      }
      case SiteEvent.ConferenceEnded it -> {
        consults(it.conferring().offer(), it.conferring().agent(), at);
        consults(it.conferring().asked(), it.conferring().askedAgent(), at);
      }
      case SiteEvent.ConsultEnded it -> talks(it.offer(), it.agent(), at);
      case SiteEvent.CallLeft it ->
          open(it.call()).ifPresent(visit -> books.put(visit.leaving(at, left(it.outcome()))));
      case SiteEvent.WrapUpEnded it -> {
        books.accepted(it.agent()).ifPresent(offering -> books.put(offering.handledUntil(at)));
        doing(it.agent(), Stint.Doing.NOTHING, Optional.empty(), at);
      }
      case SiteEvent.AgentRested it -> doing(it.agent(), Stint.Doing.NOTHING, Optional.empty(), at);
      case SiteEvent.AgentReported it -> reported(it, at);
      case SiteEvent.CallQueued _,
          SiteEvent.OfOtherSites _,
          SiteEvent.CallReleased _,
          SiteEvent.CallUndirected _,
          SiteEvent.CallWidened _,
          SiteEvent.CallAnnounced _,
          SiteEvent.CallRouted _,
          SiteEvent.StrategyPublished _,
          SiteEvent.StrategyActivated _,
          SiteEvent.CallReprioritised _,
          SiteEvent.QueueDeserted _,
          SiteEvent.QueueAttended _,
          SiteEvent.WrapUpExtended _,
          SiteEvent.RingStepped _,
          SiteEvent.OfferOverdue _,
          SiteEvent.UnknownCallEnded _,
          SiteEvent.ConversationChecked _ -> {}
    }
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  private void movedOn(CallId call, QueueId to, Instant at) {
    open(call)
        .filter(visit -> !visit.queue().equals(to))
        .ifPresent(visit -> {
          books.put(visit.leaving(at, Visit.Left.MOVED_ON));
          entered(call, to, visit.arrivedAt(), at, visit.sentOn());
        });
  }

  private void entered(CallId call, QueueId queue, Instant arrivedAt, Instant at, boolean sentOn) {
    int number = books.visit(call).map(Visit::number).orElse(0) + 1;
    List<Skill> skills = books.skills(site, queue);
    books.put(new Visit(site, call, number, queue, skills, arrivedAt, at, null, null, sentOn));
  }

  private Optional<Visit> open(CallId call) {
    return books.visit(call).filter(visit -> visit.left() == null);
  }

  private void reserved(SiteEvent.AgentReserved it, Instant at) {
    QueueId queue = it.decision().queue();
    List<Skill> skills = books.skills(site, queue);
    books.put(
        new Offering(
            site, it.offer(), queue, skills, it.agent(), at, null, null, null, null, null, 0));
    doing(it.agent(), Stint.Doing.RESERVED, Optional.of(queue), at);
  }

  private void accepted(SiteEvent.OfferAccepted it, Instant at) {
    Optional<Offering> offering = books.offering(it.offer());
    offering.ifPresent(known -> books.put(known.ended(at, OfferOutcome.ACCEPTED)));
    open(it.offer().call()).ifPresent(visit -> books.put(visit.leaving(at, Visit.Left.ANSWERED)));
    doing(it.agent(), Stint.Doing.TALKING, offering.map(Offering::queue), at);
  }

  private void ended(SiteEvent.OfferEnded it, Instant at) {
    books.offering(it.offer()).ifPresent(offering -> books.put(offering.ended(at, it.outcome())));
    Stint.Doing next =
        it.until() == null
            ? Stint.Doing.NOTHING
            : switch (it.outcome()) {
              case REJECTED, BUSY -> Stint.Doing.RESTING;
              case MISSED, UNREACHABLE ->
                  it.spared() ? Stint.Doing.RESTING : Stint.Doing.UNDER_JUDGEMENT;
              case WITHDRAWN, ACCEPTED -> Stint.Doing.NOTHING;
            };
    doing(it.agent(), next, Optional.empty(), at);
  }

  private void conversationEnded(SiteEvent.ConversationEnded it, Instant at) {
    boolean wrapUp = it.wrapUpUntil() != null;
    Optional<Offering> offering = books.offering(it.offer());
    offering.ifPresent(known -> books.put(known.talkedUntil(at, wrapUp)));
    doing(
        it.agent(),
        wrapUp ? Stint.Doing.WRAPPING_UP : Stint.Doing.NOTHING,
        wrapUp ? offering.map(Offering::queue) : Optional.empty(),
        at);
  }

  private void consults(OfferId offer, AgentId agent, Instant at) {
    Optional<Offering> offering = books.offering(offer);
    offering.ifPresent(known -> books.put(known.consulting(at)));
    doing(agent, Stint.Doing.CONSULTING, offering.map(Offering::queue), at);
  }

  /** With the caller, whoever else takes part. */
  private void talks(OfferId offer, AgentId agent, Instant at) {
    Optional<Offering> offering = books.offering(offer);
    offering.ifPresent(known -> books.put(known.consultedUntil(at)));
    doing(agent, Stint.Doing.TALKING, offering.map(Offering::queue), at);
  }

  private static Visit.Left left(CallOutcome outcome) {
    return switch (outcome) {
      case SERVED -> Visit.Left.ANSWERED;
      case ABANDONED -> Visit.Left.ABANDONED;
      case OVERFLOWED -> Visit.Left.OVERFLOWED;
      case REFUSED -> Visit.Left.REFUSED;
      case FAILED -> Visit.Left.FAILED;
      case ELSEWHERE, HANDED_ON -> Visit.Left.MOVED_ON;
    };
  }

  private void reported(SiteEvent.AgentReported it, Instant at) {
    change(
        it.agent(),
        at,
        before -> {
          boolean cleared =
              before.doing() == Stint.Doing.UNDER_JUDGEMENT && it.judged() >= before.judged();
          return new Stint.Standing(
              switch (it.wish()) {
                case Wish.LoggedOut _ -> Stint.Wanted.LOGGED_OUT;
                case Wish.NotReady _ -> Stint.Wanted.NOT_READY;
                case Wish.Ready _ -> Stint.Wanted.READY;
              },
              it.wish() instanceof Wish.NotReady why ? Optional.of(why.reason()) : Optional.empty(),
              it.station().isPresent(),
              cleared ? Stint.Doing.NOTHING : before.doing(),
              before.queue(),
              it.version(),
              before.judged());
        });
  }

  /** Of an agent who is lent by another site, that one keeps account. */
  private void doing(AgentId agent, Stint.Doing next, Optional<QueueId> queue, Instant at) {
    if (books.stint(agent).isEmpty()) {
      return;
    }
    change(agent, at, before -> before.doing(next, queue));
  }

  /** A new stint begins only where time is spent otherwise, and none lasts no time. */
  private void change(AgentId agent, Instant at, UnaryOperator<Stint.Standing> change) {
    Optional<Stint> latest = books.stint(agent);
    if (latest.isEmpty()) {
      Stint.Standing first = change.apply(Stint.Standing.NEW);
      books.put(new Stint(site, agent, 1, at, null, first));
      return;
    }
    Stint stint = latest.get();
    Stint.Standing next = change.apply(stint.standing());
    if (next.likewise(stint.standing()) || !stint.from().isBefore(at)) {
      books.put(stint.standing(next));
      return;
    }
    books.put(stint.until(at));
    books.put(new Stint(site, agent, stint.number() + 1, at, null, next));
  }
}
