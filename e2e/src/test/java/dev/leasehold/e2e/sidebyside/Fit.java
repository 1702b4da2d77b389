package dev.leasehold.e2e.sidebyside;

/**
 * A straight line by least squares.
 *
 * @param intercept its value at 0
 * @param slope how much it grows with each further one
 * @param rSquared how much of the differences it explains: 1 if all points lie on it
 */
record Fit(double intercept, double slope, double rSquared) {

  /** Through points whose first coordinates are not all equal. */
  static Fit of(double[] xs, double[] ys) {
    double meanX = mean(xs);
    double meanY = mean(ys);
    double covariance = 0;
    double varianceX = 0;
    double varianceY = 0;
    for (int i = 0; i < xs.length; i++) {
      covariance += (xs[i] - meanX) * (ys[i] - meanY);
      varianceX += (xs[i] - meanX) * (xs[i] - meanX);
      varianceY += (ys[i] - meanY) * (ys[i] - meanY);
    }
    if (varianceX == 0) {
      throw new IllegalArgumentException("A line needs two different places.");
    }
    double slope = covariance / varianceX;
    double rSquared = varianceY == 0 ? 1 : covariance * covariance / varianceX / varianceY;
    return new Fit(meanY - slope * meanX, slope, rSquared);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
