package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.PlannedDay;

/** What watched sites have planned, as it was planned at any moment. */
public final class PlannedDays {
  private static final String BETWEEN =
      """
      SELECT DISTINCT ON (day) day, minutes, agents FROM planned_day
      WHERE site = ? AND day >= ? AND day <= ? AND loaded_at <= ?
      ORDER BY day, loaded_at DESC
      """;

  private static final String SPAN =
      "SELECT count(DISTINCT day), min(day), max(day) FROM planned_day WHERE site = ?";

  private final ReadModels models;

  public PlannedDays(DataSource source) {
    this.models = new ReadModels(source);
  }

  /**
   * From when to when anything is planned.
   *
   * @param days how many are
   */
  public record Span(long days, Optional<LocalDate> first, Optional<LocalDate> last) {}

  public Span span(SiteId site) throws SQLException {
    return models.read((connection, _) -> {
      try (PreparedStatement select = connection.prepareStatement(SPAN)) {
        new Parameters(select).text(site.value());
        Cells cells = new Cells(select.executeQuery());
        cells.next();
        return new Span(
            cells.number(),
            Optional.ofNullable(cells.dayOrNull()),
            Optional.ofNullable(cells.dayOrNull()));
      }
    });
  }

  /**
   * @param first and {@code last}, with it
   * @param asOf what was loaded later does not count
   * @return the days that were planned, in their order
   */
  public List<PlannedDay> between(SiteId site, LocalDate first, LocalDate last, Instant asOf)
      throws SQLException {
    return models.read((connection, _) -> between(connection, site, first, last, asOf));
  }

  /** Those that are planned exactly so. */
  public Set<PlannedDay> known(SiteId site, List<PlannedDay> days, Instant asOf)
      throws SQLException {
    LocalDate first = days.stream().map(PlannedDay::day).min(LocalDate::compareTo).orElseThrow();
    LocalDate last = days.stream().map(PlannedDay::day).max(LocalDate::compareTo).orElseThrow();
    Set<PlannedDay> known = new HashSet<>(between(site, first, last, asOf));
    known.retainAll(new HashSet<>(days));
    return known;
  }

  private static List<PlannedDay> between(
      Connection connection, SiteId site, LocalDate first, LocalDate last, Instant asOf)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BETWEEN)) {
      new Parameters(select).text(site.value()).day(first).day(last).at(asOf);
      Cells cells = new Cells(select.executeQuery());
      List<PlannedDay> days = new ArrayList<>();
      while (cells.next()) {
        LocalDate day = cells.day();
        List<Integer> minutes = cells.counts();
        List<Integer> agents = cells.counts();
        List<PlannedDay.Step> steps = new ArrayList<>();
        for (int i = 0; i < minutes.size(); i++) {
          steps.add(new PlannedDay.Step(minutes.get(i), agents.get(i)));
        }
        days.add(new PlannedDay(day, steps));
      }
      return days;
    }
  }
}
