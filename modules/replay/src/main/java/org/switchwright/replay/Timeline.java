package org.switchwright.replay;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.reader.Cursor;

/** What happened to one call, event by event, in words. */
public final class Timeline {
  /**
   * @param caller who called; only if shown, and not erased
   * @param complete false where there were more than {@value CallStory#MAX_EVENTS} events, and the
   *     last are missing
   */
  public record CallTimeline(
      CallId call,
      InteractionId interaction,
      SiteId site,
      Instant arrivedAt,
      Optional<String> caller,
      List<Entry> entries,
      boolean complete) {
    public CallTimeline {
      entries = List.copyOf(entries);
    }
  }

  /**
   * @param cursor the event's place in the journal and in the event feed
   * @param sinceArrival below zero where the clocks of two nodes disagree
   * @param entity whose event it is, such as {@code call|c1}
   * @param sequenceNr its number in that entity's history
   * @param name the event's name, such as {@code call.offered/1}
   * @param choice why this agent, where the event is the choice of one
   */
  public record Entry(
      Cursor cursor,
      Instant at,
      Duration sinceArrival,
      String entity,
      long sequenceNr,
      String name,
      String sentence,
      Optional<Explanation.Choice> choice) {}

  private final CallStory stories;
  private final EventFormat sealed = new EventFormat(new SealedPersonal());
  private final EventFormat clear;

  /**
   * @param clear reads personal data; used only where that is to be shown
   */
  public Timeline(DataSource source, EventFormat clear) {
    this.stories = new CallStory(source);
    this.clear = clear;
  }

  /** Empty where there is no such call. */
  public Optional<CallTimeline> of(CallId call, Disclosure disclosure) throws SQLException {
    EventFormat format =
        switch (disclosure) {
          case MASKED -> sealed;
          case SHOWN -> clear;
        };
    List<Told> story = stories.of(call, format);
    return story.stream()
        .map(Told::event)
        .filter(CallEvent.CallArrived.class::isInstance)
        .map(CallEvent.CallArrived.class::cast)
        .findFirst()
        .map(arrived -> timeline(call, arrived, story));
  }

  private static CallTimeline timeline(
      CallId call, CallEvent.CallArrived arrived, List<Told> story) {
    Map<OfferId, OfferOutcome> outcomes = Explanation.outcomes(story);
    List<Entry> entries = new ArrayList<>();
    Asking asking = new Asking();
    SitesAsked sites = new SitesAsked();
    for (Told told : story) {
      asking.heard(told.event());
      var _ = sites.heard(told.event());
      Optional<Explanation.Choice> choice =
          told.event() instanceof SiteEvent.AgentReserved reserved
              ? Optional.of(
                  Explanation.choice(reserved, asking, sites, outcomes.get(reserved.offer())))
              : Optional.empty();
      entries.add(
          new Entry(
              told.row().cursor(),
              told.at(),
              Duration.between(arrived.at(), told.at()),
              told.row().persistenceId(),
              told.row().sequenceNr(),
              told.row().manifest(),
              Sentences.of(told.event()),
              choice));
    }
    return new CallTimeline(
        call,
        arrived.interaction(),
        arrived.site(),
        arrived.at(),
        arrived.caller().text(),
        entries,
        story.size() < CallStory.MAX_EVENTS);
  }
}
