package org.switchwright.cluster.view;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Fills a statement's parameters from left to right. */
final class Parameters {
  private final PreparedStatement statement;
  private int last;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters text(@Nullable String value) throws SQLException {
    statement.setString(++last, value);
    return this;
  }

  Parameters name(@Nullable Enum<?> value) throws SQLException {
    return text(value == null ? null : value.name());
  }

  Parameters at(@Nullable Instant value) throws SQLException {
    statement.setObject(
        ++last,
        value == null ? null : value.atOffset(ZoneOffset.UTC),
        Types.TIMESTAMP_WITH_TIMEZONE);
    return this;
  }

  Parameters number(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }

  Parameters numberOrNull(@Nullable Long value) throws SQLException {
    statement.setObject(++last, value, Types.BIGINT);
    return this;
  }

  Parameters flag(boolean value) throws SQLException {
    statement.setBoolean(++last, value);
    return this;
  }

  Parameters json(String value) throws SQLException {
    statement.setObject(++last, value, Types.OTHER);
    return this;
  }

  Parameters day(LocalDate value) throws SQLException {
    statement.setObject(++last, value);
    return this;
  }

  Parameters counts(Collection<Integer> values) throws SQLException {
    statement.setArray(
        ++last, statement.getConnection().createArrayOf("integer", values.toArray()));
    return this;
  }

  Parameters numbers(Collection<Long> values) throws SQLException {
    statement.setArray(++last, statement.getConnection().createArrayOf("bigint", values.toArray()));
    return this;
  }

  Parameters texts(Collection<String> values) throws SQLException {
    statement.setArray(++last, statement.getConnection().createArrayOf("text", values.toArray()));
    return this;
  }

  /** One row of a batch is complete. */
  void addToBatch() throws SQLException {
    statement.addBatch();
    last = 0;
  }
}
