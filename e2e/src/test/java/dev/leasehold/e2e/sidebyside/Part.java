package dev.leasehold.e2e.sidebyside;

/** One kind of measurement. */
interface Part {

  /** What selects it. */
  String name();

  /** Measures, and adds to the report. */
  void measure(Stage stage) throws Exception;
}
