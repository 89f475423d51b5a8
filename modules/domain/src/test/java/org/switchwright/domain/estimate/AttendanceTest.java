package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttendanceTest {
  private static final long CUT = SyntheticSite.at(0, 10, 0);

  private final SiteHistory history =
      SiteHistory.of(
          List.of(talk(-60, "early"), talk(-5, "always"), talk(60, "late")), ZoneOffset.UTC);
  private final Attendance day = Attendance.of(history, CUT);

  @Test
  void shouldNameWhoWasThereAtThatTime() {
    assertThat(someone(5 * 60, new Floor())).containsOnly("always");
    assertThat(someone(65 * 60, new Floor())).containsOnly("late");
  }

  @Test
  void shouldNameNobodyTwice() {
    Floor floor = new Floor();
    floor.add(history.agentIndex("always"), 0);

    assertThat(day.someone(5 * 60, floor, new Chance(1))).isEqualTo(SiteHistory.NOBODY);
  }

  @Test
  void shouldNameNobodyWhoHadGoneBefore() {
    assertThat(day.agent()).doesNotContain(history.agentIndex("early"));
  }

  private List<String> someone(double now, Floor floor) {
    return IntStream.range(0, 20)
        .map(seed -> day.someone(now, floor, new Chance(seed)))
        .mapToObj(agent -> List.of("always", "early", "late").get(agent))
        .toList();
  }

  private static CallRecord talk(int minute, String agent) {
    long at = CUT + minute * SyntheticSite.MINUTE;
    return new CallRecord(at, at, at + 15 * SyntheticSite.MINUTE, agent, "help", 0);
  }
}
