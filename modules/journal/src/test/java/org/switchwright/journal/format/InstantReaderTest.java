package org.switchwright.journal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstantReaderTest {
  private final ObjectMapper mapper = new EventFormat(new SealedPersonal()).mapper();

  @Test
  void shouldReadWhatIsWritten() throws Exception {
    Random chance = new Random(1);
    for (int n = 0; n < 10_000; n++) {
      long second = chance.nextLong(-60_000_000_000L, 250_000_000_000L);
      int unit = List.of(1, 1_000, 1_000_000, 1_000_000_000).get(n % 4);
      Instant instant =
          Instant.ofEpochSecond(second, chance.nextInt(1_000_000_000) / unit * (long) unit);

      assertThat(mapper.readValue(mapper.writeValueAsBytes(instant), Instant.class))
          .isEqualTo(instant);
    }
  }

  @Test
  void shouldReadOtherFormsAsEver() throws Exception {
    assertThat(mapper.readValue("\"2026-01-31T12:00:00.5Z\"", Instant.class))
        .isEqualTo(Instant.parse("2026-01-31T12:00:00.500Z"));
    assertThat(mapper.readValue("\"2026-01-31T14:00:00+02:00\"", Instant.class))
        .isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
    assertThat(mapper.readValue("1769860800", Instant.class))
        .isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
  }

  @Test
  void shouldRefuseWhatIsNoInstant() {
    for (String text :
        List.of("2026-02-30T12:00:00Z", "2026-13-01T12:00:00Z", "2026-01-31T25:00:00Z", "soon")) {
      assertThatThrownBy(() -> mapper.readValue("\"" + text + "\"", Instant.class))
          .as(text)
          .isInstanceOf(JsonProcessingException.class);
    }
  }
}
