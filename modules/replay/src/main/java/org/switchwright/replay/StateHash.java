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
    return of(state, true);
  }

  /** The same for whoever was told only that there is something about a person. */
  public static String ofMasked(Object state) {
    return of(state, false);
  }

  private static String of(Object state, boolean keys) {
    StringBuilder text = new StringBuilder();
    write(text, state, keys);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every Java, but it is missing", e);
    }
  }

  private static void write(StringBuilder text, @Nullable Object value, boolean keys) {
    switch (value) {
      case null -> text.append('-');
      case Personal it -> text.append("Personal:").append(keys ? it.key() : "");
      case Optional<?> it -> write(text, it.orElse(null), keys);
      case Map<?, ?> it -> {
        text.append('{');
        for (Map.Entry<?, ?> entry : it.entrySet()) {
          write(text, entry.getKey(), keys);
          text.append('=');
          write(text, entry.getValue(), keys);
          text.append(';');
        }
        text.append('}');
      }
      case Collection<?> it -> {
        text.append('[');
        for (Object element : it) {
          write(text, element, keys);
          text.append(';');
        }
        text.append(']');
      }
      case Record it -> record(text, it, keys);
      default -> {
        String plain = value.toString();
        text.append(plain.length()).append(':').append(plain);
      }
    }
  }

  private static void record(StringBuilder text, Record value, boolean keys) {
    text.append(value.getClass().getSimpleName()).append('(');
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      text.append(component.getName()).append('=');
      try {
        component.getAccessor().setAccessible(true);
        write(text, component.getAccessor().invoke(value), keys);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(
            "Expected to read " + component.getName() + " of " + value.getClass(), e);
      }
      text.append(';');
    }
    text.append(')');
  }
}
