package org.switchwright.server.outside;

import java.sql.SQLException;
import org.switchwright.http.query.Unavailable;

/** Questions to the database, whose silence is told apart from everything else. */
final class Asked {
  private Asked() {}

  interface Question<T> {
    T ask() throws SQLException;
  }

  static <T> T of(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw new Unavailable("SQLSTATE " + e.getSQLState(), e);
    }
  }
}
