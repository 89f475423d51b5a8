package org.switchwright.journal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.JournalRows;

class KeyRingTest {
  private static final String NUMBER = "sip:+4940123456@example.org";

  @TempDir Path directory;
  private Database database;
  private KeyRing ring;

  @BeforeEach
  void open() {
    database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.KEYS);
    ring = ring(directory.resolve("master.json"));
  }

  @AfterEach
  void close() {
    ring.close();
    database.close();
  }

  @Test
  void shouldReadBackWhatItEncrypted() {
    KeyId key = ring.issue();

    String first = ring.encrypt(clear(key, NUMBER));
    String second = ring.encrypt(clear(key, NUMBER));

    assertThat(key.value()).matches("k[a-z2-7]{20}");
    assertThat(first).matches("[A-Za-z0-9_-]+").doesNotContain("4940123456").isNotEqualTo(second);
    assertThat(ring.decrypt(key, first)).isEqualTo(Personal.of(key, NUMBER));
    assertThat(ring.decrypt(key, ring.encrypt(clear(key, "")))).isEqualTo(Personal.of(key, ""));
  }

  @Test
  void shouldStoreEveryKeyBeforeItIsIssued() throws Exception {
    Set<KeyId> issued = new HashSet<>();

    for (int i = 0; i < 3_000; i++) {
      issued.add(ring.issue());
    }

    assertThat(issued).hasSize(3_000);
    try (Connection connection = database.connection()) {
      for (KeyId key : issued.stream().limit(50).toList()) {
        String question = "SELECT count(*) FROM subject_key WHERE key_id = '" + key + "'";
        assertThat(JournalRows.number(connection, question)).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldRemoveUnusedKeysAtACleanEnd() throws Exception {
    KeyId used = ring.issue();
    await().atMost(Duration.ofSeconds(20)).until(() -> ring.ready() >= 256);

    ring.close();

    try (Connection connection = database.connection()) {
      assertThat(JournalRows.number(connection, "SELECT count(*) FROM subject_key")).isEqualTo(1);
    }
    ring = ring(directory.resolve("master.json"));
    assertThat(ring.decrypt(used, ring.encrypt(clear(used, "kept"))).text()).contains("kept");
  }

  @Test
  void shouldReadAfterARestart() {
    KeyId key = ring.issue();
    String encrypted = ring.encrypt(clear(key, NUMBER));
    ring.close();

    ring = ring(directory.resolve("master.json"));

    assertThat(ring.decrypt(key, encrypted)).isEqualTo(Personal.of(key, NUMBER));
  }

  @Test
  void shouldEraseForGood() throws Exception {
    KeyId key = ring.issue();
    KeyId other = ring.issue();
    String encrypted = ring.encrypt(clear(key, NUMBER));
    String otherEncrypted = ring.encrypt(clear(other, "stays"));

    assertThat(ring.erase(key)).isTrue();

    assertThat(ring.decrypt(key, encrypted)).isEqualTo(new Personal.Erased(key));
    assertThat(ring.encrypt(clear(key, NUMBER))).isEmpty();
    assertThat(ring.decrypt(key, "")).isEqualTo(new Personal.Erased(key));
    assertThat(ring.decrypt(other, otherEncrypted).text()).contains("stays");
    assertThat(ring.erase(key)).isFalse();
    try (KeyRing elsewhere = ring(directory.resolve("master.json"));
        Connection connection = database.connection()) {
      assertThat(elsewhere.decrypt(key, encrypted)).isEqualTo(new Personal.Erased(key));
      assertThat(
              JournalRows.number(
                  connection, "SELECT count(*) FROM subject_key WHERE erased_at IS NOT NULL"))
          .isEqualTo(1);
    }
  }

  @Test
  void shouldForgetWithinTheBoundWhatAnotherNodeErased() {
    AtomicLong nanos = new AtomicLong();
    MasterKey master = MasterKey.ofFile(directory.resolve("master.json"));
    KeyId key = ring.issue();
    String encrypted = ring.encrypt(clear(key, NUMBER));

    try (KeyRing elsewhere = KeyRing.open(database.dataSource(), master, nanos::get)) {
      assertThat(elsewhere.decrypt(key, encrypted).text()).contains(NUMBER);
      ring.erase(key);
      nanos.addAndGet(KeyRing.FORGET_WITHIN.toNanos() + 1);

      assertThat(elsewhere.decrypt(key, encrypted)).isEqualTo(new Personal.Erased(key));
    }
  }

  @Test
  void shouldKeepOneKeyPerName() {
    KeyId key = ring.named("agent-7");
    String encrypted = ring.encrypt(clear(key, "Ada"));

    assertThat(key).isEqualTo(new KeyId("agent-7"));
    assertThat(ring.named("agent-7")).isEqualTo(key);
    assertThat(ring.decrypt(key, encrypted).text()).contains("Ada");
    ring.erase(key);
    assertThat(ring.decrypt(ring.named("agent-7"), encrypted)).isEqualTo(new Personal.Erased(key));
    String longName = "agent-" + "x".repeat(64);
    assertThat(ring.named(longName)).isEqualTo(ring.named(longName)).isNotEqualTo(key);
  }

  @Test
  void shouldRefuseAnotherMasterKey() throws Exception {
    ring.issue();

    assertThatThrownBy(() -> ring(directory.resolve("other.json")))
        .isInstanceOf(KeysRefused.class)
        .hasMessageContaining("Expected the master key with which this key store was made");
    Files.writeString(directory.resolve("broken.json"), "{}");
    assertThatThrownBy(() -> ring(directory.resolve("broken.json")))
        .isInstanceOf(KeysRefused.class);
    assertThat(Files.getPosixFilePermissions(directory.resolve("master.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void shouldRefuseATextThatWasChangedOrIsAnothers() {
    KeyId key = ring.issue();
    KeyId other = ring.issue();
    String encrypted = ring.encrypt(clear(key, NUMBER));
    char last = encrypted.charAt(5);
    String changed = encrypted.substring(0, 5) + (last == 'A' ? 'B' : 'A') + encrypted.substring(6);

    assertThatThrownBy(() -> ring.decrypt(key, changed)).isInstanceOf(KeysRefused.class);
    assertThatThrownBy(() -> ring.decrypt(other, encrypted)).isInstanceOf(KeysRefused.class);
    assertThatThrownBy(() -> ring.decrypt(key, "not even base64 !"))
        .isInstanceOf(KeysRefused.class);
    assertThatThrownBy(() -> ring.decrypt(new KeyId("never-stored"), encrypted))
        .isInstanceOf(KeysRefused.class)
        .hasMessageContaining("never stored");
  }

  @Test
  void shouldFailClearlyWhenNoKeyCanBeStored() throws Exception {
    try (Connection connection = database.connection()) {
      JournalRows.execute(connection, "ALTER TABLE subject_key RENAME TO gone");
    }

    assertThatThrownBy(
            () -> {
              for (int i = 0; i <= KeyPool.CAPACITY; i++) {
                ring.issue();
              }
            })
        .isInstanceOf(KeysRefused.class)
        .hasMessageContaining("did not make one in time");
  }

  private KeyRing ring(Path masterKey) {
    return KeyRing.open(database.dataSource(), MasterKey.ofFile(masterKey));
  }

  private static Personal.Clear clear(KeyId key, String text) {
    return new Personal.Clear(key, text);
  }
}
