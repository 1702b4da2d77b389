package dev.leasehold.e2e.sidebyside;

/**
 * A straight line by least squares.
 *
 * @param intercept its value at 0
 * @param slope how much it grows with each further one
 */
record Fit(double intercept, double slope) {

  /** Through points whose first coordinates are not all equal. */
  static Fit of(double[] xs, double[] ys) {
    double meanX = mean(xs);
    double meanY = mean(ys);
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < xs.length; i++) {
      covariance += (xs[i] - meanX) * (ys[i] - meanY);
      variance += (xs[i] - meanX) * (xs[i] - meanX);
    }
    if (variance == 0) {
      throw new IllegalArgumentException("A line needs two different places.");
    }
    double slope = covariance / variance;
    return new Fit(meanY - slope * meanX, slope);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
