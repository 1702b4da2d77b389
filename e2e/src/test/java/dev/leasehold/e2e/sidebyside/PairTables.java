package dev.leasehold.e2e.sidebyside;

import java.util.List;

/** What pairs of processes have measured with several numbers of locks, as a page. */
final class PairTables {

  private PairTables() {}

  /** Adds a table for each number of locks, and how the medians grow with it. */
  static Page add(Page page, List<Pair> pairs, int[] sizes) {
    for (int size : sizes) {
      List<List<String>> rows = rows(pairs, size);
      if (!rows.isEmpty()) {
        page.text("With %d locks:".formatted(size)).table(Ratios.HEADER, rows);
      }
    }
    return page.table(
        Growth.header("lock"), Growth.rows(pairs.stream().map(Pair::growth).toList()));
  }

  private static List<List<String>> rows(List<Pair> pairs, int size) {
    long ours = pairs.get(0).figures(size).percentile(50);
    return pairs.stream()
        .filter(pair -> pair.figures(size).count() > 0)
        .map(pair -> Ratios.row(pair.contender().label(), pair.figures(size), ours))
        .toList();
  }
}
