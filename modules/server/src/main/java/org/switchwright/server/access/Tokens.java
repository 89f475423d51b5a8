package org.switchwright.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.AgentId;
import org.switchwright.http.query.AccessTokens;
import org.switchwright.http.query.DesktopTokens;
import org.switchwright.http.query.LinkTokens;
import org.switchwright.http.query.Unavailable;

/**
 * Tokens of 256 random bits, of which only hashes are kept: in the database those of people, in
 * memory the one of this process's own command line.
 */
public final class Tokens implements AccessTokens, LinkTokens, DesktopTokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final int BYTES = 32;
  private static final int MAX_TOKEN_CHARS = 200;

  /** A token that is not known may be new on another node; looked up at most this often. */
  private static final long LOOK_AGAIN_NS = 1_000_000_000L;

  /** One that is known may have become void on another node; that is found out within this. */
  private static final long BELIEVED_NS = 8_000_000_000L;

  /** Where nobody has asked for so long, it is looked up first. */
  private static final long IDLE_NS = 10_000_000_000L;

  private final DataSource source;
  private final SecureRandom random = new SecureRandom();
  private volatile Map<String, Holder> holders = Map.of();
  private final AtomicLong lookedAtNs = new AtomicLong();
  private final String localHash;
  private final String local;

  /**
   * @param agent whose desktop it is
   */
  private record Holder(Role role, Optional<AgentId> agent) {}

  private Tokens(DataSource source) {
    this.source = source;
    this.local = fresh();
    this.localHash = HexFormat.of().formatHex(hash(local));
  }

  public static Tokens open(DataSource source) throws SQLException {
    Tokens tokens = new Tokens(source);
    tokens.load();
    return tokens;
  }

  /** For the command line on this machine, for as long as this process lives. */
  public String local() {
    return local;
  }

  /**
   * Makes the first administrator's token.
   *
   * @return the token, which is told once and never again; empty where there is one already
   */
  public Optional<String> firstAdministrator() throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // Nodes of one cluster may start at the same time.
        statement.execute("LOCK TABLE access_token IN EXCLUSIVE MODE");
        boolean there;
        try (ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM access_token WHERE role = 'ADMINISTRATOR' LIMIT 1")) {
          there = row.next();
        }
        Optional<String> made = there ? Optional.empty() : Optional.of(insert(connection));
        connection.commit();
        load();
        return made;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Makes the administrators' old tokens void, and a new one; for a token that was lost. */
  public String newAdministrator() throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("DELETE FROM access_token WHERE role = 'ADMINISTRATOR'");
        String token = insert(connection);
        connection.commit();
        load();
        return token;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  @Override
  public Optional<Role> roleOf(String token) {
    return holderOf(token).map(Holder::role);
  }

  @Override
  public Optional<AgentId> agentOf(String token) {
    return holderOf(token).flatMap(Holder::agent);
  }

  private Optional<Holder> holderOf(String token) {
    if (token.length() > MAX_TOKEN_CHARS) {
      return Optional.empty();
    }
    // Compared by hash: how long that takes tells nothing of the token.
    String hash = HexFormat.of().formatHex(hash(token));
    if (hash.equals(localHash)) {
      return Optional.of(new Holder(Role.ADMINISTRATOR, Optional.empty()));
    }
    Holder holder = holders.get(hash);
    if (holder != null && mayLookAgain(BELIEVED_NS, IDLE_NS)) {
      // Whoever asks often is not to wait for the database.
      Thread.startVirtualThread(this::loadIfPossible);
    } else if (mayLookAgain(holder == null ? LOOK_AGAIN_NS : IDLE_NS, Long.MAX_VALUE)) {
      loadIfPossible();
      holder = holders.get(hash);
    }
    return Optional.ofNullable(holder);
  }

  private boolean mayLookAgain(long after, long before) {
    long looked = lookedAtNs.get();
    long now = System.nanoTime();
    long since = now - looked;
    return since > after && since <= before && lookedAtNs.compareAndSet(looked, now);
  }

  private void loadIfPossible() {
    try {
      load();
    } catch (SQLException e) {
      LOG.warn("Tokens cannot be looked up now: SQLSTATE {}", e.getSQLState());
    }
  }

  private void load() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT token_sha256, role, agent FROM access_token")) {
      Map<String, Holder> all = new HashMap<>();
      while (row.next()) {
        all.put(
            HexFormat.of().formatHex(row.getBytes(1)),
            new Holder(
                Role.valueOf(row.getString(2)),
                Optional.ofNullable(row.getString(3)).map(AgentId::new)));
      }
      holders = Map.copyOf(all);
    }
  }

  @Override
  public List<Admitted> admitted() {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT name, created_at FROM access_token WHERE role = 'LINK' ORDER BY name")) {
      List<Admitted> all = new ArrayList<>();
      while (row.next()) {
        all.add(new Admitted(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()));
      }
      return all;
    } catch (SQLException e) {
      throw new Unavailable("SQLSTATE " + e.getSQLState(), e);
    }
  }

  @Override
  public String admit(String name) {
    return put(
        """
        INSERT INTO access_token (token_sha256, role, name) VALUES (?, 'LINK', ?)
        ON CONFLICT (name) DO UPDATE SET token_sha256 = EXCLUDED.token_sha256, created_at = now()
        """,
        name);
  }

  /** Makes a new token for whom the statement says, instead of one that there was. */
  private String put(String statement, String whose) {
    String token = fresh();
    try (Connection connection = source.getConnection();
        PreparedStatement put = connection.prepareStatement(statement)) {
      put.setBytes(1, hash(token));
      put.setString(2, whose);
      put.executeUpdate();
      load();
    } catch (SQLException e) {
      throw new Unavailable("SQLSTATE " + e.getSQLState(), e);
    }
    return token;
  }

  @Override
  public boolean dismiss(String name) {
    return delete("DELETE FROM access_token WHERE role = 'LINK' AND name = ?", name);
  }

  private boolean delete(String statement, String whose) {
    try (Connection connection = source.getConnection();
        PreparedStatement delete = connection.prepareStatement(statement)) {
      delete.setString(1, whose);
      boolean there = delete.executeUpdate() > 0;
      load();
      return there;
    } catch (SQLException e) {
      throw new Unavailable("SQLSTATE " + e.getSQLState(), e);
    }
  }

  @Override
  public String give(AgentId agent) {
    return put(
        """
        INSERT INTO access_token (token_sha256, role, agent) VALUES (?, 'AGENT', ?)
        ON CONFLICT (agent) DO UPDATE SET token_sha256 = EXCLUDED.token_sha256, created_at = now()
        """,
        agent.value());
  }

  @Override
  public boolean take(AgentId agent) {
    return delete("DELETE FROM access_token WHERE agent = ?", agent.value());
  }

  private String insert(Connection connection) throws SQLException {
    String token = fresh();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO access_token (token_sha256, role) VALUES (?, 'ADMINISTRATOR')")) {
      insert.setBytes(1, hash(token));
      insert.executeUpdate();
    }
    return token;
  }

  private String fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return "sw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every Java, but it is missing", e);
    }
  }
}
