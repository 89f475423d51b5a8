package org.switchwright.journal.keys;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.switchwright.domain.KeyId;

/** The wrapped keys in the database. */
final class KeyTable {
  /** A stored key: wrapped, or erased and only its tombstone left. */
  sealed interface Stored {
    @SuppressWarnings("ArrayRecordComponent")
    record Wrapped(byte[] key) implements Stored {}

    record Tombstone() implements Stored {}
  }

  private final DataSource source;

  KeyTable(DataSource source) {
    this.source = source;
  }

  /** Those already there stay as they are. */
  void insert(Map<KeyId, byte[]> wrapped) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO subject_key (key_id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      for (Map.Entry<KeyId, byte[]> key : wrapped.entrySet()) {
        statement.setString(1, key.getKey().value());
        statement.setBytes(2, key.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  Optional<Stored> find(KeyId id) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT wrapped FROM subject_key WHERE key_id = ?")) {
      statement.setString(1, id.value());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        byte[] wrapped = row.getBytes(1);
        return Optional.of(wrapped == null ? new Stored.Tombstone() : new Stored.Wrapped(wrapped));
      }
    }
  }

  /** True if there was such a key, not erased before. */
  boolean erase(KeyId id) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "UPDATE subject_key SET wrapped = NULL, erased_at = now()"
                    + " WHERE key_id = ? AND erased_at IS NULL")) {
      statement.setString(1, id.value());
      return statement.executeUpdate() == 1;
    }
  }

  /** Forgets keys under which nothing was ever written. */
  void remove(Collection<KeyId> unused) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("DELETE FROM subject_key WHERE key_id = ANY (?)")) {
      Object[] ids = unused.stream().map(KeyId::value).toArray();
      statement.setArray(1, connection.createArrayOf("text", ids));
      statement.executeUpdate();
    }
  }

  /**
   * The known text as wrapped by the master key of the first start; the given one if there is none.
   */
  byte[] masterKeyCheck(byte[] wrappedNow) throws SQLException {
    try (Connection connection = source.getConnection()) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO master_key_check (wrapped) VALUES (?) ON CONFLICT DO NOTHING")) {
        insert.setBytes(1, wrappedNow);
        insert.executeUpdate();
      }
      try (PreparedStatement select =
              connection.prepareStatement("SELECT wrapped FROM master_key_check");
          ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("Expected one check of the master key, but found none");
        }
        return row.getBytes(1);
      }
    }
  }
}
