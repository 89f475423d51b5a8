package org.switchwright.server.outside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.switchwright.domain.CallId;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.http.query.CallExplanation;
import org.switchwright.http.query.CallStories;
import org.switchwright.http.query.CallTimeline;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.replay.Disclosure;
import org.switchwright.replay.Explanation;
import org.switchwright.replay.Timeline;
import org.switchwright.replay.ladder.SipLadder;
import org.switchwright.replay.ladder.SipMessage;

/** Tells calls' stories from the journal and the trace of SIP messages. */
final class JournalStories implements CallStories {
  private final Timeline timelines;
  private final Explanation explanations;
  private final SipLadder ladders;

  /**
   * @param format reads personal data
   */
  JournalStories(DataSource source, EventFormat format) {
    this.timelines = new Timeline(source, format);
    this.explanations = new Explanation(source);
    this.ladders = new SipLadder(source);
  }

  @Override
  public Optional<CallTimeline> timeline(CallId call, boolean clear) {
    Disclosure disclosure = clear ? Disclosure.SHOWN : Disclosure.MASKED;
    Optional<Timeline.CallTimeline> found = Asked.of(() -> timelines.of(call, disclosure));
    return found.map(timeline -> timeline(timeline, Asked.of(() -> ladders.of(call))));
  }

  @Override
  public Optional<CallExplanation> explanation(CallId call) {
    return Asked.of(() -> explanations.of(call))
        .map(it ->
            new CallExplanation(
                it.call().value(),
                it.way(),
                it.choices().stream().map(JournalStories::choice).toList()));
  }

  private static CallTimeline timeline(Timeline.CallTimeline it, List<SipMessage> messages) {
    return new CallTimeline(
        it.call().value(),
        it.interaction().value(),
        it.site().value(),
        it.arrivedAt(),
        it.caller(),
        it.entries().stream().map(JournalStories::moment).toList(),
        it.complete(),
        messages.stream().map(JournalStories::rung).toList(),
        SipLadder.draw(messages));
  }

  private static CallTimeline.Moment moment(Timeline.Entry it) {
    return new CallTimeline.Moment(
        it.cursor().text(),
        it.at(),
        it.sinceArrival().toMillis(),
        it.entity(),
        it.name(),
        it.sentence(),
        it.choice().map(JournalStories::choice));
  }

  private static CallTimeline.Rung rung(SipMessage it) {
    return new CallTimeline.Rung(
        it.at(),
        it.leg(),
        it.inbound() ? "in" : "out",
        it.method(),
        it.status(),
        it.cseq(),
        it.hasSession());
  }

  private static CallExplanation.Choice choice(Explanation.Choice it) {
    RoutingDecision decision = it.decision();
    List<CallExplanation.Considered> considered = new ArrayList<>();
    for (Explanation.AgentVerdict verdict : it.verdicts()) {
      considered.add(
          new CallExplanation.Considered(
              verdict.agent().value(), Words.of(verdict.verdict()), verdict.sentence()));
    }
    return new CallExplanation.Choice(
        it.at(),
        it.offer().number(),
        decision.queue().value(),
        decision.chosen().value(),
        Words.of(decision.rule()),
        decision.waitingBefore(),
        it.sentence(),
        considered,
        decision.unnamed(),
        it.sites().stream().map(JournalStories::site).toList(),
        it.outcome().map(Words::of));
  }

  private static CallExplanation.Site site(Explanation.SiteThen it) {
    SiteSeen seen = it.seen();
    return new CallExplanation.Site(
        it.site().value(),
        it.at(),
        Words.of(seen.basis()),
        seen.age().map(Duration::toMillis),
        seen.ready(),
        seen.waiting(),
        seen.estimatedWait().map(Duration::toMillis),
        seen.estimate().map(JournalStories::estimate),
        it.sentence());
  }

  private static CallExplanation.Estimate estimate(EstimatedFigures it) {
    return new CallExplanation.Estimate(
        it.similarDays(),
        it.bySchedule(),
        it.learned(),
        range(it.loggedIn()),
        range(it.ready()),
        range(it.waiting()),
        it.estimatedWait().map(JournalStories::range));
  }

  private static CallExplanation.Range range(EstimatedFigures.Range it) {
    return new CallExplanation.Range(it.median(), it.low(), it.high());
  }
}
