package org.switchwright.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.estimate.PlannedDay;

class StaffScheduleTest {
  private static final Path EXAMPLE =
      Path.of(
          Objects.requireNonNull(System.getProperty("switchwright.root")),
          "docs/schedules/shifts.conf");
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);

  private static final String COUNTED =
      """
      zone = "Europe/Vienna"
      schedule {
        delimiter = ";", time-pattern = "yyyy-MM-dd HH:mm", from = from, to = to, agents = n
        breaks { kind = [break] }
      }
      """;

  @TempDir private Path folder;

  private StaffSchedule shifts(String... rows) throws Exception {
    return read(EXAMPLE, "date,agent,activity,start,end", rows);
  }

  private StaffSchedule counted(String... rows) throws Exception {
    Path map = Files.writeString(folder.resolve("counted.conf"), COUNTED);
    return read(map, "from;to;n;kind", rows);
  }

  private StaffSchedule read(Path map, String header, String... rows) throws Exception {
    Path file = folder.resolve("shifts.csv");
    Files.writeString(file, header + "\n" + String.join("\n", rows) + "\n");
    return StaffSchedule.read(List.of(file), StaffScheduleMap.read(map));
  }

  private static PlannedDay day(LocalDate day, int... minutesAndAgents) {
    PlannedDay.Step[] steps = new PlannedDay.Step[minutesAndAgents.length / 2];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new PlannedDay.Step(minutesAndAgents[2 * i], minutesAndAgents[2 * i + 1]);
    }
    return new PlannedDay(day, List.of(steps));
  }

  @Test
  void shouldCountWhoIsAtWorkBetweenBreaks() throws Exception {
    StaffSchedule read =
        shifts(
            "2026-06-01,anna,Phone,08:00,16:30",
            "2026-06-01,anna,Lunch,12:00,12:30",
            "2026-06-01,ben,Phone,09:00,17:00",
            "2026-06-01,dora,Vacation,08:00,16:00");

    assertThat(read.days())
        .containsExactly(day(MONDAY, 480, 1, 540, 2, 720, 1, 750, 2, 990, 1, 1020, 0));
    assertThat(read.rows()).isEqualTo(4);
    assertThat(read.shifts()).isEqualTo(2);
    assertThat(read.breaks()).isEqualTo(1);
    assertThat(read.leftOut()).isEqualTo(1);
    assertThat(read.faulty()).isZero();
  }

  @Test
  void shouldCountAnAgentOnceAtATime() throws Exception {
    StaffSchedule read =
        shifts(
            "2026-06-01,anna,Phone,08:00,12:00",
            "2026-06-01,anna,Chat,10:00,14:00",
            "2026-06-01,anna,Phone,08:00,12:00",
            "2026-06-01,anna,Lunch,11:00,11:30",
            "2026-06-01,anna,Training,11:15,13:00");

    assertThat(read.days()).containsExactly(day(MONDAY, 480, 1, 660, 0, 780, 1, 840, 0));
  }

  /** Its break comes after midnight, and belongs to the day on which the shift began. */
  @Test
  void shouldTakeANightShiftForOneOfTheDayOnWhichItBegins() throws Exception {
    StaffSchedule read =
        shifts("2026-06-01,cem,Phone,22:00,06:00", "2026-06-02,cem,Break,02:00,02:15");

    assertThat(read.days()).containsExactly(day(MONDAY, 1320, 1, 1560, 0, 1575, 1, 1800, 0));
  }

  @Test
  void shouldTakeAWholeDay() throws Exception {
    assertThat(shifts("2026-06-01,cem,Phone,00:00,24:00").days())
        .isEqualTo(shifts("2026-06-01,cem,Phone,00:00,00:00").days())
        .containsExactly(day(MONDAY, 0, 1, 1440, 0));
  }

  @Test
  void shouldTakeNumbersOfAgents() throws Exception {
    StaffSchedule read =
        counted(
            "2026-06-01 08:00;2026-06-01 16:00;10;shift",
            "2026-06-01 12:00;2026-06-01 12:30;4;break",
            "2026-06-01 22:00;2026-06-02 06:00;2;shift",
            "2026-06-02 01:00;2026-06-02 01:30;1;break",
            "2026-06-03 00:00;2026-06-04 00:00;0;shift");

    assertThat(read.faults()).isEmpty();
    assertThat(read.days())
        .containsExactly(
            day(MONDAY, 480, 10, 720, 6, 750, 10, 960, 0, 1320, 2, 1500, 1, 1530, 2, 1800, 0),
            day(MONDAY.plusDays(2), 0, 0));
  }

  @Test
  void shouldCountAndListAndLeaveOutWhatIsFaulty() throws Exception {
    StaffSchedule named =
        shifts(
            "2026-06-01,anna,Phone,08:00,16:00",
            "2026-06-01,,Phone,08:00,16:00",
            "2026-06-01,ben,Phone,8 am,16:00",
            "2026-06-01,ben,Phone,08:00,08:00",
            "yesterday,ben,Phone,08:00,16:00",
            "2026-06-01,ben,Phone");

    assertThat(named.days()).containsExactly(day(MONDAY, 480, 1, 960, 0));
    assertThat(named.shifts()).isEqualTo(1);
    assertThat(named.faulty()).isEqualTo(5);
    assertThat(named.faults())
        .containsExactly(
            "shifts.csv:3: expected an agent in agent, but got nothing",
            "shifts.csv:4: expected a time in start as the map says, but got \"8 am\"",
            "shifts.csv:5: expected an end after the beginning, within 24 h, but got"
                + " 2026-06-01T08:00 to 2026-06-01T08:00",
            "shifts.csv:6: expected a time in date as the map says, but got \"yesterday\"",
            "shifts.csv:7: expected as many values as columns, but got 3");

    StaffSchedule counted =
        counted(
            "2026-06-01 08:00;2026-06-01 16:00;10;shift",
            "2026-06-01 15:00;2026-06-01 16:30;1;break",
            "2026-06-01 12:00;2026-06-01 12:30;11;break",
            "2026-06-01 08:00;2026-06-02 08:01;10;shift",
            "2026-06-01 08:00;2026-06-01 16:00;many;shift");
    assertThat(counted.days()).containsExactly(day(MONDAY, 480, 10, 960, 0));
    assertThat(counted.breaks()).isZero();
    assertThat(counted.faults())
        .containsExactlyInAnyOrder(
            "shifts.csv:3: expected a break within shifts of as many agents",
            "shifts.csv:4: expected a break within shifts of as many agents",
            "shifts.csv:5: expected an end after the beginning, within 24 h, but got"
                + " 2026-06-01T08:00 to 2026-06-02T08:01",
            "shifts.csv:6: expected 0 to 100000 in n, but got \"many\"");
  }

  @Test
  void shouldRefuseAMapThatSaysTooLittleOrTooMuch() throws Exception {
    Path map =
        Files.writeString(
            folder.resolve("map.conf"),
            """
            zone = "Mars"
            schedule { time-pattern = "HH:mm", from = a, to = b, agent = c, agents = d, pause = e }
            """);

    assertThatThrownBy(() -> StaffScheduleMap.read(map))
        .isInstanceOf(CallLogRefused.class)
        .hasMessageContaining("expected a time zone such as Europe/Vienna")
        .hasMessageContaining("expected either \"agent\"")
        .hasMessageContaining("pause");
  }

  @Test
  void shouldRefuseAFileWithoutTheColumnsOfTheMap() {
    assertThatThrownBy(() -> read(EXAMPLE, "date,who,activity,start,end"))
        .isInstanceOf(CallLogRefused.class)
        .hasMessageContaining("the column \"agent\" (agent of the map)");
  }
}
