package org.switchwright.cluster.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a result's rows from left to right. */
final class Cells {
  private final ResultSet result;
  private int last;

  Cells(ResultSet result) {
    this.result = result;
  }

  boolean next() throws SQLException {
    last = 0;
    return result.next();
  }

  String text() throws SQLException {
    return Objects.requireNonNull(result.getString(++last));
  }

  @Nullable String textOrNull() throws SQLException {
    return result.getString(++last);
  }

  List<String> textsInOrder() throws SQLException {
    return List.of((String[]) result.getArray(++last).getArray());
  }

  Instant at() throws SQLException {
    return Objects.requireNonNull(atOrNull());
  }

  @Nullable Instant atOrNull() throws SQLException {
    OffsetDateTime value = result.getObject(++last, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  LocalDate day() throws SQLException {
    return Objects.requireNonNull(dayOrNull());
  }

  @Nullable LocalDate dayOrNull() throws SQLException {
    return result.getObject(++last, LocalDate.class);
  }

  List<Integer> counts() throws SQLException {
    return List.of((Integer[]) Objects.requireNonNull(result.getArray(++last)).getArray());
  }

  long number() throws SQLException {
    return result.getLong(++last);
  }

  int count() throws SQLException {
    return result.getInt(++last);
  }

  OptionalInt countIfAny() throws SQLException {
    int value = result.getInt(++last);
    return result.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  Optional<Duration> millisIfAny() throws SQLException {
    long value = result.getLong(++last);
    return result.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(value));
  }

  /** In their order. */
  List<String> list() throws SQLException {
    return List.of((String[]) Objects.requireNonNull(result.getArray(++last)).getArray());
  }

  boolean flag() throws SQLException {
    return result.getBoolean(++last);
  }

  <E extends Enum<E>> E constant(Class<E> type) throws SQLException {
    return Enum.valueOf(type, text());
  }

  <E extends Enum<E>> Optional<E> constantIfAny(Class<E> type) throws SQLException {
    return Optional.ofNullable(textOrNull()).map(name -> Enum.valueOf(type, name));
  }
}
