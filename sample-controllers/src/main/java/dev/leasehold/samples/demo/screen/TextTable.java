package dev.leasehold.samples.demo.screen;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as kubectl prints them: each column as wide as its widest cell, and three more. */
public final class TextTable {

  private static final String SPACE = "   ";

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Begins a table.
   *
   * @param heads the heads of its columns
   */
  public TextTable(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row of as many cells. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** The cells of all rows, padded; the last column is not. */
  public List<List<String>> padded() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns - 1; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(
            row -> {
              List<String> cells = new ArrayList<>();
              for (int i = 0; i < columns - 1; i++) {
                String cell = row.get(i);
                cells.add(cell + " ".repeat(widths[i] - cell.length()) + SPACE);
              }
              cells.add(row.get(columns - 1));
              return cells;
            })
        .toList();
  }

  /** The table as lines. */
  public List<String> lines() {
    return padded().stream().map(cells -> String.join("", cells).stripTrailing()).toList();
  }
}
