package org.switchwright.journal.format;

import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;

/** Encrypts personal text under its subject's key, and reads it while that key exists. */
public interface PersonalCipher {
  /** Base64 text; throws {@link IllegalStateException} where the key was never issued. */
  String encrypt(Personal.Clear text);

  /** {@link Personal.Erased} where the key was erased; throws where the text was tampered with. */
  Personal decrypt(KeyId key, String cipher);
}
