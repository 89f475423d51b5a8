package org.switchwright.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void shouldAlignTextLeftAndNumbersRight() {
    Table table = new Table("QUEUE", "WAITING", "NOTE");
    table.row().cell("sales").cell("12").cell("a");
    table.row().cell("b").cell("3").cell("");

    assertThat(table.render(false))
        .isEqualTo(
            """
            QUEUE  WAITING  NOTE
            sales       12  a
            b            3  -
            """);
  }

  @Test
  void shouldPaintOnlyWhenAsked() {
    Table table = new Table("QUEUE");
    table.row().cell("sales", Colours.GREEN);

    assertThat(table.render(false)).doesNotContain("\u001b");
    assertThat(table.render(true)).contains("\u001b[32msales");
  }
}
