package org.switchwright.replay;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.RoutingDecision.Considered;
import org.switchwright.domain.routing.RoutingDecision.Verdict;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

/** Why a call went where it went: why here, why this agent, why none of the others. */
public final class Explanation {
  /**
   * @param way how the call came to its queue, how long it waited and how it ended, in sentences
   * @param choices every choice of an agent, in order; none where nobody was ever free for it
   */
  public record CallExplanation(CallId call, List<String> way, List<Choice> choices) {
    public CallExplanation {
      way = List.copyOf(way);
      choices = List.copyOf(choices);
    }

    /** The whole as lines of text. */
    public String text() {
      StringBuilder text = new StringBuilder("Call " + call + "\n");
      way.forEach(sentence -> text.append("  ").append(sentence).append('\n'));
      for (Choice choice : choices) {
        text.append('\n').append(choice.sentence()).append('\n');
        choice.verdicts().forEach(it -> text.append("  ").append(it.sentence()).append('\n'));
        if (choice.decision().unnamed() > 0) {
          text.append("  and ").append(choice.decision().unnamed()).append(" agents more\n");
        }
        choice.sites().forEach(it -> text.append("  ").append(it.sentence()).append('\n'));
        choice
            .outcome()
            .ifPresent(it -> text.append("  This offer: ").append(Words.outcome(it)).append('\n'));
      }
      return text.toString();
    }
  }

  /**
   * One choice of an agent.
   *
   * @param decision as it was recorded
   * @param verdicts the same agents as in the decision, in the same order
   * @param sites the other sites that looked for an agent too, and the one that could not be asked
   *     and got the call
   * @param outcome what came of the offer; empty while it is out
   */
  public record Choice(
      OfferId offer,
      Instant at,
      RoutingDecision decision,
      String sentence,
      List<AgentVerdict> verdicts,
      List<SiteThen> sites,
      Optional<OfferOutcome> outcome) {
    public Choice {
      verdicts = List.copyOf(verdicts);
      sites = List.copyOf(sites);
    }
  }

  /**
   * What was known of another site when it was asked to look for an agent for the call too, the
   * last time before a choice; or when the call was sent there because it could not be asked.
   */
  public record SiteThen(SiteId site, Instant at, SiteSeen seen, String sentence) {}

  /** What was said of one agent, as a constant and as a sentence. */
  public record AgentVerdict(AgentId agent, Verdict verdict, String sentence) {}

  private final CallStory stories;
  private final EventFormat sealed = new EventFormat(new SealedPersonal());

  public Explanation(DataSource source) {
    this.stories = new CallStory(source);
  }

  /** Empty where there is no such call. */
  public Optional<CallExplanation> of(CallId call) throws SQLException {
    List<Told> story = stories.of(call, sealed);
    if (story.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new CallExplanation(call, way(story), choices(story)));
  }

  private static List<String> way(List<Told> story) {
    Instant arrived = story.getFirst().at();
    List<String> way = new ArrayList<>();
    SeveralAtOnce several = new SeveralAtOnce(story);
    SitesAsked sites = new SitesAsked();
    for (Told told : story) {
      boolean asksAnother = sites.heard(told.event());
      String after = Words.span(Duration.between(arrived, told.at()));
      String sentence =
          switch (told.event()) {
            case CallEvent.CallArrived _,
                SiteEvent.CallEntered _,
                SiteEvent.CallRouted _,
                SiteEvent.CallStepped _,
                SiteEvent.CallQueued _,
                SiteEvent.CallOverflowed _,
                SiteEvent.CallTransferred _,
                SiteEvent.CallRequeued _,
                SiteEvent.CallUndirected _,
                SiteEvent.ConsultBegan _,
                SiteEvent.ConsultAnswered _,
                SiteEvent.ConferenceBegan _,
                SiteEvent.ConferenceEnded _,
                SiteEvent.ConsultEnded _,
                SiteEvent.CallAnnounced _,
                CallEvent.CallConnected _,
                CallEvent.CallEnded _ ->
                Sentences.of(told.event()) + ".";
            case SiteEvent.AgentLent it when it.theirs().isEmpty() -> Sentences.of(it) + ".";
            case SiteEvent.CallEnlisted _ when asksAnother -> Sentences.of(told.event()) + ".";
            default -> several.sentence(told.event());
          };
      if (!sentence.isEmpty()) {
        way.add("After " + after + ": " + sentence);
      }
    }
    return way;
  }

