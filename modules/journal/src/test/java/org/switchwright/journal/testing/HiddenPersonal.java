package org.switchwright.journal.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.journal.format.PersonalCipher;

/**
 * Stands for encryption where no test depends on it: the text does not show, and no key is needed.
 */
public final class HiddenPersonal implements PersonalCipher {
  @Override
  public String encrypt(Personal.Clear text) {
    return Base64.getEncoder().encodeToString(text.value().getBytes(UTF_8));
  }

  @Override
  public Personal decrypt(KeyId key, String cipher) {
    return Personal.of(key, new String(Base64.getDecoder().decode(cipher), UTF_8));
  }
}
