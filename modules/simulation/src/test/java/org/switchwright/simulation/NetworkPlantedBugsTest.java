package org.switchwright.simulation;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link PlantedBugsTest}, of what sites do for each other. */
class NetworkPlantedBugsTest {
  static Stream<Planted> bugs() {
    return Stream.of(
        new Planted(
            "two agents: the others are kept looking, and one is taken for a call that rings",
            () -> Planted.site(new SpoiltEnlisting.LendsToWhoRings()),
            Set.of(
                "an agent is lent for a call that waits for anybody",
                "nobody is expected who does not wait")),
        new Planted(
            "nobody is told that a call is not to be expected any more",
            () -> Planted.site(new SpoiltEnlisting.TellsNobody()),
            Set.of("nobody is expected who does not wait")),
        new Planted(
            "a lent agent is kept",
            () -> Planted.site(new SpoiltEnlisting.NeverReturns()),
            Set.of(
                "an agent is lent for as long as there is a call",
                "call and agent agree at the site")),
        new Planted(
            "an enlistment is not renewed",
            () -> Planted.site(new SpoiltEnlisting.NeverRenews()),
            Set.of("who waits does so at each site that is asked")),
        new Planted(
            "whoever is expected is counted",
            () -> Planted.site(new SpoiltEnlisting.CountsTheExpected()),
            Set.of("nobody is lost")),
        new Planted(
            "lost place: whoever comes back from another site is put last",
            () -> Planted.site(new SpoiltEnlisting.PutsLastWhoComesBack()),
            Set.of("the place is kept")),
        new Planted(
            "an agent is blamed for a caller who did not come",
            () -> Planted.site(new SpoiltEnlisting.BlamesWhoIsHeld()),
            Set.of(
                "a site believes only what the call says",
                "who is held for a caller of another site comes to no harm")),
        new Planted(
            "whoever is on the way there is forgotten when the enlistment is confirmed again",
            () -> Planted.site(new SpoiltEnlisting.ForgetsWhomItSends()),
            Set.of(
                "nobody is forgotten who is on the way", "who is sent to a lent agent gets there")),
        new Planted(
            "an agent who has sent a caller on is not taken again",
            () -> Planted.site(new SpoiltEnlisting.TakesNobodyTwice()),
            Set.of("no agent is held for one who does not come")),
        new Planted(
            "an agent rings before the caller has come",
            () -> Planted.call(new SpoiltExpecting.RingsAtOnce()),
            Set.of("no phone rings for nobody", "no agent is left in a dead dialog")),
        new Planted(
            "nobody hears that a call is not to be expected any more",
            () -> Planted.call(new SpoiltExpecting.IgnoresForget()),
            Set.of("nobody is expected who does not wait")),
        new Planted(
            "a call is expected for longer than anybody speaks of it",
            () -> Planted.call(new SpoiltExpecting.ExpectsForLong()),
            Set.of("who is not spoken of any more is forgotten")),
        new Planted(
            "wrong place: whoever is expected comes last",
            () -> Planted.call(new SpoiltExpecting.ForgetsTheWait()),
            Set.of("the place is kept elsewhere")),
        new Planted(
            "wrong place: whoever is expected has waited for longer than is true",
            () -> Planted.call(new SpoiltExpecting.ClaimsMore()),
            Set.of("the place is kept elsewhere")),
        new Planted(
            "a caller who was not answered waits at the other site",
            () -> Planted.call(new SpoiltExpecting.KeepsTheCaller()),
            Set.of("whoever is not answered elsewhere waits at home")),
        new Planted(
            "an agent is lent twice, by two offers",
            () -> Planted.monitor(SpoiltExpecting.LendsTwice::new),
            Set.of(
                "who is lent works for that call",
                "nobody is forgotten who is on the way",
                "who is sent to a lent agent gets there")),
        new Planted(
            "an agent is lent once, whether that is heard or not",
            () -> Planted.monitor(SpoiltExpecting.LendsOnce::new),
            Set.of("no agent is held for one who does not come")),
        new Planted(
            "a site that is cut off gets no calls",
            () -> Planted.site(new SpoiltNeighbours.LeavesOutWhoIsCutOff()),
            Set.of("a site that cannot be asked gets calls")),
        new Planted(
            "nobody hears that a link is cut",
            () -> Planted.site(new SpoiltNeighbours.IgnoresLinks()),
            Set.of("a site knows how its links stand")),
        new Planted(
            "a monitor tells once how its link stands, whether that is heard or not",
            () -> Planted.monitor(SpoiltNeighbours.TellsOnce::new),
            Set.of("a site knows how its links stand")),
        new Planted(
            "a site whose link is cut is left out",
            () -> Planted.site(new SpoiltNeighbours.TakesTheLinkForThePath()),
            Set.of("only where calls do not get to is left out")),
        new Planted(
            "a site that a call did not get to is left out for good",
            () -> Planted.site(new SpoiltNeighbours.TriesNobodyAgain()),
            Set.of("who is left out is tried again soon")),
        new Planted(
            "a site that calls get to again is taken for one that they do not",
            () -> Planted.site(new SpoiltNeighbours.NeverFinds()),
            Set.of("who is got to is not taken for one who is not")),
        new Planted(
            "calls that fail at the same time count one by one",
            () -> Planted.site(new SpoiltNeighbours.CountsEachFailure()),
            Set.of("calls that fail together count once")),
        new Planted(
            "whoever was sent is taken for one of those who wait in the estimate",
            () -> Planted.site(new SpoiltNeighbours.BelievesMore()),
            Set.of("no more are sent unasked than the estimate says")),
        new Planted(
            "an estimate is not looked at again",
            () -> Planted.site(new SpoiltNeighbours.LooksNoMore()),
            Set.of(
                "a site that cannot be asked gets calls",
                "who waits for room where nobody can be asked is looked after")),
        new Planted(
            "what was known of a site that a call is sent to is not written down",
            () -> Planted.site(new SpoiltNeighbours.ForgetsWhatItKnew()),
            Set.of("what was known is written down with whoever is sent unasked")),
        new Planted(
            "everybody is sent to a site that cannot be asked",
            () -> Planted.site(new SpoiltNeighbours.SendsAll()),
            Set.of("no more are sent unasked than the estimate says")),
        new Planted(
            "whoever was sent unasked is never called back",
            () -> Planted.site(new SpoiltNeighbours.HasPatience()),
            Set.of("who is on the way gets there or comes back")),
        new Planted(
            "another site's clock is believed",
            () -> Planted.site(new SpoiltNeighbours.BelievesAnotherClock()),
            Set.of("each site goes by its own clock")),
        new Planted(
            "a call is sent by the same number again",
            () -> Planted.site(new SpoiltNeighbours.NumbersNothing()),
            Set.of("a call is sent once by each number")),
        new Planted(
            "lost place: whoever comes unasked comes last",
            () -> Planted.call(new SpoiltNeighbours.PutsLastWhoComesUnasked()),
            Set.of("the place is kept elsewhere")),
        new Planted(
            "counted twice: whoever comes unasked is taken for another caller",
            () -> Planted.call(new SpoiltNeighbours.KnowsNoOrigin()),
            Set.of(
                "who comes unasked is no new caller",
                "who is handed on is the same caller at the same routing point",
                "what is answered here was answered there")),
        new Planted(
            "a caller who is handed on is sent back to where nobody is",
            () -> Planted.call(new SpoiltRedirecting.SendsBack()),
            Set.of("who is handed on is the same caller at the same routing point")),
        new Planted(
            "lost place: whoever is handed on comes last",
            () -> Planted.call(new SpoiltRedirecting.PutsLast()),
            Set.of("the place is kept where a caller is sent")),
        new Planted(
            "whoever was answered is told to go elsewhere",
            () -> Planted.call(new SpoiltRedirecting.RedirectsTheAnswered()),
            Set.of("only who has not been answered is told to go elsewhere")),
        new Planted(
            "counted nowhere: a site does not hear that a call's home has let go of it",
            () -> Planted.site(new SpoiltRedirecting.TakesNothingOver()),
            Set.of("who is handed on counts where they went")));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void shouldFindPlantedBug(Planted bug) {
    bug.mustBeFound((seed, cast) -> new NetworkSimulation(seed, cast, null, null).play());
  }
}