  /** What came of each offer. */
  static Map<OfferId, OfferOutcome> outcomes(List<Told> story) {
    Map<OfferId, OfferOutcome> outcomes = new LinkedHashMap<>();
    for (Told told : story) {
      if (told.event() instanceof SiteEvent.OfferEnded it) {
        outcomes.put(it.offer(), it.outcome());
      } else if (told.event() instanceof SiteEvent.ConsultAnswered it) {
        outcomes.put(it.offer(), OfferOutcome.ACCEPTED);
      } else if (told.event() instanceof SiteEvent.OfferAccepted it) {
        outcomes.put(it.offer(), OfferOutcome.ACCEPTED);
      }
    }
    return outcomes;
  }

  private static List<Choice> choices(List<Told> story) {
    Map<OfferId, OfferOutcome> outcomes = outcomes(story);
    List<Choice> choices = new ArrayList<>();
    Asking asking = new Asking();
    SitesAsked sites = new SitesAsked();
    for (Told told : story) {
      asking.heard(told.event());
      var _ = sites.heard(told.event());
      if (told.event() instanceof SiteEvent.AgentReserved it) {
        choices.add(choice(it, asking, sites, outcomes.get(it.offer())));
      }
    }
    return choices;
  }

  static Choice choice(
      SiteEvent.AgentReserved it, Asking asking, SitesAsked sites, @Nullable OfferOutcome outcome) {
    RoutingDecision decision = it.decision();
    String others =
        decision.waitingBefore() == 0
            ? ""
            : "; "
                + decision.waitingBefore()
                + " calls before it stayed waiting, because nobody who was free could serve them";
    return new Choice(
        it.offer(),
        it.at(),
        decision,
        Sentences.of(it) + others + ".",
        decision.considered().stream()
            .map(considered ->
                new AgentVerdict(
                    considered.agent(),
                    considered.verdict(),
                    sentence(considered, decision, asking, it.at())))
            .toList(),
        sites.now(it.at()),
        Optional.ofNullable(outcome));
  }

  private static String sentence(
      Considered it, RoutingDecision decision, Asking asking, Instant at) {
    AgentChoice rule = decision.rule();
    Long compared = it.figure();
    String figure = compared == null ? "" : ": " + Words.figure(rule, compared);
    String since =
        it.since() == null ? "" : ", for " + Words.span(Duration.between(it.since(), at));
    String agent = "Agent " + it.agent() + " ";
    return agent
        + switch (it.verdict()) {
          case CHOSEN ->
              "was chosen: has what "
                  + asking.by(decision.queue())
                  + (decision.widening() == 0 ? " asks for" : " will do with after a while")
                  + (compared == null || rule == AgentChoice.LONGEST_IDLE
                      ? ", idle" + since
                      : ", " + Words.figure(rule, compared));
          case LENT -> "was chosen: the agent's own site had reserved this one for the call";
          case ESTIMATED ->
              "was chosen: the agent's own site could not be asked"
                  + since
                  + ", and by the estimate "
                  + compared
                  + " were free there";
          case NAMED -> "was chosen: an agent had sent the caller on to this one";
          case IDLE_FOR_LESS ->
              "could have served the call too, but was idle for less time" + since;
          case RINGS_TOO -> "was offered the call too, at the same time" + since;
          case LATER_IN_ORDER ->
              "could have served the call too, but comes later by the queue's rule" + figure;
          case NOT_A_MEMBER -> "is not a member of queue " + decision.queue();
          case TIER_NOT_OPEN -> "is in a tier for which the call has not waited for long enough";
          case LACKS_SKILL -> "lacks skill " + it.skill();
          case LEVEL_TOO_LOW -> "has too low a level of skill " + it.skill();
          case LOGGED_OUT -> "was logged out";
          case NOT_READY -> "was not ready";
          case NO_STATION -> "had no phone registered";
          case RESERVED -> "was reserved for another call";
          case TALKING -> "talked on another call" + since;
          case WRAPPING_UP -> "was in wrap-up";
          case RESTING -> "was left alone for a while after a rejected or busy offer";
          case UNDER_JUDGEMENT -> "had missed an offer or could not be reached";
        }
        + ".";
  }
}
