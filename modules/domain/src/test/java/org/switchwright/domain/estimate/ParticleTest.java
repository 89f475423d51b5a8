package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Courses of a site after a cut on a Monday at eleven, of which little or much is seen. */
class ParticleTest {
  private static final int COURSES = 200;
  private static final int DAY = 35;
  private static final long CUT = SyntheticSite.at(DAY, 11, 0);
  private static final double FREE = 0;
  private static final double NOT_TOLD = Double.NaN;

  private final List<Sent> sent = new ArrayList<>();

  private record Sent(String queue) {}

  @Test
  void shouldGiveWhoWaitsAtOnceToWhoIsReportedFree() {
    List<Particle> courses =
        courses(2, Sightings.live(0, calls()), new double[] {FREE, FREE, FREE});

    assertThat(mean(courses, Particle::waiting)).isZero();
    assertThat(mean(courses, Particle::busy)).isEqualTo(2);
  }

  @Test
  void shouldGiveNobodyToWhoIsReportedInAPauseUntilItEnds() {
    List<Particle> courses =
        courses(
            2,
            Sightings.live(0, calls()),
            new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0.5});

    assertThat(mean(courses, Particle::waiting)).isEqualTo(2);
    courses.forEach(it -> it.advance(0.6));
    assertThat(mean(courses, Particle::waiting)).isBetween(0.7, 1.1);
  }

  /** Of agents of whom it is not told, those who let somebody wait are in a pause. */
  @Test
  void shouldSupposeAPauseOfWhoLetsSomebodyWait() {
    List<Particle> courses =
        courses(2, Sightings.live(0, calls()), new double[] {NOT_TOLD, NOT_TOLD, NOT_TOLD});

    assertThat(mean(courses, Particle::waiting)).isEqualTo(2);
  }

  @Test
  void shouldTellHowBusyTheDayIsByTheShareThatIsSeen() {
    SiteHistory history = SiteHistory.of(SyntheticSite.weeks(5, 7), ZoneOffset.UTC);
    int day = OrdinaryDays.day(CUT);
    ArrivalForecast arrivals =
        ArrivalForecast.of(history, CUT, day, new OrdinaryDays(history).similar(day));
    double expected = 0;
    for (int minute = -60; minute < 60; minute++) {
      expected += 60 * arrivals.usual(60.0 * minute + 30);
    }
    double half = expected / 2;

    // An hour after the cut half of the two hours that count were reported.
    double usual = arrivals.level(3_600, half, half / 2, 0.5, 0);
    assertThat(usual).isBetween(0.9, 1.1);
    assertThat(arrivals.level(3_600, half, 0, 0, 0)).as("nothing sent").isBetween(0.9, 1.1);
    assertThat(arrivals.level(3_600, half, 0, 0.5, 0)).as("none came").isLessThan(0.9 * usual);
    assertThat(arrivals.level(3_600, half, half, 0.5, 0)).as("twice").isGreaterThan(1.1 * usual);
    assertThat(arrivals.level(3_600, half, half / 2, 0.5, 1)).isGreaterThan(usual);
  }

  @Test
  void shouldLetASeenAnswerSayNothingOfWhoWaitsForOthers() {
    Sightings.Calls calls = calls();
    Sightings seen = Sightings.live(0.5, calls);
    sent.add(new Sent("orders"));
    seen.add(20, Sightings.ENTER, number(0));
    seen.add(50, Sightings.ANSWER, number(0));
    List<Particle> courses = courses(6, seen, new double[0]);
    courses.forEach(it -> it.advance(49));
    double before = mean(courses, Particle::waiting);
    courses.forEach(it -> it.advance(50));

    // Six wait for help, and one who entered later for an order, which is answered.
    assertThat(before - mean(courses, Particle::waiting)).isBetween(0.5, 1.5);
    assertThat(mean(courses, Particle::busy)).isBetween(1.0, 1.1);
  }

  @Test
  void shouldNotMakeAgentsOfCallsThatMustHaveLeft() {
    Sightings seen = Sightings.live(0.5, calls());
    sent.add(new Sent("help"));
    seen.add(20, Sightings.ENTER, number(0));
    seen.add(50, Sightings.ANSWER, number(0));
    List<Particle> courses = courses(6, seen, new double[0]);
    courses.forEach(it -> it.advance(50));

    assertThat(mean(courses, Particle::busy)).isBetween(1.0, 1.1);
    assertThat(mean(courses, Particle::loggedIn)).isBetween(1.0, 1.1);
  }

  /** Of whom others see nothing but that somebody waits, most talk to calls that are not seen. */
  @Test
  void shouldSupposeThatWhoLetsASeenCallWaitTalksToOneThatIsNotSeen() {
    Sightings seen = Sightings.live(0.5, calls());
    sent.add(new Sent("help"));
    seen.add(1, Sightings.ENTER, number(0));
    List<Particle> courses = courses(0, seen, new double[] {FREE, FREE, FREE, FREE});
    courses.forEach(it -> it.advance(61));

    assertThat(courses).allSatisfy(it -> assertThat(it.waiting()).isPositive());
    assertThat(mean(courses, Particle::busy)).isBetween(1.2, 2.6);
    assertThat(mean(courses, Particle::loggedIn)).isBetween(2.0, 4.5);
  }

  private Sightings.Calls calls() {
    return new Sightings.Calls() {
      @Override
      public boolean ours(int call) {
        return call >= number(0);
      }

      @Override
      public int queue(int call) {
        return Arrays.binarySearch(
            new String[] {"help", "orders"}, sent.get(call - number(0)).queue());
      }

      @Override
      public int headStartMs(int call) {
        return 0;
      }
    };
  }

  private static int number(int ofSent) {
    return 1_000_000 + ofSent;
  }

  /**
   * @param waiting who wait for help since a minute
   * @param pausesUntil of each agent who is there
   */
  private static List<Particle> courses(int waiting, Sightings seen, double[] pausesUntil) {
    List<CallRecord> calls = new ArrayList<>(SyntheticSite.weeks(5, 7));
    for (int i = 0; i < waiting; i++) {
      long entered = CUT - 60_000 + i;
      calls.add(new CallRecord(entered, CallRecord.NEVER, CUT + 1, "", "help", 0));
    }
    SiteHistory history = SiteHistory.of(calls, ZoneOffset.UTC);
    int[] agents = new int[pausesUntil.length];
    Arrays.setAll(agents, i -> history.agentIndex("agent-" + i));
    double[] since = new double[agents.length];
    Arrays.fill(since, -30);
    Snapshot snapshot =
        Snapshot.of(history, CUT).idle(new Snapshot.Idle(agents, since, pausesUntil));
    int day = OrdinaryDays.day(CUT);
    SiteModel model =
        SiteModel.of(
            history,
            CUT,
            new OrdinaryDays(history).similar(day),
            WorkTimes.before(history, day),
            snapshot,
            snapshot.loggedIn());
    List<Particle> courses = new ArrayList<>();
    for (int p = 0; p < COURSES; p++) {
      courses.add(new Particle(model, seen, 31L * p));
    }
    return courses;
  }

  private interface Count {
    int of(Particle course);
  }

  private static double mean(List<Particle> courses, Count count) {
    return courses.stream().mapToInt(count::of).average().orElseThrow();
  }
}
