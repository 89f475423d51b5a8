package org.switchwright.journal.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;

/** Hides nothing: makes the same text each time, which golden files need. */
final class PlainCipher implements PersonalCipher {
  @Override
  public String encrypt(Personal.Clear text) {
    return Base64.getEncoder().encodeToString(text.value().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Personal decrypt(KeyId key, String cipher) {
    return Personal.of(key, new String(Base64.getDecoder().decode(cipher), StandardCharsets.UTF_8));
  }
}
