package org.switchwright.journal.format;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.site.Capacity;

/** Makes one sample of any record of the domain, every field filled, the same each time. */
final class Samples {
  static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456Z");

  private Samples() {}

  static Object of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return "text";
    } else if (raw == int.class || raw == Integer.class) {
      return 100;
    } else if (raw == long.class || raw == Long.class) {
      return 7L;
    } else if (raw == double.class) {
      return 2.5;
    } else if (raw == boolean.class) {
      return true;
    } else if (raw == Instant.class) {
      return AT;
    } else if (raw == LocalDate.class) {
      return LocalDate.of(2026, 11, 22);
    } else if (raw == ZoneId.class) {
      return ZoneId.of("Europe/Vienna");
    } else if (raw == Duration.class) {
      return Duration.ofSeconds(20);
    } else if (raw == OfferId.class) {
      return new OfferId(new CallId("c1"), 2);
    } else if (raw == Personal.class) {
      return Personal.of(new KeyId("k1"), "sip:+4930123456@example.org");
    } else if (raw == Capacity.class) {
      return Capacity.ONE_CALL;
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    } else if (raw.isSealed()) {
      return of(raw.getPermittedSubclasses()[raw.getPermittedSubclasses().length - 1]);
    }
    return record(raw);
  }

  private static Object generic(ParameterizedType type) {
    Type[] parameters = type.getActualTypeArguments();
    Class<?> raw = (Class<?>) type.getRawType();
    if (raw == Optional.class) {
      return Optional.of(of(parameters[0]));
    } else if (raw == List.class) {
      return List.of(of(parameters[0]));
    } else if (raw == SortedSet.class) {
      return new TreeSet<>(List.of(of(parameters[0])));
    } else if (raw == SortedMap.class) {
      SortedMap<Object, Object> map = new TreeMap<>();
      map.put(of(parameters[0]), of(parameters[1]));
      return map;
    }
    throw new IllegalArgumentException("Expected a type that samples know, but got " + type);
  }

  private static Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(it -> of(it.getGenericType())).toArray(Object[]::new);
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Expected a record, but got " + type, e);
    }
  }
}
