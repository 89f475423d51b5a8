package org.switchwright.simulation;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchwright.domain.call.Conference;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.site.Site;

/** Proves that the simulation notices: each planted bug must be found by a seed of the budget. */
class PlantedBugsTest {
  static Stream<Planted> bugs() {
    return Stream.of(
        new Planted(
            "double reservation: an offer declined and then taken",
            () -> Planted.call(new SpoiltCall.TakesWhatItHasDeclined()),
            Set.of("an offer is out at its site", "no agent with two interactions")),
        new Planted(
            "double reservation: the site's clock frees the agent",
            () -> Planted.site(new SpoiltSite.FreesByItsOwnClock()),
            Set.of("a site believes only what the call says", "no agent with two interactions")),
        new Planted(
            "above capacity: a call for somebody who talks",
            () -> Planted.site(new SpoiltCapacity()),
            Set.of("no agent above capacity")),
        new Planted(
            "another rule: anybody who can",
            () -> Planted.site(new SpoiltChoice(SpoiltChoice.Forgets.RULES)),
            Set.of("a queue takes agents by its rule")),
        new Planted(
            "another rule: of a later tier",
            () -> Planted.site(new SpoiltChoice(SpoiltChoice.Forgets.TIERS)),
            Set.of("a queue takes agents by its rule")),
        new Planted(
            "more will do: whatever the figures are",
            () -> Planted.site(new SpoiltQueues.Misjudges(SpoiltQueues.Misjudges::never)),
            Set.of(
                "only a free agent who can is reserved",
                "no call waits beside an agent who could serve it",
                WideningPromises.TRULY)),
        new Planted(
            "more will do: where the figures are just not so",
            () -> Planted.site(new SpoiltQueues.Misjudges(SpoiltQueues.Misjudges::turned)),
            Set.of(
                "only a free agent who can is reserved",
                "no call waits beside an agent who could serve it",
                WideningPromises.TRULY)),
        new Planted(
            "another rule: not whose turn it is",
            () -> Planted.site(new SpoiltChoice(SpoiltChoice.Forgets.TURNS)),
            Set.of("a queue takes agents by its rule")),
        new Planted(
            "effect before event",
            () -> Planted.host(Cast.HostFault.ACTS_FIRST),
            Set.of("no effect before its event")),
        new Planted(
            "no fence: two incarnations of one aggregate both write",
            () -> Planted.host(Cast.HostFault.NO_FENCE),
            Set.of(
                "folded journal equals live state",
                "no rule throws",
                "each offer ends once",
                "no effect before its event",
                "a wish is never overridden by an older one")),
        new Planted(
            "no fence: the effects of a refused write go out",
            () -> Planted.host(Cast.HostFault.ACTS_THOUGH_REFUSED),
            Set.of("no effect before its event")),
        new Planted(
            "failed write taken for one that succeeded",
            () -> Planted.host(Cast.HostFault.BELIEVES_EVERY_WRITE),
            Set.of("no effect before its event")),
        new Planted(
            "hang-up waits for the journal",
            () -> Planted.host(Cast.HostFault.HANGS_UP_AFTER_WRITING),
            Set.of("a hang-up waits for no write")),
        new Planted(
            "lost place: the end of an offer sends a call to the end",
            () -> Planted.site(new SpoiltSite.LosesThePlace()),
            Set.of("the place is kept")),
        new Planted(
            "lost place: last come, first served",
            () -> Planted.site(new SpoiltSite.ServesOutOfTurn()),
            Set.of("nobody is overtaken without a reason", "the place is kept")),
        new Planted(
            "switched version: a call goes by what was published after it came",
            () -> Planted.site(new SpoiltRouting.SwitchesTheVersion()),
            Set.of("a call keeps the version it began with")),
        new Planted(
            "kept case: a caller who was sent to another queue goes by the first one's case",
            () -> Planted.site(new SpoiltRouting.KeepsTheCase()),
            Set.of(
                "a call keeps the version it began with", "only a free agent who can is reserved")),
        new Planted(
            "announcement: too soon after the last",
            () -> Planted.site(new SpoiltAnnouncing.TellsTooOften()),
            Set.of("nobody is told twice within the least interval")),
        new Planted(
            "announcement: a worse place than before",
            () -> Planted.site(new SpoiltAnnouncing.TellsWorsePlaces()),
            Set.of("nobody hears a worse place in the same queue")),
        new Planted(
            "announcement: a longer wait than before",
            () -> Planted.site(new SpoiltAnnouncing.TellsLongerWaits()),
            Set.of("nobody hears of a longer wait in the same queue")),
        new Planted(
            "announcement: one place too few",
            () -> Planted.site(new SpoiltAnnouncing.CountsFromNought()),
            Set.of("what a caller is told is so")),
        new Planted(
            "one requirement: of several of which any will do",
            () -> Planted.site(new SpoiltRouting.LooksAtOneRequirement()),
            Set.of("the place is kept", "no call waits beside an agent who could serve it")),
        new Planted(
            "early step: some seconds before its time",
            () -> Planted.site(new SpoiltRouting.StepsTooEarly()),
            Set.of("a call is told each step in its time")),
        new Planted(
            "missing deadline: of an offer at the site",
            () -> Planted.site(new SpoiltSite.WaitsForEverForAnAnswer()),
            Set.of("no state without a deadline")),
        new Planted(
            "missing deadline: of a ringing call",
            () -> Planted.call(new SpoiltCall.RingsWithoutDeadline()),
            Set.of("no state without a deadline")),
        new Planted(
            "stale wish: an old miss wins",
            () -> Planted.agent(new SpoiltAgent.LetsOldMissesWin()),
            Set.of("a wish is never overridden by an older one")),
        new Planted(
            "stale wish: a log-out counts whenever it comes",
            () -> Planted.agent(new SpoiltAgent.IgnoresTheTime()),
            Set.of("a wish is never overridden by an older one")),
        new Planted(
            "stale wish: said anew, and not noted",
            () -> Planted.agent(new SpoiltAgent.ForgetsWhatIsSaidAnew()),
            Set.of("a wish is never overridden by an older one")),
        new Planted(
            "stale wish: the site believes old reports",
            () -> Planted.site(new SpoiltSite.BelievesOldReports()),
            Set.of("a wish is never overridden by an older one")),
        new Planted(
            "forgotten consequence: of a rejection",
            () -> Planted.site(new SpoiltSite.ForgetsTheConsequence()),
            Set.of(
                "each way in which an offer ends has its consequence",
                "no call waits beside an agent who could serve it")),
        new Planted(
            "forgotten consequence: of a miss, for a moment",
            () -> Planted.agent(new SpoiltAgent.NotesBeforeTheConsequence()),
            Set.of("each way in which an offer ends has its consequence")),
        new Planted(
            "wrong outcome: missed told as rejected",
            () -> Planted.call(new SpoiltCall.ConfusesOutcomes()),
            Set.of("an offer ends as the phone said")),
        new Planted(
            "silent phone: nobody cares",
            () -> Planted.agent(new SpoiltAgent.DeafToSilence()),
            Set.of("no offer to a phone that has long been silent")),
        new Planted(
            "silent phone: watched until its first registration ends",
            () -> Planted.agent(new SpoiltAgent.WatchedOnce()),
            Set.of("no offer to a phone that has long been silent")),
        new Planted(
            "missing deadline: of an agent without a phone",
            () -> Planted.agent(new SpoiltAgent.ReadyForEver()),
            Set.of("no state without a deadline")),
        new Planted(
            "lost settle",
            () -> Planted.site(new SpoiltSite.NeverSettles()),
            Set.of("nothing is left over")),
        new Planted(
            "ring after abandon",
            () -> Planted.call(new SpoiltCall.RingsAfterAbandon()),
            Set.of("no phone rings for nobody", "nothing is left over")),
        new Planted(
            "ring on: at those who lost",
            () -> Planted.call(new SpoiltCall.LetsLosersRing()),
            Set.of(
                "no phone rings for nobody",
                "who lost is released within half a second",
                "nothing is left over")),
        new Planted(
            "two winners: the second who answers is not let go",
            () -> Planted.call(new SpoiltCall.KeepsTheSecond()),
            Set.of(
                "no agent is left in a dead dialog", "who lost is released within half a second")),
        new Planted(
            "double reservation: those who lost are free before they have stopped",
            () -> Planted.site(new SpoiltSite.FreesLosersAtOnce()),
            Set.of(
                "a site believes only what the call says",
                "no call waits beside an agent who could serve it",
                "no agent with two interactions",
                "call and agent agree at the site")),
        new Planted(
            "lost for ever: those who lost stay reserved",
            () -> Planted.site(new SpoiltSite.ForgetsLosers()),
            Set.of("call and agent agree at the site")),
        new Planted(
            "double count",
            () -> Planted.site(new SpoiltSite.CountsTwice()),
            Set.of("nobody is lost")),
        new Planted(
            "short wrap-up",
            () -> Planted.site(new SpoiltSite.CutsWrapUpShort()),
            Set.of("wrap-up is as long as configured")),
        new Planted(
            "transfer: the place is lost",
            () -> Planted.site(new SpoiltSite.PutsTheTransferredLast()),
            Set.of("the place is kept")),
        new Planted(
            "transfer: back, but not to the front",
            () -> Planted.site(new SpoiltSite.PutsTheRequeuedBack()),
            Set.of("the place is kept")),
        new Planted(
            "transfer: no wrap-up",
            () -> Planted.site(new SpoiltSite.SparesTheWrapUp()),
            Set.of("wrap-up is as long as configured")),
        new Planted(
            "transfer: counted as one call more",
            () -> Planted.site(new SpoiltSite.CountsTheTransferred()),
            Set.of("nobody is lost")),
        new Planted(
            "transfer: to one agent, given to anybody",
            () -> Planted.site(new SpoiltSite.ForgetsTheOneAgent()),
            Set.of(
                "only a free agent who can is reserved",
                WideningPromises.IN_TIME,
                "no call waits beside an agent who could serve it")),
        new Planted(
            "transfer: no BYE for the agent",
            () -> Planted.call(new SpoiltCall.SaysNoGoodbye()),
            Set.of("no agent is left in a dead dialog")),
        new Planted(
            "transfer: told the site once",
            () -> Planted.call(new SpoiltCall.SendsOnOnce()),
            Set.of("call and site agree", "who is sent on does not end in the site's silence")),
        new Planted(
            "transfer: nothing to hear",
            () -> Planted.call(new SpoiltCall.LeavesInSilence()),
            Set.of("who waits hears the treatment", "nothing times out where nothing goes wrong")),
        new Planted(
            "free agent beside a waiting call",
            () -> Planted.site(new SpoiltSite.LeavesCallsBesideFreeAgents()),
            Set.of("no call waits beside an agent who could serve it")),
        new Planted(
            "no repetition: by calls",
            () -> Planted.call(new SpoiltCall.NeverRepeats()),
            Set.of(
                "call and site agree",
                "nothing is left over",
                "each caller gets a final answer",
                "no phone rings for nobody",
                "no caller is left in a dead dialog",
                "no call goes on without its caller",
                "who waits is treated")),
        new Planted(
            "no repetition: by agents' records",
            () -> Planted.agent(new SpoiltAgent.TellsOnce()),
            Set.of("the site knows each wish")),
        new Planted(
            "no care for legs after a recovery",
            () -> Planted.call(new SpoiltCall.ForgetsItsLegs()),
            Set.of(
                "who waits is treated",
                "no caller is left in a dead dialog",
                "no agent is left in a dead dialog",
                "no call goes on without its caller",
                "caller and agent hear each other")),
        new Planted(
            "caller and agent never joined",
            () -> Planted.call(new SpoiltCall.ForgetsToJoin()),
            Set.of("nothing times out where nothing goes wrong", "who waits hears the treatment")),
        new Planted(
            "double reservation: whoever asks another agent is taken for free",
            () -> Planted.site(new SpoiltSite.FreesWhoAsks()),
            Set.of(
                "call and agent agree at the site",
                "no agent with two interactions",
                "a queue takes agents by its rule")),
        new Planted(
            "a consultation that is over keeps the leg of whoever asked",
            () -> Planted.call(new SpoiltCall.KeepsWhoAsked()),
            Set.of("no agent is left in a dead dialog", "no agent with two interactions")),
        new Planted(
            "a consultation that is over keeps the leg that was dialled for it",
            () ->
                Planted.call(
                    new SpoiltCall.KeepsLegs(
                        Consultation.FIRST_DIALLED, Consultation.LAST_DIALLED)),
            Set.of("no agent is left in a dead dialog")),
        new Planted(
            "a conference that is over keeps its legs to the room",
            () ->
                Planted.call(
                    new SpoiltCall.KeepsLegs(Conference.FIRST_MIXED, Conference.LAST_MIXED)),
            Set.of("no agent is left in a dead dialog")),
        new Planted(
            "a consultation that is over and that the site never hears of",
            () -> Planted.call(new SpoiltCall.KeepsToItself(Site.ConsultOver.class)),
            Set.of(
                "call and site agree",
                "a site believes only what the call says",
                "who is sent on does not end in the site's silence")),
        new Planted(
            "a conference that the site never hears of",
            () -> Planted.call(new SpoiltCall.KeepsToItself(Site.Attends.class)),
            Set.of("the site knows who takes part")),
        new Planted(
            "nobody there: callers come in all the same",
            () -> Planted.site(new SpoiltQueues.LetsAnybodyIn()),
            Set.of("callers are refused where nobody is there, and only there")),
        new Planted(
            "nobody there: whoever talks is taken for absent",
            () -> Planted.site(new SpoiltQueues.RefusesWhereAllTalk()),
            Set.of(
                "callers are let go where nobody has been there, and only there",
                "callers are refused where nobody is there, and only there")),
        new Planted(
            "nobody there: callers are let go at once",
            () -> Planted.site(new SpoiltQueues.LetsGoAtOnce()),
            Set.of("callers are let go where nobody has been there, and only there")),
        new Planted(
            "nobody there: nobody is let go",
            () -> Planted.site(new SpoiltQueues.LetsNobodyGo()),
            Set.of("callers are let go where nobody has been there, and only there")),
        new Planted(
            "widening: some seconds late",
            () -> Planted.site(new SpoiltQueues.WidensLate()),
            Set.of("a call is widened in its time")),
        new Planted(
            "widening: by the time in the queue before",
            () -> Planted.site(new SpoiltQueues.WidensByTheLastQueue()),
            Set.of("a call is widened in its time")),
        new Planted(
            "widening: not told of the chosen",
            () -> Planted.site(new SpoiltQueues.SaysNothingOfWidenings()),
            Set.of("a decision says truly which need was met")),
        new Planted(
            "kept place: for too long",
            () -> Planted.site(new SpoiltQueues.KeepsPlacesForLong()),
            Set.of("who calls back in time has the place again, and nobody else")),
        new Planted(
            "kept place: for anybody",
            () -> Planted.site(new SpoiltQueues.GivesPlacesToAnybody()),
            Set.of("who calls back in time has the place again, and nobody else")),
        new Planted(
            "kept place: given twice",
            () -> Planted.site(new SpoiltQueues.GivesPlacesTwice()),
            Set.of("who calls back in time has the place again, and nobody else")),
        new Planted(
            "a state that no journal holds",
            () -> Planted.call(new SpoiltCall.CountsItsFolds()),
            Set.of("folded journal equals live state")));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void shouldFindPlantedBug(Planted bug) {
    bug.mustBeFound((seed, cast) -> new Simulation(seed, cast, null, null).play());
  }
}
