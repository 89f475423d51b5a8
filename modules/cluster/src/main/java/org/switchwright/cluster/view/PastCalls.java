package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.KeptBooks;
import org.switchwright.domain.estimate.Presence;
import org.switchwright.domain.estimate.SitePast;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.domain.statistics.Statistics;

/**
 * What is known of watched sites' past calls: by what they have reported, and by what was loaded
 * from logs. A day on which a site has reported calls counts by its reports, any other by what was
 * loaded.
 */
public final class PastCalls {
  /** Of one day, at most. */
  public static final int MAX_OF_DAY = StatisticsFacts.MAX_FACTS;

  private static final String LOADED =
      "SELECT "
          + HistoryView.COLUMNS
          + " FROM history_call WHERE site = ? AND generation = "
          + HistoryView.GENERATION
          + " AND entered_ms >= ? AND entered_ms < ?"
          + " AND loaded_at <= coalesce(?, 'infinity'::timestamptz)"
          + " ORDER BY entered_ms, answered_ms, ended_ms, agent, queue, head_start_ms, copy LIMIT ?";

  /** Those that have not been forgotten. */
  private static final String COUNTING =
      "FROM history_call WHERE site = ? AND generation = " + HistoryView.GENERATION;

  private static final String SPAN =
      "SELECT (SELECT to_timestamp(min(entered_ms) / 1000.0) "
          + COUNTING
          + "), (SELECT to_timestamp(max(entered_ms) / 1000.0) "
          + COUNTING
          + "), "
          + """
            least(
              (SELECT min(arrived_at) FROM queue_visit WHERE site = ?),
              (SELECT min(offered_at) FROM call_offering WHERE site = ?)),
            greatest(
              (SELECT max(arrived_at) FROM queue_visit WHERE site = ?),
              (SELECT max(offered_at) FROM call_offering WHERE site = ?)),
            (SELECT zone FROM history_zone WHERE site = ? ORDER BY loaded_at DESC LIMIT 1)
          """;

  private static final String KNOWN =
      "SELECT "
          + HistoryView.COLUMNS
          + " FROM history_call WHERE site = ? AND generation = ? AND entered_ms = ANY (?)";

  private static final String COUNT = "SELECT count(*) " + COUNTING;

  /**
   * Only calls that have their place here have visits; what agents ask each other comes in both.
   */
  private static final String SHARE =
      """
      SELECT
        (SELECT count(DISTINCT o.call_id) FROM call_offering o
         WHERE o.site = ? AND o.outcome = 'ACCEPTED' AND o.offered_at >= ? AND o.ended_at < ?
           AND NOT EXISTS
             (SELECT 1 FROM queue_visit v WHERE v.site = o.site AND v.call_id = o.call_id)),
        (SELECT count(DISTINCT call_id) FROM queue_visit
         WHERE site = ? AND arrived_at >= ? AND arrived_at < ?)
      """;

  private static final Duration LONGEST = Duration.ofMillis(CallRecord.MAX_CALL_MS);

  private final ReadModels models;
  private final StatisticsFacts facts;

  public PastCalls(DataSource source) {
    this.models = new ReadModels(source);
    this.facts = new StatisticsFacts(source);
  }

  /**
   * From when to when anything is known.
   *
   * @param zone whose wall clocks the site lives by; empty where nothing was loaded
   * @param knownUntil all of what was journaled until then is in it
   */
  public record Span(
      Optional<Instant> first, Optional<Instant> last, Optional<ZoneId> zone, Instant knownUntil) {}

  /** Where a day's calls come from. */
  public enum Source {
    REPORTED,
    LOADED,
    NONE
  }

  /** One day: the calls that entered on it, in that order, and who was there. */
  public record Day(LocalDate day, Source source, SitePast past) {}

