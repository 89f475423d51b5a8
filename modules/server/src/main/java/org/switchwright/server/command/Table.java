package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Columns for people: as wide as what is in them, two blanks apart, numbers to the right. */
final class Table {
  private final List<String> titles;
  private final List<List<Cell>> rows = new ArrayList<>();

  private record Cell(String text, Colours colour) {}

  Table(String... titles) {
    this.titles = List.of(titles);
  }

  Row row() {
    Row row = new Row();
    rows.add(row.cells);
    return row;
  }

  /** Cells are added from left to right. */
  static final class Row {
    private final List<Cell> cells = new ArrayList<>();

    Row cell(String text) {
      return cell(text, Colours.PLAIN);
    }

    Row cell(String text, Colours colour) {
      cells.add(new Cell(text.isEmpty() ? "-" : text, colour));
      return this;
    }

    /** A count, or that it is not known. */
    Row count(JsonNode number) {
      return cell(Answers.count(number));
    }
  }

  String render(boolean coloured) {
    int[] widths = new int[titles.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = titles.get(i).length();
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).text().length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String title = pad(titles.get(i), widths[i], numeric(i), i == widths.length - 1);
      text.append(i == 0 ? "" : "  ").append(Colours.BOLD.paint(title, coloured));
    }
    text.append('\n');
    for (List<Cell> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        Cell cell = row.get(i);
        String padded = pad(cell.text(), widths[i], numeric(i), i == widths.length - 1);
        text.append(i == 0 ? "" : "  ").append(cell.colour().paint(padded, coloured));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private boolean numeric(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> row.get(column).text().matches("-|[0-9][0-9:.,]*( m?s)?"));
  }

  private static String pad(String text, int width, boolean right, boolean last) {
    String blanks = " ".repeat(width - text.length());
    return right ? blanks + text : last ? text : text + blanks;
  }
}
