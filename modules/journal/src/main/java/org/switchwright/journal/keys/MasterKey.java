package org.switchwright.journal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.KeyId;
import org.switchwright.journal.database.PrivateFiles;

/**
 * Wraps the keys of subjects. A Tink keyset in JSON, so that it can be rotated with Tink's own
 * tool; all nodes that share a key store share it, and it is not to be kept with the database's
 * backups.
 */
public final class MasterKey {
  private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);

  private final Aead aead;

  private MasterKey(Aead aead) {
    this.aead = aead;
  }

  /**
   * Reads the keyset of that file, or makes one, readable by its owner only.
   *
   * @throws KeysRefused if the file holds no keyset
   */
  public static MasterKey ofFile(Path file) {
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      return ofKeyset(Files.readString(file));
    } catch (IOException | GeneralSecurityException e) {
      throw new KeysRefused("Expected a master key in " + file + ", but could not read one", e);
    }
  }

  /**
   * Reads a keyset in Tink's JSON form.
   *
   * @throws KeysRefused if the text is none
   */
  public static MasterKey ofKeyset(String json) {
    try {
      AeadConfig.register();
      return new MasterKey(
          TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
              .getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new KeysRefused("Expected a Tink keyset in JSON as master key, but got none", e);
    }
  }

  byte[] wrap(KeyId id, byte[] key) {
    try {
      return aead.encrypt(key, id.value().getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new KeysRefused("Expected to wrap key " + id + ", but the master key failed", e);
    }
  }

  byte[] unwrap(KeyId id, byte[] wrapped) {
    try {
      return aead.decrypt(wrapped, id.value().getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new KeysRefused(
          "Expected the master key that wrapped key "
              + id
              + ", but it was wrapped by another or has been changed",
          e);
    }
  }

  private static void create(Path file) throws IOException, GeneralSecurityException {
    AeadConfig.register();
    KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    try {
      PrivateFiles.create(
          file, TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get()));
      LOG.info("Made a master key in {}: keep a copy of it apart from the database's", file);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("Another process made the master key first", e);
    }
  }
}