  public Span span(SiteId site) throws SQLException {
    return models.read((connection, asOf) -> {
      try (PreparedStatement select = connection.prepareStatement(SPAN)) {
        Parameters parameters = new Parameters(select);
        counting(parameters, site);
        counting(parameters, site);
        for (int i = 0; i < 5; i++) {
          parameters.text(site.value());
        }
        Cells cells = new Cells(select.executeQuery());
        cells.next();
        Optional<Instant> firstLoaded = Optional.ofNullable(cells.atOrNull());
        Optional<Instant> lastLoaded = Optional.ofNullable(cells.atOrNull());
        Optional<Instant> firstReported = Optional.ofNullable(cells.atOrNull());
        Optional<Instant> lastReported = Optional.ofNullable(cells.atOrNull());
        return new Span(
            firstLoaded.isEmpty()
                ? firstReported
                : firstReported.filter(it -> it.isBefore(firstLoaded.get())).or(() -> firstLoaded),
            lastLoaded.isEmpty()
                ? lastReported
                : lastReported.filter(it -> it.isAfter(lastLoaded.get())).or(() -> lastLoaded),
            Optional.ofNullable(cells.textOrNull()).map(ZoneId::of),
            asOf.at());
      }
    });
  }

  /**
   * Whose wall clocks a site lives by.
   *
   * @param asOf what was loaded later does not count
   */
  public Optional<ZoneId> zone(SiteId site, Instant asOf) throws SQLException {
    return models.read((connection, _) -> {
      try (PreparedStatement select = connection.prepareStatement(HistoryView.ZONE)) {
        new Parameters(select).text(site.value()).at(asOf);
        Cells cells = new Cells(select.executeQuery());
        return cells.next() ? Optional.of(ZoneId.of(cells.text())) : Optional.empty();
      }
    });
  }

  /** How many calls were loaded from logs. */
  public long loaded(SiteId site) throws SQLException {
    return models.read((connection, _) -> {
      try (PreparedStatement select = connection.prepareStatement(COUNT)) {
        counting(new Parameters(select), site);
        Cells cells = new Cells(select.executeQuery());
        cells.next();
        return cells.number();
      }
    });
  }

  /** Fills the parameters of {@link #COUNTING}: now. */
  private static void counting(Parameters parameters, SiteId site) throws SQLException {
    parameters.text(site.value()).text(site.value()).at(null);
  }

  /** How often what was loaded of a site has been forgotten. */
  public long generation(SiteId site) throws SQLException {
    return models.read((connection, _) -> HistoryView.generation(connection, site.value()));
  }

  /**
   * @param zone whose days these are
   * @throws IllegalArgumentException where there were more than {@value #MAX_OF_DAY}
   */
  public Day day(SiteId site, LocalDate day, ZoneId zone) throws SQLException {
    return day(site, day, zone, Optional.empty(), Optional.empty());
  }

  private Day day(
      SiteId site, LocalDate day, ZoneId zone, Optional<AsOf> asOf, Optional<Instant> until)
      throws SQLException {
    Instant from = day.atStartOfDay(zone).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
    Statistics.Facts told = facts.read(site, new Interval(from, to.plus(LONGEST))).facts();
    List<CallRecord> reported =
        KeptBooks.calls(told, until).stream()
            .filter(it -> it.enteredMs() >= from.toEpochMilli())
            .filter(it -> it.enteredMs() < to.toEpochMilli())
            .filter(it -> asOf.isEmpty() || it.endedMs() <= asOf.get().over().toEpochMilli())
            .toList();
    if (!reported.isEmpty()) {
      List<Presence> there =
          KeptBooks.presences(told, to).stream()
              .flatMap(it -> within(it, from.toEpochMilli(), to.toEpochMilli()))
              .toList();
      return new Day(day, Source.REPORTED, new SitePast(reported, there));
    }
    Optional<Instant> loadedBy = asOf.map(AsOf::loaded);
    List<CallRecord> loaded =
        models.read((connection, _) ->
            loaded(connection, site, from.toEpochMilli(), to.toEpochMilli(), loadedBy).stream()
                .map(LoadedCall::record)
                .toList());
    return new Day(day, loaded.isEmpty() ? Source.NONE : Source.LOADED, SitePast.of(loaded));
  }

  private static Stream<Presence> within(Presence it, long from, long to) {
    return it.fromMs() < to && it.toMs() > from
        ? Stream.of(new Presence(it.agent(), Math.max(from, it.fromMs()), Math.min(to, it.toMs())))
        : Stream.empty();
  }

  /**
   * At a moment of the past, which whoever looks at it later sees as it was then.
   *
   * @param over what was over later does not count
   * @param loaded nor does what was loaded later
   */
  public record AsOf(Instant over, Instant loaded) {}

