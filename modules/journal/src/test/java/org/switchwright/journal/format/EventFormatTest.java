package org.switchwright.journal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.site.SiteEvent;

/**
 * Every event has a golden file, and every file that was ever written still reads. A new event's
 * file is written by hand from what the failing test prints; a file that has landed is never
 * edited: an event that gets more fields gets the next version of its name and another file, its
 * former name goes to {@link EventNames}, and what the fields mean where they are missing to {@link
 * FieldDefaults}.
 */
class EventFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/events");
  private final EventFormat format = new EventFormat(new PlainCipher());

  static Stream<String> names() {
    return StreamSupport.stream(EventNames.all().spliterator(), false)
        .filter(name -> !former(name));
  }

  private static boolean former(String name) {
    return !EventNames.of(EventNames.type(name).orElseThrow()).equals(name);
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldWriteEveryEventAsItsGoldenFileSays(String name) throws IOException {
    Journaled<?> sample =
        new Journaled<>(Samples.of(EventNames.type(name).orElseThrow()), Samples.AT.plusSeconds(9));

    String written = new String(format.write(sample), StandardCharsets.UTF_8);

    Path golden = GOLDEN.resolve(name.replace('/', '.') + ".json");
    assertThat(golden).as("golden file for %s, to hold%n%s%n", name, written).exists();
    assertThat(written).isEqualTo(Files.readString(golden).strip());
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldReadEveryFileEverWritten(Path file) throws IOException {
    String name =
        file.getFileName().toString().replace(".json", "").replaceFirst("[.](\\d+)$", "/$1");

    Journaled<?> read = format.read(name, Files.readAllBytes(file));

    if (former(name)) {
      JsonNode before = format.mapper().readTree(Files.readAllBytes(file));
      JsonNode now = format.mapper().readTree(format.write(read));
      shouldHaveAll(before, now, name);
    } else {
      assertThat(format.name(read)).isEqualTo(name);
      assertThat(read.event()).isEqualTo(Samples.of(read.event().getClass()));
    }
  }

  /** Nothing that a former version said is lost or said otherwise. */
  private static void shouldHaveAll(JsonNode before, JsonNode now, String where) {
    if (before.isObject()) {
      before
          .properties()
          .forEach(field -> {
            String here = where + "." + field.getKey();
            assertThat(now.has(field.getKey())).as(here).isTrue();
            shouldHaveAll(field.getValue(), now.get(field.getKey()), here);
          });
    } else if (before.isArray()) {
      assertThat(now.size()).as(where).isEqualTo(before.size());
      for (int i = 0; i < before.size(); i++) {
        shouldHaveAll(before.get(i), now.get(i), where + "[" + i + "]");
      }
    } else {
      assertThat(now).as(where).isEqualTo(before);
    }
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(it -> it.isSealed() ? kinds(it) : Stream.of(it));
  }

  @Test
  void shouldNameEveryEvent() {
    List<Class<?>> events = new ArrayList<>();
    for (Class<?> sealed :
        List.of(CallEvent.class, SiteEvent.class, AgentEvent.class, MonitorEvent.class)) {
      kinds(sealed).forEach(events::add);
    }

    assertThat(events.stream().map(EventNames::of)).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepNoPersonalTextInClear() {
    String written =
        new String(
            format.write(new Journaled<>(Samples.of(CallEvent.CallArrived.class), null)),
            StandardCharsets.UTF_8);

    assertThat(written).doesNotContain("4930123456").contains("\"key\":\"k1\"");
  }

  @Test
  void shouldReadOnWhenAKeyIsErased() {
    EventFormat erased =
        new EventFormat(
            new PersonalCipher() {
              @Override
              public String encrypt(Personal.Clear text) {
                throw new IllegalStateException("Expected nothing to encrypt");
              }

              @Override
              public Personal decrypt(KeyId key, String cipher) {
                return new Personal.Erased(key);
              }
            });
    Journaled<?> sample = new Journaled<>(Samples.of(CallEvent.CallArrived.class), null);

    Journaled<?> read = erased.read(format.name(sample), format.write(sample));
    byte[] again = erased.write(read);

    assertThat(((CallEvent.CallArrived) read.event()).caller().text()).isEmpty();
    assertThat(new String(again, StandardCharsets.UTF_8)).doesNotContain("cipher");
  }

  @Test
  void shouldSayWhatItCannotRead() {
    assertThatThrownBy(() -> format.read("call.unheard-of/9", new byte[0]))
        .hasMessage("Expected a known event, but got one named 'call.unheard-of/9'");
    assertThatThrownBy(() -> format.read("call.connected/1", "{".getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith("Expected an event 'call.connected/1', but");
  }
}
