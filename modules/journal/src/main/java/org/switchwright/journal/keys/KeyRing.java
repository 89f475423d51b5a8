package org.switchwright.journal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.journal.format.PersonalCipher;

/**
 * Issues keys for personal data, encrypts and decrypts it with them (AES-256-GCM, bound to the id
 * of its key), and erases them.
 *
 * <p>An erased key is forgotten here at once, and by every other node that has it in its cache
 * within {@link #FORGET_WITHIN}.
 */
public final class KeyRing implements PersonalKeys, PersonalCipher, AutoCloseable {
  /** How long a node may go on reading with a key that another node erased. */
  public static final Duration FORGET_WITHIN = Duration.ofSeconds(60);

  private static final Duration REFRESH_AFTER = Duration.ofSeconds(30);
  private static final Duration ISSUE_WAIT = Duration.ofSeconds(2);
  private static final int CACHED_KEYS = 50_000;
  private static final int NAME_CHARS = 64;
  private static final KeyId CHECK = new KeyId("master-key-check");
  private static final byte[] CHECK_TEXT = "switchwright".getBytes(UTF_8);

  /** A key at hand, or the knowledge that it is gone for good. */
  private sealed interface Held {
    record Usable(AesGcmJce cipher) implements Held {}

    record Gone() implements Held {}
  }

  private final KeyTable table;
  private final MasterKey master;
  private final KeyPool pool;
  private final LoadingCache<KeyId, Held> held;

  private KeyRing(KeyTable table, MasterKey master, Ticker ticker) {
    this.table = table;
    this.master = master;
    this.pool = new KeyPool(table, master);
    this.held =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(CACHED_KEYS)
            .refreshAfterWrite(REFRESH_AFTER)
            .expireAfterWrite(FORGET_WITHIN)
            .build(this::load);
  }

  /**
   * Opens the ring over a database migrated with {@code Schema.KEYS}, which is best not the
   * journal's.
   *
   * @throws KeysRefused if the keys there were wrapped by another master key
   */
  public static KeyRing open(DataSource source, MasterKey master) {
    return open(source, master, Ticker.systemTicker());
  }

  static KeyRing open(DataSource source, MasterKey master, Ticker ticker) {
    KeyTable table = new KeyTable(source);
    try {
      byte[] stored = table.masterKeyCheck(master.wrap(CHECK, CHECK_TEXT));
      if (!Arrays.equals(unwrapCheck(master, stored), CHECK_TEXT)) {
        throw wrongMasterKey(null);
      }
    } catch (SQLException e) {
      throw unreachable(e);
    }
    KeyRing ring = new KeyRing(table, master, ticker);
    ring.pool.start();
    return ring;
  }

  /**
   * A fresh key, already stored. Waits only if keys are used faster than they can be stored, and
   * then at most 2 s.
   *
   * @throws KeysRefused if there is none by then
   */
  @Override
  public KeyId issue() {
    KeyPool.Made made = pool.take(ISSUE_WAIT);
    held.put(made.id(), usable(made.id(), made.key()));
    return made.id();
  }

  /**
   * The key of a subject that outlives interactions, such as {@code agent-7}; made when first asked
   * for, which waits for the database. A name whose key was erased stays erased.
   */
  @Override
  public KeyId named(String name) {
    KeyId id = new KeyId(name.length() <= NAME_CHARS ? name : shortened(name));
    try {
      if (held.getIfPresent(id) == null && table.find(id).isEmpty()) {
        table.insert(Map.of(id, master.wrap(id, pool.newKey())));
      }
    } catch (SQLException e) {
      throw unreachable(e);
    }
    return id;
  }

  /**
   * The text as the journal holds it: letters, digits, '-' and '_'. Empty if its key was erased
   * meanwhile: then nothing may be kept.
   */
  @Override
  public String encrypt(Personal.Clear personal) {
    return switch (held.get(personal.key())) {
      case Held.Gone _ -> "";
      case Held.Usable(AesGcmJce cipher) -> {
        try {
          byte[] sealed =
              cipher.encrypt(
                  personal.value().getBytes(UTF_8), personal.key().value().getBytes(UTF_8));
          yield Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
          throw new KeysRefused("Expected to encrypt under " + personal.key() + ", but failed", e);
        }
      }
    };
  }

  /**
   * What {@link #encrypt} was given, or that it is erased.
   *
   * @throws KeysRefused if the text was changed, or was encrypted under another key
   */
  @Override
  public Personal decrypt(KeyId id, String encrypted) {
    return switch (held.get(id)) {
      case Held.Gone _ -> new Personal.Erased(id);
      case Held.Usable(AesGcmJce cipher) -> {
        try {
          byte[] text =
              cipher.decrypt(Base64.getUrlDecoder().decode(encrypted), id.value().getBytes(UTF_8));
          yield Personal.of(id, new String(text, UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
          throw new KeysRefused(
              "Expected a text encrypted under " + id + ", but it was changed or is another's", e);
        }
      }
    };
  }

  /** Erases a key, and so all that was written under it; true if it was there until now. */
  public boolean erase(KeyId id) {
    try {
      boolean erased = table.erase(id);
      held.invalidate(id);
      return erased;
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  /** Keys ready to be issued without waiting. */
  public int ready() {
    return pool.ready();
  }

  @Override
  public void close() {
    pool.close();
  }

  private Held load(KeyId id) {
    try {
      return switch (table.find(id).orElseThrow(() -> neverStored(id))) {
        case KeyTable.Stored.Wrapped(byte[] wrapped) -> usable(id, master.unwrap(id, wrapped));
        case KeyTable.Stored.Tombstone _ -> new Held.Gone();
      };
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private static Held usable(KeyId id, byte[] key) {
    try {
      return new Held.Usable(new AesGcmJce(key));
    } catch (GeneralSecurityException e) {
      throw new KeysRefused("Expected key " + id + " of 32 bytes, but got another", e);
    }
  }

  private static byte[] unwrapCheck(MasterKey master, byte[] stored) {
    try {
      return master.unwrap(CHECK, stored);
    } catch (KeysRefused e) {
      throw wrongMasterKey(e);
    }
  }

  private static KeysRefused wrongMasterKey(@Nullable Throwable cause) {
    return new KeysRefused(
        "Expected the master key with which this key store was made, but got another; copy that of"
            + " the other nodes, or of your backup: without it no personal data can be read",
        cause);
  }

  private static KeysRefused neverStored(KeyId id) {
    return new KeysRefused(
        "Expected key " + id + " in the key store, but it was never stored there");
  }

  private static KeysRefused unreachable(SQLException e) {
    return new KeysRefused(
        "Expected an answer of the key store, but got SQLSTATE " + e.getSQLState(), e);
  }

  private static String shortened(String name) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return "n" + HexFormat.of().formatHex(digest, 0, 30);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every Java, but it is missing", e);
    }
  }
}
