package dev.leasehold.e2e.sidebyside;

/** One kind of measurement. */
interface Part {

  /** What selects it. */
  String name();

  /** What the report calls it. */
  String title();

  /** Measures, and shows in the chapter what it has so far whenever there is more. */
  void measure(Stage stage, Report.Chapter chapter) throws Exception;
}
