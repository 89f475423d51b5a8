package org.switchwright.journal.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final UUID EPOCH = UUID.fromString("8c7a1f3e-0d52-4b96-9d7e-52b1f0a4c3d2");

  @Test
  void shouldReadItsOwnText() {
    for (Cursor cursor :
        new Cursor[] {
          Cursor.start(EPOCH),
          new Cursor(EPOCH, 12_345, 678),
          new Cursor(EPOCH, Long.MAX_VALUE, Long.MAX_VALUE)
        }) {
      assertThat(cursor.text()).hasSize(Cursor.TEXT_CHARS).matches("[A-Za-z0-9_-]+");
      assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "not a cursor",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AYx6Hz4NUkuWnX5SsfCkw9L__________wAAAAAAAAAA",
        "AYx6Hz4NUkuWnX5SsfCkw9IAAAAAAAAwOQAAAAAAAA==",
        "AYx6Hz4NUkuWnX5SsfCkw9IAAAAAAAAwOQAAAAAAAAKm0000"
      })
  void shouldRefuseEveryOtherText(String text) {
    assertThatThrownBy(() -> Cursor.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a cursor as given out with an event, but got another text");
  }
}