  /**
   * Everything of some days, until there is too much.
   *
   * @param first and {@code last}, with it, by the wall clocks of the zone
   * @param atMost how many calls; of more the latest days count
   * @return in no order
   */
  public SitePast between(
      SiteId site, LocalDate first, LocalDate last, ZoneId zone, int atMost, AsOf asOf)
      throws SQLException {
    return between(site, first, last, zone, atMost, Optional.of(asOf), Optional.empty())
        .until(asOf.over());
  }

  /**
   * The same, whenever it was loaded, with the calls that are still talked about.
   *
   * @param until when these are said to end
   */
  public List<CallRecord> withOpen(
      SiteId site, LocalDate first, LocalDate last, ZoneId zone, int atMost, Instant until)
      throws SQLException {
    return between(site, first, last, zone, atMost, Optional.empty(), Optional.of(until)).calls();
  }

  private SitePast between(
      SiteId site,
      LocalDate first,
      LocalDate last,
      ZoneId zone,
      int atMost,
      Optional<AsOf> asOf,
      Optional<Instant> until)
      throws SQLException {
    List<CallRecord> calls = new ArrayList<>();
    List<Presence> there = new ArrayList<>();
    for (LocalDate day = last;
        !day.isBefore(first) && calls.size() < atMost;
        day = day.minusDays(1)) {
      SitePast ofDay = day(site, day, zone, asOf, until).past();
      calls.addAll(ofDay.calls());
      there.addAll(ofDay.presences());
    }
    return new SitePast(calls, there);
  }

  /**
   * Which share of a site's calls had their place elsewhere, of those that it reported.
   *
   * @param to what came to pass later makes no difference
   * @return empty where it reported none
   */
  public Optional<Double> shareFromElsewhere(SiteId site, Instant from, Instant to)
      throws SQLException {
    return models.read((connection, _) -> {
      try (PreparedStatement select = connection.prepareStatement(SHARE)) {
        new Parameters(select)
            .text(site.value())
            .at(from)
            .at(to)
            .text(site.value())
            .at(from)
            .at(to);
        Cells cells = new Cells(select.executeQuery());
        cells.next();
        long elsewhere = cells.number();
        long own = cells.number();
        return elsewhere + own == 0
            ? Optional.empty()
            : Optional.of((double) elsewhere / (elsewhere + own));
      }
    });
  }

  /** Those that have been loaded already. */
  public Set<LoadedCall> known(SiteId site, List<LoadedCall> calls) throws SQLException {
    Set<LoadedCall> asked = new HashSet<>(calls);
    return models.read((connection, _) -> {
      // As a number of its own, by which the database knows that it has an index.
      long generation = HistoryView.generation(connection, site.value());
      try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
        select.setFetchSize(2_000);
        new Parameters(select)
            .text(site.value())
            .number(generation)
            .numbers(calls.stream().map(it -> it.entered().toEpochMilli()).distinct().toList());
        Cells cells = new Cells(select.executeQuery());
        Set<LoadedCall> known = new HashSet<>();
        while (cells.next()) {
          LoadedCall call = read(cells);
          if (asked.contains(call)) {
            known.add(call);
          }
        }
        return known;
      }
    });
  }

  private static List<LoadedCall> loaded(
      Connection connection, SiteId site, long fromMs, long toMs, Optional<Instant> asOf)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOADED)) {
      select.setFetchSize(2_000);
      new Parameters(select)
          .text(site.value())
          .text(site.value())
          .at(asOf.orElse(null))
          .number(fromMs)
          .number(toMs)
          .at(asOf.orElse(null))
          .number(MAX_OF_DAY + 1L);
      ResultSet result = select.executeQuery();
      List<LoadedCall> calls = new ArrayList<>();
      Cells cells = new Cells(result);
      while (cells.next()) {
        calls.add(read(cells));
      }
      if (calls.size() > MAX_OF_DAY) {
        throw new IllegalArgumentException(
            "Expected at most " + MAX_OF_DAY + " calls in that time, but there were more");
      }
      return calls;
    }
  }

  private static LoadedCall read(Cells cells) throws SQLException {
    Instant entered = Instant.ofEpochMilli(cells.number());
    long answered = cells.number();
    Instant ended = Instant.ofEpochMilli(cells.number());
    String agent = cells.text();
    return new LoadedCall(
        entered,
        answered == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(answered)),
        ended,
        answered == 0 ? Optional.empty() : Optional.of(agent),
        cells.text(),
        Duration.ofMillis(cells.number()),
        cells.count());
  }
}
