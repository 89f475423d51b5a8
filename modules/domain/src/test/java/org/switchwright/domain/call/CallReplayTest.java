package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchwright.domain.Decision;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.LegReport.ReinviteRefusal;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.call.LegReport.TreatmentFailure;
import org.switchwright.domain.routing.Destination;

/**
 * Random commands in any order, most of which make no sense: none may throw, and after each the
 * folded journal is the live state.
 */
class CallReplayTest {
  private static final int STEPS = 120;

  static List<Long> seeds() {
    long count = Long.getLong("replay.seeds", 400);
    return RandomGeneratorFactory.of("L64X128MixRandom").create(2026).longs(count).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldFoldToTheLiveStateAfterEachStep(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    CallState live = Call.AGGREGATE.initial(CALL.value());
    List<CallEvent> journal = new ArrayList<>();
    Instant now = NOW;

    for (int step = 0; step < STEPS; step++) {
      now = now.plusMillis(random.nextInt(20_000));
      Call.Command command = step == 0 ? arrive(random) : command(random, live);
      if (Call.AGGREGATE.decide(live, command, now) instanceof Decision.Accepted<CallEvent> yes) {
        for (CallEvent event : yes.events()) {
          live = Call.AGGREGATE.evolve(live, event);
          Call.AGGREGATE.react(live, event);
          journal.add(event);
        }
      }
      CallState folded = Call.AGGREGATE.initial(CALL.value());
      for (CallEvent event : journal) {
        folded = Call.AGGREGATE.evolve(folded, event);
      }

      assertThat(folded).as("seed %d, step %d, %s", seed, step, command).isEqualTo(live);
      assertThat(Call.AGGREGATE.due(live).isEmpty()).isEqualTo(Call.AGGREGATE.over(live));
      Call.AGGREGATE.owed(live);
      Call.AGGREGATE.resume(live);
    }
  }

  private static Call.Arrive arrive(RandomGenerator random) {
    SessionTimer timer = new SessionTimer(90 + random.nextInt(300), random.nextBoolean());
    return new Call.Arrive(
        arrived().interaction(),
        SITE,
        EDGE,
        arrived().point(),
        INVITE,
        dialog("caller-tag", timer),
        CALLER,
        random.nextInt(10) == 0 ? null : CALLER_SDP,
        new TreeMap<>());
  }

  private static <T> T any(RandomGenerator random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static Call.Command command(RandomGenerator random, CallState state) {
    int leg = random.nextInt(3) == 0 ? 0 : Math.max(1, state.offers() - random.nextInt(4));
    OfferId offer = new OfferId(CALL, Math.max(1, state.offers() + random.nextInt(5) - 2));
    long cseq = state.leg(leg).map(it -> it.cseq() + random.nextInt(3) - 1).orElse(1L);
    Personal session = random.nextBoolean() ? CALLER_HOLD : AGENT_SDP;
    return switch (random.nextInt(27)) {
      case 0, 1 -> new Call.Offered(offer, ANNA, STATION, NOW.plusSeconds(random.nextInt(600)), 0);
      case 2 ->
          new Call.Queued(
              SALES,
              1,
              NOW.plusSeconds(random.nextInt(600)),
              random.nextBoolean() ? TreatmentMode.EARLY_MEDIA : TreatmentMode.AFTER_ANSWER,
              0);
      case 3 -> new Call.EndOffer(offer);
      case 4 -> new LegReport.Ringing(leg);
      case 5, 6 ->
          new LegReport.Answered(leg, dialog("tag-" + leg, new SessionTimer(90, true)), AGENT_SDP);
      case 7 -> new LegReport.Refused(leg, any(random, StationRefusal.values()), 400);
      case 8, 9 -> new LegReport.CallerAcknowledged(random.nextBoolean() ? null : CALLER_SDP);
      case 10 ->
          new LegReport.TreatmentStarted(random.nextBoolean() ? PLAYER_SDP : OTHER_PLAYER_SDP);
      case 11, 12 -> new LegReport.ReinviteAnswered(leg, cseq, session);
      case 13 ->
          new LegReport.ReinviteRefused(
              leg, cseq, any(random, ReinviteRefusal.values()), random.nextBoolean() ? 408 : 481);
      case 14, 15 ->
          new LegReport.ReinviteArrived(
              leg,
              transaction("b-" + random.nextInt(50), 1 + random.nextInt(60)),
              random.nextInt(5) == 0 ? null : session);
      case 16 -> new LegReport.Orphaned(leg);
      case 17 -> new LegReport.Released(leg);
      case 18, 19, 20 -> new Call.Expire();
      case 21 -> new Call.AreYouTalking(offer);
      case 24, 25 ->
          new Call.Transfer(
              random.nextBoolean() ? new Destination.Back() : new Destination.ToAgent(ANNA),
              random.nextBoolean(),
              "r" + random.nextInt(50));
      case 26 ->
          new LegReport.ReferArrived(
              leg,
              transaction("b-" + random.nextInt(50), 1 + random.nextInt(60)),
              new Destination.Back());
      case 22 ->
          random.nextBoolean()
              ? new LegReport.TreatmentFailed(TreatmentFailure.NO_CAPACITY)
              : new Call.Settle();
      default ->
          switch (random.nextInt(10)) {
            case 0 -> new LegReport.CallerCancelled();
            case 1 -> new LegReport.HungUp(leg);
            case 2 -> new LegReport.NeverAcknowledged(leg);
            case 3 -> new Call.Release(Refusal.WAITED_TOO_LONG);
            default -> new Call.Settle();
          };
    };
  }
}
