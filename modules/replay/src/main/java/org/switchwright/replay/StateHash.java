package org.switchwright.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Personal;

/**
 * A fingerprint of an aggregate's state: SHA-256 over its records, written out field by field. Of
 * personal data only the key's name counts, so that it is the same before and after an erasure.
 */
public final class StateHash {
  private StateHash() {}

  /** 64 hexadecimal digits. */
  public static String of(Object state) {
    StringBuilder text = new StringBuilder();
    write(text, state);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every Java, but it is missing", e);
    }
  }

  private static void write(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append('-');
      case Personal it -> text.append("Personal:").append(it.key());
      case Optional<?> it -> write(text, it.orElse(null));
      case Map<?, ?> it -> {
        text.append('{');
        for (Map.Entry<?, ?> entry : it.entrySet()) {
          write(text, entry.getKey());
          text.append('=');
          write(text, entry.getValue());
          text.append(';');
        }
        text.append('}');
      }
      case Collection<?> it -> {
        text.append('[');
        for (Object element : it) {
          write(text, element);
          text.append(';');
        }
        text.append(']');
      }
      case Record it -> record(text, it);
      default -> {
        String plain = value.toString();
        text.append(plain.length()).append(':').append(plain);
      }
    }
  }

  private static void record(StringBuilder text, Record value) {
    text.append(value.getClass().getSimpleName()).append('(');
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      text.append(component.getName()).append('=');
      try {
        component.getAccessor().setAccessible(true);
        write(text, component.getAccessor().invoke(value));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(
            "Expected to read " + component.getName() + " of " + value.getClass(), e);
      }
      text.append(';');
    }
    text.append(')');
  }
}
